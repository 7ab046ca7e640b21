import Configuration
import Glibc
import Testing

/// A socket in the place of systemd's.
private final class Listener {
  private let descriptor: Int32

  /// - Parameter address: a path, or `@` and an abstract name.
  init(_ address: String) {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(address.utf8)
    if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    let bound = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    precondition(bound == 0, "bind \(address): \(errno)")
  }

  deinit { close(descriptor) }

  /// The next message, or nil when there is none.
  func message() -> String? {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }
}

/// One after another: the environment is the whole process's.
@Suite(.serialized)
struct SystemdNotifierTests {
  private let path = "/tmp/smartpages-notify-\(getpid())"

  @Test("What is said arrives as one message", arguments: ["path", "abstract"])
  func delivery(kind: String) {
    let address = kind == "path" ? path : "@smartpages-notify-\(getpid())"
    let listener = Listener(address)
    defer { unlink(path) }
    let systemd = SystemdNotifier(address: address)
    #expect(systemd.tell(.ready))
    #expect(systemd.tell(.stopping))
    #expect(listener.message() == "READY=1")
    #expect(listener.message() == "STOPPING=1")
    #expect(listener.message() == nil)
  }

  @Test("Nobody to tell is no failure", arguments: [nil, "", "/nonexistent/socket", "relative", "@"])
  func nobody(address: String?) {
    #expect(!SystemdNotifier(address: address).tell(.ready))
  }

  @Test("A name that is too long is not cut")
  func tooLong() {
    #expect(!SystemdNotifier(address: "/" + String(repeating: "a", count: 200)).tell(.ready))
  }

  @Test("The manager's address is not handed to children")
  func environment() {
    let listener = Listener(path)
    defer { unlink(path) }
    setenv("NOTIFY_SOCKET", path, 1)
    let systemd = SystemdNotifier.fromEnvironment()
    #expect(getenv("NOTIFY_SOCKET") == nil)
    #expect(systemd.tell(.ready))
    #expect(listener.message() == "READY=1")
  }
}
