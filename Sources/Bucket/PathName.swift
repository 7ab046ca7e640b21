/// What all names that become a part of a path have in common.
enum PathName {
  /// Lower-case letters, digits and inner hyphens, `limit` bytes at most: such a name can't be `.` or `..`, holds no
  /// slash and no NUL, and means the same on every file system.
  static func isLabel(_ text: String, limit: Int) -> Bool {
    var count = 0
    var last: UInt8?
    for byte in text.utf8 {
      count += 1
      guard count <= limit, isAlphanumeric(byte) || byte == UInt8(ascii: "-") && last != nil else { return false }
      last = byte
    }
    return last.map(isAlphanumeric) ?? false
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
