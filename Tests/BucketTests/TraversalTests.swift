import Foundation
import Testing

@testable import Bucket

extension BucketTests {
  /// Names are checked before they become paths; these tests stand behind that border, on a volume where somebody
  /// planted links.
  @Suite struct TraversalTests {
    private let volume = TemporaryVolume()
    private let outside = TemporaryVolume()

    private func plant(_ link: String, _ target: String) throws {
      let folder = URL(fileURLWithPath: "\(volume.path)/\(link)").deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: "\(volume.path)/\(link)", withDestinationPath: target)
    }

    @Test(arguments: [
      "..", "../x", "a/../../x", "/etc/passwd", "/", "link", "link/passwd", "inner", "a/up", "a/up/x",
      "/proc/self/root/etc/passwd", String(repeating: "x", count: 300), String(repeating: "x/", count: 3000),
    ])
    func `no path leads out of the volume`(_ path: String) throws {
      try FileManager.default.createDirectory(atPath: volume.path + "/a", withIntermediateDirectories: true)
      _ = FileManager.default.createFile(atPath: volume.path + "/a/file", contents: Data("inside".utf8))
      try plant("link", "/etc")
      try plant("inner", "a/file")
      try plant("a/up", "../..")
      for walking in [false, true] {
        let opened = Result { try Volume(volume.path, walking: walking).open(path, O_RDONLY) }
        #expect(throws: BucketError.self) { if try opened.get() == nil { throw BucketError.full } }
        let created = Result {
          try Volume(volume.path, walking: walking).writeTemporary(path + "/f", [1], syncing: false)
        }
        #expect(throws: BucketError.self) { try created.get() }
      }
    }

    @Test(arguments: [false, true])
    func `what lies in the volume is opened, and what does not is nil`(_ walking: Bool) throws {
      try FileManager.default.createDirectory(atPath: volume.path + "/a/b", withIntermediateDirectories: true)
      _ = FileManager.default.createFile(atPath: volume.path + "/a/b/file", contents: Data("inside".utf8))
      let opened = try Volume(volume.path, walking: walking)
      for path in ["a/b/file", "a/./b/file", "a", "."] {
        let file = try #require(try opened.open(path, O_RDONLY))
        file.close()
      }
      for path in ["b", "a/c", "a/c/file", "a/b/file/x"] { #expect(try opened.open(path, O_RDONLY) == nil) }
      #expect(try opened.read("a/b/file", limit: 10)?.bytes == Array("inside".utf8))
    }

    @Test(arguments: [
      "sites", "sites/s-1", "sites/s-1/current", "deploys", "deploys/s-1", "deploys/s-1/v1.manifest", "blob", "hosts",
    ])
    func `a planted link is neither read nor written through`(_ link: String) throws {
      // A whole volume lies outside, so that following the link would work.
      let (manifest, blobs) = content(1)
      let host = HostName("example.org")!
      let record = HostRecord(site: site, canonical: host, state: .active)
      let other = try BucketWriter(root: outside.path)
      try other.publish(site, version(1), manifest, blobs: blobs)
      try other.writeHost(host, record)
      let before = outside.files.sorted()
      for name in ["sites", "deploys", "blob", "hosts"] where !link.hasPrefix(name) {
        try FileManager.default.copyItem(atPath: "\(outside.path)/\(name)", toPath: "\(volume.path)/\(name)")
      }
      if link.hasPrefix("deploys/") || link.hasPrefix("sites/") {
        let name = String(link.split(separator: "/")[0])
        try FileManager.default.copyItem(atPath: "\(outside.path)/\(name)", toPath: "\(volume.path)/\(name)")
        try FileManager.default.removeItem(atPath: "\(volume.path)/\(link)")
      }
      try plant(link, "\(outside.path)/\(link)")

      let reader = try BucketReader(root: volume.path)
      let isHost = link == "hosts"
      #expect(throws: BucketError.self) {
        if isHost { _ = try reader.host(host) } else { _ = try reader.numbers(site) }
      }
      let writer = try BucketWriter(root: volume.path)
      let (next, nextBlobs) = content(2)
      // A link in the last place is replaced by the new file, which is as good as refusing it.
      if !link.hasSuffix("current"), !link.hasSuffix("manifest") {
        #expect(throws: BucketError.self) {
          try writer.publish(site, version(2), next, blobs: nextBlobs)
          try writer.writeHost(host, record)
        }
      } else {
        try writer.publish(site, version(2), next, blobs: nextBlobs)
      }
      #expect(outside.files.sorted() == before)
      #expect(try BucketReader(root: outside.path).numbers(site) == [1])
    }

    @Test func `a planted blob is not served`() throws {
      let secret = Array("secret".utf8)
      let blob = BlobID(of: secret)
      _ = FileManager.default.createFile(atPath: outside.path + "/secret", contents: Data(secret))
      try plant(BucketLayout.blob(blob, .identity), outside.path + "/secret")
      let reader = try BucketReader(root: volume.path)
      #expect(throws: BucketError.self) { try reader.blob(blob, .identity, size: secret.count) }
    }
  }
}
