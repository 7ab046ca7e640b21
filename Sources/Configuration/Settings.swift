import Glibc

/// Reads the settings of one executable from its environment (twelve-factor), and says what is wrong with them.
///
/// A secret may also stand in a file: `NAME_FILE` names it, and its trailing line break is dropped.
package struct Settings: Sendable {
  private let environment: [String: String]

  /// - Parameter environment: the variables; the process's own unless a test gives others.
  package init(environment: [String: String] = Settings.processEnvironment()) {
    self.environment = environment
  }

  /// The variable's text; the default when it is absent or empty.
  package func text(_ name: String, default fallback: String? = nil) throws(SettingsError) -> String {
    if let value = environment[name], !value.isEmpty { return value }
    if let path = environment["\(name)_FILE"], !path.isEmpty { return try contents(of: path, for: "\(name)_FILE") }
    guard let fallback else { throw SettingsError(name: name, expected: "a value; it is not set") }
    return fallback
  }

  /// The variable's text, or nil when it is absent or empty.
  package func optionalText(_ name: String) throws(SettingsError) -> String? {
    let value = try text(name, default: "")
    return value.isEmpty ? nil : value
  }

  /// A whole number within a range.
  package func integer(
    _ name: String, default fallback: Int, in range: ClosedRange<Int>
  ) throws(SettingsError) -> Int {
    let value = try text(name, default: String(fallback))
    guard let number = Int(value), range.contains(number) else {
      throw SettingsError(
        name: name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(value)\"")
    }
    return number
  }

  /// A value that `parse` understands.
  package func value<Value>(
    _ name: String, default fallback: String? = nil, expected: String, _ parse: (String) -> Value?
  ) throws(SettingsError) -> Value {
    let text = try text(name, default: fallback)
    guard let value = parse(text) else { throw SettingsError(name: name, expected: "\(expected), not \"\(text)\"") }
    return value
  }

  private func contents(of path: String, for name: String) throws(SettingsError) -> String {
    guard let file = unsafe fopen(path, "re") else {
      throw SettingsError(name: name, expected: "a readable file, and \"\(path)\" is none")
    }
    defer { unsafe fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe fread(&buffer, 1, buffer.count, file)
    var text = String(decoding: buffer[..<count], as: UTF8.self)
    while text.hasSuffix("\n") || text.hasSuffix("\r") { text.removeLast() }
    return text
  }

  /// The environment of this process.
  package static func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let line = unsafe String(cString: text)
      if let equals = line.firstIndex(of: "=") {
        variables[String(line[..<equals])] = String(line[line.index(after: equals)...])
      }
      unsafe entry = entry.successor()
    }
    return variables
  }
}

/// A setting that stops the start.
package struct SettingsError: Error, CustomStringConvertible {
  /// The variable.
  package let name: String
  /// What it must hold.
  package let expected: String

  package var description: String { "\(name) expects \(expected)." }
}
