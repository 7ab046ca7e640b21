import HTTP
import Services

extension FoundContent {
  /// Contents in our own form: `profile` with the texts of a profile, and `links` with `title`, `url` and `group`.
  ///
  /// - Throws: ``Problem`` of 422 for anything else in it.
  init(document: JSON) throws {
    self.init(.document)
    var reader = try ObjectReader(document)
    let texts = try reader.optionalObject("profile") { reader in
      ProfileInput.texts.map { ($0, reader.optionalString($0, maximum: 2048)) }
    }
    let links = try reader.optionalList("links", maximum: 20_000) { item, pointer in
      var reader = try ObjectReader(item, pointer: pointer)
      let title = reader.optionalString("title", maximum: 4096) ?? ""
      let url = reader.string("url", maximum: 4096)
      let group = reader.nullableString("group", maximum: 4096) ?? nil
      try reader.finish()
      return FoundLink(title: title, url: url, group: group)
    }
    try reader.finish()
    for case (let field, let text?) in texts ?? [] where !text.isEmpty { profile.append((field, text)) }
    for link in links ?? [] { add(link) }
  }
}
