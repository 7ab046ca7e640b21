import Foundation
import Testing

@testable import LogFiles

@Suite("Log files")
struct LogFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "logs-\(UUID().uuidString)")

  /// Writes a file and reads it in parts of so many lines; gives all lines and how many were too long.
  private func read(_ text: String, lines: Int, lineLimit: Int = 100) throws -> (lines: [String], tooLong: Int) {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appending(path: "a.log"))
    let file = try #require(try LogFolder(path: folder.path()).open("a.log"))
    var found: [String] = []
    var tooLong = 0
    var offset = 0
    while true {
      let part = try file.part(from: offset, lines: lines, bytes: 1 << 20, lineLimit: lineLimit)
      if part.end == offset { return (found, tooLong) }
      found += part.lines.map { String(decoding: $0, as: UTF8.self) }
      tooLong += part.tooLong
      offset = part.end
    }
  }

  @Test("Parts of any size give each line once", arguments: [1, 2, 3, 1000])
  func parts(_ lines: Int) throws {
    let expected = (0..<100).map { "line \($0)" }
    #expect(try read(expected.joined(separator: "\n") + "\n", lines: lines).lines == expected)
  }

  @Test("The last line counts without its line break", arguments: ["a\nb", "a\nb\n", "\na\n\nb\n\n"])
  func lastLine(_ text: String) throws {
    #expect(try read(text, lines: 10).lines == ["a", "b"])
  }

  @Test("A line that is too long is skipped, wherever it stands", arguments: [101, 70_000, 1_000_000])
  func longLine(_ length: Int) throws {
    let long = String(repeating: "x", count: length)
    for text in ["\(long)\na\nb\n", "a\n\(long)\nb\n", "a\nb\n\(long)\n", "a\nb\n\(long)"] {
      let (lines, tooLong) = try read(text, lines: 1)
      #expect(lines == ["a", "b"])
      #expect(tooLong == 1)
    }
  }

  @Test("Only finished files of the folder itself are listed and opened, and a missing one is none")
  func folders() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["b.log", "a.log", ".hidden.log", "other.txt"] {
      try Data().write(to: folder.appending(path: name))
    }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "link.log"), withDestinationURL: URL(filePath: "/etc/passwd"))
    try FileManager.default.createDirectory(at: folder.appending(path: "z.log"), withIntermediateDirectories: true)
    let logs = LogFolder(path: folder.path())
    #expect(try logs.names() == ["a.log", "b.log", "link.log", "z.log"])
    #expect(try logs.open("link.log") == nil)
    #expect(try logs.open("z.log") == nil)
    #expect(try logs.open("missing.log") == nil)
    try logs.remove("a.log")
    try logs.remove("a.log")
    #expect(try logs.names() == ["b.log", "link.log", "z.log"])
    #expect(throws: LogFileError.self) { try LogFolder(path: "/nonexistent").names() }
  }
}
