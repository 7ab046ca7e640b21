package import HTTP
package import Services
package import Telemetry

/// The only public entry to the application's logic: it knows who asks, decides whether they may, and hands the
/// request to the module that does the work.
package final class Gateway: Sendable {
  let services: BoundServices
  let sessions: SessionStore
  let login: Login
  let proof: Proof
  let addressChange: AddressChange
  let limits: LoginLimits
  let originPolicy: OriginPolicy
  let health: Health
  let metrics: Metrics
  let log: Log

  package init(
    services: BoundServices, sessions: SessionStore, login: Login, proof: Proof, addressChange: AddressChange,
    limits: LoginLimits, originPolicy: OriginPolicy, health: Health, metrics: Metrics, log: Log
  ) {
    self.services = services
    self.sessions = sessions
    self.login = login
    self.proof = proof
    self.addressChange = addressChange
    self.limits = limits
    self.originPolicy = originPolicy
    self.health = health
    self.metrics = metrics
    self.log = log
  }

  /// The way of a request, from its arrival to its answer. What does not stand here does not happen.
  package func respond(to request: Request) -> Response {
    var exchange = Exchange(request)
    var response: Response
    do {
      exchange.route = try Route.match(request)
      try originPolicy.admit(request, to: exchange.route)
      try Query.admit(request, to: exchange.route)
      exchange.identity = try sessions.identify(request, for: exchange.route.access)
      try Guard.admit(
        exchange.identity, to: exchange.route.access, at: request.startedAt,
        cheapestPlan: services.billing.cheapestPlan)
      response = try dispatch(exchange)
    } catch {
      response = ErrorMapping.response(for: error, exchange, log)
    }
    originPolicy.addHeaders(to: &response, for: request)
    CommonHeaders.add(to: &response, exchange)
    AccessRecord.write(exchange, response, log, metrics)
    return response
  }

  /// Has the next request of each of these users see what they may do now.
  package func forgetStandings(of users: [UserID]) throws {
    for user in users { try sessions.forgetStanding(of: user) }
  }

  /// The answer to a request that waited longer than its deadline: nothing was done for it.
  package func refuseLate(_ request: Request) -> Response {
    let exchange = Exchange(request)
    let problem = Problem(.overloaded, retryAfterSeconds: 1)
    var response = problem.response(exchange.language, requestID: request.id)
    CommonHeaders.add(to: &response, exchange)
    AccessRecord.write(exchange, response, log, metrics)
    return response
  }
}

/// The internal modules behind their bindings.
package struct BoundServices: Sendable {
  package let customer: any CustomerService
  package let billing: any BillingService
  package let mailer: any MailerService

  package init(customer: any CustomerService, billing: any BillingService, mailer: any MailerService) {
    self.customer = customer
    self.billing = billing
    self.mailer = mailer
  }
}
