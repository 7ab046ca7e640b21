/// An answer in RESP2, the protocol's second version.
package enum Reply: Sendable, Equatable {
  case null
  case integer(Int)
  case status(String)
  case string([UInt8])
  case array([Reply])
  case error(String)
}
