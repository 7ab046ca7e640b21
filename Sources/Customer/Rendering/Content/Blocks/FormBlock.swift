import HTTP
package import Services

/// A form by which visitors write to the site's owner: name, address, message.
package struct FormBlock: Sendable, Equatable {
  /// Part of the address that the form is sent to. Stays with the form, so that what was sent keeps its place.
  package var id: FormID
  package var heading: String?
  package var text: String?
  /// What stands on the button; nil: a usual word.
  package var button: String?
  /// What is told to who has sent it; nil: usual words.
  package var thanks: String?

  package init(id: FormID, heading: String? = nil, text: String? = nil, button: String? = nil, thanks: String? = nil) {
    self.id = id
    self.heading = heading
    self.text = text
    self.button = button
    self.thanks = thanks
  }
}

extension FormBlock {
  /// A form without an id gets a new one.
  init(_ reader: inout ObjectReader) {
    let text = reader.optionalString("id", maximum: 40)
    let known = text.flatMap { FormID($0) }
    if text != nil, known == nil { reader.refuse("id", .invalid) }
    id = known ?? FormID.new()
    heading = reader.text("heading", maximum: 200)
    self.text = reader.text("text", maximum: 1000)
    button = reader.text("button", maximum: 80)
    thanks = reader.text("thanks", maximum: 500)
  }

  var members: [(String, JSON?)] {
    [
      ("id", .string(id.text)), ("heading", .text(heading)), ("text", .text(text)), ("button", .text(button)),
      ("thanks", .text(thanks)),
    ]
  }
}
