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
    encoding = accepted.best(brotli: file.brotliSize != nil, gzip: file.gzipSize != nil)
    size = file.size(encoding) ?? file.size
    entityTag = EntityTag.text(file.blob, encoding)
  }

  func response() throws(BucketError) -> Response {
    switch Preconditions(request, entityTag: entityTag, lastModified: lastModified) {
    case .notModified: return Response(.notModified, headers: validators())
    case .failed: return Response(.preconditionFailed)
    case .passed: break
    }
    switch try bucket.blob(file.blob, encoding, size: size) {
    case .bytes(let bytes): return try part { bytes[$0] }
    case .file where request.method == .head:
      var response = answer(.ok, .empty)
      response.headers.append("Content-Length", String(size))
      return response
    case .file where !isNginxWrong: return sentByNginx()
    case .file(let blob): return try part { (range) throws(BucketError) in try blob.read(at: range)[...] }
    }
  }

  /// The whole, or the range that is asked for; ranges are defined for GET only (RFC 9110, section 14.2).
  private func part(
    _ read: (Range<Int>) throws(BucketError) -> ArraySlice<UInt8>
  ) throws(BucketError) -> Response {
    let isCurrent = Preconditions.isRangeCurrent(request, entityTag: entityTag, lastModified: lastModified)
    let range = request.method == .get && isCurrent ? ByteRange(request.parameter("HTTP_RANGE"), size: size) : .whole
    switch range {
    case .whole: return answer(.ok, .slice(try read(0..<size)))
    case .part(let part):
      var response = answer(.partialContent, .slice(try read(part)))
      response.headers.append("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)")
      return response
    case .unsatisfiable:
      var response = Response(.rangeNotSatisfiable, headers: validators())
      response.headers.append("Content-Range", "bytes */\(size)")
      return response
    }
  }

  /// nginx would hold these against the file on the volume, whose time is another than the one we tell, and which has no
  /// tag of ours: such a request for a large blob, of which there are few, is answered from memory.
  private var isNginxWrong: Bool {
    let fields: [StaticString] = ["HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE"]
    return fields.contains { request.parameter($0) != nil }
  }

  /// The file as the site's page for what is not there.
  func notFound() throws(BucketError) -> Response {
    var response = Response(.notFound, headers: representation())
    response.headers.append("Cache-Control", "max-age=0, must-revalidate")
    switch try bucket.blob(file.blob, encoding, size: size) {
    case .bytes(let bytes): response.body = .bytes(bytes)
    case .file(let blob): response.body = .bytes(try blob.read(at: 0..<size))
    }
    return response
  }

  private func answer(_ status: Status, _ body: Response.Body) -> Response {
    var headers = representation()
    appendValidators(to: &headers)
    headers.append("Accept-Ranges", "bytes")
    return Response(status, headers: headers, body: body)
  }

  /// A large blob: nginx reads it from the volume itself, and cuts the ranges and says that it does.
  private func sentByNginx() -> Response {
    var headers = representation()
    appendValidators(to: &headers)
    var response = Response(.ok, headers: headers)
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
    headers.append("Last-Modified", lastModified.httpDate)
    switch file.cache {
    case .immutable:
      headers.append("Cache-Control", "public, max-age=31536000, immutable")
      // Browsers keep what they have seen; nginx must not show it for a year after the site was paused or removed.
      headers.append("X-Accel-Expires", "1")
    // The second pair is for a cache of the operator's own, which may keep a page for a second.
    case .revalidate:
      headers.append("Cache-Control", "public, max-age=0, must-revalidate, s-maxage=1, stale-while-revalidate=2")
    }
  }

  private var lastModified: Instant { Instant(seconds: Int64(file.lastModified)) }
}
