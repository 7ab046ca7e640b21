// swift-tools-version: 6.2
import PackageDescription

// A peer for scripts/bench only; nothing of the product uses it. (The folder cannot be named as the dependency is.)
let package = Package(
  name: "load-hummingbird",
  platforms: [.macOS(.v14)],
  dependencies: [.package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1")],
  targets: [
    .executableTarget(
      name: "LoadHummingbird", dependencies: [.product(name: "Hummingbird", package: "hummingbird")],
      path: "Sources/App")
  ]
)
