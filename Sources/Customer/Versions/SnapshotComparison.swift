package import HTTP

/// Tells in words what is different between two snapshots of a site.
///
/// What has a name here is told by it. What is not known here, because it came later, is compared all the same.
package struct SnapshotComparison {
  private let words: ChangeWords
  private var changes: [SnapshotChange] = []

  /// The differences, in the order in which a person would look for them.
  package static func changes(from before: JSON, to after: JSON, _ language: Language) -> [SnapshotChange] {
    var comparison = SnapshotComparison(words: ChangeWords(language))
    comparison.compare(before.sorted, after.sorted)
    return comparison.changes
  }

  private init(words: ChangeWords) {
    self.words = words
  }

  /// Told by a part of its own, or of no matter: a site is reached by its address whatever version it shows.
  private static let known: Set<String> = ["site", "profile", "imprint", "privacy", "pages", "links", "images"]

  private mutating func compare(_ before: JSON, _ after: JSON) {
    site(before["site"] ?? [:], after["site"] ?? [:])
    items("page", before.items("pages"), after.items("pages"))
    items("link", before.items("links"), after.items("links"))
    object("profile", before["profile"], after["profile"])
    object("imprint", before["imprint"], after["imprint"])
    object("privacy", before["privacy"], after["privacy"])
    images(before["images"], after["images"])
    for name in (before.names + after.names.filter { before[$0] == nil }) where !Self.known.contains(name) {
      other(name, before[name] ?? .null, after[name] ?? .null)
    }
  }

  private mutating func site(_ before: JSON, _ after: JSON) {
    let fields = changedFields(before, after, except: ["slug", "design"])
    if !fields.isEmpty { add("site", .changed, words.name(of: "site"), words.changed(fields)) }
    object("design", before["design"], after["design"])
  }

  /// One part as a whole.
  private mutating func object(_ what: String, _ before: JSON?, _ after: JSON?) {
    let title = words.name(of: what)
    switch (before.flatMap(\.present), after.flatMap(\.present)) {
    case (nil, nil): break
    case (nil, _?): add(what, .added, title, words.added)
    case (_?, nil): add(what, .removed, title, words.removed)
    case (let before?, let after?):
      guard before != after else { return }
      let fields = changedFields(before, after, except: [])
      add(what, .changed, title, words.changed(fields.allSatisfy(words.isKnown) ? fields : []))
    }
  }

  private mutating func items(_ what: String, _ before: [JSON], _ after: [JSON]) {
    let comparison = ListComparison(before, after) { $0["id"]?.stringValue }
    for item in comparison.added {
      add(what, .added, title(item), words.added(blocks: item["blocks"]?.arrayValue?.count))
    }
    for item in comparison.common {
      if item.before == item.after {
        if item.isMoved { add(what, .moved, title(item.after), words.moved(to: item.position)) }
        continue
      }
      var fields = changedFields(item.before, item.after, except: ["blocks"])
      if item.isMoved { fields.append("position") }
      let blocks = BlockComparison(item.before.items("blocks"), item.after.items("blocks"))
      let earlier = item.before.text("title")
      add(
        what, .changed, title(item.after),
        words.changed(fields, titleBefore: earlier, urlBefore: item.before["url"]?.stringValue)
          + words.changed(blocks, isFirst: fields.isEmpty))
    }
    for item in comparison.removed { add(what, .removed, title(item), words.removed) }
  }

  /// Which pictures are there follows from the pages; told is what became of one.
  private mutating func images(_ before: JSON?, _ after: JSON?) {
    for name in (before ?? [:]).names {
      guard let old = before?[name], let new = after?[name], old != new else { continue }
      let fields = changedFields(old, new, except: [])
      add("image", .changed, new.text("alt").isEmpty ? words.name(of: "image") : new.text("alt"), words.changed(fields))
    }
  }

  /// What came later than this code.
  private mutating func other(_ what: String, _ before: JSON, _ after: JSON) {
    let lists = [before, after].compactMap { $0.present == nil ? [] : $0.arrayValue }
    if lists.count == 2, (lists[0] + lists[1]).allSatisfy({ $0["id"]?.stringValue != nil }) {
      items(what, lists[0], lists[1])
    } else {
      object(what, before, after)
    }
  }

  private mutating func add(_ what: String, _ kind: SnapshotChange.Kind, _ title: String, _ text: String) {
    changes.append(SnapshotChange(what: what, kind: kind, title: title, text: text))
  }

  private func title(_ item: JSON) -> String {
    for name in ["title", "name", "label", "heading", "slug", "code", "id"] {
      let text = item.text(name)
      if !text.isBlank { return text }
    }
    return ""
  }

  private func changedFields(_ before: JSON, _ after: JSON, except left: Set<String>) -> [String] {
    let names = before.names + after.names.filter { before[$0] == nil }
    // A member that is not there says as little as null does.
    return names.filter { !left.contains($0) && (before[$0] ?? .null) != (after[$0] ?? .null) }
  }
}

extension JSON {
  /// The names of an object's members.
  fileprivate var names: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.name)
  }

  /// The same value with the members of all objects in the order of their names: equal ones are equal then.
  fileprivate var sorted: JSON {
    switch self {
    case .object(let members):
      .object(members.map { Member($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
    case .array(let items): .array(items.map(\.sorted))
    default: self
    }
  }
}
