/// What Customer must know to take domains.
package struct DomainSettings: Sendable {
  /// The public addresses of this installation, IPv4 and IPv6, as the DNS client writes them.
  package let addresses: [String]
  /// The names of the certificate authority in CAA records.
  package let certificateAuthorities: [String]

  package init(addresses: [String], certificateAuthorities: [String]) {
    self.addresses = addresses
    self.certificateAuthorities = certificateAuthorities
  }

  var addresses4: [String] { addresses.filter { !$0.contains(":") } }
  var addresses6: [String] { addresses.filter { $0.contains(":") } }
}
