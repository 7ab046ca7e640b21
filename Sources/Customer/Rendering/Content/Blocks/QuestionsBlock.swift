import HTTP

/// Questions that are often asked, with their answers.
package struct QuestionsBlock: Sendable, Equatable {
  package var heading: String?
  package var items: [Item]

  /// A question and its answer.
  package struct Item: Sendable, Equatable {
    package var question: String
    /// In the Markdown subset.
    package var answer: String

    package init(question: String, answer: String) {
      self.question = question
      self.answer = answer
    }
  }

  package init(heading: String? = nil, items: [Item]) {
    self.heading = heading
    self.items = items
  }
}

extension QuestionsBlock {
  private static let maximum = 50

  init(_ reader: inout ObjectReader) throws {
    heading = reader.text("heading", maximum: 200)
    items = try reader.items("items", maximum: Self.maximum) { reader in
      Item(
        question: reader.string("question", minimum: 1, maximum: 200),
        answer: reader.string("answer", minimum: 1, maximum: 5000))
    }
  }

  var members: [(String, JSON?)] {
    let items = items.map { ["question": .string($0.question), "answer": .string($0.answer)] as JSON }
    return [("heading", .text(heading)), ("items", .array(items))]
  }
}
