import Glibc
import Locks

/// A site's active version, as one request sees it.
package final class PublishedSite: Sendable {
  package let version: VersionName
  package let manifest: Manifest

  init(version: VersionName, manifest: Manifest) {
    self.version = version
    self.manifest = manifest
  }
}

/// A blob's content: in memory, or open for reading if it is large.
package enum BlobContent: Sendable {
  case bytes([UInt8])
  case file(BlobFile)
}

/// The volume as Domain sees it: read only. Small things are kept in memory within fixed bounds; what can change (a
/// host's record, a site's active version) is compared with the volume on each call, so that a change shows at once.
package final class BucketReader: Sendable {
  /// How much memory each kind of thing may take, in bytes.
  package struct Limits: Sendable {
    package var hostBytes: Int
    package var siteBytes: Int
    package var blobBytes: Int
    /// The largest blob that is read into memory.
    package var smallBlobBytes: Int

    /// The usual bounds, 12 MB together.
    package init(
      hostBytes: Int = 2 << 20, siteBytes: Int = 4 << 20, blobBytes: Int = 6 << 20, smallBlobBytes: Int = 64 << 10
    ) {
      self.hostBytes = hostBytes
      self.siteBytes = siteBytes
      self.blobBytes = blobBytes
      self.smallBlobBytes = smallBlobBytes
    }
  }

  private struct BlobKey: Hashable {
    let blob: BlobID
    let encoding: BlobEncoding
  }

  private let volume: Volume
  private let limits: Limits
  // Each lock guards one cache, and is never held while the volume is read.
  private let hosts: Locked<ClockCache<HostName, (FileIdentity, HostRecord)>>
  private let sites: Locked<ClockCache<SiteID, (FileIdentity, PublishedSite)>>
  private let blobs: Locked<ClockCache<BlobKey, [UInt8]>>

  private static let largestHostRecord = 1024
  private static let largestPointer = 128

  /// - Parameter root: the folder where the volume is mounted.
  package init(root: String, limits: Limits = Limits()) throws(BucketError) {
    volume = try Volume(root)
    self.limits = limits
    hosts = Locked(ClockCache(limitBytes: limits.hostBytes))
    sites = Locked(ClockCache(limitBytes: limits.siteBytes))
    blobs = Locked(ClockCache(limitBytes: limits.blobBytes))
  }

  /// What is served under a host's name; nil if nothing is.
  package func host(_ name: HostName) throws(BucketError) -> HostRecord? {
    let path = BucketLayout.host(name)
    guard let now = try volume.identity(path) else {
      hosts.withLock { $0.remove(name) }
      return nil
    }
    if let (then, record) = hosts.withLock({ $0.value(name) }), then == now { return record }
    guard let (bytes, identity) = try volume.read(path, limit: Self.largestHostRecord) else { return nil }
    guard let record = HostRecord(String(decoding: bytes, as: UTF8.self)) else {
      throw .corrupt("\(path) is no record")
    }
    // Texts of up to 15 bytes stand in their values, longer ones in objects of their own.
    let size = 250 + 2 * name.description.utf8.count + record.canonical.description.utf8.count
    hosts.withLock { $0.insert(name, (identity, record), bytes: size) }
    return record
  }

  /// A site's active version; nil if it has none. Ask once a request, so that the request sees one version only.
  package func site(_ id: SiteID) throws(BucketError) -> PublishedSite? {
    let path = BucketLayout.current(id)
    guard let now = try volume.identity(path) else {
      sites.withLock { $0.remove(id) }
      return nil
    }
    if let (then, site) = sites.withLock({ $0.value(id) }), then == now { return site }
    return try load(id, path)
  }

  private func load(_ id: SiteID, _ path: String) throws(BucketError) -> PublishedSite? {
    var missing = ""
    // A second look, because between pointer and manifest another version may have become active and this one swept.
    for _ in 0..<2 {
      guard let (bytes, identity) = try volume.read(path, limit: Self.largestPointer) else { return nil }
      guard let version = VersionName(pointer: bytes) else { throw .corrupt("\(path) names no version") }
      missing = BucketLayout.manifest(id, version)
      guard let (text, _) = try volume.read(missing, limit: BucketLayout.largestManifest) else { continue }
      let manifest: Manifest
      do throws(ManifestError) { manifest = try Manifest(encoded: text) } catch {
        throw .corrupt("\(missing): \(error)")
      }
      let site = PublishedSite(version: version, manifest: manifest)
      sites.withLock { $0.insert(id, (identity, site), bytes: manifest.memoryBytes) }
      return site
    }
    throw .corrupt("\(missing) is missing")
  }

  /// A blob of a manifest; `size` is what the manifest says of this form of it. Blobs never change, so one in memory is
  /// not compared with the volume.
  package func blob(_ blob: BlobID, _ encoding: BlobEncoding, size: Int) throws(BucketError) -> BlobContent {
    let key = BlobKey(blob: blob, encoding: encoding)
    if size <= limits.smallBlobBytes, let bytes = blobs.withLock({ $0.value(key) }) { return .bytes(bytes) }
    let path = BucketLayout.blob(blob, encoding)
    guard let file = try volume.open(path, O_RDONLY) else { throw .corrupt("\(path) is missing") }
    let content = BlobFile(file, size: size)
    guard try file.status().st_size == size else { throw .corrupt("\(path) is not of \(size) bytes") }
    guard size <= limits.smallBlobBytes else { return .file(content) }
    let bytes = try content.read(at: 0..<size)
    blobs.withLock { $0.insert(key, bytes, bytes: size + 150) }
    return .bytes(bytes)
  }
}
