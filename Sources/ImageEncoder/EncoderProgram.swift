import ChildProcess
import Glibc
import HTMLReading
import HTTP
import ImageCoding
import Images

/// One piece of work from standard input to standard output, in a process that has little and lives shortly: libraries
/// that read strangers' files have had holes, and will have more.
///
/// `smartpages-image encode|card|icon|page [PARENT]`: PARENT is the process that started this one, without which it ends.
enum EncoderProgram {
  private static let input: Int32 = 0
  private static let output: Int32 = 1
  /// 50 megapixels with four channels of 16 bits take 400 MB.
  private static let confinement = Confinement(
    memoryBytes: 1 << 30, processorSeconds: UInt(ImageLimits.milliseconds / 1000 + 1),
    fileBytes: UInt(ImageLimits.reportBytes))

  /// - Returns: the exit code: 0, or one of ``EncodingFailure``.
  static func run() -> Int32 {
    let arguments = CommandLine.arguments.dropFirst()
    do {
      try confinement.enter(parent: arguments.dropFirst().first.flatMap { Int32($0) })
      guard let bytes = try MemoryFile.read(input, limit: ImageLimits.fileBytes) else {
        throw EncodingFailure.tooCostly
      }
      let report =
        switch arguments.first {
        case "encode": try encode(bytes).report
        case "card": try draw(bytes).report
        case "icon": try drawIcon(bytes).report
        case "page": try outline(bytes)
        default: throw EncodingFailure.internalFault
        }
      try MemoryFile.write(report, to: output)
      return 0
    } catch let failure as EncodingFailure {
      return failure.rawValue
    } catch {
      return EncodingFailure.internalFault.rawValue
    }
  }

  private static func encode(_ bytes: [UInt8]) throws -> EncodedImage {
    guard case .picture(let kind) = PictureKind.recognize(bytes) else { throw EncodingFailure.unsupported }
    try PictureLibrary.start(for: kind)
    try Confinement.closeTheDoor()
    return try ImageEncoding.encode(bytes, kind)
  }

  private static func draw(_ bytes: [UInt8]) throws -> EncodedImage {
    guard let order = CardOrder(encoded: bytes) else { throw EncodingFailure.internalFault }
    try start(for: order.picture)
    // Fonts come from the disk, so the words come before the door is closed.
    var drawing = try CardDrawing(order)
    try Confinement.closeTheDoor()
    return try drawing.finished()
  }

  private static func drawIcon(_ bytes: [UInt8]) throws -> EncodedImage {
    guard let order = IconOrder(encoded: bytes) else { throw EncodingFailure.internalFault }
    try start(for: order.picture)
    var drawing = try IconDrawing(order)
    try Confinement.closeTheDoor()
    return try drawing.finished()
  }

  private static func start(for picture: [UInt8]?) throws {
    guard let picture else { return try PictureLibrary.start(for: nil) }
    guard case .picture(let kind) = PictureKind.recognize(picture) else { throw EncodingFailure.unsupported }
    try PictureLibrary.start(for: kind)
  }

  /// What a page of somebody else's says, as JSON.
  private static func outline(_ bytes: [UInt8]) throws -> [UInt8] {
    try Confinement.closeTheDoor()
    guard let outline = HTMLOutline.read(bytes) else { throw EncodingFailure.broken }
    return outline.bytes
  }
}
