import Synchronization

/// The counters behind ``ServerStatistics``, written by all workers.
final class Counters: Sendable {
  let busyWorkers = Atomic<Int>(0)
  let requests = Atomic<Int>(0)
  let overloaded = Atomic<Int>(0)
  let queueMicroseconds = Atomic<Int>(0)
  let broken = Atomic<Int>(0)
}
