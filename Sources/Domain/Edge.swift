package import Bucket
package import HTTP

/// The public edge: answers GET and HEAD from the volume, and knows nothing else. With all other parts down it keeps
/// serving what is published.
package final class Edge: Sendable {
  private let bucket: BucketReader
  private let settings: EdgeSettings
  private let failed: @Sendable (BucketError, Request) -> Void

  /// - Parameter failed: told when the volume could not be read.
  package init(
    bucket: BucketReader, settings: EdgeSettings, failed: @escaping @Sendable (BucketError, Request) -> Void
  ) {
    self.bucket = bucket
    self.settings = settings
    self.failed = failed
  }

  /// The way of a request: method, host, site, path, and then the file or what stands in its place.
  package func respond(to request: Request) -> Response {
    let language = Language(acceptLanguage: request.parameter("HTTP_ACCEPT_LANGUAGE"))
    var response: Response
    var record: HostRecord?
    do throws(BucketError) {
      response = try find(request, language, &record)
    } catch {
      failed(error, request)
      response = PlainPage.unavailable(language)
    }
    if record?.state == .preview { EdgeHeaders.hide(&response) }
    if request.isSecure, record?.hsts == true { EdgeHeaders.keepToHTTPS(&response) }
    EdgeHeaders.add(to: &response, request)
    return response
  }

  private func find(
    _ request: Request, _ language: Language, _ found: inout HostRecord?
  ) throws(BucketError) -> Response {
    guard request.method == .get || request.method == .head else { return PlainPage.methodNotAllowed(language) }
    guard let host = HostName(request.host), let record = try bucket.host(host) else {
      return unknownHost(request, language)
    }
    found = record
    if record.hasExpired(at: Int(request.startedAt.seconds)) { return PlainPage.expired(language) }
    switch record.state {
    case .gone: return PlainPage.gone(language)
    case .suspended: return PlainPage.suspended(language)
    case .active where record.canonical == host, .preview where record.canonical == host: break
    case .active, .moved, .preview: return toCanonical(record.canonical, request)
    }
    guard let site = try bucket.site(record.site) else { return PlainPage.unknownHost(language, status: .notFound) }
    return try answer(request, site.manifest)
  }

  /// The answer to a request that waited longer than its deadline.
  package func refuseLate(_ request: Request) -> Response {
    var response = PlainPage.unavailable(Language(acceptLanguage: request.parameter("HTTP_ACCEPT_LANGUAGE")))
    EdgeHeaders.add(to: &response, request)
    return response
  }

  private func answer(_ request: Request, _ manifest: Manifest) throws(BucketError) -> Response {
    if let path = SitePath.decode(request.path) {
      if let file = manifest.files[path], path != manifest.notFoundPath {
        return try FileAnswer(bucket, file, manifest, request).response()
      }
      if let answer = ShortLinkAnswer.find(path, manifest, at: request.startedAt) { return answer }
      if let redirect = manifest.redirects[path] {
        return Response(
          Status(redirect.status),
          headers: [
            "Location": request.query.isEmpty ? redirect.location : "\(redirect.location)?\(request.query)",
            "Cache-Control": "max-age=0, must-revalidate",
          ])
      }
    }
    guard let path = manifest.notFoundPath, let file = manifest.files[path] else { return Response(.notFound) }
    return try FileAnswer(bucket, file, manifest, request).notFound()
  }

  /// A name below our own host that no site has is a visitor's typing error; any other name is not ours to answer.
  private func unknownHost(_ request: Request, _ language: Language) -> Response {
    let isOurs = request.host == settings.sitesHost || request.host.hasSuffix(".\(settings.sitesHost)")
    return PlainPage.unknownHost(language, status: isOurs ? .notFound : .misdirectedRequest)
  }

  private func toCanonical(_ host: HostName, _ request: Request) -> Response {
    let scheme = request.isSecure ? "https" : "http"
    let port = request.isSecure == settings.isPortSecure ? settings.port.map { ":\($0)" } ?? "" : ""
    let query = request.query.isEmpty ? "" : "?\(request.query)"
    return Response(
      .permanentRedirect,
      headers: ["Location": "\(scheme)://\(host)\(port)\(request.path)\(query)", "Cache-Control": "max-age=0"])
  }
}

/// What Domain must know of the installation.
package struct EdgeSettings: Sendable {
  /// The host below which sites have labels of their own.
  package let sitesHost: String
  /// The port in public addresses, or nil when it is the scheme's own.
  package let port: Int?
  /// Whether that port speaks TLS.
  package let isPortSecure: Bool

  package init(sitesHost: String, port: Int?, isPortSecure: Bool) {
    self.sitesHost = sitesHost
    self.port = port
    self.isPortSecure = isPortSecure
  }
}
