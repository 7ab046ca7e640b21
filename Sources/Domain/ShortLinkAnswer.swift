import Bucket
import HTTP

/// What a short link is answered with.
///
/// The visitor's query goes nowhere: it tells scans of a printed code from clicks, in the log, and is nobody else's.
enum ShortLinkAnswer {
  private static let prefix = "/l/"
  /// How long a browser may remember where a permanent one leads, in seconds: short, for even these are mended.
  private static let permanentSeconds: Int64 = 300

  /// Nil where there is no short link, or none that leads anywhere now.
  static func find(_ path: String, _ manifest: Manifest, at moment: Instant) -> Response? {
    // Telephones begin what is typed with a capital.
    let key = path.hasPrefix(prefix) ? path.lowercased() : path
    guard let link = manifest.links[key], let location = link.location(at: moment.milliseconds) else { return nil }
    let isPermanent = link.isPermanent && link.isDue(at: moment.milliseconds)
    let left = link.until.map { max(0, ($0 - moment.milliseconds) / 1000) } ?? permanentSeconds
    return Response(
      isPermanent ? .permanentRedirect : .found,
      headers: [
        "Location": location,
        "Cache-Control": isPermanent ? "public, max-age=\(min(left, permanentSeconds)), s-maxage=0" : "no-store",
        // Whoever follows is told nothing of the page that the visitor came from.
        "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex",
      ])
  }
}
