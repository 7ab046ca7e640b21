import Database
import HTTP
import Services
import Testing

@testable import Billing

@Suite("Trials", .serialized)
struct TrialTests {
  @Test("are one for each person: a second account gets the end of the first")
  func oneEach() throws {
    let billing = try TestBilling()
    let first = try billing.open("a.nna@gmail.com")
    try billing.database.execute("UPDATE billing.trials SET ends_at = now() - interval '1 hour'")
    let second = try billing.open("anna+again@googlemail.com")
    let stranger = try billing.open("anne@gmail.com")
    #expect(try billing.module.entitlements(of: first).canWrite)
    #expect(try billing.module.entitlements(of: second).status == .trialEnded)
    #expect(try billing.module.entitlements(of: stranger).canWrite)
  }

  @Test("of twenty accounts that one person opens at once, all end at the same moment")
  func atOnce() throws {
    let billing = try TestBilling()
    let results = onThreads(20) { _ in try billing.open("otto@gmail.com") }
    #expect(try results.map { try $0.get() }.count == 20)
    let rows = try billing.database.query("SELECT DISTINCT trial_ends_at FROM billing.accounts")
    #expect(rows.count == 1)
  }

  @Test("are told to end soon once, and to have ended once, to who has no subscription")
  func mails() throws {
    let billing = try TestBilling()
    let trying = try billing.open("trying@example.org")
    let paying = try billing.open("paying@example.org")
    try billing.set("status = 'active', price = 'price_small_month'", of: paying)
    #expect(try billing.module.sendTrialMails() == 0)

    try billing.database.execute("UPDATE billing.accounts SET trial_ends_at = now() + interval '47 hours'")
    #expect(try billing.module.sendTrialMails() == 2)
    #expect(try billing.module.sendTrialMails() == 0)
    #expect(billing.mailer.mails.map(\.matter).allSatisfy { $0?.hasPrefix("trial_ends_soon:\(trying.text)") == true })
    #expect(billing.mailer.mails.count == 1)

    try billing.database.execute("UPDATE billing.accounts SET trial_ends_at = now() - interval '1 second'")
    #expect(try billing.module.sendTrialMails() == 2)
    #expect(try billing.module.sendTrialMails() == 0)
    #expect(billing.mailer.mails.count == 2)
    #expect(billing.mailer.mails.last?.matter == "trial_ended:\(trying.text)")
  }

  @Test("that are short, over or ask for a card are not told of", arguments: [0, 1, 2])
  func short(_ days: Int) throws {
    let billing = try TestBilling(trialDays: days)
    _ = try billing.open()
    #expect(try billing.module.sendTrialMails() == 0)
    let card = try TestBilling(plans: .sample(needsCard: true))
    _ = try card.open()
    try card.database.execute("UPDATE billing.accounts SET trial_ends_at = now() - interval '1 second'")
    #expect(try card.module.sendTrialMails() == 0)
  }
}
