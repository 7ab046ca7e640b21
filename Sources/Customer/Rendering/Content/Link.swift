package import Services

/// A titled address in a site's list of links.
package struct Link: Sendable, Equatable {
  package var title: String
  package var url: WebLink
  /// The heading under which the link stands; nil for none.
  package var group: String?

  package init(title: String, url: WebLink, group: String? = nil) {
    self.title = title
    self.url = url
    self.group = group
  }
}
