import Glibc

/// What a sweep removed.
package struct SweepReport: Sendable, Equatable {
  package var manifests = 0
  package var blobs = 0
  package var temporaryFiles = 0
  /// Records of hosts whose time was over, each with its site.
  package var hosts = 0
  /// Bytes of files that were removed one by one.
  package var bytes = 0
}

/// What a sweep asks of those who know which versions are still wanted.
package struct SweepQuestions {
  /// The versions to keep of some sites, a few hundred at a time.
  package var kept: ([SiteID]) throws -> [SiteID: Set<VersionName>]
  /// Names the blobs that are kept for another reason than a manifest.
  package var others: (_ keep: (BlobID) -> Void) throws -> Void
  /// Told now and then that the sweep goes on; may throw to end it.
  package var progress: () throws -> Void

  package init(
    kept: @escaping ([SiteID]) throws -> [SiteID: Set<VersionName>],
    others: @escaping (_ keep: (BlobID) -> Void) throws -> Void = { _ in },
    progress: @escaping () throws -> Void = {}
  ) {
    self.kept = kept
    self.others = others
    self.progress = progress
  }
}

extension BucketWriter {
  /// Removes what is not needed any more: hosts whose time is over, with their sites; versions that are neither kept
  /// nor active; blobs that nothing names; and what interrupted writers left. Nothing younger than the grace time goes,
  /// as a manifest may be about to name it. A manifest that can't be read stops the sweep before any blob is removed.
  ///
  /// It takes the same memory however much there is: 32 MiB, and what the largest folder of blobs holds.
  package func sweep(_ questions: SweepQuestions, graceSeconds: Int) throws -> SweepReport {
    var sweep = BucketSweep(volume: volume, writer: self, horizon: time(nil) - graceSeconds)
    try sweep.hosts(questions.progress)
    try sweep.versions(questions)
    try questions.others { sweep.named.insert($0) }
    try sweep.blobs(questions.progress)
    return sweep.report
  }
}

/// One sweep on its way.
private struct BucketSweep {
  let volume: Volume
  let writer: BucketWriter
  /// What changed later stays; seconds since 1970.
  let horizon: Int
  var named = BlobFilter()
  var report = SweepReport()

  /// How many sites are asked for at once.
  private static let batch = 500

  mutating func hosts(_ progress: () throws -> Void) throws {
    for folder in try volume.list(BucketLayout.hosts) {
      try progress()
      try temporaryFiles("\(BucketLayout.hosts)/\(folder.name)")
      guard let entries = try FolderStream(volume, "\(BucketLayout.hosts)/\(folder.name)") else { continue }
      while let entry = entries.next() {
        guard entry.status.st_mtim.tv_sec < horizon, let host = HostName(entry.name),
          let record = try writer.host(host), record.hasExpired(at: horizon)
        else { continue }
        // The site first: what remains if this ends between the two is found again by the record.
        try writer.removeSite(record.site, syncing: false)
        if try volume.remove(BucketLayout.host(host), syncing: false) { report.hosts += 1 }
      }
    }
  }

  mutating func versions(_ questions: SweepQuestions) throws {
    guard let folders = try FolderStream(volume, BucketLayout.deploys) else { return }
    var batch: [SiteID] = []
    var isOver = false
    while !isOver {
      let folder = folders.next()
      isOver = folder == nil
      if let site = folder.flatMap({ SiteID($0.name) }) { batch.append(site) }
      guard isOver || batch.count == Self.batch else { continue }
      try questions.progress()
      let kept = try questions.kept(batch)
      for site in batch { try versions(of: site, kept[site] ?? []) }
      batch.removeAll(keepingCapacity: true)
    }
  }

  private mutating func versions(of site: SiteID, _ kept: Set<VersionName>) throws {
    try temporaryFiles("\(BucketLayout.sites)/\(site)")
    let folder = BucketLayout.versions(site)
    try temporaryFiles(folder)
    let entries = try volume.list(folder)
    // Read after the list: a version that becomes active later is too young to go.
    let active = try writer.activeVersion(site)
    for entry in entries where entry.name.hasSuffix(BucketLayout.manifestSuffix) {
      let path = "\(folder)/\(entry.name)"
      let version = VersionName(String(entry.name.dropLast(BucketLayout.manifestSuffix.count)))
      let isKept = version.map { kept.contains($0) || $0 == active } ?? false
      if !isKept, entry.status.st_mtim.tv_sec < horizon {
        if try volume.remove(path, syncing: false) { report.manifests += 1 }
        report.bytes += entry.status.st_size
        continue
      }
      guard let (bytes, _) = try volume.read(path, limit: BucketLayout.largestManifest) else { continue }
      do throws(ManifestError) {
        for file in try Manifest(encoded: bytes).files.values { named.insert(file.blob) }
      } catch {
        throw BucketError.corrupt("\(path): \(error)")
      }
    }
    // Empty when it was a deleted site's.
    if entries.isEmpty { try volume.removeFolder(folder) }
  }

  mutating func blobs(_ progress: () throws -> Void) throws {
    for outer in try volume.list(BucketLayout.blobs) {
      try progress()
      for inner in try volume.list("\(BucketLayout.blobs)/\(outer.name)") {
        try blobs(in: "\(BucketLayout.blobs)/\(outer.name)/\(inner.name)")
      }
    }
  }

  private mutating func blobs(in folder: String) throws {
    for entry in try volume.list(folder) where entry.status.st_mtim.tv_sec < horizon {
      let isTemporary = entry.name.hasPrefix(BucketLayout.temporaryPrefix)
      let isForgotten = BlobID(String(entry.name.prefix(64))).map { !named.mayContain($0) } ?? false
      guard isTemporary || isForgotten, try volume.remove("\(folder)/\(entry.name)", syncing: false) else { continue }
      report.bytes += entry.status.st_size
      if isTemporary { report.temporaryFiles += 1 } else { report.blobs += 1 }
    }
  }

  private mutating func temporaryFiles(_ folder: String) throws {
    guard let entries = try FolderStream(volume, folder) else { return }
    while let entry = entries.next() {
      guard entry.name.hasPrefix(BucketLayout.temporaryPrefix), entry.status.st_mtim.tv_sec < horizon,
        try volume.remove("\(folder)/\(entry.name)", syncing: false)
      else { continue }
      report.temporaryFiles += 1
      report.bytes += entry.status.st_size
    }
  }
}
