import HTTP
import Services

/// Reading stored JSON back; it was checked when it was written, so a missing text is an empty one.
extension JSON {
  fileprivate var address: PostalAddress {
    PostalAddress(
      street: text("street"), postalCode: text("postal_code"), city: text("city"), country: text("country"))
  }
}

extension Profile {
  init(stored json: JSON) {
    self.init()
    name = json.text("name")
    headline = json.text("headline")
    bio = json.text("bio")
    email = json.text("email")
    phone = json.text("phone")
    website = WebLink(json.text("website"))
    address = json["address"]?.address ?? PostalAddress()
    social = (json["social"]?.arrayValue ?? []).compactMap { account in
      WebLink(account.text("url")).map { SocialAccount(label: account.text("label"), url: $0) }
    }
    picture = ImageID(json.text("picture"))
  }
}

extension LegalText {
  /// - Parameter form: reads the answers of the guided form.
  init(stored json: JSON, _ form: (_ stored: JSON) -> Form) {
    switch LegalMode(rawValue: json.text("mode")) ?? .form {
    case .form: self = .form(form(json["form"] ?? [:]))
    case .text: self = .own(german: json["text"]?["de"]?.stringValue, english: json["text"]?["en"]?.stringValue)
    }
  }
}

extension ImprintForm {
  init(stored json: JSON) {
    self.init()
    provider = Provider(rawValue: json.text("provider"))
    name = json.text("name")
    legalForm = json.text("legal_form")
    address = json.address
    email = json.text("email")
    phone = json.text("phone")
    representedBy = json.text("represented_by")
    registerCourt = json.text("register_court")
    registerNumber = json.text("register_number")
    vatID = json.text("vat_id")
    profession = json.text("profession")
    chamber = json.text("chamber")
    professionalRules = json.text("professional_rules")
    businessID = json.text("business_id")
    disputeResolution = DisputeResolution(rawValue: json.text("dispute_resolution"))
    disputeBody = json.text("dispute_body")
    responsible = json.text("responsible")
  }
}

extension PrivacyForm {
  init(stored json: JSON) {
    self.init()
    controller = json.text("controller")
    address = json.address
    email = json.text("email")
    phone = json.text("phone")
    hostingProvider = json.text("hosting_provider")
    hostingAddress = json.text("hosting_address")
    supervisoryAuthority = json.text("supervisory_authority")
    dataProtectionOfficer = json.text("data_protection_officer")
  }
}
