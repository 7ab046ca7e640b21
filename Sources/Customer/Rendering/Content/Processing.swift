import HTTP

/// What a site does with visitors' data, beyond delivering pages: what its privacy policy has to tell.
package struct Processing: Sendable, Equatable {
  /// Whether messages can be written on a page.
  package var hasForms = false
  /// The providers whose contents load after consent; as in the API, sorted.
  package var embeds: [String] = []
  /// Whether visits are counted.
  package var hasStatistics = false

  package init() {}

  /// What the blocks of a snapshot's pages do.
  init(snapshot: JSON) {
    var providers: Set<String> = []
    for block in snapshot.items("pages").flatMap({ $0.items("blocks") }) {
      switch block.text("kind") {
      case "form": hasForms = true
      case "embed": providers.insert(block.text("provider"))
      default: break
      }
    }
    embeds = providers.sorted()
  }
}
