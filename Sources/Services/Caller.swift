package import HTTP

/// Who asks: a user acting for one customer. Made by Core from the session, never from what a client says.
package struct Caller: Sendable {
  package let user: UserID
  package let customer: CustomerID
  package let role: Role
  package let language: Language

  package init(user: UserID, customer: CustomerID, role: Role, language: Language) {
    self.user = user
    self.customer = customer
    self.role = role
    self.language = language
  }
}

/// What a member of a customer may do; each role includes the ones before it.
package enum Role: String, Sendable, Comparable, CaseIterable {
  case viewer, editor, owner

  package static func < (left: Role, right: Role) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .viewer: 0
    case .editor: 1
    case .owner: 2
    }
  }
}
