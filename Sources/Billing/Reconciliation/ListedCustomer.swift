import HTTP

/// A customer in Stripe's list, with its subscriptions that are not over.
struct ListedCustomer {
  let id: String
  let subscriptions: [StripeSubscription]
  /// The latest invoices of those, with their status.
  let invoices: [StripeInvoice]
  /// Whether there are more subscriptions than the list shows.
  let isCut: Bool

  /// Those that have begun and still are.
  var live: [StripeSubscription] { subscriptions.filter { $0.status.hasBegun } }

  init(_ json: JSON) throws(StripeError) {
    guard let id = json["id"]?.stringValue else { throw .unexpected("a customer without id") }
    self.id = id
    var subscriptions: [StripeSubscription] = []
    var invoices: [StripeInvoice] = []
    for subscription in json["subscriptions"]?["data"]?.arrayValue ?? [] {
      subscriptions.append(try StripeSubscription(subscription))
      if let invoice = subscription["latest_invoice"], invoice["id"] != nil {
        invoices.append(try StripeInvoice(invoice))
      }
    }
    self.subscriptions = subscriptions
    self.invoices = invoices
    isCut = json["subscriptions"]?["has_more"]?.boolValue ?? false
  }

  /// Whether an account that was stored is another than the list shows; a fetch of the customer tells for certain.
  ///
  /// - Parameter invoiceStatus: the stored status of an invoice.
  func differs(from stored: AccountState, planOf: (String) -> String?, invoiceStatus: (String) -> String?) -> Bool {
    if isCut || live.count > 1 { return true }
    // Which of those that are over counts is not asked: they change no more.
    guard let counting = StripeSubscription.counting(subscriptions.filter({ $0.status.isLive })) else {
      return stored.status?.isLive == true
    }
    var shown = AccountState(counting, planOf: planOf)
    // Told by the customer's invoices, which the list does not have.
    shown.pastDueSince = stored.pastDueSince
    shown.obstacle = stored.obstacle
    shown.owedInvoice = stored.owedInvoice
    return shown != stored || invoices.contains { $0.status != invoiceStatus($0.id) }
  }
}

extension StripeAPI {
  /// One page of the customers that are there, newest first.
  func customers(after: String?) throws(StripeError) -> (customers: [ListedCustomer], hasMore: Bool) {
    var form: Form = [
      "limit": "100", "expand[0]": "data.subscriptions", "expand[1]": "data.subscriptions.data.latest_invoice",
    ]
    form.add("starting_after", after)
    let page = try page("/v1/customers", form)
    var customers: [ListedCustomer] = []
    for json in page.items { customers.append(try ListedCustomer(json)) }
    return (customers, page.hasMore)
  }
}
