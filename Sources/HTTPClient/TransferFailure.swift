import CCurl

extension HTTPClientError {
  /// What libcurl's code means for the caller.
  ///
  /// - Parameter reason: libcurl's own words.
  init(_ code: CURLcode, _ transfer: Transfer, reason: String) {
    if transfer.isTooLarge {
      self = .tooLarge
    } else if transfer.isStarted {
      self = Self.afterStart(code, transfer, reason)
    } else if let address = transfer.refused {
      self = .refusedAddress("\(address)")
    } else {
      self = Self.beforeStart(code, reason)
    }
  }

  private static func afterStart(_ code: CURLcode, _ transfer: Transfer, _ reason: String) -> HTTPClientError {
    switch code {
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_FILESIZE_EXCEEDED: .tooLarge
    // libcurl's word for a single header line beyond its own limit of 100 KB.
    case CURLE_OUT_OF_MEMORY: .tooLarge
    case CURLE_ABORTED_BY_CALLBACK: .interrupted("a kept connection was closed before the answer")
    default: .interrupted(reason)
    }
  }

  private static func beforeStart(_ code: CURLcode, _ reason: String) -> HTTPClientError {
    switch code {
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .invalidURL(reason)
    // A handshake that the peer broke off says nothing of who the peer is.
    case CURLE_SSL_CONNECT_ERROR where ["SSL_ERROR_SYSCALL", "reset", " eof "].contains { reason.contains($0) }:
      .connect(reason)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED:
      .tls(reason)
    default: .connect(reason)
    }
  }
}
