import Foundation
import HTTP
import Services
import Testing

@testable import Billing

@Suite("The operator's file of plans")
struct PlansFileTests {
  @Test("is read as a whole, cheapest plan first, with the ids of the key's mode")
  func whole() throws {
    let plans = try read(good)
    #expect(plans.all.map(\.id) == ["small", "large"])
    #expect(plans.plan(priced: "price_large_old")?.plan.id == "large")
    #expect(plans.plan(priced: "price_small_year")?.period == .year)
    #expect(plans.plan(priced: "price_live_1") == nil)
    #expect(plans.trial == Plans.usualTrial)
    #expect(plans.trialDays == 7)
  }

  @Test("comes with the product, and fits its own rules")
  func delivered() throws {
    let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../scripts/plans.json").standardized
    let plans = try Plans(path: file.path, isLive: false)
    #expect(plans.all.map(\.id) == ["start", "business", "agency"])
    #expect(throws: PlansError.self) { try Plans(path: file.path, isLive: true) }
  }

  @Test("gives the trial its own limits and its card")
  func trial() throws {
    let plans = try read(
      good.replacingOccurrences(
        of: #""days":7"#,
        with: #"""
          "card":true,"entitlements":{"sites":2,"pages":1,"links":0,"domains":0,"members":1,"versions":1,
          "statistics_days":0,"badge":false}
          """#))
    #expect(plans.trial.sites == 2)
    #expect(plans.trialNeedsCard)
  }

  @Test(
    "names each mistake by its place",
    arguments: [
      ("{", "the file is no JSON: truncated at byte 1"),
      ("[]", "the file has the wrong type"),
      ("{}", "/currency is missing"),
      (#""currency":"eur""#, #""currency":"EUR""#, "/currency must be three lower-case letters, as in eur"),
      (#""plans":["#, #""colour":1,"plans":["#, "/colour is not known here"),
      (#""id":"small""#, #""id":"large""#, "/plans/1/id stands in another plan already"),
      (#""id":"small""#, #""id":"trial""#, "/plans/1/id is the name of a state that is no plan"),
      (#""id":"small""#, #""id":"Small one""#, "/plans/1/id must be lower-case letters, digits and hyphens"),
      (#""en":"Small""#, #""fr":"Petit""#, "/plans/1/name/en is missing"),
      (#""amount":500"#, #""amount":-1"#, "/plans/1/prices/0/amount must be a whole number from 0 to 99999999"),
      (#""amount":500"#, #""amount":5.5"#, "/plans/1/prices/0/amount must be a whole number from 0 to 99999999"),
      (
        #""test":"price_small_month""#, #""test":null"#,
        "/plans/1/prices/0/test must hold the price's id, as the key is one of test mode"
      ),
      (
        #""test":"price_small_month""#, #""test":"prod_1""#,
        "/plans/1/prices/0/test must be the id of a price: price_…"
      ),
      (
        #""test":"price_small_month""#, #""test":"price_large_month""#,
        "/plans/1/prices name price_large_month, which stands here or in another plan already"
      ),
      (
        #""interval":"month","amount":500"#, #""interval":"year","amount":500"#,
        "/plans/1/prices must have each interval once"
      ),
      (#""interval":"month","amount":500"#, #""amount":500"#, "/plans/1/prices/0/interval is missing"),
      (
        #""interval":"month","amount":500"#, #""interval":"week","amount":500"#,
        "/plans/1/prices/0/interval is not valid"
      ),
      (#""sites":1,"#, "", "/plans/1/entitlements/sites is missing"),
      (#""sites":1,"#, #""sites":0,"#, "/plans/1/entitlements/sites must be a whole number from 1 to 10000"),
      (#""sites":1,"#, #""sites":1,"cats":9,"#, "/plans/1/entitlements/cats is not known here"),
      (#""badge":true"#, #""badge":"yes""#, "/plans/1/entitlements/badge has the wrong type"),
      (#""days":7"#, #""days":-7"#, "/trial/days must be a whole number from 0 to 3650"),
    ] as [any Sendable])
  func mistakes(_ row: any Sendable) throws {
    let (text, expected): (String, String)
    switch row {
    case let (whole, message) as (String, String): (text, expected) = (whole, message)
    case let (old, new, message) as (String, String, String):
      #expect(good.contains(old))
      (text, expected) = (good.replacingOccurrences(of: old, with: new), message)
    default: return
    }
    let error = #expect(throws: PlansError.self) { try read(text) }
    #expect(error?.description.contains("plans.json") == true)
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
  }

  @Test("cannot be missing")
  func missing() {
    let error = #expect(throws: PlansError.self) { try Plans(path: "/nowhere/plans.json", isLive: false) }
    #expect(error?.description.contains("/nowhere/plans.json") == true)
  }

  @Test("is shown in the reader's language, cheapest first")
  func shown() throws {
    let lists = PriceList.render(try read(good), trialDays: 5)
    let german = try JSONParser.parse(lists[.german] ?? [])
    #expect(german["trial"] == ["days": 5, "card": false])
    #expect(german["plans"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["Klein", "Groß"])
    #expect(german["plans"]?.arrayValue?.first?["prices"]?.arrayValue?.first?["amount"] == 500)
    #expect(german["plans"]?.arrayValue?.first?["prices"]?.arrayValue?.first?["test"] == nil)
  }

  private func read(_ text: String) throws -> Plans {
    try PlansFile.plans(Array(text.utf8), path: "plans.json", isLive: false)
  }

  private let good = #"""
    {"currency":"eur","trial":{"days":7},"plans":[
    {"id":"large","name":{"de":"Groß","en":"Large"},"description":{"de":"Viel","en":"Much"},"prices":[
    {"interval":"month","amount":1200,"test":"price_large_month","live":"price_live_1","earlier":["price_large_old"]}],
    "entitlements":{"sites":3,"pages":9,"links":9,"domains":9,"members":9,"versions":9,"statistics_days":9,"badge":false}},
    {"id":"small","name":{"de":"Klein","en":"Small"},"description":{"de":"Wenig","en":"Little"},"prices":[
    {"interval":"month","amount":500,"test":"price_small_month","live":"price_live_2"},
    {"interval":"year","amount":5000,"test":"price_small_year","live":"price_live_3"}],
    "entitlements":{"sites":1,"pages":9,"links":9,"domains":9,"members":9,"versions":9,"statistics_days":9,"badge":true}}]}
    """#
}
