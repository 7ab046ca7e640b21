/// What became of a mail that the transport has, in the order in which later ones outweigh earlier ones. Webhooks come
/// in any order: the one of the highest rank stays, among equals the latest.
enum Delivery: String, CaseIterable {
  case sent, delayed, delivered, bounced, failed, suppressed, complained

  /// - Parameter event: a type of webhook, or the `last_event` of a mail; nil for those that tell nothing of delivery.
  init?(event: String) {
    switch event.hasPrefix("email.") ? String(event.dropFirst("email.".count)) : event {
    case "sent": self = .sent
    case "delivery_delayed": self = .delayed
    // Whoever opened it has it.
    case "delivered", "opened", "clicked": self = .delivered
    case "bounced": self = .bounced
    case "failed": self = .failed
    case "suppressed": self = .suppressed
    case "complained": self = .complained
    default: return nil
    }
  }

  var rank: Int {
    switch self {
    case .sent: 1
    case .delayed: 2
    case .delivered: 3
    case .bounced, .failed, .suppressed: 4
    case .complained: 5
    }
  }

  /// Whether more is to be expected.
  var isOpen: Bool { rank <= Delivery.delayed.rank }
}
