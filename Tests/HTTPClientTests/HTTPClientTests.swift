import Testing

@testable import HTTPClient

@Suite struct HTTPClientTests {
  @Test func whatWasNeverSentCanBeRepeated() {
    #expect(HTTPClientError.connect("").isUnsent)
    #expect(!HTTPClientError.timeout.isUnsent)
  }
}
