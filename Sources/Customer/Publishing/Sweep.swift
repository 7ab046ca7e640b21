import Bucket
import Database
import HTTP
import Services

extension CustomerModule {
  /// How long something that nothing names is left alone: longer than any publish takes, and long enough for a
  /// visitor's page that still asks for it.
  private static let graceSeconds = 24 * 3600

  /// Removes what is not needed any more: files of forgotten versions, answers kept for repeats, what
  /// is past its time. Run each day.
  ///
  /// - Parameter progress: called between its steps, for the lease of the job.
  package func sweep(progress: () throws -> Void) throws {
    try sweepIdempotencyKeys()
    try sweepActivity()
    try sweepMessages()
    try progress()
    let rows = try database.query("SELECT site_id, deploy FROM customer.versions")
    var kept: [Bucket.SiteID: Set<VersionName>] = [:]
    for row in rows {
      let site = try Identifier<SiteKind>(row.uuid("site_id")).onVolume()
      kept[site, default: []].insert(try DeployName(stored: row.string("deploy")).onVolume())
    }
    _ = try bucket.sweep(keeping: kept, graceSeconds: Self.graceSeconds) { blobs in
      try progress()
      return try blobsOfImages(among: blobs)
    }
  }
}
