import Glibc
import HTTP
import Services

extension Plans {
  /// Reads the file of plans.
  ///
  /// - Parameters:
  ///   - isLive: which of the two price ids counts, by the key's mode.
  /// - Throws: ``PlansError`` that names all that is wrong.
  package init(path: String, isLive: Bool) throws {
    guard let bytes = PlansFile.contents(of: path) else {
      throw PlansError(path: path, mistakes: [.init(pointer: "", text: "cannot be read")])
    }
    self = try PlansFile.plans(bytes, path: path, isLive: isLive)
  }
}

/// The JSON file in which the operator's plans stand.
enum PlansFile {
  private static let byteLimit = 1 << 20

  /// - Throws: ``PlansError``.
  static func plans(_ bytes: [UInt8], path: String, isLive: Bool) throws -> Plans {
    let json: JSON
    do {
      json = try JSONParser.parse(bytes)
    } catch {
      throw PlansError(
        path: path, mistakes: [.init(pointer: "", text: "is no JSON: \(error.reason) at byte \(error.offset)")])
    }
    let notes = PlansNotes()
    var plans: Plans?
    do {
      var reader = try ObjectReader(json)
      plans = try read(&reader, isLive: isLive, notes)
      try reader.finish()
    } catch let problem as Problem where problem.code == .invalidBody {
      notes.add(problem.errors)
    }
    guard let plans, notes.mistakes.isEmpty else { throw PlansError(path: path, mistakes: notes.mistakes) }
    return plans
  }

  private static func read(_ reader: inout ObjectReader, isLive: Bool, _ notes: PlansNotes) throws -> Plans {
    let currency = reader.string("currency", minimum: 3, maximum: 3)
    if !currency.isEmpty, !currency.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) {
      notes.add(reader.pointer(to: "currency"), "must be three lower-case letters, as in eur")
    }
    let trial = try reader.optionalObject("trial") { reader in
      (
        days: reader.has("days") ? notes.integer(&reader, "days", in: 0...3650) : nil,
        card: reader.optionalBool("card") ?? false,
        limits: try reader.optionalObject("entitlements") { PlanReading.limits(&$0, notes) }
      )
    }
    if !reader.has("plans") { reader.refuse("plans", .required) }
    let plans = try reader.optionalList("plans", maximum: 50) { item, pointer in
      var reader = try ObjectReader(item, pointer: pointer)
      let plan = try PlanReading.plan(&reader, isLive: isLive, notes)
      try reader.finish()
      return plan
    }
    if plans?.isEmpty == true { notes.add("/plans", "must hold one plan at least") }
    notes.refuseRepeats(in: plans ?? [])
    return Plans(
      currency: currency, trial: trial?.limits ?? Plans.usualTrial, trialNeedsCard: trial?.card ?? false,
      trialDays: trial?.days, all: plans ?? [])
  }

  /// The bytes of a file; nil when it cannot be read or is far too long.
  fileprivate static func contents(of path: String) -> [UInt8]? {
    guard let file = unsafe fopen(path, "re") else { return nil }
    defer { unsafe fclose(file) }
    var buffer = [UInt8](repeating: 0, count: byteLimit + 1)
    let count = unsafe fread(&buffer, 1, buffer.count, file)
    guard count <= byteLimit, unsafe ferror(file) == 0 else { return nil }
    return Array(buffer[..<count])
  }
}
