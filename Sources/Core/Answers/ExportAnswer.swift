import HTTP
import Services

/// A customer's export: nginx sends the file, which may be large, from the volume.
enum ExportAnswer {
  static func make(_ file: ExportFile) -> Response {
    Response(
      .ok,
      headers: [
        "Content-Type": "application/zip", "Content-Disposition": "attachment; filename=\"\(file.fileName)\"",
        "X-Accel-Redirect": "/_export/\(file.name)",
      ])
  }
}
