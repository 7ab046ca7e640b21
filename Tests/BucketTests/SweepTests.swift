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
      let report = try writer.sweep([site: [version(2), version(3)]], graceSeconds: -10)
      #expect(report.manifests == 2)
      #expect(report.blobs == 6)
      let reader = try BucketReader(root: volume.path)
      for number in [2, 3, 5] {
        try writer.activate(site, version(number))
        #expect(try reader.numbers(site) == [number])
      }
      #expect(failure { () throws(BucketError) in try writer.activate(site, version(1)) } != nil)
      #expect(try writer.sweep([site: [version(2), version(3)]], graceSeconds: -10) == SweepReport())
    }

    @Test func `nothing young goes, even when nothing names it`() throws {
      let writer = try publish(1...3)
      #expect(try writer.sweep([:], graceSeconds: 3600) == SweepReport())
    }

    @Test func `what an interrupted writer left goes after the grace time`() throws {
      let writer = try publish(1...1)
      for folder in ["sites/s-1", "deploys/s-1", "blob/aa/bb", "hosts/0f"] {
        let path = "\(volume.path)/\(folder)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(atPath: "\(path)/.tmp-1-1-abc", contents: Data("half".utf8))
      }
      #expect(try writer.sweep([:], graceSeconds: 3600).temporaryFiles == 0)
      #expect(try writer.sweep([:], graceSeconds: -10).temporaryFiles == 4)
      #expect(volume.temporaryFiles == [])
      #expect(try BucketReader(root: volume.path).numbers(site) == [1])
    }

    @Test func `a manifest that can't be read stops the sweep before a blob goes`() throws {
      let writer = try publish(1...3)
      let blobs = volume.files.filter { $0.hasPrefix("blob/") }.sorted()
      try Data("broken".utf8).write(to: URL(fileURLWithPath: "\(volume.path)/deploys/s-1/v2.manifest"))
      #expect(throws: BucketError.self) { try writer.sweep([site: [version(2)]], graceSeconds: -10) }
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
      #expect(try writer.sweep([:], graceSeconds: 60).blobs == 0)
    }

    @Test func `a host whose time is over goes with its site, and no sooner`() throws {
      let writer = try publish(1...1)
      let now = Int(Date().timeIntervalSince1970)
      for (name, expires) in [("old", now - 60), ("new", now + 60)] {
        let (host, place) = (HostName("\(name).example.org")!, SiteID("preview-\(name)")!)
        let (manifest, blobs) = content(7)
        try writer.writeHost(host, HostRecord(site: place, canonical: host, state: .preview, expires: expires))
        try writer.publish(place, version(1), manifest, blobs: blobs)
      }
      #expect(try writer.sweep([:], graceSeconds: 3600) == SweepReport())
      let report = try writer.sweep([:], graceSeconds: -10)
      #expect(report.hosts == 1 && report.blobs == 0, "the other preview names the same blobs")
      let reader = try BucketReader(root: volume.path)
      #expect(try reader.host(HostName("old.example.org")!) == nil && reader.site(SiteID("preview-old")!) == nil)
      #expect(try reader.numbers(SiteID("preview-new")!) == [7] && reader.numbers(site) == [1])
      #expect(volume.files.filter { $0.contains("preview-old") }.isEmpty)
    }

    @Test func `blobs that are named by others stay`() throws {
      let writer = try publish(1...1)
      let (_, blobs) = content(9)
      try writer.publish(SiteID("other")!, version(1), content(9).manifest, blobs: blobs)
      try writer.removeSite(SiteID("other")!)
      let questions = SweepQuestions(kept: { _ in [:] }, others: { keep in keep(blobs[0].blob) })
      #expect(try writer.sweep(questions, graceSeconds: -10).blobs == blobs.count - 1)
      #expect(volume.files.contains(BucketLayout.blob(blobs[0].blob, .identity)))
    }

    @Test func `all sites are asked for, and told apart, however many there are`() throws {
      let writer = try BucketWriter(root: volume.path)
      let (manifest, blobs) = content(1, files: 1)
      let sites = (0..<1100).map { SiteID("s-\($0)")! }
      for place in sites { try writer.stage(place, version(1), manifest, blobs: blobs) }
      var asked: [SiteID] = []
      var steps = 0
      let kept = Set(sites.filter { $0.description.hasSuffix("7") })
      let report = try writer.sweep(
        SweepQuestions(
          kept: { batch in
            asked += batch
            return Dictionary(uniqueKeysWithValues: batch.filter(kept.contains).map { ($0, [version(1)]) })
          }, progress: { steps += 1 }),
        graceSeconds: -10)
      #expect(asked.count == sites.count && Set(asked) == Set(sites) && steps > 2)
      #expect(report.manifests == sites.count - kept.count && report.blobs == 0)
    }

    @Test func `a filter never forgets a blob, and rarely takes another for one`() {
      var filter = BlobFilter()
      let blobs = (0..<20_000).map { BlobID(of: Array("\($0)".utf8)) }
      for blob in blobs.prefix(10_000) { filter.insert(blob) }
      #expect(blobs.prefix(10_000).allSatisfy(filter.mayContain))
      #expect(blobs.dropFirst(10_000).filter(filter.mayContain).count < 10)
    }
  }
}
