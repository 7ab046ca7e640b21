import Services

/// Everything that the API can be asked to do.
enum Route: Sendable {
  case unknown
  case preflight
  case live, ready, metrics, openAPI
  case startLogin, confirmLogin
  case startProof, confirmProof
  case startAddressChange, confirmAddressChange
  case session, changeSession, endSession, switchCustomer
  case sessions, endSessions
  case endOneSession(String)
  case customers, createCustomer
  case customer, updateCustomer, deleteCustomer, restoreCustomer
  case members, transferOwnership
  case changeMember(UserID)
  case removeMember(UserID)
  case invitations, invite, acceptInvitation
  case withdrawInvitation(InvitationID)
  case activity
  case legalText(LegalKind)
  case replaceLegalText(LegalKind)
  case profile, replaceProfile
  case themes, previewDesign
  case images, createImage
  case image(ImageID)
  case updateImage(ImageID)
  case deleteImage(ImageID)
  case imageFile(ImageID, ImageFileName)
  case sites, createSite
  case site(SiteID)
  case updateSite(SiteID)
  case deleteSite(SiteID)
  case pages(SiteID)
  case createPage(SiteID)
  case page(SiteID, PageID)
  case updatePage(SiteID, PageID)
  case deletePage(SiteID, PageID)
  case links(SiteID)
  case createLink(SiteID)
  case orderLinks(SiteID)
  case link(SiteID, LinkID)
  case updateLink(SiteID, LinkID)
  case deleteLink(SiteID, LinkID)
  case shortLinks(SiteID)
  case createShortLink(SiteID)
  case shortLink(SiteID, ShortLinkID)
  case updateShortLink(SiteID, ShortLinkID)
  case deleteShortLink(SiteID, ShortLinkID)
  case qrCode(SiteID, QRFile)
  case publish(SiteID)
  case versions(SiteID)
  case restore(SiteID, Int64)
  case form(FormID)
  case sendForm(FormID)
  case messages(SiteID)
  case spamMessages(SiteID)
  case message(SiteID, MessageID)
  case changeMessage(SiteID, MessageID)
  case deleteMessage(SiteID, MessageID)
  case statistics(SiteID, DayRange)
  case statisticsTable(SiteID, DayRange)
  case createPreview(SiteID)
  case previewImport, runImport
  case exports, createExport
  case exportFile(ExportID)
  case version(SiteID, Int64)
  case versionChanges(SiteID, Int64)
  case draftChanges(SiteID)
  case replaceDraft(SiteID, Int64)
  case trash
  case restoreFromTrash(TrashID)
  case deleteForGood(TrashID)
  case unpublish(SiteID)
  case replaceSchedule(SiteID)
  case redirects(SiteID)
  case replaceRedirects(SiteID)

  case domains, createDomain, previewDomain
  case domain(DomainID)
  case updateDomain(DomainID)
  case deleteDomain(DomainID)
  case checkDomain(DomainID)

  case activeSites, activeDomains
  case activePages(SiteID)
  case activeLinks(SiteID)
  case plans
  case account, synchronizeAccount
  case checkout, portal
  case previewPlanChange, changePlan
  case cancelSubscription, resumeSubscription
  case invoices
  case stripeWebhook, resendWebhook

  /// Whom the route admits.
  var access: Access {
    switch self {
    case .unknown, .preflight, .live, .ready, .openAPI, .startLogin, .confirmLogin, .plans, .themes: .everyone
    case .form, .sendForm: .visitor
    case .stripeWebhook, .resendWebhook: .signature
    case .metrics: .internalListener
    case .session, .changeSession, .endSession, .switchCustomer, .sessions, .endSessions, .endOneSession, .startProof,
      .confirmProof, .customers, .createCustomer, .acceptInvitation:
      .user
    case .startAddressChange, .confirmAddressChange: .proved(.user)
    case .customer, .members, .legalText, .profile, .previewDesign, .sites, .site, .pages, .page, .links, .link,
      .shortLinks, .shortLink, .qrCode, .versions, .version, .versionChanges, .draftChanges, .trash, .account,
      .messages, .spamMessages, .message, .statistics, .statisticsTable, .images, .image, .imageFile, .redirects,
      .domains, .domain:
      .member(.viewer, nil)
    // What visitors wrote can be put away, and deleted, without a plan.
    case .changeMessage, .deleteMessage: .member(.editor, nil)
    // What is there already can be mended without a plan.
    case .checkDomain: .member(.editor, nil)
    case .updateCustomer, .replaceLegalText: .member(.owner, .write)
    case .invite: .proved(.member(.owner, .write))
    // Everybody may leave; that only owners remove others is said where it is known who is meant.
    case .removeMember: .proved(.member(.viewer, nil))
    // Leaving must always be possible, whatever is paid.
    case .deleteSite, .deleteForGood, .changeMember, .transferOwnership, .portal, .createExport, .exportFile,
      .deleteCustomer, .deleteDomain:
      .proved(.member(.owner, nil))
    case .invitations, .withdrawInvitation, .activity, .activeSites, .activeDomains, .activePages, .activeLinks,
      .synchronizeAccount,
      .checkout, .previewPlanChange, .changePlan, .cancelSubscription, .resumeSubscription, .invoices, .exports,
      .restoreCustomer:
      .member(.owner, nil)
    case .replaceProfile, .createSite, .updateSite, .createPage, .updatePage, .deletePage, .createLink, .updateLink,
      .deleteLink, .orderLinks, .createShortLink, .updateShortLink, .deleteShortLink, .createImage, .updateImage,
      .deleteImage, .createPreview, .replaceDraft, .restoreFromTrash, .replaceRedirects,
      .previewImport, .runImport, .createDomain, .updateDomain, .previewDomain:
      .member(.editor, .write)
    // Whoever may publish must always be able to take it back, or to call it off; a schedule that publishes asks for more.
    case .unpublish, .replaceSchedule: .member(.editor, nil)
    case .publish, .restore: .member(.editor, .publish)
    }
  }

  /// Whether the route answers a list, which is read page by page.
  var isList: Bool {
    switch self {
    case .sessions, .customers, .members, .invitations, .activity, .images, .sites, .pages, .links, .shortLinks,
      .versions, .trash, .messages, .spamMessages, .invoices, .exports, .domains:
      true
    default: false
    }
  }

  /// The longest body that the route takes, in bytes.
  var bodyLimit: Int {
    switch self {
    case .replaceLegalText, .createPage, .updatePage: Body.textLimit
    case .createImage: ImageUpload.maximumBytes
    case .previewImport, .runImport: ImportUpload.maximumBytes
    case .stripeWebhook, .resendWebhook: Body.webhookLimit
    case .sendForm: FormBody.limit
    default: Body.usualLimit
    }
  }

  /// The path with its variables unfilled, for logs and metrics.
  var template: String {
    switch self {
    case .unknown: "unknown"
    case .preflight: "preflight"
    case .live: "/api/health/live"
    case .ready: "/api/health/ready"
    case .metrics: "/metrics"
    case .openAPI: "/api/openapi.json"
    case .startLogin: "/api/auth/start"
    case .confirmLogin: "/api/auth/confirm"
    case .startProof: "/api/auth/proof/start"
    case .confirmProof: "/api/auth/proof"
    case .session, .changeSession, .endSession: "/api/session"
    case .startAddressChange: "/api/account/email"
    case .confirmAddressChange: "/api/account/email/confirm"
    case .switchCustomer: "/api/session/customer"
    case .sessions, .endSessions: "/api/sessions"
    case .endOneSession: "/api/sessions/{session}"
    case .customers, .createCustomer: "/api/customers"
    case .customer, .updateCustomer, .deleteCustomer: "/api/customer"
    case .restoreCustomer: "/api/customer/restore"
    case .members: "/api/members"
    case .transferOwnership: "/api/members/transfer"
    case .changeMember, .removeMember: "/api/members/{user}"
    case .invitations, .invite: "/api/invitations"
    case .acceptInvitation: "/api/invitations/accept"
    case .withdrawInvitation: "/api/invitations/{invitation}"
    case .activity: "/api/activity"
    case .legalText, .replaceLegalText: "/api/customer/legal/{kind}"
    case .profile, .replaceProfile: "/api/profile"
    case .themes: "/api/themes"
    case .previewDesign: "/api/themes/preview"
    case .images, .createImage: "/api/images"
    case .image, .updateImage, .deleteImage: "/api/images/{image}"
    case .imageFile: "/api/images/{image}/file/{file}"
    case .sites, .createSite: "/api/sites"
    case .site, .updateSite, .deleteSite: "/api/sites/{site}"
    case .pages, .createPage: "/api/sites/{site}/pages"
    case .page, .updatePage, .deletePage: "/api/sites/{site}/pages/{page}"
    case .links, .createLink: "/api/sites/{site}/links"
    case .orderLinks: "/api/sites/{site}/links/order"
    case .link, .updateLink, .deleteLink: "/api/sites/{site}/links/{link}"
    case .shortLinks, .createShortLink: "/api/sites/{site}/short-links"
    case .shortLink, .updateShortLink, .deleteShortLink: "/api/sites/{site}/short-links/{short_link}"
    case .qrCode: "/api/sites/{site}/qr/{kind}/{qr_file}"
    case .domains, .createDomain: "/api/domains"
    case .domain, .updateDomain, .deleteDomain: "/api/domains/{domain}"
    case .checkDomain: "/api/domains/{domain}/check"
    case .previewDomain: "/api/domains/preflight"
    case .activeDomains: "/api/domains/active"
    case .activeSites: "/api/sites/active"
    case .activePages: "/api/sites/{site}/pages/active"
    case .activeLinks: "/api/sites/{site}/links/active"
    case .plans: "/api/plans"
    case .account: "/api/billing"
    case .synchronizeAccount: "/api/billing/sync"
    case .checkout: "/api/billing/checkout"
    case .portal: "/api/billing/portal"
    case .previewPlanChange: "/api/billing/change/preview"
    case .changePlan: "/api/billing/change"
    case .cancelSubscription: "/api/billing/cancel"
    case .resumeSubscription: "/api/billing/resume"
    case .invoices: "/api/billing/invoices"
    case .stripeWebhook: "/api/webhooks/stripe"
    case .resendWebhook: "/api/webhooks/resend"
    case .publish: "/api/sites/{site}/publish"
    case .versions: "/api/sites/{site}/versions"
    case .restore: "/api/sites/{site}/versions/{number}/restore"
    case .form, .sendForm: "/api/forms/{form}"
    case .messages: "/api/sites/{site}/messages"
    case .spamMessages: "/api/sites/{site}/messages/spam"
    case .message, .changeMessage, .deleteMessage: "/api/sites/{site}/messages/{message}"
    case .statistics: "/api/sites/{site}/statistics/{from}/{to}"
    case .statisticsTable: "/api/sites/{site}/statistics/{from}/{to}.csv"
    case .version: "/api/sites/{site}/versions/{number}"
    case .versionChanges: "/api/sites/{site}/versions/{number}/changes"
    case .draftChanges: "/api/sites/{site}/changes"
    case .replaceDraft: "/api/sites/{site}/versions/{number}/draft"
    case .trash: "/api/trash"
    case .restoreFromTrash: "/api/trash/{trash}/restore"
    case .deleteForGood: "/api/trash/{trash}"
    case .unpublish: "/api/sites/{site}/unpublish"
    case .replaceSchedule: "/api/sites/{site}/schedule"
    case .redirects, .replaceRedirects: "/api/sites/{site}/redirects"
    case .createPreview: "/api/sites/{site}/preview"
    case .previewImport: "/api/import/preview"
    case .runImport: "/api/import"
    case .exports, .createExport: "/api/exports"
    case .exportFile: "/api/exports/{export}/file"
    }
  }
}
