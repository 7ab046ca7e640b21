package import FoundationEssentials
package import HTTP

/// The binding to Customer: people, customers, and everything that customers make.
///
/// Every method that takes a ``Caller`` or a ``Change`` sees that customer's rows only; another's ids answer 404.
/// Bodies come as parsed JSON and are checked here, by the module that knows their fields.
package protocol CustomerService: Sendable {
  /// Finds the user of a proved address, or creates user, customer, membership and trial in one transaction.
  func signIn(_ email: EmailAddress, language: Language) throws -> Standing
  /// What Core must know of a user on each request; nil when the user is gone.
  func standing(of user: UserID) throws -> Standing?
  /// Raises the user's epoch: every session made before is void.
  func endSessions(of user: UserID) throws
  /// The language of mails and problems.
  func setLanguage(_ language: Language, of user: UserID) throws

  func customer(_ caller: Caller) throws -> Resource
  func updateCustomer(_ change: Change) throws -> Resource
  func legalText(_ kind: LegalKind, _ caller: Caller) throws -> Resource
  func replaceLegalText(_ kind: LegalKind, _ change: Change) throws -> Resource
  func profile(_ caller: Caller) throws -> Resource
  func replaceProfile(_ change: Change) throws -> Resource

  func sites(_ page: ListPage, _ caller: Caller) throws -> [UInt8]
  func createSite(_ change: Change) throws -> Resource
  func site(_ site: SiteID, _ caller: Caller) throws -> Resource
  func updateSite(_ site: SiteID, _ change: Change) throws -> Resource
  func deleteSite(_ site: SiteID, _ change: Change) throws

  func pages(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8]
  func createPage(in site: SiteID, _ change: Change) throws -> Resource
  func page(_ page: PageID, of site: SiteID, _ caller: Caller) throws -> Resource
  func updatePage(_ page: PageID, of site: SiteID, _ change: Change) throws -> Resource
  func deletePage(_ page: PageID, of site: SiteID, _ change: Change) throws

  func links(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8]
  func createLink(in site: SiteID, _ change: Change) throws -> Resource
  func link(_ link: LinkID, of site: SiteID, _ caller: Caller) throws -> Resource
  func updateLink(_ link: LinkID, of site: SiteID, _ change: Change) throws -> Resource
  func deleteLink(_ link: LinkID, of site: SiteID, _ change: Change) throws
  func orderLinks(of site: SiteID, _ change: Change) throws -> [UInt8]

  /// Short addresses that stand for themselves; a change takes effect at once.
  func shortLinks(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8]
  func createShortLink(in site: SiteID, _ change: Change) throws -> Resource
  func shortLink(_ link: ShortLinkID, of site: SiteID, _ caller: Caller) throws -> Resource
  func updateShortLink(_ link: ShortLinkID, of site: SiteID, _ change: Change) throws -> Resource
  func deleteShortLink(_ link: ShortLinkID, of site: SiteID, _ change: Change) throws
  /// - Parameter id: of a page, a link or a short link of the site; the site's own for its vCard.
  func qrCode(of kind: QRKind, _ id: UUID, in site: SiteID, _ format: QRFormat, _ caller: Caller) throws -> NamedFile

  /// Chooses which sites stay active when there are more than the plan allows; the list as it is then.
  func chooseActiveSites(_ change: Change) throws -> [UInt8]
  func chooseActivePages(of site: SiteID, _ change: Change) throws -> [UInt8]
  func chooseActiveLinks(of site: SiteID, _ change: Change) throws -> [UInt8]

  func publish(_ site: SiteID, _ change: Change) throws -> Resource
  func versions(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8]
  func restore(version number: Int64, of site: SiteID, _ change: Change) throws -> Resource
}

/// The two legal texts of a customer.
package enum LegalKind: String, Sendable, CaseIterable {
  case imprint, privacy
}

/// What Core must know of a user: it stands behind each session and may change while the session lives.
package struct Standing: Sendable, Equatable {
  package let user: UserID
  package let email: String
  package let language: Language
  /// Sessions of a lower epoch are void.
  package let epoch: Int64
  package let customer: CustomerID
  package let customerName: String
  package let role: Role

  package init(
    user: UserID, email: String, language: Language, epoch: Int64, customer: CustomerID, customerName: String,
    role: Role
  ) {
    self.user = user
    self.email = email
    self.language = language
    self.epoch = epoch
    self.customer = customer
    self.customerName = customerName
    self.role = role
  }
}
