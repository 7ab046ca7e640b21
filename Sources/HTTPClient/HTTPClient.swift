/// Blocking HTTP requests to other services, over connections that are kept (libcurl).
///
/// Certificates are always verified; there are no cookies, no stored credentials and no settings from the environment.
package final class HTTPClient: Sendable {
  /// Says whether an address may be connected to.
  typealias AddressRule = @Sendable (NetworkAddress) -> Bool
  /// What a name server would say at this moment: `name:port:address,address`.
  typealias NameTable = @Sendable () -> [String]

  private let configuration: Configuration
  private let admits: AddressRule?
  private let names: NameTable
  private let pool: HandlePool
  private let gaps: HostGaps

  package convenience init(_ configuration: Configuration = Configuration()) {
    let further = configuration.furtherAddresses
    let isPublic: AddressRule = { $0.isPublic || further.contains("\($0)") }
    self.init(configuration, admits: configuration.publicAddressesOnly ? isPublic : nil)
  }

  /// - Parameters:
  ///   - admits: nil: all addresses.
  ///   - names: asked before each request; those that it does not know are looked up.
  init(_ configuration: Configuration, admits: AddressRule?, names: @escaping NameTable = { [] }) {
    self.names = names
    self.configuration = configuration
    self.admits = admits
    pool = HandlePool(limit: max(1, configuration.connections), idleMilliseconds: configuration.idleMilliseconds)
    gaps = HostGaps(milliseconds: configuration.hostGapMilliseconds)
  }

  /// Sends a request and waits for the whole answer; any status is an answer.
  package func send(_ request: Request) throws(HTTPClientError) -> Response {
    try RequestCheck.check(request)
    let deadline = Deadline.after(milliseconds: request.totalMilliseconds ?? configuration.totalMilliseconds)
    var hop = (request: request, address: try WebAddress(request.url))
    var response = try exchange(hop.request, hop.address, deadline)
    do throws(HTTPClientError) {
      var followed = 0
      while configuration.redirects > 0, let next = try hop.request.redirected(by: response, at: hop.address) {
        guard followed < configuration.redirects else { throw .tooManyRedirects }
        guard deadline > .now else { throw .timeout }
        followed += 1
        hop = next
        response = try exchange(hop.request, hop.address, deadline)
      }
      return response
    } catch {
      throw request.isSafe ? error : error.afterRedirect
    }
  }

  /// One request, one answer.
  private func exchange(
    _ request: Request, _ address: WebAddress, _ deadline: Deadline
  ) throws(HTTPClientError) -> Response {
    gaps.wait(for: address.host)
    let handle = try pool.acquire(
      for: address.origin, until: min(deadline, .after(milliseconds: configuration.waitMilliseconds)))
    defer { pool.release(handle) }
    let milliseconds = deadline.remainingMilliseconds
    guard milliseconds > 0 else { throw .busy }
    handle.origin = address.origin
    let transfer = Transfer(configuration, isRepeatable: request.isRepeatable, admits: admits, names: names())
    return try handle.perform(request, to: address, within: milliseconds, transfer, configuration)
  }
}
