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
      // Written to the log there, and answered here.
      let problem = ErrorMapping.response(for: error, exchange, log)
      var response = page(problem.status, .unavailable)
      for field in problem.headers.fields where field.name.description == "Retry-After" {
        response.headers.append("Retry-After", field.value)
      }
      return response
    }
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
