/// A large blob, open for reading; closed when nobody holds it any more.
package final class BlobFile: Sendable {
  /// Bytes.
  package let size: Int
  private let file: OpenFile

  init(_ file: OpenFile, size: Int) {
    self.file = file
    self.size = size
  }

  deinit { file.close() }

  /// Exactly these bytes.
  package func read(at range: Range<Int>) throws(BucketError) -> [UInt8] {
    try file.read(at: range.lowerBound, count: range.count)
  }
}
