import Services

/// The owner's contact data as a card to save: vCard 4.0 (RFC 6350), written so that readers of 3.0 understand it.
struct ContactCard {
  let context: SiteContext

  var bytes: [UInt8] {
    let profile = context.content.profile
    let isBusiness = context.content.site.isBusiness
    var lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:\(isBusiness ? "org" : "individual")"]
    let name = Self.escaped(context.ownerName)
    lines.append("FN:\(name)")
    lines.append("N:\(isBusiness ? ";;;;" : Self.nameParts(context.ownerName))")
    if isBusiness { lines.append("ORG:\(name)") }
    if !profile.headline.isBlank { lines.append("\(isBusiness ? "NOTE" : "TITLE"):\(Self.escaped(profile.headline))") }
    if !profile.email.isBlank { lines.append("EMAIL;TYPE=work:\(Self.escaped(profile.email))") }
    if !profile.phone.isBlank { lines.append("TEL;TYPE=\"voice,work\":\(Self.escaped(profile.phone))") }
    let address = profile.address
    if !address.lines.isEmpty {
      let parts = ["", "", address.street, address.city, "", address.postalCode, address.country]
      lines.append("ADR;TYPE=work:\(parts.map(Self.escaped).joined(separator: ";"))")
    }
    if let website = profile.website { lines.append("URL:\(website.text)") }
    lines.append("URL:\(context.content.site.origin)/")
    for account in profile.social { lines.append("URL:\(account.url.text)") }
    lines.append("END:VCARD")
    return lines.flatMap { Self.folded($0) }
  }

  /// Family name and given names, guessed at the last space: nobody has told them apart.
  private static func nameParts(_ name: String) -> String {
    let words = name.split(whereSeparator: \.isWhitespace)
    guard let family = words.last, words.count > 1 else { return "\(escaped(name));;;;" }
    return "\(escaped(String(family)));\(escaped(words.dropLast().joined(separator: " ")));;;"
  }

  /// Text of a value (RFC 6350, section 3.4); control characters may not stand in it.
  private static func escaped(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ",", ";":
        output.append("\\")
        output.append(scalar)
      case "\n": output.append(contentsOf: "\\n".unicodeScalars)
      default: if scalar.properties.generalCategory != .control { output.append(scalar) }
      }
    }
    return String(output)
  }

  /// A line of at most 75 bytes, continued after a break and a space, never inside of a character (section 3.2).
  private static func folded(_ line: String) -> [UInt8] {
    var output: [UInt8] = []
    var width = 0
    for scalar in line.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if width + bytes.count > 75 {
        output += [0x0D, 0x0A, 0x20]
        width = 1
      }
      output += bytes
      width += bytes.count
    }
    return output + [0x0D, 0x0A]
  }
}
