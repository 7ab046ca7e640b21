import HTTP
import Services

/// What an export brings, checked by the rules of the API; pictures, pages and forms have got new ids.
struct ExportedContent {
  /// A page that can be written.
  struct Page {
    let id: PageID
    let input: PageInput
  }

  struct Site {
    /// Its name in the preview.
    let part: String
    let input: SiteInput
    var pages: [Page] = []
    var links: [LinkInput] = []
    var shortLinks: [ShortLinkInput] = []
  }

  private(set) var profile: [(field: String, value: JSON)] = []
  private(set) var legal: [(kind: LegalKind, input: LegalTextInput)] = []
  private(set) var sites: [Site] = []
  private(set) var omissions = ImportOmissions()

  /// - Parameters:
  ///   - data: of the export.
  ///   - parts: what is wanted; nil: all.
  ///   - images: the new ids of pictures, by those in the data.
  init(_ data: JSON, parts: Set<String>?, images: [String: ImageID]) throws {
    func isWanted(_ part: String) -> Bool { parts?.contains(part) ?? true }
    let remade = Renaming(images: images)
    if isWanted("profile"), let found = data["profile"] {
      let profile = remade.applied(to: found)
      for field in ProfileInput.fields {
        guard let value = profile[field], !ProfileInput.isEmpty(value) else { continue }
        if let value = try ProfileInput.checked(field, value) {
          self.profile.append((field, value))
        } else {
          omissions.note(.fields, field)
        }
      }
    }
    for kind in LegalKind.allCases where isWanted(kind.rawValue) {
      guard let found = data[kind.rawValue], found != .null else { continue }
      if let input = try Self.valid({ try LegalTextInput(found.picked(["kind", "mode", "form", "text"]), kind) }) {
        legal.append((kind, input))
      } else {
        omissions.note(.legal)
      }
    }
    for (index, site) in (data["sites"]?.arrayValue ?? []).prefix(1000).enumerated() where isWanted("site-\(index)") {
      try readSite(site, "site-\(index)", remade)
    }
    noteWhatStays(data)
  }

  /// What is never imported, if there is any.
  private mutating func noteWhatStays(_ data: JSON) {
    func count(_ json: JSON?) -> Int { json?.arrayValue?.count ?? 0 }
    omissions.note(.members, count: count(data["members"]))
    omissions.note(.activity, count: count(data["activity"]))
    for site in data["sites"]?.arrayValue ?? [] {
      omissions.note(.messages, count: count(site["messages"]))
      omissions.note(.versions, count: count(site["versions"]))
      omissions.note(.statistics, count: count(site["statistics"]?["days"]))
    }
  }

  private mutating func readSite(_ entry: JSON, _ part: String, _ renaming: Renaming) throws {
    let body = (entry["site"] ?? .null).picked(["slug", "title", "description", "locale", "design"])
    var input = try Self.valid { try SiteInput(body, isNew: true) }
    if input == nil {
      input = try Self.valid { try SiteInput(body.picked(["slug", "title", "description", "locale"]), isNew: true) }
      if input != nil { omissions.note(.design, body["title"]?.stringValue) }
    }
    guard let input else { return omissions.note(.sites, body["title"]?.stringValue) }
    var site = Site(part: part, input: input)
    site.pages = try pages(entry, renaming)
    for link in Self.ordered(entry["links"]) {
      let fields = [
        "title", "url", "group", "hidden", "highlight", "rel_me", "code", "fallback_url", "from", "until",
      ]
      if let input = try Self.valid({ try LinkInput(link.picked(fields), isNew: true) }) {
        site.links.append(input)
      } else {
        omissions.note(.links, link["title"]?.stringValue)
      }
    }
    for link in (entry["short_links"]?.arrayValue ?? []).prefix(10_000) {
      let fields = ["code", "title", "url", "permanent", "utm", "expires_at", "fallback_url"]
      if let input = try Self.valid({ try ShortLinkInput(link.picked(fields), isNew: true) }) {
        site.shortLinks.append(input)
      } else {
        omissions.note(.shortLinks, link["title"]?.stringValue)
      }
    }
    sites.append(site)
  }

  /// A site's pages, originals before what translates them.
  private mutating func pages(_ entry: JSON, _ renaming: Renaming) throws -> [Page] {
    var originals: [String: PageID] = [:]
    var pages: [Page] = []
    var places: Set<String> = []
    let all = Self.ordered(entry["pages"])
    let isOriginal = { (page: JSON) in page["language"]?.stringValue == nil }
    for page in all.filter(isOriginal) + all.filter({ !isOriginal($0) }) {
      let title = page["title"]?.stringValue
      let id = PageID.new()
      var members: [JSON.Member] = []
      for name in ["slug", "language", "title", "description"] {
        if let value = page[name] { members.append(.init(name, value)) }
      }
      let original = page["translation_of"]?.stringValue.flatMap { originals[$0] }
      if let original { members.append(.init("translation_of", .string(original.text))) }
      members.append(.init("blocks", .array(try blocks(page["blocks"], title, renaming))))
      let isHome = isOriginal(page) && page["slug"] == ""
      let body = JSON.object(members)
      guard let input = try Self.valid({ try PageInput(body, isNew: true, isHome: isHome) }), input.title != nil,
        let slug = input.slug?.text, places.insert("\(input.language?.rawValue ?? "")/\(slug)").inserted
      else {
        omissions.note(.pages, title)
        continue
      }
      if isOriginal(page), let old = page["id"]?.stringValue { originals[old] = id }
      pages.append(Page(id: id, input: input))
    }
    return pages
  }

  /// The blocks that are known and whole; each form has a new id.
  private mutating func blocks(_ json: JSON?, _ page: String?, _ renaming: Renaming) throws -> [JSON] {
    try (json?.arrayValue ?? []).compactMap { block in
      let renamed = renaming.applied(to: block)
      if !renaming.isMissingAny(in: block), try Self.valid({ try Block(json: renamed, pointer: "") }) != nil {
        return renamed
      }
      omissions.note(.blocks, "\(page ?? "?"): \(block["kind"]?.stringValue ?? "?")")
      return nil
    }
  }

  /// As they stand on pages; the export lists them by id.
  private static func ordered(_ json: JSON?) -> [JSON] {
    let place = { (item: JSON) in item["position"]?.integerValue ?? 0 }
    return (json?.arrayValue ?? []).prefix(10_000).sorted { place($0) < place($1) }
  }

  /// What a body holds; nil when it is refused.
  private static func valid<Input>(_ read: () throws -> Input) throws -> Input? {
    do {
      return try read()
    } catch let problem as Problem where problem.code == .invalidBody {
      return nil
    }
  }
}

/// Gives contents of another account ids of ours.
private struct Renaming {
  let images: [String: ImageID]

  /// The same with the new ids of pictures, and a new one for a form. What names a picture that did not come along names
  /// none.
  func applied(to json: JSON) -> JSON {
    guard case .object(let members) = json else { return json }
    let isForm = json["kind"] == "form"
    return .object(
      members.map { member in
        switch (member.name, member.value) {
        case ("image", .string(let id)), ("picture", .string(let id)): .init(member.name, JSON(images[id]?.text))
        case ("id", _) where isForm: .init("id", .string(FormID.new().text))
        case (_, .array(let items)): .init(member.name, .array(items.map(applied)))
        default: .init(member.name, applied(to: member.value))
        }
      })
  }

  /// Whether a block names a picture that did not come along.
  func isMissingAny(in json: JSON) -> Bool {
    switch json {
    case .object(let members):
      members.contains { member in
        if member.name == "image", case .string(let id) = member.value { return images[id] == nil }
        return isMissingAny(in: member.value)
      }
    case .array(let items): items.contains { isMissingAny(in: $0) }
    default: false
    }
  }
}

extension JSON {
  /// The object with these of its members; an empty one when it is none.
  func picked(_ names: [String]) -> JSON {
    .object(names.compactMap { name in self[name].map { .init(name, $0) } })
  }
}
