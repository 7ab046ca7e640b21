import HTTP
import Services

/// Whom a session acts for, and who else may.
extension Gateway {
  /// `PUT /api/session/customer`: the session acts for another customer of its user.
  func switchCustomer(_ exchange: Exchange) throws -> Response {
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(exchange.request))
    let text = reader.string("customer", minimum: 1, maximum: 36)
    let customer = CustomerID(text)
    if customer == nil, reader.errors.isEmpty { reader.refuse("customer", .invalid) }
    try reader.finish()
    guard let customer else { throw Problem(.internalError) }
    return try enter(customer, session, exchange.request)
  }

  /// `POST /api/customers`: a customer of one's own, for which the session acts from now on.
  func createCustomer(_ exchange: Exchange) throws -> Response {
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(exchange.request, .optional))
    try reader.finish()
    let customer = try services.customer.createCustomer(for: session.standing.user)
    forget([session.standing.user])
    return try renew(customer, session, exchange.request, .created)
  }

  /// `POST /api/invitations`
  func invite(_ exchange: Exchange) throws -> Response {
    let change = try Body.change(exchange)
    if let email = change.body["email"]?.stringValue.flatMap({ EmailAddress($0) }) {
      try limits.admitInvitation(address: email.text, customer: change.caller.customer)
    }
    let token = Secret.token()
    let made = try services.customer.invite(change, InvitationSecret(token: token, digest: Secret.digest(token)))
    var response = Response.json(.created, made.json)
    if let location = made.location { response.headers.append("Location", location) }
    return response
  }

  /// `POST /api/invitations/accept`: the session acts for the customer that was joined, under a new id.
  func acceptInvitation(_ exchange: Exchange) throws -> Response {
    let session = try exchange.session()
    var reader = try ObjectReader(Body.json(exchange.request))
    let token = reader.string("token", minimum: 1, maximum: 100)
    try reader.finish()
    let joined = try services.customer.acceptInvitation(digest: Secret.digest(token), by: session.standing.user)
    forget(joined.users + [session.standing.user])
    return try renew(joined.answer, session, exchange.request, .ok)
  }

  /// A change of who belongs to the customer, which holds for the next request of everybody concerned.
  func changeMembers<Answer>(
    _ exchange: Exchange, _ rule: Body.Rule = .required, _ binding: (Change) throws -> MembersChange<Answer>
  ) throws -> Answer {
    let change = try binding(Body.change(exchange, rule))
    forget(change.users)
    return change.answer
  }

  private func enter(_ customer: CustomerID, _ session: ActiveSession, _ request: Request) throws -> Response {
    try sessions.move(session, to: standing(in: customer, session, request), request)
  }

  private func renew(
    _ customer: CustomerID, _ session: ActiveSession, _ request: Request, _ status: Status
  ) throws -> Response {
    let standing = try standing(in: customer, session, request)
    var response = try sessions.renew(session, standing, request) { $0.customer = customer }
    response.status = status
    return response
  }

  private func standing(in customer: CustomerID, _ session: ActiveSession, _ request: Request) throws -> Standing {
    try services.customer.enter(
      customer, as: session.standing.user, browser: BrowserName.of(request.parameter("HTTP_USER_AGENT")))
  }

  /// Made already; a standing that stays is mended within the minute.
  private func forget(_ users: [UserID]) {
    try? forgetStandings(of: users)
  }
}
