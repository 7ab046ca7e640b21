import Glibc
import Locks

/// One accepted connection. The generation tells it from an earlier one whose descriptor the kernel gave out again.
struct ConnectionID: Hashable, Sendable {
  let descriptor: Int32
  let generation: UInt32
}

/// The open connections and who has them: nobody (idle, waiting in the poller) or a worker.
///
/// libfcgi closes a broken connection itself, and the kernel may give its number to the next one before the worker
/// hears of it: entries are therefore changed only by who knows the generation.
final class Connections: Sendable {
  /// Guards the entries, and with them the right to write to an idle connection or to cut a busy one.
  private let state: Locked<State>

  private struct State {
    /// By descriptor.
    var entries: [Entry] = []
    var generation: UInt32 = 0
    var count = 0
    var isDraining = false
  }

  private struct Entry {
    var generation: UInt32 = 0
    var isOpen = false
    var isIdle = false
    /// Monotonic seconds at which a worker took it.
    var takenAt: Int64 = 0
  }

  init() {
    state = Locked(State())
  }

  var count: Int {
    state.withLock { $0.count }
  }

  /// Notes a new connection as idle.
  func open(_ descriptor: Int32) -> ConnectionID {
    state.withLock { state in
      let index = Int(descriptor)
      while state.entries.count <= index { state.entries.append(Entry()) }
      state.generation = (state.generation + 1) & 0x7FFF_FFFF
      // An entry that is still open belongs to a connection that libfcgi has closed and its worker not yet reported.
      if !state.entries[index].isOpen { state.count += 1 }
      state.entries[index] = Entry(generation: state.generation, isOpen: true, isIdle: true)
      if state.isDraining { Self.askToClose(descriptor) }
      return ConnectionID(descriptor: descriptor, generation: state.generation)
    }
  }

  /// Gives an idle connection to the calling worker; false when it is gone.
  func take(_ id: ConnectionID, now: Int64) -> Bool {
    state.withLock { state in
      let index = Int(id.descriptor)
      guard state.entries[index].generation == id.generation, state.entries[index].isOpen else { return false }
      state.entries[index].isIdle = false
      state.entries[index].takenAt = now
      return true
    }
  }

  /// Notes a connection as idle again; to be armed in the poller after that.
  func release(_ id: ConnectionID) {
    state.withLock { state in
      state.entries[Int(id.descriptor)].isIdle = true
      if state.isDraining { Self.askToClose(id.descriptor) }
    }
  }

  /// Forgets a connection; before the descriptor is closed, unless libfcgi has closed it already.
  ///
  /// - Returns: how many are left.
  func forget(_ id: ConnectionID) -> Int {
    state.withLock { state in
      let index = Int(id.descriptor)
      if state.entries[index].generation == id.generation, state.entries[index].isOpen {
        state.entries[index].isOpen = false
        state.count -= 1
      }
      return state.count
    }
  }

  /// Asks the peers of all idle connections to close them, and from now on of each that becomes idle.
  func drain() {
    state.withLock { state in
      state.isDraining = true
      for (index, entry) in state.entries.enumerated() where entry.isOpen && entry.isIdle {
        Self.askToClose(Int32(index))
      }
    }
  }

  /// Cuts the connections that a worker took before that monotonic second, or all. Reads and writes on them end at
  /// once; whoever has them closes them.
  ///
  /// - Returns: how many were cut.
  @discardableResult
  func cut(takenBefore limit: Int64? = nil) -> Int {
    state.withLock { state in
      var cut = 0
      for (index, entry) in state.entries.enumerated() where entry.isOpen {
        if let limit, entry.isIdle || entry.takenAt >= limit { continue }
        _ = shutdown(Int32(index), Int32(SHUT_RDWR))
        cut += 1
      }
      return cut
    }
  }

  /// Sends an empty FCGI_STDERR record. When we closed an idle connection ourselves, nginx might just be sending a
  /// request on it, and does not repeat a POST. This record instead makes nginx close a connection that is idle on its
  /// side too (anything readable there does), and is nothing at the beginning of an answer to a request under way.
  private static func askToClose(_ descriptor: Int32) {
    let record: [UInt8] = [1, 7, 0, 1, 0, 0, 0, 0]
    unsafe _ = record.withUnsafeBytes { bytes in
      unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
    }
  }
}
