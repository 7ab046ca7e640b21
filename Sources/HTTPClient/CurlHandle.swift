import CCurl

/// One of libcurl's easy handles, with the one connection that it keeps.
///
/// `@unchecked Sendable`: it is used by one thread at a time, the one to which the pool has lent it.
/// `@safe`: the handle and its buffer for texts are its own from `init` to `deinit`.
@safe final class CurlHandle: @unchecked Sendable {
  /// Where its connection leads, as far as it has one.
  var origin: String?
  var lastUse = Deadline.now
  private let handle: UnsafeMutableRawPointer
  private let reason: UnsafeMutablePointer<CChar>
  /// The first option that libcurl did not take. Those that protect must not be missing unnoticed.
  private var untaken: CURLoption?

  /// libcurl wants to be set up once a process, before anything else.
  private static let isSetUp = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init() throws(HTTPClientError) {
    guard Self.isSetUp, let handle = unsafe curl_easy_init() else { throw .connect("libcurl cannot be set up") }
    unsafe self.handle = handle
    unsafe reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    unsafe curl_easy_cleanup(handle)
    unsafe reason.deallocate()
  }

  /// Sends a request, no redirect followed, and waits for the answer.
  ///
  /// - Parameter milliseconds: what is left of the request's time, more than 0.
  func perform(
    _ request: HTTPClient.Request, to address: WebAddress, within milliseconds: Int, _ transfer: Transfer,
    _ configuration: HTTPClient.Configuration
  ) throws(HTTPClientError) -> HTTPClient.Response {
    // Options only: the connection, the resolved names and the TLS session stay.
    unsafe curl_easy_reset(handle)
    untaken = nil
    setLimits(configuration, milliseconds: milliseconds)
    setProtection(configuration)
    setCallbacks(transfer)
    set(CURLOPT_URL, address.text)
    set(CURLOPT_USERAGENT, configuration.userAgent)
    setMethod(request)
    let fields = CurlList(headersOf: request)
    unsafe note(curl_set_list(handle, CURLOPT_HTTPHEADER, fields.first), CURLOPT_HTTPHEADER)
    let names = CurlList(transfer.names)
    unsafe note(curl_set_list(handle, CURLOPT_RESOLVE, names.first), CURLOPT_RESOLVE)
    if let untaken { throw .connect("libcurl does not take its option \(untaken.rawValue)") }
    unsafe reason.pointee = 0
    // libcurl holds the lists and the transfer by their addresses alone.
    let code = withExtendedLifetime((fields, names, transfer)) {
      BrokenPipe.withoutSignal { unsafe curl_easy_perform(handle) }
    }
    guard code == CURLE_OK else { throw HTTPClientError(code, transfer, reason: text(of: code)) }
    // libcurl takes the end of the connection for the end of the section.
    guard transfer.head.isComplete else { throw .interrupted("the answer ends within its header section") }
    return HTTPClient.Response(status: transfer.head.status, headers: transfer.head.fields, body: transfer.body)
  }

  private func setLimits(_ configuration: HTTPClient.Configuration, milliseconds: Int) {
    // Without it libcurl ends a look-up by SIGALRM, which is the process's.
    set(CURLOPT_NOSIGNAL, 1)
    // Else a look-up that hangs is waited for beyond the time-out.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_TIMEOUT_MS, milliseconds)
    set(CURLOPT_CONNECTTIMEOUT_MS, max(1, min(configuration.connectMilliseconds, milliseconds)))
    unsafe note(
      curl_set_size(handle, CURLOPT_MAXFILESIZE_LARGE, max(1, configuration.responseLimit)), CURLOPT_MAXFILESIZE_LARGE)
    set(CURLOPT_MAXCONNECTS, 1)
    set(CURLOPT_MAXAGE_CONN, max(1, configuration.idleMilliseconds / 1000))
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_TCP_KEEPIDLE, 20)
    set(CURLOPT_TCP_KEEPINTVL, 10)
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Empty: all that the library has code for. Decoded as it arrives, so the limit is that of what comes out.
    set(CURLOPT_ACCEPT_ENCODING, "")
  }

  private func setProtection(_ configuration: HTTPClient.Configuration) {
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    // The system's authorities stay trusted by their folder, which this does not replace.
    if let file = configuration.certificateAuthorities { set(CURLOPT_CAINFO, file) }
    // An empty text keeps libcurl from reading the environment.
    set(CURLOPT_PROXY, configuration.publicAddressesOnly ? "" : configuration.proxy ?? "")
    set(CURLOPT_NOPROXY, "localhost,127.0.0.1,::1")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setCallbacks(_ transfer: Transfer) {
    let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
    for option in [CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_OPENSOCKETDATA, CURLOPT_PREREQDATA] {
      unsafe note(curl_set_pointer(handle, option, context), option)
    }
    unsafe note(curl_set_pointer(handle, CURLOPT_ERRORBUFFER, reason), CURLOPT_ERRORBUFFER)
    unsafe note(
      curl_set_receiver(handle, CURLOPT_HEADERFUNCTION, TransferCallbacks.header), CURLOPT_HEADERFUNCTION)
    unsafe note(curl_set_receiver(handle, CURLOPT_WRITEFUNCTION, TransferCallbacks.body), CURLOPT_WRITEFUNCTION)
    unsafe note(curl_set_socket_opener(handle, TransferCallbacks.socket), CURLOPT_OPENSOCKETFUNCTION)
    unsafe note(curl_set_starter(handle, TransferCallbacks.start), CURLOPT_PREREQFUNCTION)
  }

  private func setMethod(_ request: HTTPClient.Request) {
    // A POST or PUT without a body says so by `content-length: 0` (RFC 9110, 8.6).
    let body = request.body ?? (["POST", "PUT", "PATCH"].contains(request.method) ? [] : nil)
    if request.method == "HEAD" {
      set(CURLOPT_NOBODY, 1)
    } else if let body {
      unsafe note(
        curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, body.count), CURLOPT_POSTFIELDSIZE_LARGE)
      // Copied, so that nothing of Swift's need stay where it is; asked for even when empty, as it makes the POST.
      unsafe body.withUnsafeBytes { bytes in
        unsafe withUnsafePointer(to: 0) { nothing in
          unsafe note(
            curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(nothing)),
            CURLOPT_COPYPOSTFIELDS)
        }
      }
    } else {
      set(CURLOPT_HTTPGET, 1)
    }
    if request.method != "HEAD" { set(CURLOPT_CUSTOMREQUEST, request.method) }
  }

  private func set(_ option: CURLoption, _ value: Int) {
    unsafe note(curl_set_number(handle, option, value), option)
  }

  private func set(_ option: CURLoption, _ value: String) {
    unsafe note(curl_set_text(handle, option, value), option)
  }

  private func note(_ code: CURLcode, _ option: CURLoption) {
    if code != CURLE_OK, untaken == nil { untaken = option }
  }

  /// What libcurl wrote of this failure, or else what it says of all of the kind.
  private func text(of code: CURLcode) -> String {
    let own = unsafe String(cString: reason)
    return own.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : own
  }
}
