/// The forms in which a blob's content is kept, made when it was published.
package enum BlobEncoding: Sendable, Hashable, CaseIterable {
  case identity, brotli, gzip

  /// What stands behind the blob's name in its file's name.
  var suffix: String {
    switch self {
    case .identity: ""
    case .brotli: ".br"
    case .gzip: ".gz"
    }
  }
}
