import CARes
import Glibc

/// What is asked.
struct Question: Sendable {
  let name: String
  let type: DNSRecordType
  /// Whether the server shall ask others: a resolver, not a zone's own server.
  let isRecursive: Bool
}

/// One question on its way to one server, with a socket, a port and an id of its own, which a forger would have to
/// guess anew each time. The answer comes by TCP when it was cut off over UDP.
///
/// Used by one thread, which gives it to `Exchange.wait` until it is over.
@safe final class Exchange {
  private let channel: ares_channel?
  private let reply = Reply()

  /// What c-ares calls back with; it outlives the channel.
  private final class Reply {
    var outcome: Result<[UInt8], DNSFailure>?
  }

  /// What fits into one packet on any usual network path (DNS Flag Day 2020).
  private static let packetSize: Int32 = 1232
  /// Once for the process, before the first channel.
  private static let isReady = ares_library_init(ARES_LIB_INIT_ALL) == 0

  init(_ question: Question, to server: DNSServer, timeoutMilliseconds: Int) {
    var opened: ares_channel?
    guard Self.isReady,
      unsafe dns_open(&opened, server.description, Int32(clamping: timeoutMilliseconds), Self.packetSize) == 0
    else {
      unsafe channel = nil
      reply.outcome = .failure(.timeout)
      return
    }
    unsafe channel = opened
    send(question)
  }

  deinit {
    if let channel = unsafe channel { unsafe ares_destroy(channel) }
  }

  /// nil while it is on its way.
  var outcome: Result<[UInt8], DNSFailure>? { reply.outcome }

  private func send(_ question: Question) {
    var packet: UnsafeMutablePointer<UInt8>?
    var length: Int32 = 0
    let id = UInt16.random(in: 0...UInt16.max)
    let status = unsafe ares_create_query(
      question.name.isEmpty ? "." : question.name, 1, Int32(question.type.rawValue), id,
      question.isRecursive ? 1 : 0, &packet, &length, Self.packetSize)
    guard status == 0, let bytes = unsafe packet, length > 12 else {
      reply.outcome = .failure(.malformed)
      return
    }
    defer { unsafe ares_free_string(bytes) }
    // Bit AD: whether the answer is validated is of interest (RFC 6840, section 5.7).
    if question.isRecursive { unsafe bytes[3] |= 0x20 }
    unsafe ares_send(
      channel, bytes, length,
      { reply, status, _, bytes, length in
        let reply = unsafe Unmanaged<Reply>.fromOpaque(reply!).takeUnretainedValue()
        guard reply.outcome == nil else { return }
        if let bytes = unsafe bytes, status == 0, length > 0 {
          reply.outcome = .success(unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(length))))
        } else {
          reply.outcome = .failure(.timeout)
        }
      }, Unmanaged.passUnretained(reply).toOpaque())
  }

  /// Waits until all are over or the deadline has passed.
  static func wait(for exchanges: [Exchange], until deadline: Deadline) {
    while true {
      let open = exchanges.filter { $0.outcome == nil }
      let left = deadline.remainingMilliseconds
      guard !open.isEmpty, left > 0 else { return }
      var entries: [pollfd] = []
      var owners: [Exchange] = []
      for exchange in open {
        let more = exchange.descriptors
        entries += more
        owners += more.map { _ in exchange }
      }
      let pause = open.reduce(left) { min($0, $1.millisecondsToTimeout) }
      _ = unsafe poll(&entries, nfds_t(entries.count), Int32(clamping: pause))
      for (entry, owner) in zip(entries, owners) { owner.process(entry) }
      for exchange in open { exchange.process(pollfd(fd: -1, events: 0, revents: 0)) }
    }
  }

  private var descriptors: [pollfd] {
    var sockets = [ares_socket_t](repeating: -1, count: Int(ARES_GETSOCK_MAXNUM))
    let bits = unsafe UInt32(bitPattern: ares_getsock(channel, &sockets, ARES_GETSOCK_MAXNUM))
    return sockets.indices.compactMap { index in
      let isRead = bits >> UInt32(index) & 1 != 0
      let isWritten = bits >> UInt32(index + Int(ARES_GETSOCK_MAXNUM)) & 1 != 0
      guard isRead || isWritten else { return nil }
      return pollfd(
        fd: sockets[index], events: Int16((isRead ? POLLIN : 0) | (isWritten ? POLLOUT : 0)), revents: 0)
    }
  }

  private var millisecondsToTimeout: Int {
    var time = timeval()
    guard unsafe ares_timeout(channel, nil, &time) != nil else { return Int.max }
    return time.tv_sec * 1000 + Int(time.tv_usec + 999) / 1000
  }

  /// - Parameter entry: a socket that something happened to; of -1: only time has passed.
  private func process(_ entry: pollfd) {
    let events = Int32(entry.revents)
    let isReadable = events & (POLLIN | POLLERR | POLLHUP) != 0
    guard entry.fd < 0 || events != 0 else { return }
    unsafe ares_process_fd(channel, isReadable ? entry.fd : -1, events & POLLOUT != 0 ? entry.fd : -1)
  }
}
