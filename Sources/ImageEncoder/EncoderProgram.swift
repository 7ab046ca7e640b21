import ChildProcess
import Glibc
import ImageCoding
import Images

/// One picture from standard input to standard output, in a process that has little and lives shortly: libraries that
/// decode pictures have had holes, and will have more.
enum EncoderProgram {
  private static let input: Int32 = 0
  private static let output: Int32 = 1
  /// 50 megapixels with four channels of 16 bits take 400 MB.
  private static let confinement = Confinement(
    memoryBytes: 1 << 30, processorSeconds: UInt(ImageLimits.milliseconds / 1000 + 1),
    fileBytes: UInt(ImageLimits.reportBytes))

  /// The first argument may be the process that started this one.
  ///
  /// - Returns: the exit code: 0, or one of ``EncodingFailure``.
  static func run() -> Int32 {
    do {
      try confinement.enter(parent: CommandLine.arguments.dropFirst().first.flatMap { Int32($0) })
      guard let bytes = try MemoryFile.read(input, limit: ImageLimits.fileBytes) else {
        return EncodingFailure.tooCostly.rawValue
      }
      guard case .picture(let kind) = PictureKind.recognize(bytes) else { return EncodingFailure.unsupported.rawValue }
      try PictureLibrary.start(for: kind)
      try Confinement.closeTheDoor()
      try MemoryFile.write(ImageEncoding.encode(bytes, kind).report, to: output)
      return 0
    } catch let failure as EncodingFailure {
      return failure.rawValue
    } catch {
      return EncodingFailure.internalFault.rawValue
    }
  }
}
