import Testing

@testable import Domain

@Suite("Range (RFC 9110, section 14)")
struct ByteRangeTests {
  @Test(
    "is read against a representation of 100 bytes",
    arguments: [
      ("bytes=0-9", .part(0..<10)), ("bytes=90-", .part(90..<100)), ("bytes=-10", .part(90..<100)),
      ("bytes=-1000", .part(0..<100)), ("bytes=50-1000", .part(50..<100)), ("bytes=99-99", .part(99..<100)),
      ("bytes=100-", .unsatisfiable), ("bytes=1000-2000", .unsatisfiable), ("bytes=-0", .unsatisfiable),
      ("bytes=99999999999999999999-", .unsatisfiable), ("bytes=0-99999999999999999999", .part(0..<100)),
      ("bytes=9-0", .whole), ("bytes=0-1,3-4", .whole), ("bytes=-", .whole), ("bytes=", .whole),
      ("bytes=a-b", .whole), ("items=0-9", .whole), ("bytes=0-9x", .whole), ("bytes = 0-9", .whole),
      (nil, .whole),
    ] as [(String?, ByteRange)])
  func cases(_ field: String?, _ expected: ByteRange) {
    #expect(ByteRange(field, size: 100) == expected)
  }

  @Test("Nothing of an empty representation can be had")
  func empty() {
    #expect(ByteRange("bytes=0-", size: 0) == .unsatisfiable)
    #expect(ByteRange("bytes=-1", size: 0) == .unsatisfiable)
  }
}
