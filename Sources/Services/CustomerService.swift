package import FoundationEssentials
package import HTTP

/// The binding to Customer: people, customers, and everything that customers make.
///
/// Every method that takes a ``Caller`` or a ``Change`` sees that customer's rows only; another's ids answer 404.
/// Bodies come as parsed JSON and are checked here, by the module that knows their fields.
package protocol CustomerService: Sendable {
  /// Finds the user of a proved address, or creates user, customer, membership and trial in one transaction.
  ///
  /// - Parameter browser: what people call the browser, for the activity.
  func signIn(_ email: EmailAddress, language: Language, browser: String) throws -> Standing
  /// What Core must know of a user on each request; nil when the user is gone.
  ///
  /// - Parameter customer: for whom the user acts. Whoever is no member there (any more) acts for the customer that
  ///   they have belonged to for the longest time, or for none.
  func standing(of user: UserID, for customer: CustomerID?) throws -> Standing?
  /// Raises the user's epoch: every session made before is void.
  func endSessions(of user: UserID) throws
  /// Gives a user another, proved address, and tells both.
  ///
  /// - Throws: ``Problem`` of 409 when somebody else has it.
  func changeAddress(of user: UserID, to email: EmailAddress, endsSessions: Bool) throws
  /// The language of mails and problems.
  func setLanguage(_ language: Language, of user: UserID) throws

  /// The customers that a user belongs to, with the user's role in each.
  func customers(of user: UserID, _ page: ListPage) throws -> [UInt8]
  /// Notes that a user acts for another of their customers from now on.
  ///
  /// - Throws: ``Problem`` of 404 when the user does not belong to it.
  func enter(_ customer: CustomerID, as user: UserID, browser: String) throws -> Standing
  /// A customer of the user's own, for who owns none.
  ///
  /// - Throws: ``Problem`` of 409 for who owns one.
  func createCustomer(for user: UserID) throws -> CustomerID
  func customer(_ caller: Caller) throws -> Resource
  func updateCustomer(_ change: Change) throws -> Resource
  func legalText(_ kind: LegalKind, _ caller: Caller) throws -> Resource
  func replaceLegalText(_ kind: LegalKind, _ change: Change) throws -> Resource
  func profile(_ caller: Caller) throws -> Resource
  func replaceProfile(_ change: Change) throws -> Resource

  func members(_ page: ListPage, _ caller: Caller) throws -> [UInt8]
  /// Gives a member another role. The last owner stays one: 409.
  func changeMember(_ user: UserID, _ change: Change) throws -> MembersChange<[UInt8]>
  /// Removes a member, which owners may, or lets the caller leave, which everybody may but the last owner.
  func removeMember(_ user: UserID, _ change: Change) throws -> MembersChange<Void>
  /// Makes another member the owner in the caller's place, who becomes an editor.
  func transferOwnership(_ change: Change) throws -> MembersChange<[UInt8]>
  /// The invitations that can be accepted.
  func invitations(_ page: ListPage, _ caller: Caller) throws -> [UInt8]
  /// Invites a person by mail; an earlier invitation of the same address ends.
  func invite(_ change: Change, _ secret: InvitationSecret) throws -> Resource
  func withdrawInvitation(_ invitation: InvitationID, _ change: Change) throws
  /// Makes a user a member by the invitation of that digest, which is used up by it.
  ///
  /// - Throws: ``Problem`` of 404 when there is none that holds, 403 when it is another person's.
  func acceptInvitation(digest: String, by user: UserID) throws -> MembersChange<CustomerID>
  /// What was done for the customer, the newest first.
  func activity(_ page: ListPage, _ caller: Caller) throws -> [UInt8]
  /// What sites can look like: themes, fonts, corners and layouts.
  func themes(_ language: Language) -> [UInt8]
  /// What becomes of a design; 422 when it has a colour that cannot be read.
  func previewDesign(_ body: JSON) throws -> [UInt8]
  func images(_ page: ListPage, _ caller: Caller) throws -> [UInt8]
  /// Takes a picture, writes it anew in the sizes that pages need, and stores it.
  func addImage(_ upload: ImageUpload) throws -> Resource
  func image(_ image: ImageID, _ caller: Caller) throws -> Resource
  func updateImage(_ image: ImageID, _ change: Change) throws -> Resource
  func deleteImage(_ image: ImageID, _ change: Change) throws
  func imageFile(_ file: ImageFileName, of image: ImageID, _ caller: Caller) throws -> ImageFile

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

  /// The customer's own domains, the oldest first.
  func domains(_ page: ListPage, _ caller: Caller) throws -> [UInt8]
  /// Notes a host that a site is to be reached under, with its `www` beside it. Not versioned.
  ///
  /// - Throws: ``Problem`` of 409 when this installation takes no domains, of 422 that says why a host is refused.
  func createDomain(_ change: Change) throws -> Resource
  func domain(_ domain: DomainID, _ caller: Caller) throws -> [UInt8]
  /// Gives a domain another site, or makes it the one that its site is known under.
  func updateDomain(_ domain: DomainID, _ change: Change) throws -> [UInt8]
  /// Gives a domain up, with its `www`; it is not served any more when this returns.
  func deleteDomain(_ domain: DomainID, _ change: Change) throws
  /// Has the DNS asked now, by a job; the domain as it is until then.
  func checkDomain(_ domain: DomainID, _ change: Change) throws -> [UInt8]
  /// What is under a host now, and what connecting it would change.
  func previewDomain(_ change: Change) throws -> [UInt8]
  func chooseActiveDomains(_ change: Change) throws -> [UInt8]

  /// What was deleted and can come back, the newest first.
  func trash(_ page: ListPage, _ caller: Caller) throws -> [UInt8]
  /// Brings it back; what is given tells what and where, and is not versioned.
  func restoreFromTrash(_ item: TrashID, _ change: Change) throws -> Resource
  func deleteForGood(_ item: TrashID, _ change: Change) throws

  func publish(_ site: SiteID, _ change: Change) throws -> Publication
  /// Takes a site offline; what is given is the site.
  func unpublish(_ site: SiteID, _ change: Change) throws -> Resource
  /// Plans when a site is published and taken offline by itself; what is given is the site.
  func replaceSchedule(of site: SiteID, _ change: Change) throws -> Resource
  /// Paths of the draft that lead elsewhere.
  func redirects(of site: SiteID, _ caller: Caller) throws -> Resource
  func replaceRedirects(of site: SiteID, _ change: Change) throws -> Resource
  func versions(of site: SiteID, _ page: ListPage, _ caller: Caller) throws -> [UInt8]
  func version(_ number: Int64, of site: SiteID, _ caller: Caller) throws -> Resource
  /// What a version changed against the one before it, in the caller's language.
  func changes(ofVersion number: Int64, of site: SiteID, _ caller: Caller) throws -> [UInt8]
  /// What publishing would change, in the caller's language.
  func changes(ofDraft site: SiteID, _ caller: Caller) throws -> [UInt8]
  func restore(version number: Int64, of site: SiteID, _ change: Change) throws -> Resource

  /// The form of that id, if it stands on a page that visitors can see now.
  func publishedForm(_ form: FormID) throws -> PublishedForm?
  /// What a person would have to fill in otherwise; empty when all is well.
  func faults(of entry: FormEntry) -> [FormFault]
  /// Stores what a visitor wrote and has the owners told, in one transaction.
  ///
  /// - Returns: false when the form was taken off meanwhile.
  func receive(_ entry: FormEntry, by form: PublishedForm) throws -> Bool
  /// A page that tells the visitor what became of the message. Needs no database.
  ///
  /// - Parameters:
  ///   - entry: kept in the page when it can be sent again, so that nothing has to be typed twice.
  ///   - language: for when the form is not known.
  func formPage(_ reply: FormReply, _ entry: FormEntry, of form: PublishedForm?, _ language: Language) -> FormPage
  /// What visitors wrote, the newest first; either what is held to be unwanted or the rest.
  func messages(of site: SiteID, areSpam: Bool, _ page: ListPage, _ caller: Caller) throws -> [UInt8]
  func message(_ message: MessageID, of site: SiteID, _ caller: Caller) throws -> [UInt8]
  func changeMessage(_ message: MessageID, of site: SiteID, _ change: Change) throws -> [UInt8]
  func deleteMessage(_ message: MessageID, of site: SiteID, _ change: Change) throws

  /// What visitors did, as far as the plan keeps it.
  func statistics(of site: SiteID, _ range: DayRange, _ caller: Caller) throws -> [UInt8]
  /// The same day by day, as CSV.
  func statisticsTable(of site: SiteID, _ range: DayRange, _ caller: Caller) throws -> [UInt8]
  /// Makes a version's content the draft; what is given is the site.
  func replaceDraft(of site: SiteID, byVersion number: Int64, _ change: Change) throws -> Resource
  /// Shows the draft under an address of its own for some days; not versioned.
  func createPreview(of site: SiteID, _ change: Change) throws -> Resource

  /// Plans the end of the customer, two weeks ahead; its name has to be typed.
  func scheduleDeletion(_ change: Change) throws -> Resource
  /// Calls the end off.
  ///
  /// - Throws: ``Problem`` of 409 when the moment has come.
  func callOffDeletion(_ change: Change) throws -> Resource
  /// The copies of all that the customer has, which can be fetched or are being made.
  func exports(_ page: ListPage, _ caller: Caller) throws -> [UInt8]
  /// Has a copy made; the one that is being made already, if there is one. Not versioned.
  func createExport(_ change: Change) throws -> Resource
  /// What importing something would make, in the caller's language. Nothing is changed.
  func previewImport(_ upload: ImportUpload) throws -> [UInt8]
  /// Imports; what is there already stays as it is. Not versioned.
  func runImport(_ upload: ImportUpload) throws -> Resource
  /// - Throws: ``Problem`` of 409 while it is not ready.
  func exportFile(_ export: ExportID, _ caller: Caller) throws -> ExportFile
}

/// What became of a wish to publish.
package enum Publication: Sendable {
  /// The version that visitors see now.
  case published(Resource)
  /// The site, which tells when it will be.
  case planned(Resource)
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
  /// For whom the user acts; nil for a person who belongs to no customer: invited and not yet joined, or removed.
  package let membership: Membership?

  package init(user: UserID, email: String, language: Language, epoch: Int64, membership: Membership?) {
    self.user = user
    self.email = email
    self.language = language
    self.epoch = epoch
    self.membership = membership
  }

  /// The user as a caller.
  ///
  /// - Throws: ``Problem`` of 403 when the user belongs to no customer.
  package func caller() throws -> Caller {
    guard let membership else { throw Problem(.noCustomer) }
    return Caller(user: user, customer: membership.customer, role: membership.role, language: language)
  }
}

/// That a user belongs to a customer, and what they may do there.
package struct Membership: Sendable, Equatable {
  package let customer: CustomerID
  package let customerName: String
  package let role: Role

  package init(customer: CustomerID, customerName: String, role: Role) {
    self.customer = customer
    self.customerName = customerName
    self.role = role
  }
}
