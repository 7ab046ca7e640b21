import HTTP

/// The imprint that the guided form gives: § 5 DDG and, for editorial content, § 18 (2) MStV. The paragraphs are
/// named only for providers in Germany; elsewhere other laws ask for the same data.
struct ImprintPage {
  let form: ImprintForm
  let language: Language

  func sections() -> [LegalSection] {
    [provider, representation, contact, register, taxes, profession, responsible].compactMap { $0 }
  }

  private var isGerman: Bool {
    ["deutschland", "germany", "bundesrepublik deutschland", "federal republic of germany", "de", "d"]
      .contains(form.address.country.lowercased().split(separator: " ").joined(separator: " "))
  }

  private func words(_ german: String, _ english: String) -> String {
    language == .german ? german : english
  }

  private var provider: LegalSection? {
    let heading =
      isGerman
      ? words("Angaben gemäß § 5 DDG", "Information according to § 5 DDG (German Digital Services Act)")
      : words("Anbieter dieser Website", "Provider of this website")
    let legalForm = form.legalForm.isBlank ? "" : words("Rechtsform: ", "Legal form: ") + form.legalForm
    return LegalSection(heading, .lines([form.name, legalForm] + form.address.lines))
  }

  private var representation: LegalSection? {
    guard !form.representedBy.isBlank else { return nil }
    return LegalSection(words("Vertreten durch", "Represented by"), .paragraphs([form.representedBy]))
  }

  private var contact: LegalSection? {
    var lines: [HTML] = []
    if !form.phone.isBlank {
      lines.append("\(text: words("Telefon: ", "Phone: "))\(ContactLinks.call(form.phone))<br>\n")
    }
    lines.append("\(text: words("E-Mail: ", "E-mail: "))\(ContactLinks.mail(form.email))")
    return LegalSection(words("Kontakt", "Contact"), "<p>\(lines)</p>\n")
  }

  private var register: LegalSection? {
    guard !form.registerCourt.isBlank || !form.registerNumber.isBlank else { return nil }
    let court = form.registerCourt.isBlank ? "" : words("Registergericht: ", "Register court: ") + form.registerCourt
    let number = form.registerNumber.isBlank ? "" : words("Registernummer: ", "Register number: ") + form.registerNumber
    return LegalSection(words("Registereintrag", "Register entry"), .lines([court, number]))
  }

  private var taxes: LegalSection? {
    guard !form.vatID.isBlank else { return nil }
    let label =
      isGerman
      ? words(
        "Umsatzsteuer-Identifikationsnummer gemäß § 27a Umsatzsteuergesetz:",
        "VAT identification number according to § 27a of the German VAT Act:")
      : words("Umsatzsteuer-Identifikationsnummer:", "VAT identification number:")
    return LegalSection(words("Umsatzsteuer-ID", "VAT ID"), .lines([label, form.vatID]))
  }

  private var profession: LegalSection? {
    guard !form.profession.isBlank || !form.chamber.isBlank else { return nil }
    let profession =
      form.profession.isBlank ? "" : words("Berufsbezeichnung: ", "Professional title: ") + form.profession
    let chamber = form.chamber.isBlank ? "" : words("Zuständige Kammer: ", "Professional chamber: ") + form.chamber
    return LegalSection(words("Angaben zum Beruf", "Profession"), .lines([profession, chamber]))
  }

  private var responsible: LegalSection? {
    guard !form.responsible.isBlank else { return nil }
    let heading =
      isGerman
      ? words(
        "Verantwortlich für den Inhalt nach § 18 Abs. 2 MStV",
        "Responsible for the content according to § 18 (2) MStV (German Interstate Media Treaty)")
      : words("Verantwortlich für den Inhalt", "Responsible for the content")
    return LegalSection(heading, .paragraphs([form.responsible]))
  }
}
