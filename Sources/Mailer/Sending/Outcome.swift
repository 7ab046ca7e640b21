import Database

/// What a transport's answer means for the mail and for all others.
enum Outcome: Equatable, Sendable {
  /// The transport has it, under its own id if it told one.
  case accepted(id: String?)
  case retry(Retry)
  /// Refused for good.
  case permanent(reason: String)
  /// It may have been sent under this key, and a repeat is refused or could double it.
  case unknown(reason: String)
  /// No mail can leave until somebody or time mends it.
  case halt(Halt)

  struct Retry: Equatable, Sendable {
    enum Cause: Equatable, Sendable {
      /// The transport is away or ill: other mails would fare no better.
      case transport
      /// Too many requests; not before so many seconds, where the answer says so.
      case rate(seconds: Double?)
      /// Only this mail: its key is in use, or all our connections are.
      case mail
    }

    let cause: Cause
    let reason: String
    /// Whether the request certainly had no effect.
    let isUnsent: Bool
  }

  struct Halt: Equatable, Sendable {
    let reason: String
    /// When it mends by itself; nil: when somebody does it.
    let until: Timestamp?
  }
}

/// How many requests the transport still takes, as an answer told it.
struct Pace: Equatable, Sendable {
  /// Requests in a window.
  let limit: Int
  let remaining: Int
  /// Until the window ends.
  let resetSeconds: Int
}
