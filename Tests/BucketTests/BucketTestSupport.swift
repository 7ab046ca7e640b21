import Bucket
import Foundation
import Testing

/// One test at a time: some mount file systems or load the disk.
@Suite(.serialized) enum BucketTests {}

/// A volume of a test's own, gone with the object.
final class TemporaryVolume: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("volume-\(UUID().uuidString.prefix(8))").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// All files below, by their path within the volume.
  var files: [String] {
    let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return found.filter { file in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(file)", isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  var temporaryFiles: [String] { files.filter { $0.contains(".tmp-") } }
}

let site = SiteID("s-1")!

func version(_ number: Int) -> VersionName { VersionName("v\(number)")! }

/// A version of some files, each holding the version's number and some filling.
func content(_ number: Int, files: Int = 3, size: Int = 100) -> (manifest: Manifest, blobs: [StagedBlob]) {
  var manifest = Manifest()
  var blobs: [StagedBlob] = []
  for file in 0..<files {
    let bytes = Array("\(number) file \(file) ".utf8) + [UInt8](repeating: 46, count: size)
    let blob = StagedBlob(content: bytes)
    blobs.append(blob)
    manifest.files["/\(file)"] = Manifest.File(
      blob: blob.blob, size: bytes.count, mediaType: "text/plain", cache: .revalidate, lastModified: number)
  }
  return (manifest, blobs)
}

extension BucketReader {
  /// The numbers of the versions that a site's files say they are of: one if it is whole.
  func numbers(_ site: SiteID) throws -> Set<Int> {
    guard let published = try self.site(site) else { return [] }
    return try Set(
      published.manifest.files.values.map { file in
        guard case .bytes(let bytes) = try blob(file.blob, .identity, size: file.size) else { return -1 }
        return Int(String(decoding: bytes, as: UTF8.self).split(separator: " ")[0]) ?? -2
      })
  }
}

extension BucketWriter {
  /// A sweep that keeps these versions.
  @discardableResult
  func sweep(_ kept: [SiteID: Set<VersionName>], graceSeconds: Int) throws -> SweepReport {
    try sweep(SweepQuestions(kept: { _ in kept }), graceSeconds: graceSeconds)
  }
}

/// The error of a call that must fail.
func failure(_ body: () throws(BucketError) -> Void) -> BucketError? {
  do {
    try body()
    return nil
  } catch {
    return error
  }
}

/// Runs a program and says whether it went well.
@discardableResult
func run(_ program: String, _ arguments: String...) -> Bool {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  do { try process.run() } catch { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}
