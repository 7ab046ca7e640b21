/// What the module tells the log. Addresses and contents are not among it.
package enum MailEvent: Sendable, Equatable {
  /// A mail will be tried again.
  case retried(template: String, mail: String, reason: String)
  /// A mail was refused for good.
  case failed(template: String, mail: String, reason: String)
  /// A mail may have been sent, and is not repeated.
  case unknown(template: String, mail: String, reason: String)
  /// No mail leaves until an operator or time mends it; told once.
  case halted(reason: String)
  /// The transport is away or ill; mails wait for it. Told once.
  case paused(reason: String)
  /// After a halt or a pause.
  case resumed
  /// An address gets no mail any more.
  case suppressed(reason: String)
}
