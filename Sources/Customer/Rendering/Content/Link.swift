import HTTP
package import Services

/// A titled address in a site's list of links.
package struct Link: Sendable, Equatable {
  package var title: String
  package var url: WebLink
  /// The heading under which the link stands; nil for none.
  package var group: String?
  /// Whether it is shown more prominently than the others.
  package var isHighlighted = false
  /// Whether the target is the same person's: the link says so, and leads there directly.
  package var isMe = false
  /// The link's code below `/l/`; nil: it has none, and is linked directly.
  package var code: ShortCode?

  package init(title: String, url: WebLink, group: String? = nil) {
    self.title = title
    self.url = url
    self.group = group
  }

  /// The address that counts its visitors; nil where the link must lead to its target itself: a program opens `mailto`
  /// and `tel`, and who verifies `rel="me"` reads the target's own address.
  var countedPath: SitePath? {
    url.host == nil || isMe ? nil : code.map { .short($0) }
  }
}
