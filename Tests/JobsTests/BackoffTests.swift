import Testing

@testable import Jobs

@Suite struct BackoffTests {
  @Test(arguments: [(1, 1.0), (2, 2.0), (5, 16.0), (12, 2048.0), (30, 3600.0)])
  func thePauseDoublesUpToAnHour(_ attempt: Int, _ seconds: Double) {
    let pauses = (0..<100).map { _ in Backoff.seconds(attempt: attempt) }
    #expect(pauses.allSatisfy { (seconds * 0.75...seconds * 1.25).contains($0) })
    #expect(Set(pauses).count > 50)
  }
}
