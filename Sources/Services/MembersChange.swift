/// What came of a change of who belongs to a customer, or as what.
package struct MembersChange<Answer> {
  package let answer: Answer
  /// Whose standing may be another now: what is remembered of it is to be forgotten.
  package let users: [UserID]

  package init(answer: Answer, users: [UserID]) {
    self.answer = answer
    self.users = users
  }
}

/// The token of an invitation's link, which only the mail holds, and what is stored in its place.
package struct InvitationSecret: Sendable {
  /// At least 128 random bits.
  package let token: String
  /// Its SHA-256, in hexadecimal.
  package let digest: String

  package init(token: String, digest: String) {
    self.token = token
    self.digest = digest
  }
}
