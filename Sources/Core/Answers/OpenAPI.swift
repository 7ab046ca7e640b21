/// The API's description (OpenAPI 3.1), kept beside this folder and built into the program.
enum OpenAPI {
  /// Valid for ever: a constant of the program.
  static let document = unsafe Array(
    UnsafeBufferPointer(start: Embedded_openapi.text.utf8Start, count: Embedded_openapi.text.utf8CodeUnitCount))
}
