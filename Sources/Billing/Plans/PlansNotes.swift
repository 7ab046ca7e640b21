import HTTP

/// The mistakes found in a file of plans so far; one for the whole reading, so that all are told at once.
final class PlansNotes {
  private(set) var mistakes: [PlansError.Mistake] = []

  func add(_ pointer: String, _ text: String) {
    mistakes.append(.init(pointer: pointer, text: text))
  }

  func add(_ errors: [FieldError]) {
    for error in errors { add(error.pointer, Self.text(error.code)) }
  }

  /// A whole number that must be there, within a range; the lower bound when it is not.
  func integer(_ reader: inout ObjectReader, _ name: String, in range: ClosedRange<Int>) -> Int {
    guard let value = reader.value(name) else {
      reader.refuse(name, .required)
      return range.lowerBound
    }
    guard let number = value.integerValue, range.contains(Int(number)) else {
      add(reader.pointer(to: name), "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
      return range.lowerBound
    }
    return Int(number)
  }

  /// Ids, periods of one plan, and prices must tell apart what they name.
  func refuseRepeats(in plans: [Plan]) {
    var plansSeen: Set<String> = []
    var pricesSeen: Set<String> = []
    for (index, plan) in plans.enumerated() {
      if !plansSeen.insert(plan.id).inserted { add("/plans/\(index)/id", "stands in another plan already") }
      if Set(plan.prices.map(\.period)).count < plan.prices.count {
        add("/plans/\(index)/prices", "must have each interval once")
      }
      for id in plan.prices.flatMap({ [$0.id] + $0.earlier }) where !pricesSeen.insert(id).inserted {
        add("/plans/\(index)/prices", "name \(id), which stands here or in another plan already")
      }
    }
  }

  private static func text(_ code: FieldErrorCode) -> String {
    switch code {
    case .required: "is missing"
    case .unknownField: "is not known here"
    case .wrongType: "has the wrong type"
    case .tooLong(let limit): "must have at most \(limit) characters"
    case .tooShort(let limit): "must have at least \(limit) characters"
    case .tooMany(let limit): "must have at most \(limit) entries"
    default: "is not valid"
    }
  }
}
