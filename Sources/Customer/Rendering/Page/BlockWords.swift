import HTTP

/// The words that blocks bring along, beside their owner's.
struct BlockWords {
  let saveContact: String
  let showOnMap: String
  let openingHours: String
  let closed: String
  let oClock: String
  /// Between the first and the last of several days.
  let until: String
  let days: String
  let day: String
  let today: String
  let past: String
  let name: String
  let yourEmail: String
  let message: String
  let leaveEmpty: String
  let send: String
  let writeToUs: String
  let consent: String
  /// From Monday to Sunday, as within a sentence.
  let weekdays: [String]
  /// As they stand in a date.
  let months: [String]
  /// A date, in which `W`, `D`, `M` and `Y` stand for weekday, day, month and year.
  let dateForm: String
  /// The first day of a month, where it is said otherwise than the others.
  var firstDay = "1"
}

extension BlockWords {
  init(_ language: SiteLanguage) {
    self =
      switch language {
      case .german: .german
      case .english: .english
      case .french: .french
      case .spanish: .spanish
      case .italian: .italian
      case .dutch: .dutch
      case .polish: .polish
      case .portuguese: .portuguese
      case .turkish: .turkish
      }
  }

  private static let german = BlockWords(
    saveContact: "Kontakt speichern (vCard)", showOnMap: "Auf der Karte zeigen", openingHours: "Öffnungszeiten",
    closed: "geschlossen", oClock: " Uhr", until: " bis ", days: "Tage", day: "Tag", today: "Heute",
    past: "Es ist so weit.", name: "Ihr Name", yourEmail: "Ihre E-Mail-Adresse", message: "Ihre Nachricht",
    leaveEmpty: "Bitte leer lassen", send: "Nachricht senden", writeToUs: "Nachricht schreiben",
    consent: "Ihre Angaben werden nur verwendet, um Ihre Nachricht zu beantworten.",
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    months: [
      "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
      "Dezember",
    ],
    dateForm: "W, D. M Y")

  private static let english = BlockWords(
    saveContact: "Save contact (vCard)", showOnMap: "Show on the map", openingHours: "Opening hours",
    closed: "closed", oClock: "", until: " to ", days: "days", day: "day", today: "Today",
    past: "The time has come.", name: "Your name", yourEmail: "Your e-mail address", message: "Your message",
    leaveEmpty: "Please leave empty", send: "Send message", writeToUs: "Send a message",
    consent: "What you enter is only used to answer your message.",
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ],
    dateForm: "W, D M Y")

  /// Day, date and time; midnight is no time that anyone names.
  func date(_ time: BerlinTime) -> String {
    let civil = time.civil
    let day = dateForm.map { letter in
      switch letter {
      case "W": weekdays[(civil.weekday + 6) % 7]
      case "D": civil.day == 1 ? firstDay : "\(civil.day)"
      case "M": months[civil.month - 1]
      case "Y": "\(civil.year)"
      default: String(letter)
      }
    }.joined()
    guard civil.hour != 0 || civil.minute != 0 else { return day }
    return "\(day), \(civil.hour):\(civil.minute < 10 ? "0" : "")\(civil.minute)\(oClock)"
  }
}
