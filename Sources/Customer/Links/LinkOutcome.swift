import HTTPClient
import Services

/// What a look at a link's target found.
enum LinkOutcome: Equatable {
  case works(status: Int)
  /// The target says that it is not there, fails, or cannot prove who it is.
  case fails(status: Int?)
  /// Nothing could be connected to: the host is gone, or our own network is.
  case unreachable
  /// It is there and does not let itself be looked at, or was too slow this time.
  case unclear(status: Int?)

  /// What the API and the database call it, before it has failed for long.
  var status: Int? {
    switch self {
    case .works(let status): status
    case .fails(let status), .unclear(let status): status
    case .unreachable: nil
    }
  }

  init(status: Int) {
    switch status {
    case 100..<400: self = .works(status: status)
    case 404, 410, 500..<600: self = .fails(status: status)
    default: self = .unclear(status: status)
    }
  }

  init(_ error: HTTPClientError) {
    switch error {
    case .tls: self = .fails(status: nil)
    case .connect: self = .unreachable
    // It answers, and at length.
    case .tooLarge: self = .works(status: 200)
    case .invalidURL, .invalidRequest, .refusedAddress, .timeout, .interrupted, .tooManyRedirects, .busy:
      self = .unclear(status: nil)
    }
  }
}

extension HTTPClient {
  /// Looks at a target: by HEAD, and by GET where that is not answered as it should be.
  func look(at target: WebLink) -> LinkOutcome {
    let head = look("HEAD", target)
    switch head {
    case .works, .unreachable: return head
    case .fails(nil), .unclear(nil): return head
    case .fails, .unclear: return look("GET", target)
    }
  }

  private func look(_ method: String, _ target: WebLink) -> LinkOutcome {
    do throws(HTTPClientError) {
      let accept = (name: "Accept", value: "text/html,*/*;q=0.8")
      return LinkOutcome(status: try send(Request(method, target.ascii, headers: [accept])).status)
    } catch {
      return LinkOutcome(error)
    }
  }
}
