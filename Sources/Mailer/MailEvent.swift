/// What the module tells the log. Reasons are the transport's words; addresses and contents are not among them.
package enum MailEvent: Sendable, Equatable {
  /// A mail will be tried again.
  case retried(template: String, mail: String, reason: String)
  /// A mail was refused for good.
  case failed(template: String, mail: String, reason: String)
  /// A mail may have been sent, and is not repeated.
  case unknown(template: String, mail: String, reason: String)
  /// No mail leaves until an operator or time mends it; told once.
  case halted(reason: String)
  case resumed
  /// An address gets no mail any more.
  case suppressed(reason: String)
}
