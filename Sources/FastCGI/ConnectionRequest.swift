internal import CFastCGI
import Glibc
import HTTP

/// The request that a worker reads from a connection, through libfcgi. Each worker has one and uses it again and again;
/// between requests it holds no parameters and no body.
@safe final class ConnectionRequest: RequestSource {
  /// Owned; freed in deinit. A pointer, for libfcgi's streams point back into it.
  private let request: UnsafeMutablePointer<FCGX_Request>
  private var isOpen = false

  init() {
    unsafe request = .allocate(capacity: 1)
    // With no socket to accept from, libfcgi reports a closed or broken connection instead of waiting for another.
    unsafe FCGX_InitRequest(request, -1, FCGI_FAIL_ACCEPT_ON_INTR)
  }

  deinit {
    unsafe request.deallocate()
  }

  /// Reads the beginning and the parameters of the next request on the connection.
  ///
  /// - Returns: false when the peer closed, broke the protocol or was too slow; libfcgi has then closed the connection.
  func read(_ descriptor: Int32) -> Bool {
    unsafe fastcgi_attach(request, descriptor)
    isOpen = unsafe FCGX_Accept_r(request) == 0
    return isOpen
  }

  /// Whether the request is for a responder, the only role of FastCGI that nginx uses.
  var isForResponder: Bool {
    unsafe request.pointee.role == FCGI_RESPONDER
  }

  /// The request's number on its connection; nginx uses 1.
  var number: UInt16 {
    unsafe UInt16(truncatingIfNeeded: request.pointee.requestId)
  }

  /// Whether the peer wants to go on with the connection after the answer.
  var peerKeepsConnection: Bool {
    unsafe fastcgi_peer_keeps(request) != 0
  }

  func parameter(_ name: StaticString) -> String? {
    guard isOpen else { return nil }
    return name.withUTF8Buffer { bytes in
      let start = unsafe UnsafeRawPointer(bytes.baseAddress!).assumingMemoryBound(to: CChar.self)
      guard let value = unsafe fastcgi_parameter(request, start, UInt(bytes.count)) else { return nil }
      return unsafe String(cString: value)
    }
  }

  /// Bytes; what is read at once is made room for first.
  private static let largestRead = 1 << 20

  func readBody(limit: Int) throws(BodyReadError) -> [UInt8]? {
    guard isOpen else { throw BodyReadError() }
    let announced = parameter("CONTENT_LENGTH").flatMap { Int($0) }
    if let announced, announced > limit { return nil }
    var body: [UInt8] = []
    // One more than announced, so that the usual body is read in one go, its end included.
    body.reserveCapacity(min(announced ?? 4096, limit) + 1)
    while body.count <= limit {
      let chunk = min(max(4096, body.capacity - body.count), limit + 1 - body.count, Self.largestRead)
      let before = body.count
      body.append(contentsOf: [UInt8](repeating: 0, count: chunk))
      let read = unsafe body.withUnsafeMutableBytes { bytes in
        let start = unsafe bytes.baseAddress! + before
        return unsafe Int(FCGX_GetStr(start.assumingMemoryBound(to: CChar.self), Int32(chunk), request.pointee.in))
      }
      body.removeLast(chunk - read)
      if read < chunk { break }
    }
    if body.count > limit { return nil }
    guard unsafe FCGX_GetError(request.pointee.in) == 0, announced == nil || announced == body.count else {
      throw BodyReadError()
    }
    return body
  }

  /// Reads away what is left of the body: it would be a protocol error at the beginning of the next request.
  ///
  /// - Returns: whether the body's end was reached within the limit.
  func discardBody(limit: Int) -> Bool {
    var left = limit
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8192) { buffer in
      while left > 0 {
        let read = unsafe Int(FCGX_GetStr(buffer.baseAddress!, 8192, request.pointee.in))
        if read < 8192 { return unsafe FCGX_GetError(request.pointee.in) == 0 }
        left -= read
      }
      return false
    }
  }

  /// Frees the request and gives the connection back to its worker.
  func end() {
    isOpen = false
    unsafe fastcgi_detach(request)
  }
}
