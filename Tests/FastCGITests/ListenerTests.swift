import FastCGI
import Foundation
import HTTP
import Testing

extension FastCGITests {
  @Suite struct Listeners {
    private func mode(_ path: String) -> Int? {
      (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }

    private func server(_ path: String) -> Server {
      Server(configuration: ServerConfiguration(), listener: .path(path)) { _ in Response(.ok) }
    }

    @Test func theSocketIsForOwnerAndGroupOnly() throws {
      let running = try RunningServer.echo()
      #expect(mode(running.socket) == 0o660)
      let other = try RunningServer.echo { $0.socketMode = 0o600 }
      #expect(mode(other.socket) == 0o600)
    }

    @Test func aSocketThatNobodyListensOnIsReplaced() throws {
      let running = try RunningServer.echo()
      let path = running.folder.path + "/stale.sock"
      do {
        let old = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(old) }
        #expect(bindAndListen(old, path))
      }
      let server = server(path)
      try server.start()
      #expect(try RawClient(path).exchange(Records.request())?.output.hasPrefix("Status: 200") == true)
      server.stop()
      server.wait()
      #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aLivingServersSocketIsTakenOver() throws {
      let old = try RunningServer.echo()
      let early = try RawClient(old.socket)
      #expect(early.exchange(Records.request())?.body == "GET / 0")
      let server = server(old.socket)
      try server.start()
      #expect(try RawClient(old.socket).exchange(Records.request(keep: false))?.body == "")
      #expect(early.exchange(Records.request())?.body == "GET / 0")
      old.server.stop()
      #expect(early.exchange(Records.request())?.isClosing == true)
      old.server.wait()
      // The old one has left the new one's socket where it is.
      #expect(try RawClient(old.socket).exchange(Records.request(keep: false))?.body == "")
      server.stop()
      server.wait()
      #expect(!FileManager.default.fileExists(atPath: old.socket))
    }

    @Test func aFileIsNotTaken() throws {
      let running = try RunningServer.echo()
      let path = running.folder.path + "/file"
      try "precious".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: ServerError.notASocket(path)) { try server(path).start() }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test func aPathThatIsTooLongIsRefused() throws {
      let path = "/tmp/" + String(repeating: "a", count: 110)
      #expect(throws: ServerError.pathTooLong(path)) { try server(path).start() }
    }

    @Test func standardInputMustBeAListeningSocket() throws {
      let pair = Pipe()
      #expect(throws: NoopProcess.StartError.self) {
        try NoopProcess(.inherited(pair.fileHandleForReading.fileDescriptor, path: ""))
      }
    }
  }
}

/// Makes `descriptor` listen on a UNIX socket at `path`.
func bindAndListen(_ descriptor: Int32, _ path: String) -> Bool {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(descriptor, 4096) == 0
    }
  }
}
