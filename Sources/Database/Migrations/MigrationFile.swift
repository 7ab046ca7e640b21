internal import Crypto
internal import FoundationEssentials

/// One file of `sql/`, `NNNN_name.sql`.
package struct MigrationFile: Equatable, Sendable {
  package let number: Int
  package let name: String
  /// SHA-256 of the content, in hexadecimal.
  package let checksum: String
  let text: String

  /// The files of a folder in the order of their numbers, which run from 1 without gaps.
  static func all(in folder: String) throws(MigrationError) -> [MigrationFile] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sql") }.sorted()
    } catch {
      throw .unreadable(path: folder)
    }
    var files: [MigrationFile] = []
    for name in names {
      let file = try MigrationFile(name: name, folder: folder)
      guard file.number == files.count + 1 else { throw .gap(expected: files.count + 1, found: name) }
      files.append(file)
    }
    return files
  }

  private init(name fileName: String, folder: String) throws(MigrationError) {
    let parts = fileName.dropLast(".sql".count).split(separator: "_", maxSplits: 1)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(parts[0])
    else { throw .badName(fileName) }
    guard let content = FileManager.default.contents(atPath: "\(folder)/\(fileName)") else {
      throw .unreadable(path: "\(folder)/\(fileName)")
    }
    self.number = number
    name = String(parts[1])
    checksum = SHA256.hash(data: content).map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
    text = String(decoding: content, as: UTF8.self)
  }
}
