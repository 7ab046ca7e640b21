import HTTP
import Services

extension Route {
  /// Finds the route of a request.
  ///
  /// - Throws: ``Problem`` of 404 for an unknown path, 405 with `Allow` for an unknown method.
  static func match(_ request: Request) throws -> Route {
    var path = request.path.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard path.popFirst() == "" else { throw Problem(.notFound) }
    switch path.popFirst() {
    case "api": break
    case "metrics" where path.isEmpty && request.parameter("SMARTPAGES_LISTENER") == "internal":
      return try only(request, [.get: .metrics])
    default: throw Problem(.notFound)
    }
    if request.method == .options { return .preflight }
    switch (path.popFirst(), path.popFirst()) {
    case ("health", "live") where path.isEmpty: return try only(request, [.get: .live])
    case ("health", "ready") where path.isEmpty: return try only(request, [.get: .ready])
    case ("openapi.json", nil): return try only(request, [.get: .openAPI])
    case ("auth", "start") where path.isEmpty: return try only(request, [.post: .startLogin])
    case ("auth", "confirm") where path.isEmpty: return try only(request, [.post: .confirmLogin])
    case ("auth", "proof") where path.isEmpty: return try only(request, [.post: .confirmProof])
    case ("auth", "proof") where path == ["start"]: return try only(request, [.post: .startProof])
    case ("account", "email") where path.isEmpty: return try only(request, [.post: .startAddressChange])
    case ("account", "email") where path == ["confirm"]: return try only(request, [.post: .confirmAddressChange])
    case ("session", "customer") where path.isEmpty: return try only(request, [.put: .switchCustomer])
    case ("session", nil):
      return try only(request, [.get: .session, .patch: .changeSession, .delete: .endSession])
    case ("sessions", nil): return try only(request, [.get: .sessions, .delete: .endSessions])
    case ("sessions", let id?) where path.isEmpty: return try only(request, [.delete: .endOneSession(String(id))])
    case ("customers", nil): return try only(request, [.get: .customers, .post: .createCustomer])
    case ("members", let part) where path.isEmpty: return try matchMember(request, part)
    case ("invitations", let part) where path.isEmpty: return try matchInvitation(request, part)
    case ("activity", nil): return try only(request, [.get: .activity])
    case ("customer", nil):
      return try only(request, [.get: .customer, .patch: .updateCustomer, .delete: .deleteCustomer])
    case ("customer", "restore") where path.isEmpty: return try only(request, [.post: .restoreCustomer])
    case ("customer", "legal"):
      guard let kind = path.popFirst().flatMap({ LegalKind(rawValue: String($0)) }), path.isEmpty else { break }
      return try only(request, [.get: .legalText(kind), .put: .replaceLegalText(kind)])
    case ("profile", nil): return try only(request, [.get: .profile, .put: .replaceProfile])
    case ("themes", nil): return try only(request, [.get: .themes])
    case ("themes", "preview") where path.isEmpty: return try only(request, [.post: .previewDesign])
    case ("images", nil): return try only(request, [.get: .images, .post: .createImage])
    case ("images", let id?):
      guard let image = ImageID(id) else { break }
      return try matchImage(request, image, path)
    case ("sites", nil): return try only(request, [.get: .sites, .post: .createSite])
    case ("plans", nil): return try only(request, [.get: .plans])
    case ("billing", let part): return try matchBilling(request, part, path)
    case ("webhooks", "stripe") where path.isEmpty: return try only(request, [.post: .stripeWebhook])
    case ("webhooks", "resend") where path.isEmpty: return try only(request, [.post: .resendWebhook])
    case ("import", nil): return try only(request, [.post: .runImport])
    case ("import", "preview") where path.isEmpty: return try only(request, [.post: .previewImport])
    case ("exports", nil): return try only(request, [.get: .exports, .post: .createExport])
    case ("exports", let id?):
      guard let export = ExportID(id), path == ["file"] else { break }
      return try only(request, [.get: .exportFile(export)])
    case ("domains", nil): return try only(request, [.get: .domains, .post: .createDomain])
    case ("domains", "preflight") where path.isEmpty: return try only(request, [.post: .previewDomain])
    case ("domains", "active") where path.isEmpty: return try only(request, [.put: .activeDomains])
    case ("domains", let id?):
      guard let domain = DomainID(id) else { break }
      return try matchDomain(request, domain, path)
    case ("trash", nil): return try only(request, [.get: .trash])
    case ("trash", let id?):
      guard let item = TrashID(id) else { break }
      switch (path.popFirst(), path.popFirst()) {
      case (nil, nil): return try only(request, [.delete: .deleteForGood(item)])
      case ("restore", nil): return try only(request, [.post: .restoreFromTrash(item)])
      default: break
      }
    case ("forms", let id?) where path.isEmpty:
      guard let form = FormID(id) else { break }
      return try only(request, [.get: .form(form), .post: .sendForm(form)])
    case ("sites", "active") where path.isEmpty: return try only(request, [.put: .activeSites])
    case ("sites", let id?):
      guard let site = SiteID(id) else { break }
      return try matchSite(request, site, path)
    default: break
    }
    throw Problem(.notFound)
  }

  private static func matchMember(_ request: Request, _ part: Substring?) throws -> Route {
    guard let part else { return try only(request, [.get: .members]) }
    if part == "transfer" { return try only(request, [.post: .transferOwnership]) }
    guard let user = UserID(part) else { throw Problem(.notFound) }
    return try only(request, [.patch: .changeMember(user), .delete: .removeMember(user)])
  }

  private static func matchInvitation(_ request: Request, _ part: Substring?) throws -> Route {
    guard let part else { return try only(request, [.get: .invitations, .post: .invite]) }
    if part == "accept" { return try only(request, [.post: .acceptInvitation]) }
    guard let invitation = InvitationID(part) else { throw Problem(.notFound) }
    return try only(request, [.delete: .withdrawInvitation(invitation)])
  }

  private static func matchBilling(
    _ request: Request, _ part: Substring?, _ rest: ArraySlice<Substring>
  ) throws -> Route {
    var path = rest
    switch (part, path.popFirst()) {
    case (nil, nil): return try only(request, [.get: .account])
    case ("sync", nil): return try only(request, [.post: .synchronizeAccount])
    case ("checkout", nil): return try only(request, [.post: .checkout])
    case ("portal", nil): return try only(request, [.post: .portal])
    case ("change", nil): return try only(request, [.post: .changePlan])
    case ("change", "preview") where path.isEmpty: return try only(request, [.post: .previewPlanChange])
    case ("cancel", nil): return try only(request, [.post: .cancelSubscription])
    case ("resume", nil): return try only(request, [.post: .resumeSubscription])
    case ("invoices", nil): return try only(request, [.get: .invoices])
    default: throw Problem(.notFound)
    }
  }

  private static func matchDomain(
    _ request: Request, _ domain: DomainID, _ rest: ArraySlice<Substring>
  ) throws -> Route {
    switch rest {
    case []:
      return try only(request, [.get: .domain(domain), .patch: .updateDomain(domain), .delete: .deleteDomain(domain)])
    case ["check"]: return try only(request, [.post: .checkDomain(domain)])
    default: throw Problem(.notFound)
    }
  }

  private static func matchImage(
    _ request: Request, _ image: ImageID, _ rest: ArraySlice<Substring>
  ) throws -> Route {
    var path = rest
    switch (path.popFirst(), path.popFirst()) {
    case (nil, _):
      return try only(request, [.get: .image(image), .patch: .updateImage(image), .delete: .deleteImage(image)])
    case ("file", let name?) where path.isEmpty:
      guard let file = ImageFileName(name) else { break }
      return try only(request, [.get: .imageFile(image, file)])
    default: break
    }
    throw Problem(.notFound)
  }

  private static func matchSite(_ request: Request, _ site: SiteID, _ rest: ArraySlice<Substring>) throws -> Route {
    var path = rest
    switch (path.popFirst(), path.popFirst()) {
    case (nil, _):
      return try only(request, [.get: .site(site), .patch: .updateSite(site), .delete: .deleteSite(site)])
    case ("pages", nil): return try only(request, [.get: .pages(site), .post: .createPage(site)])
    case ("pages", "active") where path.isEmpty: return try only(request, [.put: .activePages(site)])
    case ("pages", let id?) where path.isEmpty:
      guard let page = PageID(id) else { break }
      return try only(
        request, [.get: .page(site, page), .patch: .updatePage(site, page), .delete: .deletePage(site, page)])
    case ("links", nil): return try only(request, [.get: .links(site), .post: .createLink(site)])
    case ("links", "order") where path.isEmpty: return try only(request, [.put: .orderLinks(site)])
    case ("links", "active") where path.isEmpty: return try only(request, [.put: .activeLinks(site)])
    case ("links", let id?) where path.isEmpty:
      guard let link = LinkID(id) else { break }
      return try only(
        request, [.get: .link(site, link), .patch: .updateLink(site, link), .delete: .deleteLink(site, link)])
    case ("short-links", nil):
      return try only(request, [.get: .shortLinks(site), .post: .createShortLink(site)])
    case ("short-links", let id?) where path.isEmpty:
      guard let link = ShortLinkID(id) else { break }
      return try only(
        request,
        [
          .get: .shortLink(site, link), .patch: .updateShortLink(site, link), .delete: .deleteShortLink(site, link),
        ])
    case ("qr", let kind?):
      guard let file = QRFile(kind: kind, file: path.popFirst()), path.isEmpty else { break }
      return try only(request, [.get: .qrCode(site, file)])
    case ("publish", nil): return try only(request, [.post: .publish(site)])
    case ("unpublish", nil): return try only(request, [.post: .unpublish(site)])
    case ("schedule", nil): return try only(request, [.put: .replaceSchedule(site)])
    case ("redirects", nil):
      return try only(request, [.get: .redirects(site), .put: .replaceRedirects(site)])
    case ("changes", nil): return try only(request, [.get: .draftChanges(site)])
    case ("preview", nil): return try only(request, [.post: .createPreview(site)])
    case ("versions", nil): return try only(request, [.get: .versions(site)])
    case ("versions", let number?):
      guard let number = Int64(number), number > 0 else { break }
      switch (path.popFirst(), path.popFirst()) {
      case (nil, nil): return try only(request, [.get: .version(site, number)])
      case ("changes", nil): return try only(request, [.get: .versionChanges(site, number)])
      case ("restore", nil): return try only(request, [.post: .restore(site, number)])
      case ("draft", nil): return try only(request, [.post: .replaceDraft(site, number)])
      default: break
      }
    case ("messages", nil): return try only(request, [.get: .messages(site)])
    case ("messages", "spam") where path.isEmpty: return try only(request, [.get: .spamMessages(site)])
    case ("messages", let id?) where path.isEmpty:
      guard let message = MessageID(id) else { break }
      return try only(
        request,
        [
          .get: .message(site, message), .patch: .changeMessage(site, message),
          .delete: .deleteMessage(site, message),
        ])
    case ("statistics", let from?):
      guard let from = CivilDay(from), let last = path.popFirst(), path.isEmpty else { break }
      let isTable = last.hasSuffix(".csv")
      guard let to = CivilDay(isTable ? last.dropLast(4) : last) else { break }
      let range = try DayRange(from: from, to: to)
      return try only(request, [.get: isTable ? .statisticsTable(site, range) : .statistics(site, range)])
    default: break
    }
    throw Problem(.notFound)
  }

  /// The route of the method among those that a path has; HEAD is a GET whose content stays away.
  private static func only(_ request: Request, _ routes: KeyValuePairs<Method, Route>) throws -> Route {
    let method = request.method == .head ? .get : request.method
    if let route = routes.first(where: { $0.key == method }) { return route.value }
    throw Problem(methodNotAllowed: routes.map(\.key.rawValue).joined(separator: ", "))
  }
}
