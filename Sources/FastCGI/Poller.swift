internal import CFastCGI
import Glibc

/// An epoll instance and a switch that wakes all who wait on it.
///
/// Every descriptor but the switch is one-shot: an event is given to one worker only, and nothing more comes from that
/// descriptor until it is armed again.
struct Poller: Sendable {
  /// What a descriptor was registered for. It travels through the kernel in 64 bits.
  enum Source: Equatable {
    case listener
    case stop
    case connection(ConnectionID)
  }

  struct Event {
    let source: Source
    /// The peer has closed its side; data may still be there to read.
    let isHangUp: Bool
  }

  private let epoll: Int32
  private let stopSwitch: Int32

  init() throws(ServerError) {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { throw .last("epoll_create1") }
    stopSwitch = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard stopSwitch >= 0 else { throw .last("eventfd") }
    guard control(EPOLL_CTL_ADD, stopSwitch, EPOLLIN.rawValue, .stop) else { throw .last("epoll_ctl") }
  }

  /// Registers a descriptor, armed.
  func add(_ descriptor: Int32, _ source: Source) -> Bool {
    control(EPOLL_CTL_ADD, descriptor, Self.armed, source)
  }

  /// Arms a descriptor for its next event.
  @discardableResult
  func arm(_ descriptor: Int32, _ source: Source) -> Bool {
    control(EPOLL_CTL_MOD, descriptor, Self.armed, source)
  }

  /// Takes a descriptor out; one that is closed goes by itself.
  func remove(_ descriptor: Int32) {
    _ = epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
  }

  /// Waits for one event. One at a time, so that no event waits behind a slow handler while another worker is idle.
  func wait() -> Event {
    var event = unsafe epoll_event()
    while unsafe epoll_wait(epoll, &event, 1, -1) != 1 {}
    return unsafe Event(
      source: Self.decode(event.data.u64),
      isHangUp: event.events & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0)
  }

  /// Gives every present and future ``wait()`` the event `.stop`.
  func stopAll() {
    var one: UInt64 = 1
    unsafe _ = write(stopSwitch, &one, 8)
  }

  /// To be called once, when nobody waits any more.
  func close() {
    _ = Glibc.close(stopSwitch)
    _ = Glibc.close(epoll)
  }

  private static let armed = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue

  private func control(_ operation: Int32, _ descriptor: Int32, _ events: UInt32, _ source: Source) -> Bool {
    var event = unsafe epoll_event()
    unsafe event.events = events
    unsafe event.data.u64 = Self.encode(source)
    return unsafe epoll_ctl(epoll, operation, descriptor, &event) == 0
  }

  private static func encode(_ source: Source) -> UInt64 {
    switch source {
    case .listener: UInt64.max
    case .stop: UInt64.max - 1
    case .connection(let id): UInt64(id.generation) << 32 | UInt64(UInt32(id.descriptor))
    }
  }

  private static func decode(_ bits: UInt64) -> Source {
    switch bits {
    case UInt64.max: .listener
    case UInt64.max - 1: .stop
    default:
      .connection(
        ConnectionID(descriptor: Int32(bits & 0x7FFF_FFFF), generation: UInt32(truncatingIfNeeded: bits >> 32)))
    }
  }
}
