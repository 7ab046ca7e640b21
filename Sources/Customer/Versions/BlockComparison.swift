import HTTP

/// What happened to the blocks of a page, which have no names: the kinds of those that were added, changed and removed,
/// and whether some only stand elsewhere.
struct BlockComparison: Equatable {
  var added: [String] = []
  var changed: [String] = []
  var removed: [String] = []
  var isReordered = false

  init(_ before: [JSON], _ after: [JSON]) {
    let (gone, new) = Self.unmatched(before, after)
    var left = gone
    var fresh: [JSON] = []
    // The same block at another place.
    for block in new {
      if let place = left.firstIndex(of: block) {
        left.remove(at: place)
        isReordered = true
      } else {
        fresh.append(block)
      }
    }
    // A block of the same kind in the place of another is taken for the same block with another content.
    for block in fresh {
      let kind = block.text("kind")
      if let place = left.firstIndex(where: { $0.text("kind") == kind }) {
        left.remove(at: place)
        changed.append(kind)
      } else {
        added.append(kind)
      }
    }
    removed = left.map { $0.text("kind") }
  }

  /// What is left of both lists without their longest common part (the usual table of lengths; a page has 100 blocks).
  private static func unmatched(_ before: [JSON], _ after: [JSON]) -> (gone: [JSON], new: [JSON]) {
    let width = after.count + 1
    var lengths = [Int](repeating: 0, count: (before.count + 1) * width)
    for row in stride(from: before.count - 1, through: 0, by: -1) {
      for column in stride(from: after.count - 1, through: 0, by: -1) {
        lengths[row * width + column] =
          before[row] == after[column]
          ? lengths[(row + 1) * width + column + 1] + 1
          : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
      }
    }
    var (row, column) = (0, 0)
    var (gone, new): ([JSON], [JSON]) = ([], [])
    while row < before.count, column < after.count {
      if before[row] == after[column] {
        (row, column) = (row + 1, column + 1)
      } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
        gone.append(before[row])
        row += 1
      } else {
        new.append(after[column])
        column += 1
      }
    }
    return (gone + before[row...], new + after[column...])
  }
}
