package import Database

/// A job to be enqueued.
package struct NewJob: Sendable {
  /// Names the handler, as in `mailer.send`.
  package var kind: String
  /// At most one unfinished job has a key; enqueueing a second one does nothing. A running job counts as unfinished
  /// unless ``keyUntilTaken``.
  package var key: String?
  /// The key bounds waiting jobs only: what is enqueued while one runs makes another run, which may overlap it.
  package var keyUntilTaken: Bool
  /// JSON, as UTF-8.
  package var payload: [UInt8]
  /// 0 is taken first, whatever waits behind it.
  package var priority: Int
  /// Not before; nil: at once.
  package var runAt: Timestamp?
  package var maxAttempts: Int
  /// For secret payloads: the row is deleted at completion, and the payload when it is discarded.
  package var eraseWhenDone: Bool

  package init(
    kind: String, key: String? = nil, keyUntilTaken: Bool = false, payload: [UInt8] = Array("{}".utf8),
    priority: Int = 1, runAt: Timestamp? = nil, maxAttempts: Int = 20, eraseWhenDone: Bool = false
  ) {
    self.kind = kind
    self.key = key
    self.keyUntilTaken = keyUntilTaken
    self.payload = payload
    self.priority = priority
    self.runAt = runAt
    self.maxAttempts = maxAttempts
    self.eraseWhenDone = eraseWhenDone
  }
}
