import Database
import Foundation
import Testing

@testable import Mailer

@Suite("When mails may leave")
struct GateTests {
  private let start = Timestamp(rfc3339: "2026-11-21T12:00:00Z")!
  private let mail = UUID()
  private let ill = Outcome.retry(.init(cause: .transport, reason: "500", isUnsent: false))

  private func seconds(_ seconds: Double) -> Timestamp { start.adding(seconds: seconds) }

  /// How many mails leave in `span` seconds when each is answered after `latency`, by a transport of that limit.
  private func leaving(_ gate: inout Gate, lane: MailLane, span: Double, limit: Int) -> (count: Int, worst: Int) {
    var windows: [Int: Int] = [:]
    var now = start
    var count = 0
    while now < seconds(span) {
      switch gate.admission(lane: lane, at: now) {
      case .later(let moment): now = max(moment, now.adding(seconds: 0.001))
      case .now:
        gate.take(at: now)
        count += 1
        let second = Int((now.microseconds - start.microseconds) / 1_000_000)
        windows[second, default: 0] += 1
        let left = max(0, limit - (windows[second] ?? 0))
        now = now.adding(seconds: 0.02)
        gate.note(Pace(limit: limit, remaining: left, resetSeconds: 1), at: now)
        gate.note(.accepted(id: nil), of: mail, takenAt: now, at: now)
      }
    }
    return (count, windows.values.max() ?? 0)
  }

  @Test("Nothing is known at first, so nothing waits")
  func unknownPace() {
    var gate = Gate(openAt: start)
    for _ in 0..<100 {
      #expect(gate.admission(lane: .usual, at: start) == .now)
      gate.take(at: start)
    }
  }

  @Test("The pace of the answers is kept, and nearly used up", arguments: [1, 2, 5, 10, 40])
  func paces(limit: Int) {
    var gate = Gate(openAt: start)
    let result = leaving(&gate, lane: .login, span: 20, limit: limit)
    #expect(result.worst <= limit)
    #expect(Double(result.count) >= 20 * Double(limit) * 0.85)
  }

  @Test("The last place of a window is kept for login mails")
  func reserves() {
    var gate = Gate(openAt: start)
    gate.note(Pace(limit: 5, remaining: 1, resetSeconds: 1), at: start)
    #expect(gate.admission(lane: .usual, at: start) == .later(seconds(1)))
    #expect(gate.admission(lane: .prompt, at: start) == .later(seconds(1)))
    #expect(gate.admission(lane: .login, at: start) == .now)
    gate.take(at: start)
    #expect(gate.admission(lane: .login, at: start) == .later(seconds(1)))
    #expect(gate.admission(lane: .usual, at: seconds(1)) == .now)
  }

  @Test("Requests on their way count, whatever an answer says that left before them")
  func inFlight() {
    var gate = Gate(openAt: start)
    gate.note(Pace(limit: 3, remaining: 3, resetSeconds: 1), at: start)
    for _ in 0..<3 { gate.take(at: start) }
    gate.note(Pace(limit: 3, remaining: 2, resetSeconds: 1), at: start)
    #expect(gate.admission(lane: .login, at: start) == .later(seconds(1)))
  }

  @Test("Too many requests: all wait as long as the answer says", arguments: [nil, 1, 30] as [Double?])
  func rate(after: Double?) {
    var gate = Gate(openAt: start)
    let outcome = Outcome.retry(.init(cause: .rate(seconds: after), reason: "429", isUnsent: true))
    gate.note(outcome, of: mail, takenAt: start, at: start)
    for lane in MailLane.allCases {
      #expect(gate.admission(lane: lane, at: start) == .later(seconds(after ?? 1)))
      #expect(gate.admission(lane: lane, at: seconds(after ?? 1)) == .now)
    }
    #expect(gate.halted == nil)
  }

  @Test("Failures of different mails pause all; one that always fails does not")
  func failures() {
    var gate = Gate(openAt: start)
    for _ in 0..<20 { gate.note(ill, of: mail, takenAt: start, at: start) }
    #expect(gate.admission(lane: .usual, at: start) == .now)
    for _ in 0..<2 { gate.note(ill, of: UUID(), takenAt: start, at: start) }
    #expect(gate.admission(lane: .login, at: start) == .later(seconds(1)))
  }

  @Test("While it is ill one mail at a time probes, at most ten seconds apart; the first success opens for all")
  func probing() {
    var gate = Gate(openAt: start)
    for _ in 0..<30 { gate.note(ill, of: UUID(), takenAt: start, at: start) }
    #expect(gate.openAt == seconds(10))
    gate.take(at: seconds(10))
    #expect(gate.admission(lane: .login, at: seconds(11)) == .later(seconds(10 + MailTaking.leaseSeconds)))
    gate.note(.accepted(id: nil), of: mail, takenAt: seconds(12), at: seconds(12))
    #expect(gate.admission(lane: .usual, at: seconds(12)) == .now)
    #expect(gate.failures == 0)
  }

  @Test("A wrong key halts all, and one mail a minute probes until it is mended")
  func halts() {
    var gate = Gate(openAt: start)
    let halt = Outcome.halt(.init(reason: "403 invalid_api_key", until: nil))
    gate.note(halt, of: mail, takenAt: start, at: start)
    #expect(gate.halted == .init(reason: "403 invalid_api_key", since: start))
    #expect(gate.openAt == seconds(60))
    gate.take(at: seconds(60))
    #expect(gate.admission(lane: .login, at: seconds(61)) != .now)
    gate.note(halt, of: mail, takenAt: seconds(61), at: seconds(61))
    #expect(gate.halted?.since == start)
    gate.note(.permanent(reason: "422"), of: mail, takenAt: seconds(130), at: seconds(130))
    #expect(gate.halted == nil)
    #expect(gate.admission(lane: .usual, at: seconds(130)) == .now)
  }

  @Test("A used-up quota waits for its end, and looks each hour whether there is more")
  func quota() {
    var gate = Gate(openAt: start)
    gate.note(.halt(.init(reason: "429 daily", until: seconds(90_000))), of: mail, takenAt: start, at: start)
    #expect(gate.openAt == seconds(3600))
    gate.note(.halt(.init(reason: "429 daily", until: seconds(600))), of: mail, takenAt: start, at: start)
    #expect(gate.openAt == seconds(600))
  }

  @Test("An answer to what left before the halt does not end it")
  func inFlightAtHalt() {
    var gate = Gate(openAt: start)
    gate.note(.halt(.init(reason: "429 daily", until: seconds(9000))), of: mail, takenAt: start, at: seconds(2))
    for outcome in [Outcome.accepted(id: nil), .permanent(reason: "422")] {
      gate.note(outcome, of: UUID(), takenAt: seconds(1), at: seconds(3))
    }
    #expect(gate.halted != nil)
    #expect(gate.openAt == seconds(3602))
  }
}
