import KV

extension Reply {
  /// The bytes of a string.
  var data: [UInt8]? {
    if case .string(let bytes) = self { bytes } else { nil }
  }

  /// The strings of a list of strings.
  var texts: [String]? {
    guard case .array(let items) = self else { return nil }
    return items.compactMap { $0.data.map { String(decoding: $0, as: UTF8.self) } }
  }
}
