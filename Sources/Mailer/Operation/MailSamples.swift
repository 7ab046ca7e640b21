import FoundationEssentials
package import HTTP
package import Services

/// One mail of each kind, as a customer might get it: for previews and tests.
package struct MailSamples {
  /// What people and others have chosen: names of plans, hosts, browsers, addresses.
  package var plan = "Business"
  package var otherPlan = "Start"
  package var host = "www.cafe-morgenrot.example"
  package var browser = "Firefox, Linux"
  package var number = "SP-2026-0042"
  package var customerName = "Café Morgenrot"
  package var text = "Guten Tag,\n\nhaben Sie am Samstag noch einen Tisch für vier?\n\nBeste Grüße"
  package var old = "ada@example.com"
  package var new = "ada.lovelace@example.org"
  package var title = "Café Morgenrot"
  package var note = "New opening hours"
  /// Where all links lead.
  package var app = "https://app.smartpages.example"
  package var now = Instant(seconds: 1_795_269_900)

  package init() {}

  /// In the order in which a customer may meet them.
  package var all: [Mail] { account + payment + sites + domains + messages }

  private var customer: CustomerID { CustomerID(UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))) }
  private var user: UserID { UserID(customer.uuid) }
  private var amount: Money { Money(amount: 1200, currency: "eur") }
  private func days(_ count: Int64) -> Instant { now.adding(seconds: count * 86_400) }

  private var account: [Mail] {
    [
      .login(link: "\(app)/login#token=dGhpcyBpcyBubyB0b2tlbg", code: "481516", minutes: 10),
      .welcome(user: user, dashboard: app, trialDays: 7),
      .newLogin(session: "1", at: now, browser: browser, sessions: "\(app)/settings/sessions"),
      .proof(code: "481516", minutes: 10),
      .invitation(
        invitation: "1", customer: customerName, inviter: old, role: .editor, link: "\(app)/invitation#token=dG9rZW4",
        days: 7),
      .addressChanged(change: "1", old: old, new: new, isToOld: true, dashboard: app),
      .addressChanged(change: "1", old: old, new: new, isToOld: false, dashboard: app),
    ]
  }

  private var payment: [Mail] {
    [
      .trialEndsSoon(customer: customer, endsAt: days(2), plans: "\(app)/billing"),
      .trialEnded(customer: customer, plans: "\(app)/billing"),
      .receipt(invoice: "in_1", number: number, amount: amount, plan: plan, billing: "\(app)/billing"),
      .receipt(invoice: "in_2", number: nil, amount: amount, plan: plan, billing: "\(app)/billing"),
      .paymentFailed(invoice: "in_3", amount: amount, nextAttempt: days(3), billing: "\(app)/billing"),
      .paymentFailed(invoice: "in_4", amount: amount, nextAttempt: nil, billing: "\(app)/billing"),
      .actionNeeded(invoice: "in_5", amount: amount, billing: "\(app)/billing"),
      .planChanged(customer: customer, change: 1, from: otherPlan, to: plan, billing: "\(app)/billing"),
      .subscriptionEnded(subscription: "sub_1", plan: plan, plans: "\(app)/billing"),
    ]
  }

  private var sites: [Mail] {
    let site = SiteID(customer.uuid)
    let view = "\(app)/sites/\(site.text)/publish"
    return [
      .pageChanged(site: site, version: 4, recipient: user, title: title, by: new, note: note, dashboard: view),
      .pageChanged(site: site, version: 5, recipient: user, title: title, by: new, note: "", dashboard: view),
      .publishingFailed(
        site: site, planned: now, title: title, reason: "The imprint is not complete.", dashboard: view),
    ]
  }

  private var messages: [Mail] {
    guard let sender = EmailAddress("grace@example.com") else { return [] }
    return [
      .message(
        message: "1", owner: user, site: customerName, name: customerName, sender: sender, text: text,
        dashboard: "\(app)/sites/1/messages/1"),
      .messages(last: "1", owner: user, site: customerName, count: 12, dashboard: "\(app)/sites/1/messages"),
    ]
  }

  private var domains: [Mail] {
    [
      .domainVerified(domain: "1", host: host, dashboard: "\(app)/domains"),
      .domainBroken(domain: "1", host: host, since: now, dashboard: "\(app)/domains"),
      .certificateProblem(domain: "1", host: host, since: now, dashboard: "\(app)/domains"),
      .linkBroken(
        site: SiteID(customer.uuid), name: host, links: [plan, "\(otherPlan) (\(host))"], at: now,
        dashboard: "\(app)/sites/1/links"),
      .exportReady(export: "1", expiresAt: days(7), download: "\(app)/exports/1"),
      .deletionScheduled(customer: customer, at: days(14), dashboard: app),
      .deletionAnnounced(customer: customer, at: days(14), recipient: user, name: customerName, by: old),
    ]
  }
}
