/// What an imprint must tell (§ 5 DDG). Empty answers are left out of the page.
package struct ImprintForm: LegalForm {
  package var name = ""
  package var legalForm = ""
  package var address = PostalAddress()
  package var email = ""
  package var phone = ""
  package var representedBy = ""
  package var registerCourt = ""
  package var registerNumber = ""
  package var vatID = ""
  package var profession = ""
  package var chamber = ""
  package var responsible = ""

  package init() {}

  package var isComplete: Bool { !name.isBlank && address.isComplete && !email.isBlank }
}

extension PostalAddress {
  /// Whether a letter would arrive.
  package var isComplete: Bool {
    ![street, postalCode, city, country].contains { $0.isBlank }
  }
}
