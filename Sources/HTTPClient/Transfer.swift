import CCurl
import Glibc

/// What libcurl's callbacks write to while one request is on its way. They run within `curl_easy_perform`, on the
/// thread that called it, so nothing here is shared.
final class Transfer {
  private(set) var head: AnswerHead
  private(set) var body: [UInt8] = []
  private(set) var isTooLarge = false
  /// An address that was not connected to.
  private(set) var refused: NetworkAddress?
  /// How often a connection was ready and the request was about to be written to it.
  private(set) var starts = 0
  private let configuration: HTTPClient.Configuration
  private let isRepeatable: Bool
  private let admits: HTTPClient.AddressRule?
  /// Names whose addresses are not looked up, as libcurl takes them: `name:port:address,address`.
  let names: [String]

  init(
    _ configuration: HTTPClient.Configuration, isRepeatable: Bool, admits: HTTPClient.AddressRule?, names: [String] = []
  ) {
    self.names = names
    self.configuration = configuration
    self.isRepeatable = isRepeatable
    self.admits = admits
    head = AnswerHead(limit: configuration.headerLimit)
  }

  /// Whether a part of the request may have left.
  var isStarted: Bool { starts > 0 }

  /// Says whether the request may be written. libcurl repeats one by itself when a kept connection turns out to be
  /// closed, but the server may have read the first before it closed.
  func start() -> Bool {
    guard starts == 0 || isRepeatable else { return false }
    starts += 1
    head = AnswerHead(limit: configuration.headerLimit)
    body.removeAll()
    return true
  }

  /// False ends the transfer.
  func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    if unsafe !head.take(line) { isTooLarge = true }
    return !isTooLarge
  }

  /// False ends the transfer.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= configuration.responseLimit - body.count else {
      isTooLarge = true
      return false
    }
    unsafe body.append(contentsOf: bytes)
    return true
  }

  /// A socket for a connection to that address; nil when it must not be connected to. Here, and not when the name is
  /// looked up, since a name can have another address a moment later.
  func open(_ address: UnsafePointer<curl_sockaddr>) -> Int32? {
    if let admits {
      let target = unsafe NetworkAddress(address)
      guard admits(target) else {
        refused = target
        return nil
      }
    }
    // Children (the image converter, say) must not inherit it.
    let type = unsafe address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = unsafe socket(address.pointee.family, type, address.pointee.protocol)
    return descriptor == -1 ? nil : descriptor
  }
}

/// The callbacks, as libcurl calls them; the last argument, or the first, is the transfer.
enum TransferCallbacks {
  static let header: curl_write_callback = { bytes, size, count, context in
    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
    let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return unsafe transfer(context).takeHeader(line) ? size * count : 0
  }

  static let body: curl_write_callback = { bytes, size, count, context in
    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
    let part = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return unsafe transfer(context).takeBody(part) ? size * count : 0
  }

  static let socket: curl_opensocket_callback = { context, _, address in
    guard let context = unsafe context, let address = unsafe address else { return CURL_SOCKET_BAD }
    return unsafe transfer(context).open(address) ?? CURL_SOCKET_BAD
  }

  static let start: curl_prereq_callback = { context, _, _, _, _ in
    guard let context = unsafe context else { return CURL_PREREQFUNC_ABORT }
    return unsafe transfer(context).start() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
  }

  private static func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
    unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }
}
