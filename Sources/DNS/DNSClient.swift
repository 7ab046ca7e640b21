import Synchronization

/// Asks the DNS, and waits for the answer. It may be used by many threads at once; each call has sockets of its own,
/// and no answer is kept.
package final class DNSClient: Sendable {
  let configuration: DNSConfiguration
  private let preferred: Preferred
  /// When all calls end; nil: each has its own time alone.
  private let end: Deadline?

  /// Which resolver answered last: with it the next question begins, so that one that is down is not waited for at each
  /// of many.
  private final class Preferred: Sendable {
    let index = Atomic(0)
  }

  package convenience init(_ configuration: DNSConfiguration = DNSConfiguration()) {
    self.init(configuration, Preferred(), until: nil)
  }

  private init(_ configuration: DNSConfiguration, _ preferred: Preferred, until end: Deadline?) {
    self.configuration = configuration
    self.preferred = preferred
    self.end = end
  }

  /// The same for one piece of work of many questions: from now on they have this time together. What is asked later
  /// fails at once, with ``DNSFailure/timeout``.
  package func bounded(milliseconds: Int) -> DNSClient {
    DNSClient(configuration, preferred, until: earliest(Deadline(afterMilliseconds: milliseconds)))
  }

  /// What the resolvers say, along the chain of CNAMEs to its end. The next resolver is asked when one cannot say it.
  package func query(_ name: String, _ type: DNSRecordType) throws(DNSFailure) -> DNSAnswer {
    try resolve(Self.askable(name), type, until: newDeadline)
  }

  var newDeadline: Deadline { earliest(Deadline(afterMilliseconds: configuration.deadlineMilliseconds)) }

  private func earliest(_ deadline: Deadline) -> Deadline {
    guard let end, end.remainingMilliseconds < deadline.remainingMilliseconds else { return deadline }
    return end
  }

  static func askable(_ name: String) throws(DNSFailure) -> String {
    guard let name = DNSName.askable(name) else { throw .malformed }
    return name
  }

  func resolve(_ name: String, _ type: DNSRecordType, until deadline: Deadline) throws(DNSFailure) -> DNSAnswer {
    var chain = CNAMEChain(from: name)
    var isAuthenticated = true
    while true {
      let asked = chain.end
      let packet = try askResolvers(asked, type, until: deadline)
      isAuthenticated = isAuthenticated && packet.isAuthenticated
      if type != .cname { try chain.follow(packet) }
      let doesExist = packet.code != Packet.nameError
      let records = doesExist ? try packet.records(chain.end, type) : []
      // Without records at its end the chain may go on where this server does not look.
      if !records.isEmpty || !doesExist || chain.end == asked {
        return DNSAnswer(
          records: records, chain: chain.names, isAuthenticated: isAuthenticated, doesExist: doesExist)
      }
    }
  }

  /// The answer of the first resolver that has one, for a name as it is: no CNAME is followed beyond the packet.
  func askResolvers(_ name: String, _ type: DNSRecordType, until deadline: Deadline) throws(DNSFailure) -> Packet {
    let question = Question(name: try Self.askable(name), type: type, isRecursive: true)
    let servers = configuration.resolvers.isEmpty ? ResolverFile.servers() : configuration.resolvers
    let start = preferred.index.load(ordering: .relaxed)
    var silent = servers.indices.map { (start + $0) % servers.count }
    var failure = DNSFailure.timeout
    for attempt in 0..<max(1, configuration.tries) {
      for index in silent {
        switch ask([servers[index]], question, attempt, until: deadline)[0] {
        case .success(let packet):
          preferred.index.store(index, ordering: .relaxed)
          return packet
        case .failure(.timeout): continue
        case .failure(let said):
          // What it said it would say again.
          failure = said
          silent.removeAll { $0 == index }
        }
      }
    }
    throw failure
  }

  /// Asks servers at once, each one time.
  /// - Parameter attempt: from 0 on; each waits twice as long as the one before.
  /// - Returns: in the servers' order.
  func ask(
    _ servers: [DNSServer], _ question: Question, _ attempt: Int, until deadline: Deadline
  ) -> [Result<Packet, DNSFailure>] {
    guard deadline.remainingMilliseconds > 0 else { return servers.map { _ in .failure(.timeout) } }
    let timeout = configuration.timeoutMilliseconds << min(attempt, 8)
    let exchanges = servers.map { Exchange(question, to: $0, timeoutMilliseconds: timeout) }
    Exchange.wait(for: exchanges, until: deadline)
    return exchanges.map { exchange in
      (exchange.outcome ?? .failure(.timeout)).flatMap { bytes in
        Result { () throws(DNSFailure) in try Self.usable(Packet(bytes)) }
      }
    }
  }

  private static func usable(_ packet: Packet) throws(DNSFailure) -> Packet {
    guard packet.code == 0 || packet.code == Packet.nameError, !packet.isReferral else {
      throw .refused(code: packet.code)
    }
    return packet
  }
}
