import Testing

@testable import HTTPClient

@Suite struct RetryTests {
  @Test func `a budget allows a tenth of repeats, and its limit at once`() {
    let budget = RetryBudget(limit: 5)
    #expect((0..<10).map { _ in budget.withdraw() }.filter { $0 }.count == 5)
    for _ in 0..<100 { budget.deposit() }
    #expect((0..<20).map { _ in budget.withdraw() }.filter { $0 }.count == 5)
    for _ in 0..<21 { budget.deposit() }
    #expect((0..<20).map { _ in budget.withdraw() }.filter { $0 }.count == 2)
  }

  @Test(arguments: [(1, 75...150), (2, 150...300), (3, 300...600), (10, 1000...2000), (1000, 1000...2000)])
  func `a pause doubles with each attempt up to its limit`(_ attempt: Int, _ range: ClosedRange<Int>) {
    let pauses = (0..<200).compactMap { _ in RetryPause.milliseconds(afterAttempt: attempt, limitMilliseconds: 2000) }
    #expect(pauses.count == 200)
    #expect(pauses.allSatisfy { range.contains($0) })
    #expect(Set(pauses).count > 10)
  }

  @Test func `a pause is as long as the server asks, or none is made`() {
    #expect(RetryPause.milliseconds(afterAttempt: 1, retryAfterSeconds: 2) == 2000)
    #expect(RetryPause.milliseconds(afterAttempt: 1, retryAfterSeconds: 0).map { $0 >= 75 } == true)
    #expect(RetryPause.milliseconds(afterAttempt: 1, limitMilliseconds: 5000, retryAfterSeconds: 6) == nil)
    #expect(RetryPause.milliseconds(afterAttempt: 1, retryAfterSeconds: .max) == nil)
  }

  @Test(arguments: [
    ("0", 0), ("120", 120), ("99999999999999999999", Int.max), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", nil),
    ("", nil), ("-1", nil),
  ])
  func `retry-after is read as a number or a date`(_ text: String, _ seconds: Int?) {
    let response = HTTPClient.Response(status: 503, headers: [("retry-after", text)], body: [])
    #expect(response.retryAfterSeconds == seconds)
  }
}
