import ACME
import HTTP

/// Why a host has no certificate, or no new one; the names are the API's.
enum CertificateProblem: String, CaseIterable {
  case caaForbids = "caa_forbids"
  case caaUnclear = "caa_unclear"
  case dns
  case unreachable
  case wrongAnswer = "wrong_answer"
  case refused
  case rateLimited = "rate_limited"
  /// We hold back ourselves, lest the authority refuse.
  case budget
  case authorityAway = "authority_away"
  case authorityBroken = "authority_broken"
  case account
  case client

  init(_ kind: ACMEFailure.Kind) {
    self =
      switch kind {
      case .away: .authorityAway
      case .broken: .authorityBroken
      case .rateLimited: .rateLimited
      case .caa: .caaForbids
      case .dns: .dns
      case .unreachable: .unreachable
      case .wrongAnswer: .wrongAnswer
      case .refused: .refused
      case .account: .account
      case .client: .client
      }
  }

  /// What it means, and whether there is something to do.
  func words(_ language: Language) -> String {
    switch language {
    case .english: english
    case .german: german
    }
  }

  private var english: String {
    switch self {
    case .caaForbids:
      "The domain's CAA records allow other certificate authorities only. Add one that names ours, or remove them."
    case .caaUnclear:
      "The domain's name servers did not say whether a certificate may be issued (CAA). We keep asking."
    case .dns: "The certificate authority could not look the domain up in the DNS. We keep trying."
    case .unreachable:
      "The certificate authority could not reach the domain. Often an AAAA record still leads somewhere else."
    case .wrongAnswer:
      "At the domain, somebody else answered the certificate authority. Do all its A and AAAA records lead here?"
    case .refused: "The certificate authority issues no certificates for this name."
    case .rateLimited: "The certificate authority has issued many certificates and asks us to wait. We try again."
    case .budget: "Many certificates were asked for lately. We wait a little, so that none is refused."
    case .authorityAway: "The certificate authority cannot be reached right now. We try again by ourselves."
    case .authorityBroken: "The certificate authority has trouble right now. We try again by ourselves."
    case .account: "Our account at the certificate authority is not in order. We look into it."
    case .client: "The certificate could not be fetched, for a reason on our side. We try again by ourselves."
    }
  }

  private var german: String {
    switch self {
    case .caaForbids:
      "Die CAA-Einträge der Domain erlauben nur andere Zertifizierungsstellen. Ergänzen Sie bitte einen für unsere."
    case .caaUnclear:
      "Die Nameserver der Domain haben nicht gesagt, ob ein Zertifikat ausgestellt werden darf (CAA). Wir fragen weiter."
    case .dns: "Die Zertifizierungsstelle konnte die Domain nicht im DNS finden. Wir versuchen es weiter."
    case .unreachable:
      "Die Zertifizierungsstelle konnte die Domain nicht erreichen. Oft führt noch ein AAAA-Eintrag woandershin."
    case .wrongAnswer:
      "Unter der Domain hat der Zertifizierungsstelle jemand anderes geantwortet. Prüfen Sie die A- und AAAA-Einträge."
    case .refused: "Die Zertifizierungsstelle stellt für diesen Namen keine Zertifikate aus."
    case .rateLimited:
      "Die Zertifizierungsstelle hat zuletzt viele Zertifikate ausgestellt und bittet um Geduld. Wir versuchen es wieder."
    case .budget: "Zuletzt wurden viele Zertifikate angefragt. Wir warten etwas, damit keines abgelehnt wird."
    case .authorityAway: "Die Zertifizierungsstelle ist gerade nicht erreichbar. Wir versuchen es von selbst wieder."
    case .authorityBroken: "Die Zertifizierungsstelle hat gerade eine Störung. Wir versuchen es von selbst wieder."
    case .account: "Mit unserem Konto bei der Zertifizierungsstelle stimmt etwas nicht. Wir kümmern uns darum."
    case .client:
      "Das Zertifikat konnte aus einem Grund bei uns nicht geholt werden. Wir versuchen es von selbst wieder."
    }
  }
}
