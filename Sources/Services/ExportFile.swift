/// A finished export, to be sent by whoever has the volume at hand.
package struct ExportFile: Sendable {
  /// The file's name in the volume's folder of exports.
  package let name: String
  /// What the browser shall call it.
  package let fileName: String

  package init(name: String, fileName: String) {
    self.name = name
    self.fileName = fileName
  }
}
