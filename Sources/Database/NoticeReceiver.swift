internal import CPostgreSQL

/// Carries a connection's NOTICEs from libpq's callback to the log. The connection keeps it alive, and so its
/// address valid, for longer than libpq can call.
final class NoticeReceiver {
  private let log: @Sendable (DatabaseEvent) -> Void

  init(_ handle: OpaquePointer, _ log: @escaping @Sendable (DatabaseEvent) -> Void) {
    self.log = log
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe PQsetNoticeReceiver(
      handle,
      { context, result in
        guard let context = unsafe context, let result = unsafe result else { return }
        let receiver = unsafe Unmanaged<NoticeReceiver>.fromOpaque(context).takeUnretainedValue()
        receiver.log(
          .notice(
            severity: unsafe ResultField.text(result, ResultField.severity),
            message: unsafe ResultField.text(result, ResultField.message)))
      }, context)
  }
}

/// Fields of a server's message (PostgreSQL manual, "Error and Notice Message Fields").
enum ResultField {
  static let severity = UInt8(ascii: "V")
  static let sqlState = UInt8(ascii: "C")
  static let message = UInt8(ascii: "M")
  static let column = UInt8(ascii: "c")
  static let constraint = UInt8(ascii: "n")

  /// A field's text, empty if the message has none.
  static func text(_ result: OpaquePointer, _ field: UInt8) -> String {
    guard let text = unsafe PQresultErrorField(result, Int32(field)) else { return "" }
    return unsafe String(cString: text)
  }
}
