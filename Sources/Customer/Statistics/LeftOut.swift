/// Why a request to a site counts as nothing that a visitor did.
enum LeftOut: String, CaseIterable {
  /// Asks for headers alone.
  case head
  /// Neither GET nor HEAD.
  case method
  /// A program, or somebody who does not say what it is.
  case bot
  /// The browser fetched ahead what nobody has looked at.
  case prefetch
  /// There was nothing, or it failed.
  case error
  /// Led on to another address of the site, where it counts.
  case redirect
  /// A draft shown before it is published.
  case preview
  /// The customer, who came from the dashboard.
  case own
  /// What a page is made of: pictures and the like.
  case asset
}
