import Services

/// What is shown of a provider: taken out of an address by its host and the ids in it, so that nothing else of what
/// was given ever reaches a frame.
package enum EmbedSource: Sendable, Equatable {
  /// Eleven letters, digits, hyphens and underscores.
  case youTube(id: String)
  /// Digits; and a key of hexadecimal digits when the video is not listed.
  case vimeo(id: String, key: String?)
  case map(MapView)

  /// Recognises an address of the provider's; nil when it shows nothing that can be framed.
  init?(_ provider: EmbedProvider, _ url: WebLink) {
    guard let address = EmbedAddress(url) else { return nil }
    let source: EmbedSource? =
      switch provider {
      case .youTube: Self.youTube(address)
      case .vimeo: Self.vimeo(address)
      case .openStreetMap: MapView(address).map { .map($0) }
      }
    guard let source else { return nil }
    self = source
  }

  var provider: EmbedProvider {
    switch self {
    case .youTube: .youTube
    case .vimeo: .vimeo
    case .map: .openStreetMap
    }
  }

  /// The address of the frame.
  var frame: String {
    switch self {
    case .youTube(let id): "https://www.youtube-nocookie.com/embed/\(id)?autoplay=1&rel=0"
    case .vimeo(let id, let key):
      "https://player.vimeo.com/video/\(id)?dnt=1&autoplay=1" + (key.map { "&h=\($0)" } ?? "")
    case .map(let view): view.frame
    }
  }

  /// The provider's own page of it, for who follows a link.
  var page: WebLink? {
    switch self {
    case .youTube(let id): WebLink("https://www.youtube.com/watch?v=\(id)")
    case .vimeo(let id, let key): WebLink("https://vimeo.com/\(id)" + (key.map { "/\($0)" } ?? ""))
    case .map(let view): WebLink(view.page)
    }
  }

  private static func youTube(_ address: EmbedAddress) -> EmbedSource? {
    let id: String?
    switch address.host {
    case "youtu.be": id = address.path.first
    case "youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com":
      switch address.path.first {
      case "watch": id = address.query["v"]
      case "shorts", "embed", "live", "v": id = address.path.count > 1 ? address.path[1] : nil
      default: id = nil
      }
    default: id = nil
    }
    guard let id, id.utf8.count == 11, id.utf8.allSatisfy(isIDByte) else { return nil }
    return .youTube(id: id)
  }

  private static func vimeo(_ address: EmbedAddress) -> EmbedSource? {
    var path = address.path[...]
    switch address.host {
    case "vimeo.com": break
    case "player.vimeo.com":
      guard path.popFirst() == "video" else { return nil }
    default: return nil
    }
    guard let id = path.first, (1...12).contains(id.utf8.count), id.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let key = path.dropFirst().first ?? address.query["h"]
    guard let key else { return .vimeo(id: id, key: nil) }
    guard (1...40).contains(key.utf8.count), key.utf8.allSatisfy(isHexadecimal) else { return nil }
    return .vimeo(id: id, key: key)
  }

  private static func isIDByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
