import HTTP

/// One difference between two snapshots, in words.
package struct SnapshotChange: Sendable, Equatable {
  package enum Kind: String, Sendable {
    case added, changed, removed, moved
  }

  /// What it is about: `page`, `link`, `site`, `design`, `profile`, `imprint`, `privacy`, `image`, or the snapshot's
  /// own name for what is not known here.
  package let what: String
  package let kind: Kind
  /// The name of the page, link and so on.
  package let title: String
  /// What happened to it, in a sentence or two.
  package let text: String

  var json: JSON {
    [
      "what": .string(what), "change": .string(kind.rawValue), "title": .string(title), "text": .string(text),
    ]
  }
}
