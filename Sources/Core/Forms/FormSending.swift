import HTTP
import Services

/// What visitors of published pages ask of Core. They come from other hosts and without a session, and are answered
/// with pages: they are people with a browser and perhaps no script.
extension Gateway {
  /// `GET /api/forms/{form}`: back to the page, for who loads the answer anew.
  func showForm(_ id: FormID, _ exchange: Exchange) throws -> Response {
    guard let form = try services.customer.publishedForm(id) else {
      return formPage(.notFound, .unknownForm, FormEntry(), of: nil, exchange)
    }
    return Response(.seeOther, headers: ["Location": form.page])
  }

  /// `POST /api/forms/{form}`
  func sendForm(_ id: FormID, _ exchange: Exchange) -> Response {
    let (customer, request) = (services.customer, exchange.request)
    var form: PublishedForm?
    var entry = FormEntry()
    func page(_ status: Status, _ reply: FormReply) -> Response { formPage(status, reply, entry, of: form, exchange) }
    do {
      entry = try FormBody.entry(request)
      form = try customer.publishedForm(id)
      guard let form else { return page(.notFound, .unknownForm) }
      let faults = customer.faults(of: entry)
      guard faults.isEmpty else { return page(Status(422), .incomplete(faults)) }
      let client = request.parameter("REMOTE_ADDR") ?? ""
      if let seconds = formLimits.refusal(of: id, from: client, at: request.startedAt) {
        var response = page(Status(429), .tooMany(retryAfterSeconds: seconds))
        response.headers.append("Retry-After", String(seconds))
        return response
      }
      return try customer.receive(entry, by: form) ? page(.ok, .thanks) : page(.notFound, .unknownForm)
    } catch let refusal as FormBody.Refusal {
      form = try? customer.publishedForm(id)
      return page(refusal.status, refusal.reply)
    } catch {
      // The log is written there; the answer is for people.
      _ = ErrorMapping.response(for: error, exchange, log)
      return unsent(ErrorMapping.problem(for: error), entry, of: form, exchange)
    }
  }

  /// The answer to a form that waited longer than its deadline, with what was typed; nil for all other requests.
  func lateForm(_ exchange: Exchange, _ problem: Problem) -> Response? {
    guard case .sendForm? = try? Route.match(exchange.request) else { return nil }
    let entry = try? FormBody.entry(exchange.request)
    return unsent(problem, entry ?? FormEntry(), of: nil, exchange)
  }

  private func unsent(
    _ problem: Problem, _ entry: FormEntry, of form: PublishedForm?, _ exchange: Exchange
  ) -> Response {
    var response = formPage(problem.code.status, .unavailable, entry, of: form, exchange)
    if let seconds = problem.retryAfterSeconds { response.headers.append("Retry-After", String(seconds)) }
    return response
  }

  private func formPage(
    _ status: Status, _ reply: FormReply, _ entry: FormEntry, of form: PublishedForm?, _ exchange: Exchange
  ) -> Response {
    let page = services.customer.formPage(reply, entry, of: form, exchange.language)
    return Response(
      status, headers: ["Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": page.policy],
      body: .bytes(page.content))
  }
}
