/// Whose videos and maps may be shown.
package enum EmbedProvider: String, Sendable, CaseIterable {
  case youTube = "youtube"
  case vimeo
  case openStreetMap = "openstreetmap"

  /// As it is known.
  var name: String {
    switch self {
    case .youTube: "YouTube"
    case .vimeo: "Vimeo"
    case .openStreetMap: "OpenStreetMap"
    }
  }

  /// Who gets a visitor's data, with the place.
  var company: String {
    switch self {
    case .youTube: "Google Ireland Ltd., Dublin"
    case .vimeo: "Vimeo.com, Inc., New York"
    case .openStreetMap: "OpenStreetMap Foundation, Cambridge"
    }
  }

  /// The origin that its frames come from, for the policy of the page.
  var frameOrigin: StaticString {
    switch self {
    case .youTube: "https://www.youtube-nocookie.com"
    case .vimeo: "https://player.vimeo.com"
    case .openStreetMap: "https://www.openstreetmap.org"
    }
  }

  /// Where it tells what it does with data.
  var privacyPolicy: StaticString {
    switch self {
    case .youTube: "https://policies.google.com/privacy"
    case .vimeo: "https://vimeo.com/privacy"
    case .openStreetMap: "https://osmfoundation.org/wiki/Privacy_Policy"
    }
  }
}
