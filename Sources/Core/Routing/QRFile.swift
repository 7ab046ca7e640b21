import FoundationEssentials
import Services

/// Which QR code a path names: `<kind>/<id>.<svg or png>`.
struct QRFile: Sendable {
  let kind: QRKind
  let id: UUID
  let format: QRFormat

  /// - Returns: nil for any other path.
  init?(kind: Substring?, file: Substring?) {
    guard let kind = kind.flatMap({ QRKind(rawValue: String($0)) }), let file,
      let dot = file.lastIndex(of: "."), let id = Identifier<QRFile>(file[..<dot]),
      let format = QRFormat(rawValue: String(file[file.index(after: dot)...]))
    else { return nil }
    self.kind = kind
    self.id = id.uuid
    self.format = format
  }
}
