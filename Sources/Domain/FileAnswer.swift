import Bucket
import HTTP

/// A file of a site as an answer: its best encoding, conditions, ranges, and headers.
struct FileAnswer {
  private let bucket: BucketReader
  private let file: Manifest.File
  private let manifest: Manifest
  private let request: Request
  private let encoding: BlobEncoding
  /// The length of the chosen encoding in bytes.
  private let size: Int
  private let entityTag: String

  init(_ bucket: BucketReader, _ file: Manifest.File, _ manifest: Manifest, _ request: Request) {
    self.bucket = bucket
    self.file = file
    self.manifest = manifest
    self.request = request
    let accepted = AcceptedEncodings(request.parameter("HTTP_ACCEPT_ENCODING"))
    if accepted.brotli, let size = file.brotliSize {
      (encoding, self.size) = (.brotli, size)
    } else if accepted.gzip, let size = file.gzipSize {
      (encoding, self.size) = (.gzip, size)
    } else {
      (encoding, size) = (.identity, file.size)
    }
    entityTag = EntityTag.text(file.blob, encoding)
  }

  func response() throws(BucketError) -> Response {
    if isNotModified { return Response(.notModified, headers: validators()) }
    let content = try bucket.blob(file.blob, encoding, size: size)
    guard case .bytes(let bytes) = content else { return sentByNginx() }
    // Ranges are defined for GET only (RFC 9110, section 14.2).
    let range =
      request.method == .get && isRangeCurrent ? ByteRange(request.parameter("HTTP_RANGE"), size: size) : .whole
    switch range {
    case .whole: return answer(.ok, .bytes(bytes))
    case .part(let part):
      var response = answer(.partialContent, .slice(bytes[part]))
      response.headers.append("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)")
      return response
    case .unsatisfiable:
      var response = Response(.rangeNotSatisfiable, headers: validators())
      response.headers.append("Content-Range", "bytes */\(size)")
      return response
    }
  }

  /// The file as the site's page for what is not there.
  func notFound() throws(BucketError) -> Response {
    var response = Response(.notFound, headers: representation())
    response.headers.append("Cache-Control", "max-age=0, must-revalidate")
    switch try bucket.blob(file.blob, encoding, size: size) {
    case .bytes(let bytes): response.body = .bytes(bytes)
    case .file(let blob): response.body = .bytes(try blob.read(at: 0, count: size))
    }
    return response
  }

  private func answer(_ status: Status, _ body: Response.Body) -> Response {
    var headers = representation()
    appendValidators(to: &headers)
    headers.append("Accept-Ranges", "bytes")
    return Response(status, headers: headers, body: body)
  }

  /// A large blob: nginx reads it from the volume itself, and cuts the ranges.
  private func sentByNginx() -> Response {
    var response = answer(.ok, .empty)
    response.headers.append("X-Accel-Redirect", "/_\(BucketLayout.blob(file.blob, encoding))")
    return response
  }

  private func representation() -> Headers {
    var headers: Headers = ["Content-Type": file.mediaType, "Vary": "Accept-Encoding"]
    switch encoding {
    case .identity: break
    case .brotli: headers.append("Content-Encoding", "br")
    case .gzip: headers.append("Content-Encoding", "gzip")
    }
    appendPolicy(to: &headers)
    return headers
  }

  /// Also with 304: what it says takes the place of what the browser has kept.
  private func appendPolicy(to headers: inout Headers) {
    if let policy = manifest.contentSecurityPolicy { headers.append("Content-Security-Policy", policy) }
  }

  private func validators() -> Headers {
    var headers: Headers = ["Vary": "Accept-Encoding"]
    appendPolicy(to: &headers)
    appendValidators(to: &headers)
    return headers
  }

  private func appendValidators(to headers: inout Headers) {
    headers.append("ETag", entityTag)
    headers.append("Last-Modified", Instant(seconds: Int64(file.lastModified)).httpDate)
    switch file.cache {
    case .immutable: headers.append("Cache-Control", "public, max-age=31536000, immutable")
    // The second pair is for a cache of the operator's own, which may keep a page for a second.
    case .revalidate:
      headers.append("Cache-Control", "public, max-age=0, must-revalidate, s-maxage=1, stale-while-revalidate=2")
    }
  }

  /// `If-None-Match`, or without it `If-Modified-Since` (RFC 9110, section 13.2.2).
  private var isNotModified: Bool {
    if let field = request.parameter("HTTP_IF_NONE_MATCH") {
      return Conditions.matches(field, entityTag, weak: true)
    }
    guard let field = request.parameter("HTTP_IF_MODIFIED_SINCE") else { return false }
    return field == Instant(seconds: Int64(file.lastModified)).httpDate
  }

  /// `If-Range`: a range of another representation than the one that the client has would be no use.
  private var isRangeCurrent: Bool {
    guard let field = request.parameter("HTTP_IF_RANGE") else { return true }
    if field.hasPrefix("\"") { return field == entityTag }
    return field == Instant(seconds: Int64(file.lastModified)).httpDate
  }
}
