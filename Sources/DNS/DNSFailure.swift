/// Why nothing was learned. It is never a "no": that is a `DNSAnswer` without records.
package enum DNSFailure: Error, Hashable, Sendable {
  /// Nobody answered in time, or nobody listens there.
  case timeout
  /// A server answered, but not the question: with this code (2 SERVFAIL, 5 REFUSED, …; IANA, "DNS RCODEs"), or with 0
  /// when it only points elsewhere or does not speak for the zone that it should.
  case refused(code: Int)
  /// What came cannot be read, or the name asked for is none.
  case malformed
  /// CNAMEs lead round in a circle, or there are more than 8.
  case loop
}

extension DNSFailure: CustomStringConvertible {
  /// For logs.
  package var description: String {
    switch self {
    case .timeout: "no answer in time"
    case .refused(let code): "refused with code \(code)"
    case .malformed: "malformed"
    case .loop: "a loop, or too long a chain"
    }
  }
}
