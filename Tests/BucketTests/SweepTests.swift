import Foundation
import Testing

@testable import Bucket

extension BucketTests {
  @Suite struct SweepTests {
    private let volume = TemporaryVolume()

    private func publish(_ numbers: ClosedRange<Int>) throws -> BucketWriter {
      let writer = try BucketWriter(root: volume.path)
      for number in numbers {
        let (manifest, blobs) = content(number)
        try writer.publish(site, version(number), manifest, blobs: blobs)
      }
      return writer
    }

    @Test func `kept versions and the active one stay, with their blobs; the rest goes`() throws {
      let writer = try publish(1...5)
      let report = try writer.sweep(keeping: [site: [version(2), version(3)]], graceSeconds: -10)
      #expect(report.manifests == 2)
      #expect(report.blobs == 6)
      let reader = try BucketReader(root: volume.path)
      for number in [2, 3, 5] {
        try writer.activate(site, version(number))
        #expect(try reader.numbers(site) == [number])
      }
      #expect(failure { () throws(BucketError) in try writer.activate(site, version(1)) } != nil)
      #expect(try writer.sweep(keeping: [site: [version(2), version(3)]], graceSeconds: -10) == SweepReport())
    }

    @Test func `nothing young goes, even when nothing names it`() throws {
      let writer = try publish(1...3)
      #expect(try writer.sweep(keeping: [:], graceSeconds: 3600) == SweepReport())
    }

    @Test func `what an interrupted writer left goes after the grace time`() throws {
      let writer = try publish(1...1)
      for folder in ["sites/s-1", "deploys/s-1", "blob/aa/bb", "hosts/0f"] {
        let path = "\(volume.path)/\(folder)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(atPath: "\(path)/.tmp-1-1-abc", contents: Data("half".utf8))
      }
      #expect(try writer.sweep(keeping: [:], graceSeconds: 3600).temporaryFiles == 0)
      #expect(try writer.sweep(keeping: [:], graceSeconds: -10).temporaryFiles == 4)
      #expect(volume.temporaryFiles == [])
      #expect(try BucketReader(root: volume.path).numbers(site) == [1])
    }

    @Test func `a manifest that can't be read stops the sweep before a blob goes`() throws {
      let writer = try publish(1...3)
      let blobs = volume.files.filter { $0.hasPrefix("blob/") }.sorted()
      try Data("broken".utf8).write(to: URL(fileURLWithPath: "\(volume.path)/deploys/s-1/v2.manifest"))
      let error = failure { () throws(BucketError) in
        _ = try writer.sweep(keeping: [site: [version(2)]], graceSeconds: -10)
      }
      #expect(error != nil)
      #expect(volume.files.filter { $0.hasPrefix("blob/") }.sorted() == blobs)
    }

    @Test func `a blob that a new version names again is not taken for garbage`() throws {
      let writer = try publish(1...2)
      let (manifest, blobs) = content(1)
      let path = "\(volume.path)/\(BucketLayout.blob(blobs[0].blob, .identity))"
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: path)
      try writer.stage(site, version(3), manifest, blobs: blobs)
      try FileManager.default.removeItem(atPath: "\(volume.path)/deploys/s-1/v1.manifest")
      try FileManager.default.removeItem(atPath: "\(volume.path)/deploys/s-1/v3.manifest")
      #expect(try writer.sweep(keeping: [:], graceSeconds: 60).blobs == 0)
    }
  }
}
