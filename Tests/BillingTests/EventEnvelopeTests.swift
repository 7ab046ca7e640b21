import HTTP
import Testing

@testable import Billing

@Suite("What is read of an event")
struct EventEnvelopeTests {
  private static let event = """
    {"id": "evt_1", "object": "event", "api_version": "2026-10-28.endive", "created": 1763726400,
     "data": {"object": {"id": "in_1", "object": "invoice", "customer": "cus_1", "lines": {"data": [{"id": "il_1",
       "customer": "cus_no", "text": "a \\"quoted\\" } ] text"}]}, "metadata": {"id": "x"}},
      "previous_attributes": {"customer": "cus_old"}},
     "livemode": false, "pending_webhooks": 1, "request": {"id": null}, "type": "invoice.paid"}
    """

  @Test("The few members that are needed, wherever the same names stand elsewhere")
  func members() throws {
    let envelope = try #require(EventEnvelope(Array(Self.event.utf8)))
    #expect(envelope.id == "evt_1")
    #expect(envelope.type == "invoice.paid")
    #expect(envelope.livemode == false)
    #expect(envelope.apiVersion == "2026-10-28.endive")
    #expect(envelope.created == 1_763_726_400)
    #expect(envelope.customer == "cus_1")
  }

  @Test("Scanning and parsing read the same")
  func sameAsParsed() throws {
    #expect(try EventEnvelope(Array(Self.event.utf8)) == EventEnvelope(JSONParser.parse(Array(Self.event.utf8))))
  }

  @Test(
    "Whose customer",
    arguments: [
      (#"{"object": "customer", "id": "cus_7"}"#, "cus_7"),
      (#"{"object": "customer", "id": "cus_7", "deleted": true, "customer": "cus_8"}"#, "cus_7"),
      (#"{"object": "subscription", "customer": {"object": "customer", "id": "cus_9", "name": "x"}}"#, "cus_9"),
      (#"{"object": "price", "id": "price_1"}"#, nil),
      (#"{"object": "charge", "customer": null}"#, nil),
      (#"{"object": "charge", "customer": ["cus_1"]}"#, nil),
      (#"{"object": "charge", "customer": "cus_1' OR true"}"#, nil),
      (#""text""#, nil),
    ])
  func customer(_ object: String, _ expected: String?) throws {
    let text = #"{"id":"evt_1","type":"a.b","created":1,"data":{"object":\#(object)}}"#
    let envelope = try #require(EventEnvelope(Array(text.utf8)))
    #expect(envelope.customer == expected)
  }

  @Test(
    "No event",
    arguments: [
      "", " ", "null", "[]", "42", "\"evt_1\"", "{", "{}", "{\"id\"", #"{"id":}"#, #"{"id":"evt_1"}"#,
      #"{"id":"evt_1","type":"a","created":1"#, #"{"id":"evt_1","type":"a","created":1} x"#,
      #"{"id":"evt_1","type":"a","created":"1"}"#, #"{"id":"evt_1","type":"a","created":-1}"#,
      #"{"id":"evt_1","type":"a","created":1.5}"#, #"{"id":"evt 1","type":"a","created":1}"#,
      #"{"id":7,"type":"a","created":1}"#, #"{"id":"","type":"a","created":1}"#,
      #"{"id":"evt_1","type":"a","created":1,"x":"unended}"#, #"{"id":"evt_1","type":"a","created":1,}"#,
      #"{"id":"evt_1","type":"a","created":99999999999999999999}"#, "{\"id\":\"evt_1\",\"x\":\"\u{1}\"}",
      #"{"id":"evt_1","type":"a","created":1,"x":"# + String(repeating: "[", count: 100_000),
      #"{"id":"evt_1","type":"a","created":1,"x":"\"#,
    ])
  func noEvent(_ text: String) {
    #expect(EventEnvelope(Array(text.utf8)) == nil)
  }

  @Test("Every cut of an event is none")
  func cuts() {
    let bytes = Array(Self.event.utf8)
    for length in 0..<bytes.count { #expect(EventEnvelope(Array(bytes.prefix(length))) == nil) }
  }

  @Test(
    "What becomes of it",
    arguments: [
      (false, "2026-10-28.endive", "cus_1", InboxEntry.State.received, nil),
      (true, "2026-10-28.endive", "cus_1", .parked, .wrongMode),
      (false, "2020-08-27", "cus_1", .parked, .apiVersion),
      (false, "2026-10-28.endive", nil, .processed, nil),
    ] as [(Bool, String, String?, InboxEntry.State, InboxEntry.Reason?)])
  func verdict(
    _ livemode: Bool, _ version: String, _ customer: String?, _ state: InboxEntry.State, _ reason: InboxEntry.Reason?
  ) {
    let object = customer.map { #"{"customer":"\#($0)"}"# } ?? "{}"
    let text = """
      {"id":"evt_1","type":"invoice.paid","created":1,"livemode":\(livemode),"api_version":"\(version)",\
      "data":{"object":\(object)}}
      """
    let entry = InboxEntry(Array(text.utf8), isLive: false)
    #expect(entry.state == state)
    #expect(entry.reason == reason)
  }

  @Test(
    "What is no event, no UTF-8 or full of NUL is kept for a person, under one id for the same bytes",
    arguments: [
      Array("hello".utf8), [0xFF, 0xFE], [0, 0, 0], Array(#"{"id":"evt_1"}"#.utf8), [],
    ])
  func unreadable(_ body: [UInt8]) {
    let entry = InboxEntry(body, isLive: false)
    #expect(entry.state == .dead)
    #expect(entry.reason == .notAnEvent)
    #expect(entry.id == InboxEntry(body, isLive: false).id)
    #expect(!entry.payload.unicodeScalars.contains("\0"))
  }

  @Test("A dispute waits for a person")
  func dispute() {
    let text = #"{"id":"evt_1","type":"charge.dispute.created","created":1,"data":{"object":{"charge":"ch_1"}}}"#
    let entry = InboxEntry(Array(text.utf8), isLive: false)
    #expect(entry.state == .parked)
    #expect(entry.reason == .noCustomer)
  }
}
