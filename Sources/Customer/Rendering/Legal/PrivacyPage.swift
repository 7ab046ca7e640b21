import HTTP

/// The privacy policy that the guided form gives (Article 13 GDPR). It tells what a published site really does, and
/// nothing else.
struct PrivacyPage {
  let form: PrivacyForm
  let processing: Processing
  /// Whether the site leads to others.
  let hasLinks: Bool
  let language: Language

  func sections() -> [LegalSection] {
    switch language {
    case .german: germanSections()
    case .english: englishSections()
    }
  }

  /// Name, address and ways to reach whoever is responsible.
  func controller(phone: String, email: String) -> HTML {
    var contact: HTML = "<p>"
    if !form.phone.isBlank { contact += "\(text: phone): \(ContactLinks.call(form.phone))<br>\n" }
    contact += "\(text: email): \(ContactLinks.mail(form.email))</p>\n"
    return "\(HTML.lines([form.controller] + form.address.lines))\(contact)"
  }

  /// The host's name and address on one line; nil when it is not named.
  var host: String? {
    let parts = [form.hostingProvider, form.hostingAddress].filter { !$0.isBlank }
    return form.hostingProvider.isBlank ? nil : parts.joined(separator: ", ")
  }

  /// Whom embedded contents come from.
  var recipients: [EmbedRecipient] { processing.embeds.compactMap { EmbedRecipient(provider: $0) } }
}
