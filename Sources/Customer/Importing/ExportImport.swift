import Bucket
import Database
import HTTP
import Locks
import Services

extension CustomerModule {
  /// How long the pictures of one import may take together, in seconds: less than nginx waits.
  private static let pictureSeconds: Int64 = 240

  /// What importing an export would make.
  func previewExport(_ upload: ImportUpload) throws -> [UInt8] {
    try whileExportsAreWorkedOn {
      let archive = try ExportArchive(upload.read().bytes)
      let images = Dictionary(uniqueKeysWithValues: archive.pictures.map { ($0.id, ImageID.new()) })
      let content = try ExportedContent(archive.data, parts: nil, images: images)
      return try database.transaction(readOnly: true) { transaction in
        try preview(of: content, archive, upload.caller, transaction).bytes
      }
    }
  }

  private func preview(
    of content: ExportedContent, _ archive: ExportArchive, _ caller: Caller, _ transaction: Transaction
  ) throws -> JSON {
    let present = try profileContent(of: caller.customer, transaction)
    let profile = content.profile.map { field, value -> JSON in
      let state = ProfileInput.isEmpty(present[field]) ? "new" : "kept"
      return ["field": .string(field), "value": .string(value.stringValue ?? ""), "state": .string(state)]
    }
    let kept = try legalKinds(of: caller.customer, transaction)
    let legal = content.legal.map { kind, _ -> JSON in
      let state = caller.role < .owner ? "forbidden" : kept.contains(kind) ? "kept" : "new"
      return ["part": .string(kind.rawValue), "state": .string(state)]
    }
    let sites = content.sites.map { site -> JSON in
      [
        "part": .string(site.part), "slug": JSON(site.input.slug?.text), "title": JSON(site.input.title),
        "pages": .integer(Int64(site.pages.count)), "links": .integer(Int64(site.links.count)),
        "short_links": .integer(Int64(site.shortLinks.count)),
      ]
    }
    var omissions = content.omissions
    omissions.note(.images, count: archive.namedPictures - archive.pictures.count)
    if caller.role < .owner { omissions.note(.owner, count: content.legal.count) }
    return [
      "source": "export", "profile": .array(profile), "links": [], "legal": .array(legal), "sites": .array(sites),
      "images": .integer(Int64(archive.pictures.count)), "room": try room(caller, transaction),
      "left_out": omissions.json(caller.language),
    ]
  }

  /// Imports an export, or parts of it: sites become new ones beside those that are there.
  func importExport(_ upload: ImportUpload) throws -> Resource {
    try whileExportsAreWorkedOn {
      let (bytes, idempotency) = try upload.read()
      let archive = try ExportArchive(bytes)
      var failed = ImportOmissions()
      failed.note(.images, count: archive.namedPictures - archive.pictures.count)
      let pictures = try store(archive, upload.parts, &failed)
      let content = try ExportedContent(archive.data, parts: upload.parts, images: pictures.mapValues(\.id))
      let change = Change(caller: upload.caller, body: [:], condition: .any, idempotency: idempotency)
      var changed: [SiteID] = []
      let resource = try tellingTakenSlugs {
        try write(change) { transaction in
          var outcome = ImportOutcome()
          outcome.omissions = content.omissions.adding(failed)
          try write(content, Array(pictures.values), upload.caller, &outcome, transaction)
          changed = outcome.sites.map(\.id)
          try noteImport(outcome, upload.caller, transaction)
          return outcome.resource(upload.caller.language)
        }
      }
      for site in changed { activateNow(site) }
      return resource
    }
  }

  private func whileExportsAreWorkedOn<Result>(_ body: () throws -> Result) throws -> Result {
    guard let result = try exportsInWork.run(body) else { throw Problem(.overloaded, retryAfterSeconds: 5) }
    return result
  }

  /// Writes the pictures anew that the wanted parts name, as uploads are, and puts them on the volume. If no rows follow,
  /// the sweep takes them later.
  private func store(
    _ archive: ExportArchive, _ parts: Set<String>?, _ failed: inout ImportOmissions
  ) throws -> [String: ImportedPicture] {
    var wanted = archive.pictures
    if let parts, !parts.contains("images") {
      let named = ExportArchive.texts(of: parts, in: archive.data)
      wanted.removeAll { !named.contains($0.id) }
    }
    let end = Instant.now.adding(seconds: Self.pictureSeconds)
    var stored: [String: ImportedPicture] = [:]
    try archive.read(wanted) { picture, bytes in
      guard Instant.now < end else { throw Problem(.importTooLarge) }
      do {
        // One at a time beside those that are uploaded: there is always room for that one.
        let variants = try store(pictureEncoder.encode(bytes))
        stored[picture.id] = ImportedPicture(id: .new(), name: picture.name, alt: picture.alt, variants: variants)
      } catch let problem as Problem where [413, 415, 422].contains(problem.code.status.code) {
        failed.note(.images, picture.name)
      }
    }
    return stored
  }

  private func write(
    _ content: ExportedContent, _ pictures: [ImportedPicture], _ caller: Caller, _ outcome: inout ImportOutcome,
    _ transaction: Transaction
  ) throws {
    try lockSites(of: caller.customer, transaction)
    for picture in pictures { try insert(picture, caller, transaction) }
    outcome.images = pictures.count
    outcome.profile = try fillProfile(content.profile, caller, transaction)
    if caller.role >= .owner {
      outcome.legal = try insertLegalTexts(content.legal, caller, transaction)
    } else {
      outcome.omissions.note(.owner, count: content.legal.count)
    }
    for site in content.sites { outcome.sites.append(try write(site, caller, transaction)) }
  }

  private func write(
    _ site: ExportedContent.Site, _ caller: Caller, _ transaction: Transaction
  ) throws -> ImportOutcome.Site {
    var made = try insertSite(site.input, caller, transaction)
    if !site.pages.contains(where: { $0.input.slug == .home && $0.input.language == nil }) {
      try insertHomePage(of: made.id, titled: made.title, transaction)
    }
    try requireRoom(
      for: site.pages.count, beside: "SELECT count(*) FROM customer.pages WHERE site_id = \(made.id.uuid)", \.pages,
      "pages", caller, transaction)
    for page in site.pages { try insert(page, into: made.id, caller, transaction) }
    try refuseOversize(made.id, transaction)
    try insertLinks(site.links, into: made.id, caller, transaction)
    try insertShortLinks(site.shortLinks, into: made.id, caller, transaction)
    (made.pages, made.links, made.shortLinks) = (site.pages.count, site.links.count, site.shortLinks.count)
    return made
  }

  private func insert(
    _ page: ExportedContent.Page, into site: SiteID, _ caller: Caller, _ transaction: Transaction
  ) throws {
    let input = page.input
    try refuseUnknownImages(input.images, caller, transaction)
    try requireFreeForms(input.forms, for: page.id, caller.customer, transaction)
    _ = try transaction.execute(
      """
      INSERT INTO customer.pages (id, site_id, slug, language, translation_of, title, description, blocks, position)
      VALUES (\(page.id.uuid), \(site.uuid), \(input.slug?.text ?? ""), \(input.language?.rawValue ?? ""),
        \((input.translationOf ?? nil)?.uuid), \(input.title ?? ""), \(input.description ?? ""),
        \(.json(input.storedBlocks ?? Array("[]".utf8))),
        (SELECT coalesce(max(position), -1) + 1 FROM customer.pages WHERE site_id = \(site.uuid)))
      """)
  }

  private func legalKinds(of customer: CustomerID, _ transaction: Transaction) throws -> [LegalKind] {
    try transaction.query("SELECT kind FROM customer.legal_texts WHERE customer_id = \(customer.uuid)")
      .compactMap { LegalKind(rawValue: try $0.string("kind")) }
  }

  /// Writes the texts of which there are none yet.
  private func insertLegalTexts(
    _ texts: [(kind: LegalKind, input: LegalTextInput)], _ caller: Caller, _ transaction: Transaction
  ) throws -> [LegalKind] {
    let kept = try legalKinds(of: caller.customer, transaction)
    let new = texts.filter { !kept.contains($0.kind) }
    for (kind, input) in new {
      _ = try transaction.execute(
        """
        INSERT INTO customer.legal_texts (customer_id, kind, content, updated_at)
        VALUES (\(caller.customer.uuid), \(kind.rawValue), \(.json(input.whole(kind).bytes)), clock_timestamp())
        """)
      try note(.legalTextChanged, by: caller, details: ["kind": .string(kind.rawValue)], in: transaction)
    }
    return new.map(\.kind)
  }
}

/// A picture of an export that was written anew.
struct ImportedPicture {
  let id: ImageID
  let name: String
  let alt: String?
  let variants: [StoredVariant]
}
