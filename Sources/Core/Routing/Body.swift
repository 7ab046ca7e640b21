import Crypto
import HTTP
import Services

/// Reading what a request carries besides its path.
enum Body {
  /// The longest body of a usual request, in bytes.
  static let usualLimit = 65_536
  /// The longest body of a request that carries a person's long texts: pages and legal texts.
  static let textLimit = 655_360

  /// The longest event that a provider may send: many times what they do send.
  static let webhookLimit = 1 << 20

  /// Whether a body must be there.
  enum Rule {
    case required, optional
  }

  /// The body as JSON.
  ///
  /// - Throws: ``Problem`` of 413, 415 or 400.
  static func json(_ request: Request, _ rule: Rule = .required) throws -> JSON {
    try parse(request, request.body(limit: usualLimit), rule)
  }

  /// A write with its body and conditions.
  static func change(_ exchange: Exchange, _ rule: Rule = .required) throws -> Change {
    let request = exchange.request
    let bytes = try request.body(limit: exchange.route.bodyLimit)
    return Change(
      caller: try exchange.caller(), body: try parse(request, bytes, rule), condition: condition(request),
      idempotency: try idempotency(request, bytes))
  }

  /// A picture, whose bytes are read when there is room to work on them.
  ///
  /// - Throws: ``Problem`` of 415 when it is not sent as one.
  static func upload(_ exchange: Exchange) throws -> ImageUpload {
    let request = exchange.request
    guard request.parameter("CONTENT_TYPE")?.lowercased().hasPrefix("image/") == true else {
      throw Problem(.imageUnknown)
    }
    let limit = exchange.route.bodyLimit
    return ImageUpload(caller: try exchange.caller(), name: try fileName(request)) {
      let bytes = try request.body(limit: limit)
      return (bytes, try idempotency(request, bytes))
    }
  }

  /// Something to be imported, told by its media type; its bytes are read when there is room to work on them.
  ///
  /// - Throws: ``Problem`` of 415 for any other type.
  static func importUpload(_ exchange: Exchange) throws -> ImportUpload {
    let request = exchange.request
    let type = request.parameter("CONTENT_TYPE")
    let kind: ImportUpload.Kind? =
      switch type?.split(separator: ";").first?.filter({ $0 != " " }).lowercased() {
      case "application/json": isJSON(type) ? .document : nil
      case "text/html", "application/xhtml+xml": .page
      case "text/csv": .table
      case "application/zip", "application/x-zip-compressed": .export
      default: nil
      }
    guard let kind else { throw Problem(.importUnknown) }
    let field = request.parameter("HTTP_X_IMPORT_PARTS")
    let parts = field.map { Set($0.split(separator: ",").map { String($0.filter { $0 != " " }) }) }
    return ImportUpload(caller: try exchange.caller(), kind: kind, parts: parts) {
      let bytes: [UInt8]
      do {
        bytes = try request.body(limit: kind.limit)
      } catch let problem as Problem where problem.code == .bodyTooLarge {
        throw Problem(.importTooLarge, members: [.init("limit", .integer(Int64(kind.limit)))])
      }
      return (bytes, try idempotency(request, bytes, field ?? ""))
    }
  }

  /// `X-File-Name`: UTF-8, percent-encoded, as header fields are ASCII.
  private static func fileName(_ request: Request) throws -> String? {
    guard let field = request.parameter("HTTP_X_FILE_NAME") else { return nil }
    guard field.utf8.count <= 1024, let name = PercentEncoding.decode(field) else { throw Problem(.badRequest) }
    return name
  }

  private static func parse(_ request: Request, _ bytes: [UInt8], _ rule: Rule) throws -> JSON {
    if bytes.isEmpty, rule == .optional { return .object([]) }
    guard isJSON(request.parameter("CONTENT_TYPE")) else { throw Problem(.unsupportedMediaType) }
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw Problem(.malformedJSON, members: [.init("offset", .integer(Int64(error.offset)))])
    }
  }

  private static func isJSON(_ field: String?) -> Bool {
    guard let field else { return false }
    let parts = field.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
    guard parts.first == "application/json" else { return false }
    return parts.dropFirst().allSatisfy {
      !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
    }
  }

  /// `If-Match`: our entity tags are versions in quotes; any other tag matches nothing.
  private static func condition(_ request: Request) -> VersionCondition {
    guard let field = request.parameter("HTTP_IF_MATCH") else { return .any }
    let tags = field.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
    if tags.contains("*") { return .any }
    return .oneOf(
      tags.compactMap { tag in
        // Compared as text: `"01"` is another tag than `"1"`.
        Int64(tag.dropFirst().dropLast()).flatMap { tag == "\"\($0)\"" ? $0 : nil }
      })
  }

  /// - Parameter more: of the headers, what makes it another request.
  private static func idempotency(_ request: Request, _ body: [UInt8], _ more: String = "") throws -> Idempotency? {
    guard request.method == .post, let key = request.parameter("HTTP_IDEMPOTENCY_KEY") else { return nil }
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw Problem(.badRequest)
    }
    var hash = SHA256()
    hash.update(data: Array("\(request.method.rawValue) \(request.path)\n\(more)".utf8))
    hash.update(data: body)
    return Idempotency(key: key, digest: Array(hash.finalize()))
  }
}
