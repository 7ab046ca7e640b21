import CBrotliDecoder
import Compression
import Foundation
import Testing

@Suite struct CompressionTests {
  private static let page = Array(
    (0..<100).map { "<li><a href=\"https://example.org/\($0 * 7919 % 1000)\">Entry number \($0)</a></li>\n" }
      .joined().utf8)

  private func unbrotli(_ encoded: [UInt8], limit: Int) -> [UInt8]? {
    var size = limit
    var decoded = [UInt8](repeating: 0, count: limit)
    guard BrotliDecoderDecompress(encoded.count, encoded, &size, &decoded) == BROTLI_DECODER_RESULT_SUCCESS else {
      return nil
    }
    return Array(decoded.prefix(size))
  }

  private func gunzip(_ encoded: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gz")
    try Data(encoded).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
    gzip.arguments = ["-dc", file.path]
    let output = Pipe()
    gzip.standardOutput = output
    try gzip.run()
    let decoded = output.fileHandleForReading.readDataToEndOfFile()
    gzip.waitUntilExit()
    return gzip.terminationStatus == 0 ? Array(decoded) : []
  }

  @Test(arguments: 0...11)
  func `brotli comes back as it was and is smaller`(_ quality: Int) throws {
    let encoded = try #require(Compression.brotli(Self.page, quality: quality))
    #expect(encoded.count < Self.page.count / 2)
    #expect(unbrotli(encoded, limit: Self.page.count) == Self.page)
  }

  @Test(arguments: 1...9)
  func `gzip comes back as it was and is smaller`(_ level: Int) throws {
    let encoded = try #require(Compression.gzip(Self.page, level: level))
    #expect(encoded.count < Self.page.count / 2)
    #expect(try gunzip(encoded) == Self.page)
  }

  @Test func `a large content comes back whole`() throws {
    let content = (0..<60).flatMap { _ in Self.page } + (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    let brotli = try #require(Compression.brotli(content, quality: 5))
    #expect(unbrotli(brotli, limit: content.count) == content)
    let gzip = try #require(Compression.gzip(content))
    #expect(try gunzip(gzip) == content)
  }

  @Test func `what hardly shrinks is left as it is`() {
    var random = SystemRandomNumberGenerator()
    let noise = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) }
    for content in [[], [1], Array("short".utf8), noise] {
      #expect(Compression.brotli(content, quality: 5) == nil)
      #expect(Compression.gzip(content) == nil)
    }
  }

  @Test func `the same content gives the same bytes`() {
    #expect(Compression.gzip(Self.page) == Compression.gzip(Self.page))
    #expect(Compression.brotli(Self.page, quality: 5) == Compression.brotli(Self.page, quality: 5))
  }
}
