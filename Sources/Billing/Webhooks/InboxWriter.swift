import Database

/// Stores events that arrive at the same time by one statement and one commit: what comes while one is under way
/// waits for the next, and whoever comes first then writes for all. A commit costs far more than an event, so a burst
/// of a provider's costs little more than its commits.
final class InboxWriter: Sendable {
  /// What became of an event.
  enum Verdict: Equatable {
    /// It was stored before.
    case known
    case stored
    /// Stored, but not acted upon yet; with the reason.
    case parked(String)
  }

  /// One statement's worth, so that none grows without bound; an event has a few kilobytes.
  private static let entryLimit = 64
  private static let byteLimit = 4 << 20

  private struct State {
    var nextTicket = 0
    var waiting: [(ticket: Int, entry: InboxEntry)] = []
    var isWriting = false
    var outcomes: [Int: Result<Verdict, DatabaseError>] = [:]

    /// The next to be written, in the order of their arrival; at least one, if any waits.
    mutating func takeBatch() -> [(ticket: Int, entry: InboxEntry)] {
      var bytes = 0
      let count = waiting.prefix(InboxWriter.entryLimit).prefix { waiting in
        defer { bytes += waiting.entry.payload.utf8.count }
        return bytes == 0 || bytes + waiting.entry.payload.utf8.count <= InboxWriter.byteLimit
      }.count
      defer { waiting.removeFirst(count) }
      return Array(waiting.prefix(count))
    }
  }

  private enum Turn {
    case done(Result<Verdict, DatabaseError>)
    case write([(ticket: Int, entry: InboxEntry)])
  }

  private let database: Database
  private let state = Monitor(State())

  init(_ database: Database) {
    self.database = database
  }

  /// Stores an event; committed when this returns. Waits as long as statements take, which the database bounds.
  func store(_ entry: InboxEntry) throws(DatabaseError) -> Verdict {
    let ticket = state.withLock { state in
      defer { state.nextTicket += 1 }
      state.waiting.append((state.nextTicket, entry))
      return state.nextTicket
    }
    while true {
      switch nextTurn(of: ticket) {
      case .done(let outcome): return try outcome.get()
      case .write(let batch):
        let outcomes = write(batch.map(\.entry))
        state.withLock { state in
          state.isWriting = false
          for (waiting, outcome) in zip(batch, outcomes) { state.outcomes[waiting.ticket] = outcome }
        }
        state.broadcast()
      }
    }
  }

  private func nextTurn(of ticket: Int) -> Turn {
    while true {
      let turn = state.wait(until: .after(milliseconds: 60_000)) { state -> Turn? in
        if let outcome = state.outcomes.removeValue(forKey: ticket) { return .done(outcome) }
        guard !state.isWriting else { return nil }
        state.isWriting = true
        return .write(state.takeBatch())
      }
      if let turn { return turn }
    }
  }

  /// One outcome for each entry: a failure is everybody's, and each is sent again by its provider.
  private func write(_ entries: [InboxEntry]) -> [Result<Verdict, DatabaseError>] {
    do {
      var stored = try InboxStatement(entries).run(in: database)
      // Of two deliveries of one event in one batch the first has stored it.
      return entries.map { .success(stored.removeValue(forKey: $0.id) ?? .known) }
    } catch {
      return entries.map { _ in .failure(error) }
    }
  }
}
