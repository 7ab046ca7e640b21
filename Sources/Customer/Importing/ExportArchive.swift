import Archive
import HTTP
import ImageCoding
import Services

/// The ZIP of an export, as it comes back: from somebody who may have changed it.
struct ExportArchive {
  /// A picture that the data names and whose file is there.
  struct Picture {
    /// In the data.
    let id: String
    let path: String
    let name: String
    let alt: String?
  }

  /// Of the data, in bytes: read, it takes many times as much.
  private static let dataBytes = 8 << 20
  private static let limits = ZipReader.Limits(entries: 50_000, fileBytes: ImageLimits.fileBytes, totalBytes: 200 << 20)

  let data: JSON
  let pictures: [Picture]
  private let zip: ZipReader

  /// - Throws: ``Problem`` of 413 or 422 when it is no export, or one that is not to be trusted.
  init(_ bytes: [UInt8]) throws {
    let zip = ZipReader(bytes, limits: Self.limits)
    var paths: Set<String> = []
    var content: [UInt8]?
    try Self.telling {
      let isData = { (path: String) in
        paths.insert(path)
        return path == "data.json"
      }
      try zip.read(where: isData) { path, bytes in
        guard bytes.count <= Self.dataBytes else {
          throw Problem(.importTooLarge, members: [.init("limit", .integer(Int64(Self.dataBytes)))])
        }
        content = bytes
      }
    }
    guard let content, let data = try? JSONParser.parse(content), data["format"] == "smartpages-export",
      data["format_version"] == 1
    else { throw Problem(.importBroken) }
    self.zip = zip
    self.data = data
    var seen: Set<String> = []
    pictures = (data["images"]?.arrayValue ?? []).prefix(1000).compactMap { image in
      guard let id = image["id"]?.stringValue, let path = image["file"]?.stringValue, path.hasPrefix("images/"),
        paths.contains(path), seen.insert(id).inserted
      else { return nil }
      let alt = image["alt"]?.stringValue.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(500))) }
      return Picture(id: id, path: path, name: image["name"]?.stringValue ?? "", alt: alt)
    }
  }

  /// How many pictures the data names.
  var namedPictures: Int { data["images"]?.arrayValue?.count ?? 0 }

  /// What wanted parts of an export's data may name pictures by: the profile's picture, and all texts of the sites'
  /// pages.
  static func texts(of parts: Set<String>, in data: JSON) -> Set<String> {
    var texts: Set<String> = []
    func collect(_ json: JSON) {
      switch json {
      case .string(let text): texts.insert(text)
      case .array(let items): for item in items { collect(item) }
      case .object(let members): for member in members { collect(member.value) }
      default: break
      }
    }
    if parts.contains("profile"), let picture = data["profile"]?["picture"] { collect(picture) }
    for (index, site) in (data["sites"]?.arrayValue ?? []).enumerated() where parts.contains("site-\(index)") {
      if let pages = site["pages"] { collect(pages) }
    }
    return texts
  }

  /// Hands over the files of pictures, one after the other.
  func read(_ pictures: [Picture], _ take: (Picture, [UInt8]) throws -> Void) throws {
    let byPath = Dictionary(pictures.map { ($0.path, $0) }) { first, _ in first }
    try Self.telling {
      try zip.read(where: { byPath[$0] != nil }) { path, bytes in
        if let picture = byPath[path] { try take(picture, bytes) }
      }
    }
  }

  private static func telling(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch ZipError.broken {
      throw Problem(.importBroken)
    } catch ZipError.tooLarge {
      throw Problem(.importTooLarge, members: [.init("limit", .integer(Int64(limits.totalBytes)))])
    } catch ZipError.unsafe {
      throw Problem(.importRefused)
    }
  }
}
