// swift-tools-version: 6.2
import PackageDescription

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// The same strict settings for every target of ours.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// The target graph is the architecture: what a target may reach stands here and nowhere else,
/// and `Tests/Architecture` holds each import line against it.
let package = Package(
  name: "smartpages",
  products: [
    .executable(name: "smartpages-core", targets: ["CoreServer"]),
    .executable(name: "smartpages-domain", targets: ["DomainServer"]),
    .executable(name: "smartpages", targets: ["SmartPagesCLI"]),
    .executable(name: "smartpages-image", targets: ["ImageEncoder"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // C libraries, each seen by one wrapper only.
    .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CARes", providers: [.apt(["libc-ares-dev"])]),
    .systemLibrary(name: "CFastCGI", providers: [.apt(["libfcgi-dev"])]),
    .systemLibrary(name: "CPostgreSQL", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CBrotli", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CIDN2", providers: [.apt(["libidn2-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CMaxMindDB", providers: [.apt(["libmaxminddb-dev"])]),
    // Of GObject, whose headers it needs: what pkg-config says of libvips itself holds flags that SwiftPM warns of.
    .systemLibrary(name: "CVips", pkgConfig: "gobject-2.0", providers: [.apt(["libvips-dev"])]),
    .systemLibrary(name: "CPSL", providers: [.apt(["libpsl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CQRencode", providers: [.apt(["libqrencode-dev"])]),

    // Vocabulary, without I/O.
    .part("HTTP"),
    .part("Configuration"),
    .part("ImageCoding"),

    // Wrappers and foundations.
    .part("Locks"),
    .part("FastCGI", ["HTTP", "Locks", "CFastCGI"]),
    .part("Database", ["CPostgreSQL", crypto]),
    .part("KV", ["Locks", "CHiredis"]),
    .part("Bucket", ["Locks", "CLinux", crypto]),
    .part("HTTPClient", ["Locks", "CCurl"]),
    .part("Compression", ["CBrotli", "CZlib"]),
    .part("Archive", ["CArchive"]),
    .part("Countries", ["CMaxMindDB"]),
    .part("DNS", ["CARes"]),
    .part("DomainNames", ["CIDN2", "CPSL"]),
    .part("LogFiles"),
    .part("QRCode", ["CQRencode", "CZlib"]),
    .part("Telemetry", ["HTTP", "Locks"]),
    .part("ChildProcess", ["CLinux"]),
    .part("Images", ["ImageCoding", "CVips"]),
    .part("Jobs", ["Database"]),

    // The border between the public gateway and the internal modules.
    .part("Services", ["HTTP", "Database"]),

    // Internal modules, reached through Services only.
    .part(
      "Customer",
      [
        "Services", "HTTP", "Database", "Jobs", "Bucket", "Compression", "Countries", "LogFiles", "ChildProcess",
        "ImageCoding", "QRCode", "HTTPClient", "Locks", "Archive", "DNS", "DomainNames", crypto,
      ],
      exclude: ["Rendering/Fonts/Licences"], plugins: ["EmbedText"]),
    .part("Billing", ["Services", "HTTP", "Database", "Jobs", "HTTPClient", "Locks", "DomainNames", crypto]),
    .part("Mailer", ["Services", "HTTP", "Database", "Jobs", "HTTPClient", "Locks", crypto]),

    // The two public faces.
    .part("Core", ["Services", "HTTP", "KV", "Telemetry", "Locks", crypto], plugins: ["EmbedText"]),
    .plugin(name: "EmbedText", capability: .buildTool(), path: "Sources/EmbedText"),
    .part("Domain", ["HTTP", "Bucket"]),

    // Composition roots.
    .program(
      "CoreServer",
      [
        "Core", "Customer", "Billing", "Mailer", "Services", "HTTP", "FastCGI", "Database", "KV", "Bucket", "Jobs",
        "HTTPClient", "Telemetry", "Configuration", "Countries", "LogFiles", "DNS",
      ]),
    // Decodes what strangers send, in a process of its own.
    .program("ImageEncoder", ["Images", "ImageCoding", "ChildProcess"]),
    .program("DomainServer", ["Domain", "HTTP", "FastCGI", "Bucket", "Telemetry", "Configuration"]),
    .program(
      "SmartPagesCLI",
      [
        "Customer", "Billing", "Mailer", "Services", "HTTP", "Database", "KV", "Bucket", "Jobs", "HTTPClient",
        "Configuration", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // The peer that scripts/bench measures all routes against: the FastCGI server with a constant answer.
    .program("LoadNoop", ["FastCGI", "HTTP"], path: "Tests/Load/Noop"),
    // What the guard costs a write, for scripts/bench.
    .program(
      "LoadGuard",
      [
        "Core", "Customer", "Billing", "Mailer", "Services", "HTTP", "Database", "KV", "Bucket", "Jobs", "HTTPClient",
        "Configuration",
      ], path: "Tests/Load/Guard"),

    // Tests. Support starts the real servers that they run against.
    .target(
      name: "Support", path: "Tests/Support",
      exclude: [
        "billing.py", "bucket.py", "client.py", "core_process.py", "countries.py", "database_proxy.py",
        "description.py", "domains.py", "export.py", "fakes", "hostile.py", "hostile_texts.txt", "letters.py",
        "markup.py", "names.py", "pictures.py", "stack.py", "validity.py", "visitor.py", "visits.py",
      ],
      swiftSettings: strict),
    .systemLibrary(
      name: "CBrotliDecoder", path: "Tests/CBrotliDecoder", providers: [.apt(["libbrotli-dev"])]),
    .testTarget(name: "ArchitectureTests", path: "Tests/Architecture", swiftSettings: strict),
    .tests("BillingTests", ["Billing", "Services", "HTTP", "HTTPClient", "Database", "Jobs", "Support"]),
    .tests("BucketTests", ["Bucket"]),
    .tests("CompressionTests", ["Compression", "CBrotliDecoder"]),
    .tests("CoreTests", ["Core", "HTTP", "KV", "Services", "Support"]),
    .tests("CustomerTests", ["Customer", "Services", "HTTP"]),
    .tests("DatabaseTests", ["Database", "Support"]),
    .tests("DNSTests", ["DNS", "Support"]),
    .tests("DomainNamesTests", ["DomainNames"]),
    .tests("DomainTests", ["Domain", "Bucket", "HTTP"]),
    .tests("FastCGITests", ["FastCGI", "HTTP", "LoadNoop", "Support"]),
    .tests("HTTPClientTests", ["HTTPClient", "Locks", "Support"]),
    .tests("HTTPTests", ["HTTP"]),
    .tests("ImageCodingTests", ["ImageCoding"]),
    .tests("JobsTests", ["Jobs", "Database", "Support"]),
    .tests("LogFilesTests", ["LogFiles"]),
    .tests("KVTests", ["KV", "Support"]),
    .tests(
      "MailerTests", ["Mailer", "Services", "HTTP", "HTTPClient", "Database", "Jobs", "Support", crypto]),
    .tests("QRCodeTests", ["QRCode"]),
    .tests("ServicesTests", ["Services", "HTTP"]),
  ]
)

extension Target {
  static func part(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
    plugins: [Target.PluginUsage] = []
  ) -> Target {
    .target(
      name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict + [.strictMemorySafety()],
      plugins: plugins)
  }

  static func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .executableTarget(
      name: name, dependencies: dependencies, path: path, swiftSettings: strict + [.strictMemorySafety()])
  }

  static func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
  }
}
