import Database

/// Certificates at one moment, for metrics.
package struct CertificateStatistics: Sendable {
  package let waiting: Int
  package let issued: Int
  package let failing: Int
  /// When the first one ends, in seconds since 1970; nil: there is none.
  package let soonestEnd: Double?
}

extension CustomerModule {
  /// Counts certificates; nil when this installation fetches none.
  package func certificateStatistics() throws -> CertificateStatistics? {
    guard settings.certificates != nil else { return nil }
    let row = try database.query(
      """
      SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'issued') AS issued,
        count(*) FILTER (WHERE state = 'failing') AS failing, extract(epoch FROM min(not_after))::float8 AS soonest
      FROM customer.certificates
      """)[0]
    return CertificateStatistics(
      waiting: try row.int("waiting"), issued: try row.int("issued"), failing: try row.int("failing"),
      soonestEnd: try row.optionalDouble("soonest"))
  }
}
