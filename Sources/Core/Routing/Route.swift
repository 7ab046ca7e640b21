import Services

/// Everything that the API can be asked to do.
enum Route: Sendable {
  case unknown
  case preflight
  case live, ready, metrics, openAPI
  case startLogin, confirmLogin
  case session, changeSession, endSession
  case sessions, endSessions
  case endOneSession(String)
  case customer, updateCustomer
  case legalText(LegalKind)
  case replaceLegalText(LegalKind)
  case profile, replaceProfile
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

  case activeSites
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
    case .unknown, .preflight, .live, .ready, .openAPI, .startLogin, .confirmLogin, .plans: .everyone
    case .stripeWebhook, .resendWebhook: .signature
    case .metrics: .internalListener
    case .session, .changeSession, .endSession, .sessions, .endSessions, .endOneSession: .user
    case .customer, .legalText, .profile, .sites, .site, .pages, .page, .links, .link, .shortLinks, .shortLink, .qrCode,
      .versions, .account:
      .member(.viewer, nil)
    case .updateCustomer, .replaceLegalText: .member(.owner, .write)
    case .deleteSite, .activeSites, .activePages, .activeLinks, .synchronizeAccount, .checkout, .portal,
      .previewPlanChange, .changePlan, .cancelSubscription, .resumeSubscription, .invoices:
      .member(.owner, nil)
    case .replaceProfile, .createSite, .updateSite, .createPage, .updatePage, .deletePage, .createLink, .updateLink,
      .deleteLink, .orderLinks, .createShortLink, .updateShortLink, .deleteShortLink:
      .member(.editor, .write)
    case .publish, .restore: .member(.editor, .publish)
    }
  }

  /// Whether the route answers a list, which is read page by page.
  var isList: Bool {
    switch self {
    case .sessions, .sites, .pages, .links, .shortLinks, .versions, .invoices: true
    default: false
    }
  }

  /// The longest body that the route takes, in bytes.
  var bodyLimit: Int {
    switch self {
    case .replaceLegalText, .createPage, .updatePage: Body.textLimit
    case .stripeWebhook, .resendWebhook: Body.webhookLimit
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
    case .session, .changeSession, .endSession: "/api/session"
    case .sessions, .endSessions: "/api/sessions"
    case .endOneSession: "/api/sessions/{session}"
    case .customer, .updateCustomer: "/api/customer"
    case .legalText, .replaceLegalText: "/api/customer/legal/{kind}"
    case .profile, .replaceProfile: "/api/profile"
    case .sites, .createSite: "/api/sites"
    case .site, .updateSite, .deleteSite: "/api/sites/{site}"
    case .pages, .createPage: "/api/sites/{site}/pages"
    case .page, .updatePage, .deletePage: "/api/sites/{site}/pages/{page}"
    case .links, .createLink: "/api/sites/{site}/links"
    case .orderLinks: "/api/sites/{site}/links/order"
    case .link, .updateLink, .deleteLink: "/api/sites/{site}/links/{link}"
    case .shortLinks, .createShortLink: "/api/sites/{site}/short-links"
    case .shortLink, .updateShortLink, .deleteShortLink: "/api/sites/{site}/short-links/{short_link}"
    case .qrCode: "/api/sites/{site}/qr/{kind}/{file}"
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
    }
  }
}
