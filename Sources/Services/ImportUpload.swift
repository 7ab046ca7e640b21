/// Something to be imported, on its way to a customer.
package struct ImportUpload {
  /// The longest file, in bytes: an export with all its pictures. nginx takes a little more, so that Core can say this.
  package static let maximumBytes = 50 << 20
  /// The longest page, table or JSON, in bytes.
  package static let maximumTextBytes = 2 << 20

  /// What is sent.
  package enum Kind: Sendable {
    /// JSON: an address to look at, or contents in our own form.
    case document
    /// A page that was saved, or bookmarks.
    case page
    /// CSV.
    case table
    /// The ZIP of an export.
    case export

    /// The longest body, in bytes.
    package var limit: Int { self == .export ? ImportUpload.maximumBytes : ImportUpload.maximumTextBytes }
  }

  package let caller: Caller
  package let kind: Kind
  /// What of an export is wanted, by the names of its preview; nil: all.
  package let parts: Set<String>?
  /// Reads the body off the connection, once; to be called when there is room for its work.
  package let read: () throws -> (bytes: [UInt8], idempotency: Idempotency?)

  package init(
    caller: Caller, kind: Kind, parts: Set<String>?,
    read: @escaping () throws -> (bytes: [UInt8], idempotency: Idempotency?)
  ) {
    self.caller = caller
    self.kind = kind
    self.parts = parts
    self.read = read
  }
}
