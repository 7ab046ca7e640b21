import Bucket
import Foundation
import Testing

extension BucketTests {
  /// A file system in memory, of 1 MB.
  private final class SmallVolume: Sendable {
    let folder = TemporaryVolume()

    var path: String { folder.path }

    init() throws { try #require(run("/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path)) }

    func remount(_ option: String) throws { try #require(run("/bin/mount", "-o", "remount,\(option)", path)) }

    deinit { run("/bin/umount", "-l", folder.path) }
  }

  /// Whether this process may mount; a container's root may not.
  static let mayMount: Bool = {
    guard getuid() == 0 else { return false }
    let folder = TemporaryVolume()
    return run("/bin/mount", "-t", "tmpfs", "tmpfs", folder.path) && run("/bin/umount", folder.path)
  }()

  @Suite(.enabled(if: mayMount, "needs the right to mount a file system: full and read-only volumes were not tried"))
  struct FaultTests {
    @Test func `on a full volume publishing fails whole, and works when there is room again`() throws {
      let volume = try SmallVolume()
      let writer = try BucketWriter(root: volume.path)
      let reader = try BucketReader(root: volume.path)
      let small = content(1)
      try writer.publish(site, version(1), small.manifest, blobs: small.blobs)
      let big = content(2, files: 30, size: 60_000)
      let error = failure { () throws(BucketError) in
        try writer.publish(site, version(2), big.manifest, blobs: big.blobs)
      }
      #expect(error == .full)
      #expect(volume.folder.temporaryFiles == [])
      #expect(try reader.numbers(site) == [1])
      #expect(try BucketReader(root: volume.path).numbers(site) == [1])
      try volume.remount("size=8m")
      try writer.publish(site, version(2), big.manifest, blobs: big.blobs)
      #expect(try reader.numbers(site) == [2])
    }

    @Test func `at whatever step the room ends, the old version stays whole`() throws {
      let volume = try SmallVolume()
      let writer = try BucketWriter(root: volume.path)
      let first = content(1)
      try writer.publish(site, version(1), first.manifest, blobs: first.blobs)
      let filling = volume.path + "/filling"
      var refusals = 0
      // Fills the volume but for some pages, so that publishing gets ever further before it fails.
      for pages in 0..<24 {
        let room = try #require(
          FileManager.default.attributesOfFileSystem(forPath: volume.path)[.systemFreeSize] as? Int)
        try Data(count: max(0, room - pages * 4096)).write(to: URL(fileURLWithPath: filling))
        let next = content(100 + pages, files: 4, size: 5000)
        let error = failure { () throws(BucketError) in
          try writer.publish(site, version(100 + pages), next.manifest, blobs: next.blobs)
        }
        if let error {
          refusals += 1
          #expect(error == .full)
          #expect(try BucketReader(root: volume.path).numbers(site) == [1])
          #expect(volume.folder.temporaryFiles == [])
        } else {
          try writer.activate(site, version(1))
        }
        try FileManager.default.removeItem(atPath: filling)
        _ = try writer.sweep([:], graceSeconds: -10)
      }
      #expect((5..<24).contains(refusals))
    }

    @Test func `a read-only volume serves and refuses to publish`() throws {
      let volume = try SmallVolume()
      let writer = try BucketWriter(root: volume.path)
      let first = content(1)
      try writer.publish(site, version(1), first.manifest, blobs: first.blobs)
      try volume.remount("ro")
      let next = content(2)
      let error = failure { () throws(BucketError) in
        try writer.publish(site, version(2), next.manifest, blobs: next.blobs)
      }
      #expect(error == .readOnly)
      #expect(failure { () throws(BucketError) in try writer.activate(site, version(1)) } == .readOnly)
      #expect(try BucketReader(root: volume.path).numbers(site) == [1])
      try volume.remount("rw")
      try writer.publish(site, version(2), next.manifest, blobs: next.blobs)
      #expect(try BucketReader(root: volume.path).numbers(site) == [2])
    }
  }
}
