import HTTP
import Services

/// What an import leaves out, and why. The raw values are the API's.
enum ImportOmission: String, CaseIterable {
  case cut
  case tooMany = "too_many"
  case noAddress = "no_address"
  case picture, fields
  case members, messages, statistics, versions, activity
  case images, pages, blocks, links
  case shortLinks = "short_links"
  case sites, design, legal, owner

  func text(_ language: Language) -> String {
    switch language {
    case .german: german
    case .english: english
    }
  }

  private var english: String {
    switch self {
    case .cut: "What comes after the first 2 MB, or what is nested too deeply."
    case .tooMany: "Links beyond the first 1,000."
    case .noAddress: "Links that lead to no web address, e-mail address or telephone number."
    case .picture: "The picture of the page: please upload it yourself."
    case .fields: "Fields of the profile that are not valid."
    case .members: "Members: people are invited again."
    case .messages: "Messages: they were sent to the former account."
    case .statistics: "Statistics: they belong to the former addresses."
    case .versions: "Earlier versions; what is imported is a draft that you publish."
    case .activity: "The activity of the former account."
    case .images: "Pictures that are missing in the file or cannot be read."
    case .pages: "Pages that are not valid."
    case .blocks: "Blocks that are not known, not valid, or whose picture is missing."
    case .links: "Links that are not valid."
    case .shortLinks: "Short links that are not valid."
    case .sites: "Sites that are not valid."
    case .design: "Designs that are not valid; the site gets the usual one."
    case .legal: "Imprint or privacy policy that is not valid."
    case .owner: "Imprint and privacy policy: only an owner can import them."
    }
  }

  private var german: String {
    switch self {
    case .cut: "Was nach den ersten 2 MB kommt oder zu tief verschachtelt ist."
    case .tooMany: "Links nach den ersten 1.000."
    case .noAddress: "Links, die zu keiner Webadresse, E-Mail-Adresse oder Telefonnummer führen."
    case .picture: "Das Bild der Seite: Bitte laden Sie es selbst hoch."
    case .fields: "Felder des Profils, die nicht gültig sind."
    case .members: "Mitglieder: Personen laden Sie bitte neu ein."
    case .messages: "Nachrichten: Sie gingen an das frühere Konto."
    case .statistics: "Statistik: Sie gehört zu den früheren Adressen."
    case .versions: "Frühere Versionen; importiert wird ein Entwurf, den Sie veröffentlichen."
    case .activity: "Die Aktivität des früheren Kontos."
    case .images: "Bilder, die in der Datei fehlen oder nicht lesbar sind."
    case .pages: "Seiten, die nicht gültig sind."
    case .blocks: "Bausteine, die unbekannt oder ungültig sind oder deren Bild fehlt."
    case .links: "Links, die nicht gültig sind."
    case .shortLinks: "Kurzlinks, die nicht gültig sind."
    case .sites: "Websites, die nicht gültig sind."
    case .design: "Gestaltungen, die nicht gültig sind; die Website bekommt die übliche."
    case .legal: "Impressum oder Datenschutzerklärung, die nicht gültig sind."
    case .owner: "Impressum und Datenschutzerklärung: Das kann nur ein Inhaber importieren."
    }
  }
}

/// All that an import leaves out.
struct ImportOmissions {
  /// The most names of each kind that are told.
  private static let named = 10

  private var found: [ImportOmission: (count: Int, names: [String])] = [:]

  /// - Parameter name: what people call it; nil: it has no name of its own.
  mutating func note(_ omission: ImportOmission, _ name: String? = nil, count: Int = 1) {
    guard count > 0 else { return }
    var entry = found[omission] ?? (0, [])
    entry.count += count
    if let name, entry.names.count < Self.named { entry.names.append(String(name.prefix(100))) }
    found[omission] = entry
  }

  func json(_ language: Language) -> JSON {
    .array(
      ImportOmission.allCases.compactMap { omission in
        found[omission].map { entry in
          [
            "what": .string(omission.rawValue), "count": .integer(Int64(entry.count)),
            "text": .string(omission.text(language)), "names": .array(entry.names.map { .string($0) }),
          ]
        }
      })
  }
}

extension ImportOmissions {
  /// Both together.
  func adding(_ other: ImportOmissions) -> ImportOmissions {
    var sum = self
    for (omission, entry) in other.found {
      sum.note(omission, count: entry.count)
      sum.found[omission]?.names.append(contentsOf: entry.names)
    }
    return sum
  }
}
