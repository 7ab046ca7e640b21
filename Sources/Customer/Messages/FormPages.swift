package import HTTP
package import Services

extension CustomerModule {
  package func formPage(
    _ reply: FormReply, _ entry: FormEntry, of form: PublishedForm?, _ language: Language
  ) -> FormPage {
    let page = FormReplyPage(
      reply: reply, entry: entry, form: form, words: FormPageWords(language: form?.language ?? language))
    return FormPage(content: page.document.bytes, policy: FormReplyPage.policy)
  }
}

/// The page that a visitor sees after sending a form: in no customer's colours, since it is not the customer's host
/// that answers, and with the form again when it can be sent again.
private struct FormReplyPage {
  let reply: FormReply
  let entry: FormEntry
  let form: PublishedForm?
  let words: FormPageWords

  static let policy =
    "default-src 'none'; style-src 'sha256-\(stylesheet.hash)'; base-uri 'none'; form-action 'self'; "
    + "frame-ancestors 'none'"

  var document: HTML {
    let title = words.title(reply)
    return """
      <!DOCTYPE html>
      <html\(.language, words.language.rawValue)>
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      <meta name="color-scheme" content="light dark">
      <title>\(text: title)</title>
      <style>\(Self.stylesheet)</style>
      </head>
      <body>
      <main>
      <h1>\(text: title)</h1>
      \(explanation)\(faults)\(fields)\(back)</main>
      </body>
      </html>

      """
  }

  private var explanation: HTML {
    if case .thanks = reply, let own = form?.thanks {
      return HTML.paragraphs(own.split(whereSeparator: \.isNewline).map(String.init))
    }
    return "<p>\(text: words.explanation(reply))</p>\n"
  }

  private var faults: HTML {
    guard case .incomplete(let faults) = reply else { return HTML() }
    return "<div role=\"alert\">\n<ul>\n\(faults.map { "<li>\(text: words.fault($0))</li>\n" })</ul>\n</div>\n"
  }

  private var back: HTML {
    guard let form, let link = WebLink(form.page) else { return HTML() }
    return "<p><a\(href: link)>\(text: words.back(form.siteTitle))</a></p>\n"
  }

  /// Sent to the same address again; what was typed stands in it.
  private var fields: HTML {
    switch reply {
    case .incomplete, .tooMany, .unavailable: break
    case .thanks, .tooLarge, .unreadable, .unknownForm: return HTML()
    }
    // A line feed right after the tag would be dropped (HTML, section 13.1.2.5).
    return """
      <form method="post">
      <label>\(text: words.name)<input name="name" autocomplete="name" maxlength="100" required\
      \(wrong([.nameMissing, .nameTooLong]))\(.value, entry.name)></label>
      <label>\(text: words.email)<input type="email" name="email" autocomplete="email" maxlength="254" required\
      \(wrong([.emailMissing, .emailInvalid]))\(.value, entry.email)></label>
      <label>\(text: words.text)<textarea name="text" rows="8" maxlength="5000" required\
      \(wrong([.textMissing, .textTooLong]))>
      \(text: entry.text)</textarea></label>
      <label class="trap" aria-hidden="true">\(text: words.leaveEmpty)<input name="website" autocomplete="off" \
      tabindex="-1"\(.value, entry.trap)></label>
      <p><button type="submit">\(text: words.send)</button></p>
      </form>

      """
  }

  private func wrong(_ kinds: [FormFault]) -> HTML {
    guard case .incomplete(let faults) = reply, faults.contains(where: kinds.contains) else { return HTML() }
    return " aria-invalid=\"true\""
  }

  private static let stylesheet = Stylesheet(
    """
    :root{color-scheme:light dark;--ground:#f6f5f2;--surface:#fff;--ink:#1c211f;--muted:#565f5b;--line:#8a938f;
    --accent:#1f5c50;--on-accent:#fff;--alert:#9c1c1c}
    @media (prefers-color-scheme:dark){:root{--ground:#151917;--surface:#1d2220;--ink:#e9edeb;--muted:#aab5b0;
    --line:#77827d;--accent:#8fd6c2;--on-accent:#10231d;--alert:#ffb0a8}}
    *{box-sizing:border-box}
    body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--ground);
    color:var(--ink);font:400 1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
    main{width:100%;max-width:36rem;padding:clamp(1.5rem,6vw,3rem);border-radius:1.25rem;background:var(--surface);
    box-shadow:0 1px 2px #0002,0 12px 40px #0001}
    h1{margin:0 0 1rem;font-size:clamp(1.6rem,1.3rem + 1.6vw,2.1rem);line-height:1.2;text-wrap:balance}
    p{margin:0 0 1rem}
    main>:last-child{margin-bottom:0}
    ul{margin:0 0 1.5rem;padding-left:1.25rem;color:var(--alert);font-weight:600}
    form{display:grid;gap:1.125rem;margin:1.5rem 0}
    label{display:grid;gap:.375rem;font-weight:600}
    input,textarea{width:100%;min-height:2.875rem;padding:.625rem .75rem;border:1px solid var(--line);
    border-radius:.625rem;background:var(--ground);color:inherit;font:inherit;font-weight:400}
    textarea{resize:vertical}
    [aria-invalid]{border:2px solid var(--alert)}
    button{min-height:2.875rem;padding:.625rem 1.5rem;border:0;border-radius:.625rem;background:var(--accent);
    color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer}
    form p{margin:0}
    a{color:var(--accent);text-underline-offset:.2em}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    .trap{position:absolute;left:-200vw}
    """)
}
