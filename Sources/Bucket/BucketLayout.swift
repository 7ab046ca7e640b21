/// Where things lie on the volume. All paths are relative to its root, and made of checked names only.
package enum BucketLayout {
  static let blobs = "blob"
  static let deploys = "deploys"
  static let sites = "sites"
  static let hosts = "hosts"
  static let exports = "exports"
  static let exportSuffix = ".zip"
  /// What the names of unfinished files begin with. No other name begins with a dot.
  static let temporaryPrefix = ".tmp-"
  static let manifestSuffix = ".manifest"
  static let pointer = "current"
  /// The most that a manifest may have, in bytes.
  static let largestManifest = 4 << 20

  /// `blob/ab/cd/<sha256>[.br|.gz]`.
  package static func blob(_ blob: BlobID, _ encoding: BlobEncoding) -> String {
    let name = blob.description
    let third = name.utf8.index(name.startIndex, offsetBy: 2)
    let fifth = name.utf8.index(name.startIndex, offsetBy: 4)
    return "\(blobs)/\(name[..<third])/\(name[third..<fifth])/\(name)\(encoding.suffix)"
  }

  /// `deploys/<site>`.
  static func versions(_ site: SiteID) -> String { "\(deploys)/\(site.description)" }

  /// `deploys/<site>/<version>.manifest`.
  static func manifest(_ site: SiteID, _ version: VersionName) -> String {
    "\(deploys)/\(site.description)/\(version.description)\(manifestSuffix)"
  }

  /// `sites/<site>/current`.
  static func current(_ site: SiteID) -> String { "\(sites)/\(site.description)/\(pointer)" }

  /// `exports/<name>.zip`.
  static func export(_ name: VersionName) -> String { "\(exports)/\(name.description)\(exportSuffix)" }

  /// `00` to `ff`.
  private static let spread = (0..<256).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }

  /// `hosts/<xx>/<host>`, where xx spreads many hosts over 256 folders (FNV-1a, folded to one byte).
  static func host(_ host: HostName) -> String {
    var hash: UInt32 = 2_166_136_261
    for byte in host.description.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    let folded = UInt8(truncatingIfNeeded: hash ^ hash >> 8 ^ hash >> 16 ^ hash >> 24)
    return "\(hosts)/\(spread[Int(folded)])/\(host.description)"
  }

  /// The folder and the last name of a path.
  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
  }
}
