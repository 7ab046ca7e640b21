/// The API's description (OpenAPI 3.1), kept beside this file and built into the program.
enum OpenAPI {
  static let document: [UInt8] = PackageResources.openapi_json
}
