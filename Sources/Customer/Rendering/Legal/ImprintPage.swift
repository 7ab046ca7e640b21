import HTTP

/// The imprint that the guided form gives: § 5 DDG and, for editorial content, § 18 (2) MStV. The paragraphs are
/// named only for providers in Germany; elsewhere other laws ask for the same data.
struct ImprintPage {
  let form: ImprintForm
  let language: Language

  func sections() -> [LegalSection] {
    [provider, representation, contact, register, taxes, profession, responsible, disputes].compactMap { $0 }
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
    let name = form.legalForm.isBlank ? form.provider?.legalForm ?? "" : form.legalForm
    let legalForm = name.isEmpty ? "" : words("Rechtsform: ", "Legal form: ") + name
    return LegalSection(heading, .lines([form.name, legalForm] + form.address.lines))
  }

  private var representation: LegalSection? {
    guard !form.representedBy.isBlank else { return nil }
    let heading =
      switch form.provider {
      case .gmbh, .ug: words("Vertreten durch die Geschäftsführung", "Represented by its managing directors")
      case .ag, .association: words("Vertreten durch den Vorstand", "Represented by its board")
      case .gbr: words("Vertreten durch die Gesellschafter", "Represented by its partners")
      case nil, .person, .soleTrader, .freelancer, .regulated: words("Vertreten durch", "Represented by")
      }
    return LegalSection(heading, .paragraphs([form.representedBy]))
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
    let heading =
      switch form.provider {
      case .association: words("Eintrag im Vereinsregister", "Entry in the register of associations")
      case .gbr: words("Eintrag im Gesellschaftsregister", "Entry in the register of civil-law partnerships")
      case .gmbh, .ug, .ag, .soleTrader: words("Eintrag im Handelsregister", "Entry in the commercial register")
      case nil, .person, .freelancer, .regulated: words("Registereintrag", "Register entry")
      }
    return LegalSection(heading, .lines([court, number]))
  }

  private var taxes: LegalSection? {
    guard !form.vatID.isBlank || !form.businessID.isBlank else { return nil }
    let vat =
      isGerman
      ? words(
        "Umsatzsteuer-Identifikationsnummer gemäß § 27a Umsatzsteuergesetz:",
        "VAT identification number according to § 27a of the German VAT Act:")
      : words("Umsatzsteuer-Identifikationsnummer:", "VAT identification number:")
    let business =
      isGerman
      ? words(
        "Wirtschafts-Identifikationsnummer gemäß § 139c Abgabenordnung:",
        "Business identification number according to § 139c of the German Fiscal Code:")
      : words("Wirtschafts-Identifikationsnummer:", "Business identification number:")
    let lines =
      (form.vatID.isBlank ? [] : [vat, form.vatID]) + (form.businessID.isBlank ? [] : [business, form.businessID])
    return LegalSection(
      form.businessID.isBlank ? words("Umsatzsteuer-ID", "VAT ID") : words("Steuernummern", "Tax identification"),
      .lines(lines))
  }

  private var profession: LegalSection? {
    guard ![form.profession, form.chamber, form.professionalRules].allSatisfy({ $0.isBlank }) else { return nil }
    let profession =
      form.profession.isBlank ? "" : words("Berufsbezeichnung: ", "Professional title: ") + form.profession
    let chamber = form.chamber.isBlank ? "" : words("Zuständige Kammer: ", "Professional chamber: ") + form.chamber
    let rules =
      form.professionalRules.isBlank
      ? "" : words("Berufsrechtliche Regelungen: ", "Professional rules: ") + form.professionalRules
    return LegalSection(words("Angaben zum Beruf", "Profession"), .lines([profession, chamber, rules]))
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

  /// § 36 VSBG: what a business with consumers as customers says of arbitration.
  private var disputes: LegalSection? {
    guard let choice = form.disputeResolution else { return nil }
    let law = isGerman ? words(" (§ 36 VSBG)", " (§ 36 of the German Consumer Dispute Resolution Act)") : ""
    let text =
      switch choice {
      case .unwilling:
        words(
          "Wir sind weder bereit noch verpflichtet, an Streitbeilegungsverfahren vor einer "
            + "Verbraucherschlichtungsstelle teilzunehmen\(law).",
          "We are neither willing nor obliged to take part in dispute resolution proceedings before a consumer "
            + "arbitration board\(law).")
      case .willing:
        words(
          "Wir sind bereit, an Streitbeilegungsverfahren vor einer Verbraucherschlichtungsstelle teilzunehmen\(law).",
          "We are willing to take part in dispute resolution proceedings before a consumer arbitration board\(law).")
      }
    let body =
      choice == .unwilling || form.disputeBody.isBlank
      ? "" : words("Zuständig ist: ", "The competent board is: ") + form.disputeBody
    return LegalSection(words("Streitbeilegung", "Dispute resolution"), .paragraphs([text, body]))
  }
}
