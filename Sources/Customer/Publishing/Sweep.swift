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
  package func sweep(progress: @escaping () throws -> Void) throws {
    try sweepIdempotencyKeys()
    try sweepActivity()
    try sweepMessages()
    try sweepPreviews()
    try sweepTrash()
    try sweepCards()
    try sweepExports()
    try sweepDeletions()
    try sweepReleasedDomains()
    let questions = SweepQuestions(kept: keptVersions, others: namedBlobs, progress: progress)
    _ = try bucket.sweep(questions, graceSeconds: Self.graceSeconds)
  }

  /// What is kept although perhaps no version names it.
  private func namedBlobs(_ keep: (BlobID) -> Void) throws {
    try blobsOfImages(keep)
    try blobsOfCards(keep)
  }

  private func keptVersions(_ places: [Bucket.SiteID]) throws -> [Bucket.SiteID: Set<VersionName>] {
    // Previews are no sites: what is active of them stays until their time is over.
    let ids = places.compactMap { SiteID($0.description)?.uuid }
    let rows = try database.query("SELECT site_id, deploy FROM customer.versions WHERE site_id = ANY(\(ids))")
    var kept: [Bucket.SiteID: Set<VersionName>] = [:]
    for row in rows {
      let place = try SiteID(row.uuid("site_id")).onVolume()
      kept[place, default: []].insert(try DeployName(stored: row.string("deploy")).onVolume())
    }
    return kept
  }
}
