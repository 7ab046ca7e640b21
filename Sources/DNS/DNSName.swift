/// Names as they are compared and asked for: in lower case, without a dot at the end; the root is empty.
enum DNSName {
  /// nil when it cannot be asked for: too long (RFC 1035, section 2.3.4), an empty label, bytes that need escapes.
  static func askable(_ name: String) -> String? {
    guard name.utf8.count <= 254 else { return nil }
    let bare = (name.last == "." ? String(name.dropLast()) : name).lowercased()
    guard !bare.isEmpty else { return name.isEmpty || name == "." ? "" : nil }
    let labels = bare.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isAskable =
      bare.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
      }
    return isAskable ? bare : nil
  }

  /// nil for the root.
  static func parent(_ name: String) -> String? {
    guard !name.isEmpty else { return nil }
    guard let dot = name.firstIndex(of: ".") else { return "" }
    return String(name[name.index(after: dot)...])
  }

  static func isBelow(_ name: String, _ ancestor: String) -> Bool {
    ancestor.isEmpty ? !name.isEmpty : name.hasSuffix(".\(ancestor)")
  }
}
