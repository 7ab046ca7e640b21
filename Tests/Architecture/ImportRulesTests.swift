import Foundation
import Testing

/// Who may import whom. A target's dependency list alone does not forbid an import of what is built anyway, so each
/// import line is held against this table as well.
private let allowedImports: [String: Set<String>] = [
  "HTTP": [], "Configuration": [],
  "Locks": [], "ImageCoding": [], "ChildProcess": ["CLinux"], "ACME": ["ChildProcess", "Configuration", "Crypto"],
  "Images": ["ImageCoding", "CVips"],
  "FastCGI": ["HTTP", "Locks", "CFastCGI"], "Database": ["CPostgreSQL", "Crypto"], "KV": ["Locks", "CHiredis"],
  "Bucket": ["Locks", "CLinux", "Crypto"], "Compression": ["CBrotli", "CZlib"], "Telemetry": ["HTTP", "Locks"],
  "Countries": ["CMaxMindDB"], "DNS": ["CARes"], "DomainNames": ["CIDN2", "CPSL"],
  "HTTPClient": ["Locks", "CCurl"], "LogFiles": [],
  "QRCode": ["CQRencode", "CZlib"], "Archive": ["CArchive"],
  "HTMLReading": ["HTTP", "CXML"],
  // A plugin of the build, part of no program.
  "EmbedText": ["PackagePlugin"],
  "Jobs": ["Database"],
  "Services": ["HTTP", "Database"],
  "Customer": [
    "Services", "HTTP", "Database", "Jobs", "Bucket", "Compression", "Countries", "LogFiles", "ChildProcess",
    "ImageCoding", "QRCode", "HTTPClient", "Locks", "Archive", "DNS", "ACME", "DomainNames", "Crypto",
  ],
  "Billing": ["Services", "HTTP", "Database", "Jobs", "HTTPClient", "Locks", "DomainNames", "Crypto"],
  "Mailer": ["Services", "HTTP", "Database", "Jobs", "HTTPClient", "Locks", "Crypto"],
  "Core": ["Services", "HTTP", "KV", "Telemetry", "Locks", "Crypto"],
  "Domain": ["HTTP", "Bucket"],
  "CoreServer": [
    "Core", "Customer", "Billing", "Mailer", "Services", "HTTP", "FastCGI", "Database", "KV", "Bucket", "Jobs",
    "HTTPClient", "Telemetry", "Configuration", "Countries", "LogFiles", "DNS", "ACME",
  ],
  // What decodes strangers' files knows of nothing else.
  "ImageEncoder": ["Images", "ImageCoding", "HTMLReading", "HTTP", "ChildProcess"],
  "DomainServer": ["Domain", "HTTP", "FastCGI", "Bucket", "Telemetry", "Configuration"],
  "SmartPagesCLI": [
    "Customer", "Billing", "Mailer", "Services", "HTTP", "Database", "KV", "Bucket", "Jobs", "HTTPClient",
    "Configuration", "ACME", "ArgumentParser",
  ],
]

/// What every target may import: the standard library's own modules.
private let everywhere: Set<String> = ["FoundationEssentials", "Glibc", "Synchronization"]

/// The targets that wrap a C library: they alone import C.
private let wrappers: Set<String> = [
  "FastCGI", "Database", "KV", "Bucket", "ChildProcess", "Compression", "Countries", "DNS", "DomainNames", "HTTPClient",
  "Images", "QRCode", "Archive", "HTMLReading",
]

@Suite("The architecture")
struct ImportRulesTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  /// The folders of Swift targets; those of C libraries hold a module map instead.
  static var targets: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: sources.path())) ?? []
    return names.filter { !FileManager.default.fileExists(atPath: "\(sources.path())/\($0)/module.modulemap") }.sorted()
  }

  @Test("Every target stands in the table of imports")
  func tableIsComplete() {
    #expect(Set(Self.targets) == Set(allowedImports.keys))
  }

  @Test("A target imports only what the architecture allows it", arguments: targets)
  func imports(_ target: String) throws {
    let allowed = try #require(allowedImports[target]).union(everywhere)
    for (file, line, module) in try Self.importLines(of: target) {
      #expect(allowed.contains(module), "\(file) imports \(module)")
      if module.hasPrefix("C"), module.dropFirst().first?.isUppercase == true, module != "Core" {
        #expect(wrappers.contains(target), "\(file) imports C")
        #expect(line.hasPrefix("internal import") || line.hasPrefix("import"), "\(file) must not hand C on: \(line)")
      }
    }
  }

  @Test("Domain reaches HTTP and Bucket and, through them, nothing but locks, C and cryptography")
  func domainReach() {
    var reached: Set<String> = []
    var open = ["Domain"]
    while let target = open.popLast() {
      for next in allowedImports[target] ?? [] where reached.insert(next).inserted { open.append(next) }
    }
    #expect(reached == ["HTTP", "Bucket", "Locks", "CLinux", "Crypto"])
  }

  @Test("No statement names another module's tables", arguments: ["Customer", "Billing", "Mailer", "Jobs"])
  func schemas(_ target: String) throws {
    let others = ["customer", "billing", "mailer", "jobs"].filter { $0 != target.lowercased() }
    for (file, text) in try Self.files(of: target) {
      for schema in others {
        let pattern = try Regex("(FROM|JOIN|INTO|UPDATE|TABLE)\\s+\(schema)\\.")
        #expect(text.firstMatch(of: pattern) == nil, "\(file) reads or writes a table of \(schema)")
      }
    }
  }

  private static func files(of target: String) throws -> [(String, String)] {
    let folder = sources.appending(path: target)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
    return try paths.filter { $0.hasSuffix(".swift") }.map {
      ("\(target)/\($0)", try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
  }

  private static func importLines(of target: String) throws -> [(file: String, line: String, module: String)] {
    try files(of: target).flatMap { file, text in
      text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index <= 2, !line.hasPrefix("//"), index + 1 < words.count,
          words[..<index].allSatisfy({ ["package", "public", "internal", "private", "@preconcurrency"].contains($0) })
        else { return nil }
        let module = words[index + 1].split(separator: ".")[0]
        return (file, String(line), String(module))
      }
    }
  }
}
