/// How mails leave.
package enum MailTransport: Sendable {
  /// JSON files, for development and tests.
  case folder(FolderTransport)
  case resend(ResendAPI)

  /// What a transport answered.
  struct Answer: Equatable, Sendable {
    let outcome: Outcome
    /// How many requests it still takes, if it told.
    var pace: Pace?
  }

  /// Hands one mail over; waits for the answer, bounded in time.
  func deliver(_ mail: TakenMail) -> Answer {
    switch self {
    case .resend(let resend): return resend.send(mail.body, idempotencyKey: mail.idempotencyKey)
    case .folder(let folder):
      do {
        try folder.send(mail.body, id: mail.idempotencyKey, acceptedAt: mail.acceptedAt)
        return Answer(outcome: .accepted(id: nil))
      } catch {
        let reason = "\(error.operation) of \(error.path): error \(error.errno)"
        // A repeat replaces the file of the first try.
        return Answer(outcome: .retry(.init(cause: .transport, reason: reason, isUnsent: true)))
      }
    }
  }
}
