import HTTP

extension StripeAPI {
  /// One page of a list (https://docs.stripe.com/api/pagination).
  func page(_ path: String, _ form: Form) throws(StripeError) -> (items: [JSON], hasMore: Bool) {
    let answer = try get(path, form)
    guard let items = answer["data"]?.arrayValue else { throw .unexpected("a list without data: \(path)") }
    return (items, answer["has_more"]?.boolValue ?? false)
  }

  /// All pages of a list that is short by nature.
  func list(_ path: String, _ form: Form) throws(StripeError) -> [JSON] {
    var all: [JSON] = []
    // Ten thousand of one customer's would be a fault of ours or Stripe's; the bound keeps it from being a loop.
    for _ in 0..<100 {
      var request = form
      request.add("limit", "100")
      request.add("starting_after", all.last?["id"]?.stringValue)
      let page = try page(path, request)
      all += page.items
      if !page.hasMore || page.items.isEmpty { return all }
    }
    return all
  }
}
