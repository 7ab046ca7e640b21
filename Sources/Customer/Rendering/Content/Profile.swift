package import Services

/// Who stands behind a site, as shown to its visitors. Empty texts are not shown.
package struct Profile: Sendable, Equatable {
  package var name = ""
  package var headline = ""
  /// In the Markdown subset.
  package var bio = ""
  package var email = ""
  package var phone = ""
  package var website: WebLink?
  package var address = PostalAddress()
  package var social: [SocialAccount] = []
  /// Shown in place of the initials.
  package var picture: ImageID?

  package init() {}
}

/// A postal address; each line may be empty.
package struct PostalAddress: Sendable, Equatable {
  package var street = ""
  package var postalCode = ""
  package var city = ""
  package var country = ""

  package init(street: String = "", postalCode: String = "", city: String = "", country: String = "") {
    self.street = street
    self.postalCode = postalCode
    self.city = city
    self.country = country
  }

  /// The lines that hold something, in the order in which they are written on a letter.
  var lines: [String] {
    let place = [postalCode, city].filter { !$0.isBlank }.joined(separator: " ")
    return [street, place, country].filter { !$0.isBlank }
  }
}

/// An account elsewhere, shown by its label.
package struct SocialAccount: Sendable, Equatable {
  package var label: String
  package var url: WebLink

  package init(label: String, url: WebLink) {
    self.label = label
    self.url = url
  }
}

extension String {
  /// Whether nothing would be seen of the text.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
