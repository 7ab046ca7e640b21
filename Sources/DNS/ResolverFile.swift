import Glibc

/// The machine's own resolvers (resolv.conf(5)).
enum ResolverFile {
  static let path = "/etc/resolv.conf"

  /// As glibc takes them: the first three, and the one on this machine when none is named or there is no file.
  static func servers(path: String = path) -> [DNSServer] {
    let named = servers(in: text(path))
    return named.isEmpty ? [DNSServer(canonical: "127.0.0.1", port: 53)] : Array(named.prefix(3))
  }

  static func servers(in text: String) -> [DNSServer] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 2, words[0] == "nameserver" else { return nil }
      return DNSServer(String(words[1]))
    }
  }

  /// The first 64 KB; empty when it cannot be read.
  private static func text(_ path: String) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let count = unsafe read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
  }
}
