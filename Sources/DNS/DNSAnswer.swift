/// What the DNS says about a name and a type; also that there is nothing.
package struct DNSAnswer: Sendable, Equatable {
  /// Of the type asked for, at the end of the chain; empty: there are none (`doesExist` tells why).
  package let records: [DNSRecord]
  /// The CNAMEs that were followed, in order; without the name asked for.
  package let chain: [String]
  /// Whether a validating resolver vouches for all of it (bit AD, RFC 4035); worth as much as the way to the resolver.
  package let isAuthenticated: Bool
  /// False: the name, or with a chain its last one, does not exist (NXDOMAIN): neither does any type, nor a name below.
  package let doesExist: Bool

  package init(records: [DNSRecord], chain: [String], isAuthenticated: Bool, doesExist: Bool) {
    (self.records, self.chain) = (records, chain)
    (self.isAuthenticated, self.doesExist) = (isAuthenticated, doesExist)
  }

  /// Whether both say the same, whatever the order and the times to live.
  package func agrees(with other: DNSAnswer) -> Bool {
    doesExist == other.doesExist && chain == other.chain
      && Set(records.map(\.value)) == Set(other.records.map(\.value))
  }
}

/// What a zone's own servers say.
package enum DNSAgreement: Sendable, Equatable {
  /// All that could be asked say this.
  case agreed(DNSAnswer)
  /// They differ; each of the differing answers once. A change that is on its way looks like this for a while.
  case split([DNSAnswer])
}
