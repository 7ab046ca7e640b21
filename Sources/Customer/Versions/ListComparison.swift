import HTTP

/// What happened to a list whose items have names of their own.
struct ListComparison {
  /// In the order of the new list.
  var added: [JSON] = []
  /// In the order of the old list.
  var removed: [JSON] = []
  /// In the order of the new list; where an item stands now, counted from 1.
  var common: [(before: JSON, after: JSON, isMoved: Bool, position: Int)] = []

  /// - Parameter name: what tells an item from the others; nil leaves it out.
  init(_ before: [JSON], _ after: [JSON], name: (JSON) -> String?) {
    var places: [String: Int] = [:]
    for (place, item) in before.enumerated() { places[name(item) ?? "\(place)"] = place }
    var kept: [(place: Int, after: JSON, position: Int)] = []
    for (index, item) in after.enumerated() {
      if let place = name(item).flatMap({ places.removeValue(forKey: $0) }) {
        kept.append((place, item, index + 1))
      } else {
        added.append(item)
      }
    }
    removed = places.values.sorted().map { before[$0] }
    let still = Self.longestRun(kept.map(\.place))
    common = kept.map { (before[$0.place], $0.after, !still.contains($0.place), $0.position) }
  }

  /// The most numbers that stand in ascending order without being moved: as few as possible count as moved.
  static func longestRun(_ numbers: [Int]) -> Set<Int> {
    // The smallest end of a run of each length, and what stands before each number in its run.
    var ends: [Int] = []
    var previous: [Int: Int] = [:]
    for number in numbers {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if ends[middle] < number { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[number] = ends[low - 1] }
      if low == ends.count { ends.append(number) } else { ends[low] = number }
    }
    var run: Set<Int> = []
    var next = ends.last
    while let number = next {
      run.insert(number)
      next = previous[number]
    }
    return run
  }
}
