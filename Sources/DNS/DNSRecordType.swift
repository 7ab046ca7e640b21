/// The types that are asked for (IANA, "Resource Record (RR) TYPEs").
package enum DNSRecordType: UInt16, Sendable, CaseIterable {
  case a = 1
  case ns = 2
  case cname = 5
  case soa = 6
  case mx = 15
  case txt = 16
  case aaaa = 28
  case ds = 43
  case dnskey = 48
  case caa = 257
}
