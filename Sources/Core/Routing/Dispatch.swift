import HTTP
import Services
import Telemetry

extension Gateway {
  /// Hands an admitted request to the module that answers it.
  func dispatch(_ exchange: Exchange) throws -> Response {
    let request = exchange.request
    let customer = services.customer
    switch exchange.route {
    case .unknown: throw Problem(.notFound)
    case .preflight: return Response(.noContent)
    case .live: return health.live()
    case .ready: return health.ready()
    case .metrics: return Response(.ok, headers: ["Content-Type": Self.prometheus], body: .text(metrics.text()))
    case .openAPI: return .json(OpenAPI.document)

    case .startLogin: return try login.start(exchange)
    case .confirmLogin: return try login.confirm(exchange)
    case .startProof: return try proof.start(exchange)
    case .confirmProof: return try proof.confirm(exchange)
    case .startAddressChange: return try addressChange.start(exchange)
    case .confirmAddressChange: return try addressChange.confirm(exchange)
    case .session: return try SessionAnswer.one(exchange.session(), at: request.startedAt)
    case .changeSession: return try changeSession(exchange)
    case .endSession: return try sessions.end(exchange.session(), request)
    case .sessions: return try sessions.list(exchange.session(), Query.page(request))
    case .endSessions: return try endSessions(exchange)
    case .endOneSession(let id): return try sessions.end(id: id, of: exchange.session(), request)

    case .switchCustomer: return try switchCustomer(exchange)
    case .customers:
      return try .json(customer.customers(of: exchange.session().standing.user, Query.page(request)))
    case .createCustomer: return try createCustomer(exchange)
    case .members: return try list(exchange) { try customer.members($0, $1) }
    case .changeMember(let user):
      return try .json(changeMembers(exchange) { try customer.changeMember(user, $0) })
    case .removeMember(let user):
      try changeMembers(exchange, .optional) { try customer.removeMember(user, $0) }
      return Response(.noContent)
    case .transferOwnership: return try .json(changeMembers(exchange) { try customer.transferOwnership($0) })
    case .invitations: return try list(exchange) { try customer.invitations($0, $1) }
    case .invite: return try invite(exchange)
    case .acceptInvitation: return try acceptInvitation(exchange)
    case .withdrawInvitation(let invitation):
      return try delete(exchange) { try customer.withdrawInvitation(invitation, $0) }
    case .activity: return try list(exchange) { try customer.activity($0, $1) }

    case .customer: return try read(exchange) { try customer.customer($0) }
    case .updateCustomer:
      let response = try change(exchange) { try customer.updateCustomer($0) }
      // Made already; a standing that stays is mended within the minute.
      try? sessions.forgetStanding(of: exchange.session().standing.user)
      return response
    case .deleteCustomer: return try change(exchange) { try customer.scheduleDeletion($0) }
    case .restoreCustomer: return try change(exchange, body: .optional) { try customer.callOffDeletion($0) }
    case .legalText(let kind): return try read(exchange) { try customer.legalText(kind, $0) }
    case .replaceLegalText(let kind): return try change(exchange) { try customer.replaceLegalText(kind, $0) }
    case .profile: return try read(exchange) { try customer.profile($0) }
    case .replaceProfile: return try change(exchange) { try customer.replaceProfile($0) }

    case .themes: return .json(customer.themes(exchange.language))
    case .previewDesign: return try .json(customer.previewDesign(Body.change(exchange).body))
    case .images: return try list(exchange) { try customer.images($0, $1) }
    case .createImage: return try ResourceAnswer.make(.created, customer.addImage(Body.upload(exchange)))
    case .image(let image): return try read(exchange) { try customer.image(image, $0) }
    case .updateImage(let image): return try change(exchange) { try customer.updateImage(image, $0) }
    case .deleteImage(let image): return try delete(exchange) { try customer.deleteImage(image, $0) }
    case .imageFile(let image, let file):
      return try FileAnswer.make(customer.imageFile(file, of: image, exchange.caller()), request)

    case .sites: return try list(exchange) { try customer.sites($0, $1) }
    case .createSite: return try change(exchange, .created) { try customer.createSite($0) }
    case .site(let site): return try read(exchange) { try customer.site(site, $0) }
    case .updateSite(let site): return try change(exchange) { try customer.updateSite(site, $0) }
    case .deleteSite(let site): return try delete(exchange) { try customer.deleteSite(site, $0) }

    case .pages(let site): return try list(exchange) { try customer.pages(of: site, $0, $1) }
    case .createPage(let site): return try change(exchange, .created) { try customer.createPage(in: site, $0) }
    case .page(let site, let page): return try read(exchange) { try customer.page(page, of: site, $0) }
    case .updatePage(let site, let page):
      return try change(exchange) { try customer.updatePage(page, of: site, $0) }
    case .deletePage(let site, let page):
      return try delete(exchange) { try customer.deletePage(page, of: site, $0) }

    case .links(let site): return try list(exchange) { try customer.links(of: site, $0, $1) }
    case .createLink(let site): return try change(exchange, .created) { try customer.createLink(in: site, $0) }
    case .orderLinks(let site): return try .json(customer.orderLinks(of: site, Body.change(exchange)))
    case .link(let site, let link): return try read(exchange) { try customer.link(link, of: site, $0) }
    case .updateLink(let site, let link):
      return try change(exchange) { try customer.updateLink(link, of: site, $0) }
    case .deleteLink(let site, let link):
      return try delete(exchange) { try customer.deleteLink(link, of: site, $0) }

    case .shortLinks(let site): return try list(exchange) { try customer.shortLinks(of: site, $0, $1) }
    case .createShortLink(let site):
      return try change(exchange, .created) { try customer.createShortLink(in: site, $0) }
    case .shortLink(let site, let link): return try read(exchange) { try customer.shortLink(link, of: site, $0) }
    case .updateShortLink(let site, let link):
      return try change(exchange) { try customer.updateShortLink(link, of: site, $0) }
    case .deleteShortLink(let site, let link):
      return try delete(exchange) { try customer.deleteShortLink(link, of: site, $0) }
    case .qrCode(let site, let file):
      return try FileDownload.answer(
        customer.qrCode(of: file.kind, file.id, in: site, file.format, exchange.caller()), request)

    case .domains: return try list(exchange) { try customer.domains($0, $1) }
    case .createDomain: return try .json(.created, customer.createDomain(Body.change(exchange)).json)
    case .domain(let domain): return try .json(customer.domain(domain, exchange.caller()))
    case .updateDomain(let domain): return try .json(customer.updateDomain(domain, Body.change(exchange)))
    case .deleteDomain(let domain): return try delete(exchange) { try customer.deleteDomain(domain, $0) }
    case .checkDomain(let domain):
      return try .json(.accepted, customer.checkDomain(domain, Body.change(exchange, .optional)))
    case .previewDomain: return try .json(customer.previewDomain(Body.change(exchange)))
    case .activeDomains: return try .json(customer.chooseActiveDomains(Body.change(exchange)))

    case .activeSites: return try .json(customer.chooseActiveSites(Body.change(exchange)))
    case .activePages(let site): return try .json(customer.chooseActivePages(of: site, Body.change(exchange)))
    case .activeLinks(let site): return try .json(customer.chooseActiveLinks(of: site, Body.change(exchange)))

    case .plans: return .json(services.billing.plans(exchange.language))
    case .account: return try .json(services.billing.account(exchange.caller()))
    case .invoices: return try list(exchange) { try services.billing.invoices($0, $1) }
    case .checkout: return try .json(.created, services.billing.checkout(Body.change(exchange)))
    case .portal: return try .json(services.billing.portal(Body.change(exchange, .optional)))
    case .previewPlanChange: return try .json(services.billing.previewPlanChange(Body.change(exchange)))
    case .synchronizeAccount:
      return try billingChange(exchange, .optional) { try services.billing.synchronizeAccount($0.caller) }
    case .changePlan: return try billingChange(exchange) { try services.billing.changePlan($0) }
    case .cancelSubscription:
      return try billingChange(exchange, .optional) { try services.billing.setCancellation(true, $0) }
    case .resumeSubscription:
      return try billingChange(exchange, .optional) { try services.billing.setCancellation(false, $0) }
    case .stripeWebhook:
      try services.billing.receive(
        request.body(limit: exchange.route.bodyLimit), signature: request.parameter("HTTP_STRIPE_SIGNATURE"))
      return .json(Self.received)
    case .resendWebhook:
      try services.mailer.receive(
        request.body(limit: exchange.route.bodyLimit),
        signature: MailWebhookSignature(
          id: request.parameter("HTTP_SVIX_ID"), timestamp: request.parameter("HTTP_SVIX_TIMESTAMP"),
          signatures: request.parameter("HTTP_SVIX_SIGNATURE")))
      return .json(Self.received)

    case .publish(let site):
      switch try customer.publish(site, Body.change(exchange, .optional)) {
      case .published(let version): return ResourceAnswer.make(.created, version)
      case .planned(let site): return ResourceAnswer.make(.accepted, site)
      }
    case .version(let site, let number): return try read(exchange) { try customer.version(number, of: site, $0) }
    case .versionChanges(let site, let number):
      return try .json(customer.changes(ofVersion: number, of: site, exchange.caller()))
    case .draftChanges(let site): return try .json(customer.changes(ofDraft: site, exchange.caller()))
    case .replaceDraft(let site, let number):
      return try change(exchange, body: .optional) { try customer.replaceDraft(of: site, byVersion: number, $0) }
    case .trash: return try list(exchange) { try customer.trash($0, $1) }
    case .restoreFromTrash(let item):
      return try .json(customer.restoreFromTrash(item, Body.change(exchange, .optional)).json)
    case .deleteForGood(let item): return try delete(exchange) { try customer.deleteForGood(item, $0) }
    case .unpublish(let site):
      return try change(exchange, body: .optional) { try customer.unpublish(site, $0) }
    case .replaceSchedule(let site): return try change(exchange) { try customer.replaceSchedule(of: site, $0) }
    case .redirects(let site): return try read(exchange) { try customer.redirects(of: site, $0) }
    case .replaceRedirects(let site): return try change(exchange) { try customer.replaceRedirects(of: site, $0) }
    case .versions(let site): return try list(exchange) { try customer.versions(of: site, $0, $1) }
    case .createPreview(let site):
      return try .json(.created, customer.createPreview(of: site, Body.change(exchange, .optional)).json)
    case .previewImport: return try .json(customer.previewImport(Body.importUpload(exchange)))
    case .runImport: return try .json(.created, customer.runImport(Body.importUpload(exchange)).json)
    case .exports: return try list(exchange) { try customer.exports($0, $1) }
    case .createExport:
      return try .json(.accepted, customer.createExport(Body.change(exchange, .optional)).json)
    case .exportFile(let export): return ExportAnswer.make(try customer.exportFile(export, exchange.caller()))
    case .restore(let site, let number):
      return try change(exchange, body: .optional) { try customer.restore(version: number, of: site, $0) }
    case .form(let form): return try showForm(form, exchange)
    case .sendForm(let form): return sendForm(form, exchange)
    case .messages(let site):
      return try list(exchange) { try customer.messages(of: site, areSpam: false, $0, $1) }
    case .spamMessages(let site):
      return try list(exchange) { try customer.messages(of: site, areSpam: true, $0, $1) }
    case .message(let site, let message):
      return try .json(customer.message(message, of: site, exchange.caller()))
    case .changeMessage(let site, let message):
      return try .json(customer.changeMessage(message, of: site, Body.change(exchange)))
    case .deleteMessage(let site, let message):
      return try delete(exchange) { try customer.deleteMessage(message, of: site, $0) }
    case .statistics(let site, let range): return try .json(customer.statistics(of: site, range, exchange.caller()))
    case .statisticsTable(let site, let range):
      return Response(
        .ok,
        headers: [
          "Content-Type": "text/csv; charset=utf-8; header=present",
          "Content-Disposition": "attachment; filename=\"statistics-\(range.from.text)-\(range.to.text).csv\"",
        ], body: .bytes(try customer.statisticsTable(of: site, range, exchange.caller())))
    }
  }

  private static let received = Array(#"{"received":true}"#.utf8)
  private static let prometheus = "text/plain; version=0.0.4; charset=utf-8"

  private func read(_ exchange: Exchange, _ binding: (Caller) throws -> Resource) throws -> Response {
    try ResourceAnswer.make(.ok, binding(exchange.caller()))
  }

  private func list(_ exchange: Exchange, _ binding: (ListPage, Caller) throws -> [UInt8]) throws -> Response {
    try .json(binding(Query.page(exchange.request), exchange.caller()))
  }

  private func change(
    _ exchange: Exchange, _ status: Status = .ok, body: Body.Rule = .required,
    _ binding: (Change) throws -> Resource
  ) throws -> Response {
    try ResourceAnswer.make(status, binding(Body.change(exchange, body)))
  }

  /// A change of the subscription: the caller's next request must see what is allowed now.
  private func billingChange(
    _ exchange: Exchange, _ rule: Body.Rule = .required, _ binding: (Change) throws -> [UInt8]
  ) throws -> Response {
    let answer = try binding(Body.change(exchange, rule))
    // Made already; a standing that stays is mended within the minute.
    try? sessions.forgetStanding(of: exchange.session().standing.user)
    return .json(answer)
  }

  private func delete(_ exchange: Exchange, _ binding: (Change) throws -> Void) throws -> Response {
    try binding(Body.change(exchange, .optional))
    return Response(.noContent)
  }
}
