import Services

extension PageBody {
  /// A form for a message to the owner; nothing where nobody would receive it.
  mutating func form(_ block: FormBlock) -> HTML {
    guard let origin = context.content.site.formsOrigin else { return HTML() }
    let words = context.blockWords
    let title = block.heading.flatMap { $0.isBlank ? nil : $0 } ?? words.writeToUs
    let text: HTML =
      block.text.map { .paragraphs($0.split(whereSeparator: \.isNewline).map(String.init)) } ?? HTML()
    let send = block.button.flatMap { $0.isBlank ? nil : $0 } ?? words.send
    let policy: HTML = context.privacyPath.map { " <a\(href: $0)>\(text: context.words.privacy)</a>" } ?? HTML()
    return """
      <section class="write">
      \(outline.heading(2, "\(text: title)"))\(text)\
      <form method="post"\(action: FormAddress(origin: origin, id: block.id))>
      <input type="hidden" name="page"\(.value, context.path(of: page).text)>
      <label><span>\(text: words.name)</span><input name="name" autocomplete="name" maxlength="100" required></label>
      <label><span>\(text: words.yourEmail)</span><input type="email" name="email" autocomplete="email" \
      maxlength="254" required></label>
      <label><span>\(text: words.message)</span><textarea name="text" rows="6" maxlength="5000" required>\
      </textarea></label>
      <label class="trap" aria-hidden="true"><span>\(text: words.leaveEmpty)</span>\
      <input name="website" autocomplete="off" tabindex="-1"></label>
      <p class="note">\(text: words.consent)\(policy)</p>
      <p class="button"><button type="submit">\(text: send)</button></p>
      </form>
      </section>

      """
  }
}

/// Where a form's answers are taken.
struct FormAddress {
  let text: String

  /// - Parameter origin: the application's scheme and host, without a slash at the end.
  init(origin: String, id: FormID) {
    text = "\(origin)/api/forms/\(id.text)"
  }
}
