import Foundation
import Synchronization
import Testing

@testable import Bucket

extension BucketTests {
  @Suite struct PublishTests {
    private let volume = TemporaryVolume()

    @Test func `what is published is read back, whole and in each form`() throws {
      let writer = try BucketWriter(root: volume.path)
      let reader = try BucketReader(root: volume.path)
      #expect(try reader.site(site) == nil)
      #expect(try writer.activeVersion(site) == nil)
      let page = StagedBlob(content: Array("page".utf8))
      let file = Manifest.File(
        blob: page.blob, size: 4, brotliSize: 2, mediaType: "text/html", cache: .revalidate, lastModified: 1)
      let manifest = Manifest(files: ["/": file])
      let encoded = StagedBlob(encoded: [1, 2], .brotli, of: page.blob)
      try writer.publish(site, version(1), manifest, blobs: [page, encoded])
      let published = try #require(try reader.site(site))
      #expect(published.version == version(1))
      #expect(published.manifest == manifest)
      for (encoding, bytes) in [(BlobEncoding.identity, Array("page".utf8)), (.brotli, [1, 2])] {
        guard case .bytes(let read) = try reader.blob(page.blob, encoding, size: bytes.count) else {
          Issue.record("not in memory")
          return
        }
        #expect(read == bytes)
      }
      #expect(throws: BucketError.self) { try reader.blob(page.blob, .gzip, size: 1) }
      #expect(volume.temporaryFiles == [])
    }

    @Test func `a change of version shows at once, back and forth`() throws {
      let writer = try BucketWriter(root: volume.path)
      let reader = try BucketReader(root: volume.path)
      for number in 1...2 {
        let (manifest, blobs) = content(number)
        try writer.stage(site, version(number), manifest, blobs: blobs)
      }
      #expect(try reader.site(site) == nil)
      for round in 0..<300 {
        let number = 1 + round % 2
        try writer.activate(site, version(number))
        #expect(try reader.numbers(site) == [number])
      }
      #expect(failure { () throws(BucketError) in try writer.activate(site, version(9)) } != nil)
      #expect(try reader.numbers(site) == [2])
      try writer.removeSite(site)
      #expect(try reader.site(site) == nil)
      #expect(volume.files.filter { !$0.hasPrefix("blob/") } == [])
    }

    @Test func `a host's record shows at once, and its end too`() throws {
      let writer = try BucketWriter(root: volume.path)
      let reader = try BucketReader(root: volume.path)
      let host = HostName("www.example.org")!
      #expect(try reader.host(host) == nil)
      for state in HostRecord.State.allCases + HostRecord.State.allCases {
        let record = HostRecord(site: site, canonical: host, state: state)
        try writer.writeHost(host, record)
        #expect(try reader.host(host) == record)
        #expect(try reader.host(host) == record)
      }
      #expect(try writer.removeHost(host))
      #expect(try reader.host(host) == nil)
      #expect(try writer.removeHost(host) == false)
    }

    @Test func `readers see one whole version while versions are published`() throws {
      let writer = try BucketWriter(root: volume.path)
      let first = content(0)
      try writer.publish(site, version(0), first.manifest, blobs: first.blobs)
      let root = volume.path
      let watch = Watch()
      // Half of the readers share their caches, half have none.
      let shared = try BucketReader(root: root)
      let bare = try BucketReader(root: root, limits: BucketReader.Limits(hostBytes: 0, siteBytes: 0, blobBytes: 0))
      let readers = DispatchGroup()
      for index in 0..<4 {
        readers.enter()
        Thread {
          var last = 0
          while !watch.isDone {
            do {
              let numbers = try (index < 2 ? shared : bare).numbers(site)
              watch.note(numbers.count == 1 && numbers.first! >= last ? nil : "\(numbers) after \(last)")
              last = numbers.first ?? last
            } catch {
              watch.note("\(error)")
            }
          }
          readers.leave()
        }.start()
      }
      for number in 1...500 {
        let (manifest, blobs) = content(number)
        try writer.publish(site, version(number), manifest, blobs: blobs)
        if number % 50 == 0 { _ = try writer.sweep([:], graceSeconds: 1) }
      }
      watch.finish()
      readers.wait()
      #expect(watch.wrong == [])
      #expect(watch.looks > 500)
      #expect(try shared.numbers(site) == [500])
      #expect(volume.temporaryFiles == [])
    }

    @Test func `blobs that are there are not written again, and one of a wrong size is replaced`() throws {
      let writer = try BucketWriter(root: volume.path)
      let (manifest, blobs) = content(1)
      try writer.publish(site, version(1), manifest, blobs: blobs)
      let path = "\(volume.path)/\(BucketLayout.blob(blobs[0].blob, .identity))"
      let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
      try writer.publish(site, version(2), manifest, blobs: blobs)
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == before)
      try Data("cut".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: BucketError.self) { try BucketReader(root: volume.path).numbers(site) }
      try writer.publish(site, version(3), manifest, blobs: blobs)
      #expect(try BucketReader(root: volume.path).numbers(site) == [1])
    }

    @Test func `a large blob is opened, not kept in memory`() throws {
      let writer = try BucketWriter(root: volume.path)
      let big = StagedBlob(content: (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      let file = Manifest.File(
        blob: big.blob, size: 200_000, mediaType: "image/png", cache: .immutable, lastModified: 1)
      try writer.publish(site, version(1), Manifest(files: ["/b.png": file]), blobs: [big])
      let reader = try BucketReader(root: volume.path)
      guard case .file(let open) = try reader.blob(big.blob, .identity, size: 200_000) else {
        Issue.record("in memory")
        return
      }
      #expect(try open.read(at: 0..<200_000) == big.bytes)
      #expect(try open.read(at: 199_990..<200_000) == Array(big.bytes.suffix(10)))
      #expect(throws: BucketError.self) { try open.read(at: 199_990..<200_001) }
    }

    @Test func `what is not used for a while makes room`() {
      var cache = ClockCache<Int, Int>(limitBytes: 1000)
      for number in 0..<1000 {
        cache.insert(number, number, bytes: 100)
        #expect(cache.bytes <= 1000)
        if number >= 1 { #expect(cache.value(0) == 0) }
      }
      #expect(cache.count == 10)
      cache.insert(1, 5, bytes: 2000)
      #expect(cache.value(1) == nil)
      cache.remove(0)
      #expect(cache.bytes == 900)
    }
  }
}

/// What the readers of a running test saw.
private final class Watch: Sendable {
  private let state = Mutex((isDone: false, looks: 0, wrong: [String]()))

  var isDone: Bool { state.withLock { $0.isDone } }
  var looks: Int { state.withLock { $0.looks } }
  var wrong: [String] { state.withLock { $0.wrong } }

  func finish() { state.withLock { $0.isDone = true } }

  func note(_ complaint: String?) {
    state.withLock { state in
      state.looks += 1
      if let complaint, state.wrong.count < 10 { state.wrong.append(complaint) }
    }
  }
}
