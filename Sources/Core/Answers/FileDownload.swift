import HTTP
import Services

/// A file as an answer: by its name when it is saved, and not sent again to who has it.
enum FileDownload {
  static func answer(_ file: NamedFile, _ request: Request) -> Response {
    if let field = request.parameter("HTTP_IF_NONE_MATCH"), Conditions.matches(field, file.entityTag, weak: true) {
      return Response(.notModified, headers: ["ETag": file.entityTag])
    }
    return Response(
      .ok,
      headers: [
        "Content-Type": file.mediaType, "ETag": file.entityTag,
        "Content-Disposition": "attachment; filename=\"\(file.name)\"",
      ],
      body: .bytes(file.bytes))
  }
}
