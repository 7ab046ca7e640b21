import Services

/// A profile as an electronic business card (vCard 3.0, RFC 2426, which all telephones read).
struct VCard {
  private let profile: Profile
  private let url: String

  /// - Parameter url: the site that the card belongs to.
  init(_ profile: Profile, url: String) {
    self.profile = profile
    self.url = url
  }

  /// UTF-8, with the line ends that the format asks for; lines are not folded, as the format lets one choose.
  var bytes: [UInt8] {
    var lines = ["BEGIN:VCARD", "VERSION:3.0"]
    lines.append("N:\(Self.structuredName(profile.name))")
    lines.append("FN:\(Self.escaped(profile.name))")
    if !profile.headline.isBlank { lines.append("TITLE:\(Self.escaped(profile.headline))") }
    if !profile.email.isBlank { lines.append("EMAIL;TYPE=INTERNET:\(Self.escaped(profile.email))") }
    if !profile.phone.isBlank { lines.append("TEL:\(Self.escaped(profile.phone))") }
    let address = profile.address
    if !address.lines.isEmpty {
      let parts = ["", "", address.street, address.city, "", address.postalCode, address.country]
      lines.append("ADR:\(parts.map(Self.escaped).joined(separator: ";"))")
    }
    if let website = profile.website { lines.append("URL:\(Self.escaped(website.text))") }
    lines.append("URL:\(Self.escaped(url))")
    lines.append("END:VCARD")
    return Array(lines.joined(separator: "\r\n").utf8) + [13, 10]
  }

  /// Family name, then the given ones: as far as one can tell.
  private static func structuredName(_ name: String) -> String {
    let words = name.split(separator: " ")
    guard words.count > 1, let last = words.last else { return "\(escaped(name));;;;" }
    return "\(escaped(String(last)));\(escaped(words.dropLast().joined(separator: " ")));;;"
  }

  /// Section 5 of the RFC; what would end a line or begin a field becomes text.
  private static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ",", ";": output += "\\\(scalar)"
      case "\n": output += "\\n"
      default: if !(scalar.value < 0x20 || scalar.value == 0x7F) { output.unicodeScalars.append(scalar) }
      }
    }
    return output
  }
}
