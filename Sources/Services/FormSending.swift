package import HTTP

/// A form of a published page, as far as who sends it needs it.
package struct PublishedForm: Sendable, Equatable {
  package let id: FormID
  package let site: SiteID
  package let customer: CustomerID
  /// The whole address of the page that the form stands on.
  package let page: String
  package let pageTitle: String
  package let siteTitle: String
  /// In which the visitor is answered.
  package let language: Language
  /// The owner's own words to who has written.
  package let thanks: String?

  package init(
    id: FormID, site: SiteID, customer: CustomerID, page: String, pageTitle: String, siteTitle: String,
    language: Language, thanks: String?
  ) {
    self.id = id
    self.site = site
    self.customer = customer
    self.page = page
    self.pageTitle = pageTitle
    self.siteTitle = siteTitle
    self.language = language
    self.thanks = thanks
  }
}

/// What a visitor typed into a form, as it was sent.
package struct FormEntry: Sendable, Equatable {
  package var name = ""
  package var email = ""
  package var text = ""
  /// A field that no person sees: who fills it in is a program.
  package var trap = ""

  package init() {}
}

/// What is said to the visitor who sent a form.
package enum FormReply: Sendable, Equatable {
  case thanks
  /// What is missing or wrong, by field.
  case incomplete([FormFault])
  /// Too many from there, or by this form; the seconds until it may be tried again.
  case tooMany(retryAfterSeconds: Int)
  /// Nothing could be stored now.
  case unavailable
  /// More was sent than anybody types.
  case tooLarge
  /// No form at all, or one with other fields.
  case unreadable
  /// There is no such form on any page.
  case unknownForm
}

/// A field of a form that was not filled in as needed.
package enum FormFault: Sendable, Equatable {
  case nameMissing, nameTooLong, emailMissing, emailInvalid, textMissing, textTooLong
}

/// A page of our own for a visitor: whole, without anything to load.
package struct FormPage: Sendable {
  /// HTML in UTF-8.
  package let content: [UInt8]
  /// The `Content-Security-Policy` that it needs.
  package let policy: String

  package init(content: [UInt8], policy: String) {
    self.content = content
    self.policy = policy
  }
}
