import HTTP
import Services

/// A resource as an answer: its JSON as it stands, its version as `ETag`.
enum ResourceAnswer {
  static func make(_ status: Status, _ resource: Resource) -> Response {
    var response = Response.json(status, resource.json)
    response.headers.append("ETag", "\"\(resource.version)\"")
    if status == .created, let location = resource.location { response.headers.append("Location", location) }
    return response
  }
}
