/// What the encoder made of a picture.
package struct EncodedImage: Sendable, Equatable {
  /// One size of it in one format.
  package struct Variant: Sendable, Equatable {
    package let width: Int
    package let height: Int
    package let format: Format
    package let bytes: [UInt8]

    package init(width: Int, height: Int, format: Format, bytes: [UInt8]) {
      self.width = width
      self.height = height
      self.format = format
      self.bytes = bytes
    }
  }

  /// What is written: WebP for nearly all browsers, JPEG or PNG for the others.
  package enum Format: String, Sendable, CaseIterable {
    case webp, jpeg, png

    /// The value of `Content-Type`.
    package var mediaType: String { "image/\(rawValue)" }
  }

  /// By width; the last one is the one for old browsers.
  package let variants: [Variant]

  package init(variants: [Variant]) {
    self.variants = variants
  }
}

/// How the encoder hands its work over: a line for each variant, `end`, and then their bytes one after the other.
/// ```
/// smartpages-image 1
/// variant width height format bytes
/// end
/// ```
extension EncodedImage {
  private static let header = "smartpages-image 1"
  private static let mostVariants = 8

  /// The whole report.
  package var report: [UInt8] {
    var lines = Self.header + "\n"
    for each in variants {
      lines += "variant \(each.width) \(each.height) \(each.format.rawValue) \(each.bytes.count)\n"
    }
    return Array((lines + "end\n").utf8) + variants.flatMap(\.bytes)
  }

  /// Reads a report, of which nothing is believed: a picture may have made the encoder do what its sender wants. nil
  /// when it is not exactly of the form, or what it holds does not begin as its format does.
  package init?(report: [UInt8]) {
    var rest = report[...]
    guard rest.popLine() == Self.header else { return nil }
    var heads: [(width: Int, height: Int, format: Format, size: Int)] = []
    while let line = rest.popLine(), line != "end" {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 5, words[0] == "variant", heads.count < Self.mostVariants,
        let width = Int(words[1]), (1...ImageLimits.side).contains(width),
        let height = Int(words[2]), (1...ImageLimits.side).contains(height),
        let format = Format(rawValue: String(words[3])),
        let size = Int(words[4]), (1...ImageLimits.reportBytes).contains(size)
      else { return nil }
      heads.append((width, height, format, size))
    }
    guard !heads.isEmpty, heads.reduce(0, { $0 + $1.size }) == rest.count else { return nil }
    var variants: [Variant] = []
    for head in heads {
      let bytes = Array(rest.prefix(head.size))
      rest = rest.dropFirst(head.size)
      guard PictureKind.recognize(bytes) == .picture(head.format.kind) else { return nil }
      variants.append(Variant(width: head.width, height: head.height, format: head.format, bytes: bytes))
    }
    self.variants = variants
  }
}

extension EncodedImage.Format {
  fileprivate var kind: PictureKind {
    switch self {
    case .webp: .webp
    case .jpeg: .jpeg
    case .png: .png
    }
  }
}

extension ArraySlice<UInt8> {
  /// Takes the first line off, without its end; nil when there is no whole line of up to 100 bytes.
  fileprivate mutating func popLine() -> String? {
    guard let end = prefix(101).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { self = self[index(after: end)...] }
    return String(decoding: self[startIndex..<end], as: UTF8.self)
  }
}
