/// What a privacy policy must tell of its controller (Article 13 GDPR). Empty answers are left out of the page.
package struct PrivacyForm: LegalForm {
  package var controller = ""
  package var address = PostalAddress()
  package var email = ""
  package var phone = ""
  package var hostingProvider = ""
  package var hostingAddress = ""
  package var supervisoryAuthority = ""
  package var dataProtectionOfficer = ""

  package init() {}

  package var isComplete: Bool { !controller.isBlank && address.isComplete && !email.isBlank }
}
