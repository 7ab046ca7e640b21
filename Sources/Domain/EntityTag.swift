import Bucket

/// Strong entity tags: the content's hash, and which encoding of it.
enum EntityTag {
  static func text(_ blob: BlobID, _ encoding: BlobEncoding) -> String {
    let hash = blob.description.prefix(32)
    return switch encoding {
    case .identity: "\"\(hash)\""
    case .brotli: "\"\(hash)-br\""
    case .gzip: "\"\(hash)-gz\""
    }
  }
}
