extension BucketWriter {
  /// What a host's record says; nil if there is none or it cannot be understood, so that a new one takes its place.
  package func host(_ host: HostName) throws(BucketError) -> HostRecord? {
    guard let (bytes, _) = try volume.read(BucketLayout.host(host), limit: 1024) else { return nil }
    return HostRecord(String(decoding: bytes, as: UTF8.self))
  }
}
