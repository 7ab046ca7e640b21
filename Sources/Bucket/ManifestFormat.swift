/// Why a text is no manifest.
package enum ManifestError: Error, Equatable, Sendable {
  case notUTF8
  /// The first line names another format, or a version of it that is not known here.
  case unknownFormat
  /// The last line is missing or says that lines are.
  case truncated
  /// A line, counted from 1, that does not hold what it should.
  case line(Int)
  /// Right in each line, but not in the order and form in which manifests are written; duplicates are found thus too.
  case notCanonical
}

/// The stored form, one fact a line, fields parted by tabs, in a fixed order:
/// ```
/// smartpages-manifest 1
/// csp      policy
/// notfound path
/// file     path  sha256  size  brotli size or -  gzip size or -  immutable|revalidate  modified  media type
/// redirect path  status  location
/// link     path  302|308  location  from or -  until or -  fallback or -
/// end      number of lines before this one
/// ```
extension Manifest {
  private static let header = "smartpages-manifest 1"

  /// The manifest as it is stored; the same manifest always gives the same text.
  /// - Throws: `ManifestError.line` if a value can't be stored, such as a path with a control character.
  package func encoded() throws(ManifestError) -> [UInt8] {
    let lines = lines
    // What is written must be readable: a newline in a title must not surface as a broken site at the edge.
    _ = try Self.parse(lines + [""])
    return Self.bytes(lines)
  }

  private static func bytes(_ lines: [String]) -> [UInt8] {
    Array(lines.joined(separator: "\n").utf8) + [10]
  }

  private var lines: [String] {
    var lines = [Self.header]
    if let contentSecurityPolicy { lines.append("csp\t\(contentSecurityPolicy)") }
    if let notFoundPath { lines.append("notfound\t\(notFoundPath)") }
    for (path, file) in files.sorted(by: { $0.key < $1.key }) {
      let brotli = file.brotliSize.map(String.init) ?? "-"
      let gzip = file.gzipSize.map(String.init) ?? "-"
      lines.append(
        "file\t\(path)\t\(file.blob)\t\(file.size)\t\(brotli)\t\(gzip)\t\(file.cache.rawValue)\t\(file.lastModified)"
          + "\t\(file.mediaType)")
    }
    for (path, redirect) in redirects.sorted(by: { $0.key < $1.key }) {
      lines.append("redirect\t\(path)\t\(redirect.status)\t\(redirect.location)")
    }
    for (path, link) in links.sorted(by: { $0.key < $1.key }) {
      let from = link.from.map { String($0) } ?? "-"
      let until = link.until.map { String($0) } ?? "-"
      lines.append(
        "link\t\(path)\t\(link.isPermanent ? 308 : 302)\t\(link.location)\t\(from)\t\(until)\t\(link.fallback ?? "-")")
    }
    lines.append("end\t\(lines.count)")
    return lines
  }

  /// Reads a stored manifest, and nothing else than what `encoded` writes.
  package init(encoded bytes: [UInt8]) throws(ManifestError) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    self = try Self.parse(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    guard Self.bytes(lines) == bytes else { throw .notCanonical }
  }

  private static func parse(_ lines: [String]) throws(ManifestError) -> Manifest {
    guard lines.first == header else { throw .unknownFormat }
    guard lines.count >= 3, lines.last == "", lines[lines.count - 2] == "end\t\(lines.count - 2)" else {
      throw .truncated
    }
    var manifest = Manifest()
    for (index, line) in lines.enumerated().dropFirst().dropLast(2) {
      guard line.utf8.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }),
        manifest.take(line.split(separator: "\t", omittingEmptySubsequences: false))
      else { throw .line(index + 1) }
    }
    if let path = manifest.notFoundPath, manifest.files[path] == nil { throw .line(lines.count - 1) }
    return manifest
  }

  /// Adds what a line says; false if it says nothing right.
  private mutating func take(_ fields: [Substring]) -> Bool {
    switch (fields[0], fields.count) {
    case ("csp", 2):
      contentSecurityPolicy = String(fields[1])
      return !fields[1].isEmpty
    case ("notfound", 2):
      notFoundPath = String(fields[1])
      return true
    case ("file", 9):
      guard Self.isPath(fields[1]), let blob = BlobID(String(fields[2])), let size = Self.number(fields[3]),
        let brotli = Self.optionalNumber(fields[4]), let gzip = Self.optionalNumber(fields[5]),
        let cache = CacheClass(rawValue: String(fields[6])), let modified = Self.number(fields[7]), !fields[8].isEmpty
      else { return false }
      files[String(fields[1])] = File(
        blob: blob, size: size, brotliSize: brotli.value, gzipSize: gzip.value, mediaType: String(fields[8]),
        cache: cache, lastModified: modified)
      return true
    case ("redirect", 4):
      guard Self.isPath(fields[1]), let status = Self.number(fields[2]), [301, 302, 303, 307, 308].contains(status),
        !fields[3].isEmpty
      else { return false }
      redirects[String(fields[1])] = Redirect(location: String(fields[3]), status: status)
      return true
    case ("link", 7):
      guard Self.isPath(fields[1]), fields[2] == "302" || fields[2] == "308", Self.isLocation(fields[3]),
        let from = Self.optionalNumber(fields[4]), let until = Self.optionalNumber(fields[5]),
        fields[6] == "-" || Self.isLocation(fields[6])
      else { return false }
      links[String(fields[1])] = ShortLink(
        location: String(fields[3]), isPermanent: fields[2] == "308", from: from.value.map { Int64($0) },
        until: until.value.map { Int64($0) }, fallback: fields[6] == "-" ? nil : String(fields[6]))
      return true
    default:
      return false
    }
  }

  /// A path as requests name it after decoding: absolute, without empty, `.` or `..` parts inside.
  private static func isPath(_ text: Substring) -> Bool {
    guard text.hasPrefix("/"), text.utf8.count <= 1024 else { return false }
    if text == "/" { return true }
    let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast().allSatisfy { !$0.isEmpty } && parts.allSatisfy { $0 != "." && $0 != ".." }
  }

  /// A URL in visible ASCII, with its scheme.
  private static func isLocation(_ text: Substring) -> Bool {
    text.utf8.contains(UInt8(ascii: ":")) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// A number not below zero.
  private static func number(_ text: Substring) -> Int? {
    guard let number = Int(text), number >= 0 else { return nil }
    return number
  }

  private static func optionalNumber(_ text: Substring) -> (value: Int?, Void)? {
    if text == "-" { return (nil, ()) }
    guard let number = number(text) else { return nil }
    return (number, ())
  }
}
