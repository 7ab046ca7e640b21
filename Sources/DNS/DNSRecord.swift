/// One record of an answer.
package struct DNSRecord: Sendable, Hashable {
  /// Its owner, in lower case, without a dot at its end; the end of the chain when there was one.
  package let name: String
  /// How long it may be kept, in seconds.
  package let ttl: Int
  package let value: DNSValue

  package init(name: String, ttl: Int, value: DNSValue) {
    (self.name, self.ttl, self.value) = (name, ttl, value)
  }
}

/// What a record says. Names are in lower case, without a dot at their end; a byte in them that is no usual letter is
/// written as in zone files (`\.`, `\000`; RFC 1035, section 5.1).
package enum DNSValue: Sendable, Hashable {
  /// Of A and AAAA, in canonical text (`InternetAddress`).
  case address(String)
  /// Of CNAME and NS.
  case name(String)
  /// Of TXT, its strings joined; bytes that are no UTF-8 are replaced.
  case text(String)
  /// The host is empty where mail is refused (RFC 7505).
  case mx(preference: Int, host: String)
  /// The tag is in lower case (RFC 8659).
  case caa(flags: Int, tag: String, value: String)
  /// Of SOA, DNSKEY and DS: that it is there.
  case other
}
