import Services

/// Who receives data when a visitor lets embedded contents load.
struct EmbedRecipient {
  let service: String
  /// Firm and address.
  let firm: String
  let privacyPolicy: String

  /// - Parameter provider: as in the API.
  /// - Returns: nil for one that is not known.
  init?(provider: String) {
    switch provider {
    case "youtube":
      self.init(
        service: "YouTube", firm: "Google Ireland Limited, Gordon House, Barrow Street, Dublin 4, Ireland",
        privacyPolicy: "https://policies.google.com/privacy")
    case "vimeo":
      self.init(
        service: "Vimeo", firm: "Vimeo.com, Inc., 330 West 34th Street, 10th Floor, New York, NY 10001, USA",
        privacyPolicy: "https://vimeo.com/privacy")
    case "openstreetmap":
      self.init(
        service: "OpenStreetMap",
        firm: "OpenStreetMap Foundation, St John’s Innovation Centre, Cowley Road, Cambridge, CB4 0WS, United Kingdom",
        privacyPolicy: "https://osmfoundation.org/wiki/Privacy_Policy")
    default: return nil
    }
  }

  private init(service: String, firm: String, privacyPolicy: String) {
    self.service = service
    self.firm = firm
    self.privacyPolicy = privacyPolicy
  }

  /// One entry of a list: service, firm, and its privacy policy.
  var item: HTML {
    let address = WebLink(privacyPolicy).map { "<a\(href: $0)>\(text: privacyPolicy)</a>" as HTML } ?? HTML()
    return "<li>\(text: service): \(text: firm). \(address)</li>\n"
  }
}
