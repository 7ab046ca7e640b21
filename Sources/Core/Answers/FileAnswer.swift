import HTTP
import Services

/// A customer's file, shown to its members only: a browser may keep it, and asks each time whether it may show it.
enum FileAnswer {
  static func make(_ file: ImageFile, _ request: Request) -> Response {
    let tag = "\"\(file.tag)\""
    var headers: Headers = ["ETag": tag, "Cache-Control": "private, no-cache"]
    if let known = request.parameter("HTTP_IF_NONE_MATCH"), Conditions.matches(known, tag, weak: true) {
      return Response(.notModified, headers: headers)
    }
    headers.append("Content-Type", file.mediaType)
    headers.append("X-Content-Type-Options", "nosniff")
    headers.append("Content-Security-Policy", "default-src 'none'; sandbox")
    return Response(.ok, headers: headers, body: .bytes(file.bytes))
  }
}
