package import ChildProcess
import Glibc
package import HTTP
import ImageCoding
import Locks

/// Runs the program that makes pictures fit for publishing: one process a picture, a few at once.
package final class PictureEncoder: Sendable {
  /// Where it is, and how many may run at once.
  package struct Settings: Sendable {
    package let program: String
    package let atOnce: Int
    /// Whether pictures of pages are drawn for previews elsewhere.
    package let drawsCards: Bool

    package init(program: String, atOnce: Int, drawsCards: Bool) {
      self.program = program
      self.atOnce = atOnce
      self.drawsCards = drawsCards
    }
  }

  private let program: String
  private let bulkhead: Bulkhead
  private let cards = Bulkhead(limit: 1)
  private let pages = Bulkhead(limit: 2)

  init(_ settings: Settings) {
    program = settings.program
    bulkhead = Bulkhead(limit: settings.atOnce)
  }

  /// Runs a body that may encode, when there is room.
  ///
  /// - Throws: ``Problem`` of 503 when there is none: each encoder takes a core for seconds.
  func admit<Result>(_ body: () throws -> Result) throws -> Result {
    guard let result = try bulkhead.run(body) else { throw Problem(.overloaded, retryAfterSeconds: 2) }
    return result
  }

  /// Writes a picture anew in its sizes.
  ///
  /// - Throws: ``Problem`` of 415 or 422 that says what is wrong with the picture; 503 when the encoder was ended from
  ///   outside or could not be started.
  func encode(_ bytes: [UInt8]) throws -> EncodedImage {
    try Self.admitKind(of: bytes)
    return try run("encode", MemoryFile(bytes))
  }

  /// Runs a body that may draw cards, unless another one does so now; nil then.
  func admitCard<Result>(_ body: () throws -> Result) rethrows -> Result? {
    try cards.run(body)
  }

  /// Draws the picture of a page.
  func draw(_ order: CardOrder) throws -> EncodedImage {
    try run("card", MemoryFile(order.encoded))
  }

  /// Draws the icon of a site.
  func draw(_ order: IconOrder) throws -> EncodedImage {
    try run("icon", MemoryFile(order.encoded))
  }

  /// Reads what a page of somebody else's says, in a process that can be ended: a page can be made so that reading it
  /// takes hours.
  ///
  /// - Throws: ``Problem`` of 422 when it cannot be read, 503 while others are.
  func outline(ofPage bytes: [UInt8]) throws -> JSON {
    let report = try pages.run { () -> [UInt8]? in
      let output = try MemoryFile()
      let outcome = try ChildProcess.run(
        program, ["page", String(getpid())], input: MemoryFile(bytes), output: output,
        milliseconds: Self.pageMilliseconds)
      guard case .exited(0) = outcome else { throw Problem(.importBroken) }
      return try output.read(limit: ImageLimits.reportBytes)
    }
    guard let report else { throw Problem(.overloaded, retryAfterSeconds: 2) }
    guard let report, let outline = try? JSONParser.parse(report) else { throw Problem(.importBroken) }
    return outline
  }

  private static let pageMilliseconds = 5000

  private func run(_ work: String, _ input: MemoryFile) throws -> EncodedImage {
    let output = try MemoryFile()
    let outcome = try ChildProcess.run(
      program, [work, String(getpid())], input: input, output: output, milliseconds: ImageLimits.milliseconds)
    if let problem = Self.problem(outcome) { throw problem }
    guard let report = try output.read(limit: ImageLimits.reportBytes), let image = EncodedImage(report: report) else {
      // Exit code 0 with something else behind it: a fault of ours, or a picture that took the encoder over.
      throw Problem(.imageBroken)
    }
    return image
  }

  /// Looks at the first bytes before a process is spent on them.
  private static func admitKind(of bytes: [UInt8]) throws {
    switch PictureKind.recognize(bytes.prefix(PictureKind.headBytes)) {
    case .picture: return
    case .refused(let name): throw Problem(.imageUnsupported, members: [.init("format", .string(name))])
    case .unknown: throw Problem(.imageUnknown)
    }
  }

  private static func problem(_ outcome: ChildProcess.Outcome) -> Problem? {
    switch outcome {
    case .exited(0): nil
    case .exited(let code): problem(EncodingFailure(rawValue: code) ?? .internalFault)
    // It hardly came to work: that is the machine's fault, not the picture's.
    case .timedOut(let milliseconds) where milliseconds < ImageLimits.milliseconds / 2:
      Problem(.overloaded, retryAfterSeconds: 5)
    case .timedOut, .signalled(SIGXCPU): problem(.tooCostly)
    // How libraries end when they get no memory.
    case .signalled(SIGABRT), .signalled(SIGTRAP): problem(.tooCostly)
    // Not by us: by the system when memory is short, or by a person.
    case .signalled(SIGKILL), .signalled(SIGTERM): Problem(.overloaded, retryAfterSeconds: 5)
    case .signalled: problem(.broken)
    }
  }

  private static func problem(_ failure: EncodingFailure) -> Problem {
    switch failure {
    case .unsupported: Problem(.imageUnsupported, members: [.init("format", .null)])
    case .tooManyPixels:
      Problem(
        .imageTooLarge,
        members: [
          .init("limit", .integer(Int64(ImageLimits.pixels))), .init("side", .integer(Int64(ImageLimits.side))),
        ])
    case .broken: Problem(.imageBroken)
    case .tooCostly: Problem(.imageTooCostly)
    case .internalFault: Problem(.internalError)
    }
  }
}

/// No encoder, no memory or no descriptors for one: pictures have to wait, and an operator must look.
extension ChildProcessError: ProblemConvertible {
  package var problem: Problem? { Problem(.unavailable, retryAfterSeconds: 10) }
  package var needsAttention: Bool { true }
}
