import Glibc

/// What a sweep removed.
package struct SweepReport: Sendable, Equatable {
  package var manifests = 0
  package var blobs = 0
  package var temporaryFiles = 0
  /// Bytes of all of them.
  package var bytes = 0
}

extension BucketWriter {
  /// Removes what is not needed any more: versions that are neither kept nor active, blobs that no manifest names, and
  /// what interrupted writers left. Nothing younger than the grace time goes, as a manifest may be about to name it.
  /// A manifest that can't be read stops the sweep before any blob is removed.
  package func sweep(
    keeping kept: [SiteID: Set<VersionName>], graceSeconds: Int
  ) throws(BucketError) -> SweepReport {
    var report = SweepReport()
    let horizon = time(nil) - graceSeconds
    var referenced: Set<BlobID> = []
    for folder in try volume.list(BucketLayout.deploys) {
      guard let site = SiteID(folder.name) else { continue }
      try sweepVersions(site, kept[site] ?? [], horizon, &referenced, &report)
    }
    for outer in try volume.list(BucketLayout.blobs) {
      for inner in try volume.list("\(BucketLayout.blobs)/\(outer.name)") {
        try sweepBlobs("\(BucketLayout.blobs)/\(outer.name)/\(inner.name)", horizon, referenced, &report)
      }
    }
    for folder in [BucketLayout.sites, BucketLayout.hosts] {
      for inner in try volume.list(folder) { try sweepTemporary("\(folder)/\(inner.name)", horizon, &report) }
    }
    return report
  }

  private func sweepVersions(
    _ site: SiteID, _ kept: Set<VersionName>, _ horizon: Int, _ referenced: inout Set<BlobID>,
    _ report: inout SweepReport
  ) throws(BucketError) {
    let folder = BucketLayout.versions(site)
    try sweepTemporary(folder, horizon, &report)
    let entries = try volume.list(folder)
    // Read after the list: a version that becomes active later is too young to go.
    let active = try activeVersion(site)
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
        for file in try Manifest(encoded: bytes).files.values { referenced.insert(file.blob) }
      } catch {
        throw .corrupt("\(path): \(error)")
      }
    }
  }

  private func sweepBlobs(
    _ folder: String, _ horizon: Int, _ referenced: Set<BlobID>, _ report: inout SweepReport
  ) throws(BucketError) {
    try sweepTemporary(folder, horizon, &report)
    for entry in try volume.list(folder) where entry.status.st_mtim.tv_sec < horizon {
      guard let blob = BlobID(String(entry.name.prefix(64))), !referenced.contains(blob) else { continue }
      if try volume.remove("\(folder)/\(entry.name)", syncing: false) {
        report.blobs += 1
        report.bytes += entry.status.st_size
      }
    }
  }

  private func sweepTemporary(_ folder: String, _ horizon: Int, _ report: inout SweepReport) throws(BucketError) {
    for entry in try volume.list(folder)
    where entry.name.hasPrefix(BucketLayout.temporaryPrefix) && entry.status.st_mtim.tv_sec < horizon {
      if try volume.remove("\(folder)/\(entry.name)", syncing: false) {
        report.temporaryFiles += 1
        report.bytes += entry.status.st_size
      }
    }
  }
}
