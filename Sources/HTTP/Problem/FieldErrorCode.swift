/// Why a field was refused.
package enum FieldErrorCode: Sendable, Equatable {
  case required, unknownField, wrongType, invalid, invalidURL, invalidEmail, invalidSlug, invalidTime, invalidColor
  case taken, notAllowed
  case invalidDomain, publicSuffix, reservedName, ownHost, ipAddress
  /// A colour that cannot be read on its ground, with the nearest one that can.
  case lowContrast(nearest: String)
  /// The most that is allowed, in characters.
  case tooLong(Int)
  /// The least that is allowed, in characters.
  case tooShort(Int)
  /// The most entries that are allowed.
  case tooMany(Int)

  /// The stable name in the API.
  package var name: String {
    switch self {
    case .required: "required"
    case .unknownField: "unknown_field"
    case .wrongType: "wrong_type"
    case .invalid: "invalid"
    case .invalidURL: "invalid_url"
    case .invalidEmail: "invalid_email"
    case .invalidSlug: "invalid_slug"
    case .invalidTime: "invalid_time"
    case .invalidColor: "invalid_color"
    case .lowContrast: "low_contrast"
    case .invalidDomain: "invalid_domain"
    case .publicSuffix: "public_suffix"
    case .reservedName: "reserved_name"
    case .ownHost: "own_host"
    case .ipAddress: "ip_address"
    case .taken: "taken"
    case .notAllowed: "not_allowed"
    case .tooLong: "too_long"
    case .tooShort: "too_short"
    case .tooMany: "too_many"
    }
  }

  /// The same for people.
  package func detail(_ language: Language) -> String {
    switch language {
    case .german: german
    case .english: english
    }
  }

  private var english: String {
    switch self {
    case .required: "This field is required."
    case .unknownField: "This field does not exist here."
    case .wrongType: "This value has the wrong type."
    case .invalid: "This value is not valid."
    case .invalidURL: "Enter a web address with https, http, mailto or tel."
    case .invalidEmail: "Enter a complete e-mail address."
    case .invalidSlug: "Use 3 to 40 lower-case letters, digits and single hyphens."
    case .invalidTime: "Enter a time in the form 2026-11-21T12:00:00Z."
    case .invalidColor: "Enter a colour in the form #1f5c50."
    case .lowContrast(let nearest): "Too little contrast to be read by everybody. The nearest that works: \(nearest)."
    case .taken: "This is already taken."
    case .invalidDomain: "Enter a domain like example.org or www.example.org, without https:// and without a path."
    case .publicSuffix: "Under this ending others register their domains. Enter your own domain below it."
    case .reservedName: "Names with this ending do not exist in the internet."
    case .ownHost: "This address belongs to SmartPages itself. Enter a domain of your own."
    case .ipAddress: "This is a network address. Enter a domain like example.org."
    case .notAllowed: "This is not allowed here."
    case .tooLong(let limit): "At most \(limit) characters."
    case .tooShort(let limit): "At least \(limit) characters."
    case .tooMany(let limit): "At most \(limit) entries."
    }
  }

  private var german: String {
    switch self {
    case .required: "Bitte ausfüllen."
    case .unknownField: "Dieses Feld gibt es hier nicht."
    case .wrongType: "Dieser Wert hat den falschen Typ."
    case .invalid: "Dieser Wert ist nicht gültig."
    case .invalidURL: "Bitte eine Adresse mit https, http, mailto oder tel eingeben."
    case .invalidEmail: "Bitte eine vollständige E-Mail-Adresse eingeben."
    case .invalidSlug: "3 bis 40 Kleinbuchstaben, Ziffern und einzelne Bindestriche."
    case .invalidTime: "Bitte eine Zeit in der Form 2026-11-21T12:00:00Z eingeben."
    case .invalidColor: "Bitte eine Farbe in der Form #1f5c50 eingeben."
    case .lowContrast(let nearest): "Zu wenig Kontrast, um für alle lesbar zu sein. Die nächste passende: \(nearest)."
    case .taken: "Das ist schon vergeben."
    case .invalidDomain: "Bitte eine Domain wie example.org oder www.example.org eingeben, ohne https:// und ohne Pfad."
    case .publicSuffix: "Unter dieser Endung melden andere ihre Domains an. Bitte Ihre eigene Domain darunter eingeben."
    case .reservedName: "Namen mit dieser Endung gibt es im Internet nicht."
    case .ownHost: "Diese Adresse gehört zu SmartPages selbst. Bitte eine eigene Domain eingeben."
    case .ipAddress: "Das ist eine Netzwerkadresse. Bitte eine Domain wie example.org eingeben."
    case .notAllowed: "Das ist hier nicht erlaubt."
    case .tooLong(let limit): "Höchstens \(limit) Zeichen."
    case .tooShort(let limit): "Mindestens \(limit) Zeichen."
    case .tooMany(let limit): "Höchstens \(limit) Einträge."
    }
  }
}
