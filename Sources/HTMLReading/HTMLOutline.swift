internal import CXML
package import HTTP

/// What an HTML page says of itself: its title, its descriptions and where its links lead.
///
/// libxml2 reads as browsers do, event by event: no tree is built, no entity is expanded but those of HTML, and nothing
/// is ever fetched. How long it takes is not bounded here: whoever calls it for strangers' pages does so in a process
/// that can be ended.
package enum HTMLOutline {
  /// The longest page, in bytes.
  package static let maximumBytes = 2 << 20
  /// The most links that are told.
  package static let maximumLinks = 20_000

  /// Reads a page into `title`, `metas` (`name`, `content`), `links` (`title`, `url`, `group`), `data` (what a page by
  /// Next.js was made of) and `cut` (whether something is missing).
  ///
  /// - Parameter page: in UTF-8, or in what the page itself declares.
  /// - Returns: nil when it cannot be read at all.
  package static func read(_ page: [UInt8]) -> JSON? {
    xmlInitParser()
    let isUTF8 = String(validating: page, as: UTF8.self) != nil
    // To the library a zero byte is the end.
    let bytes = page.prefix(maximumBytes).map { $0 == 0 ? 0x20 : $0 }
    let events = HTMLEvents()
    events.isCut = page.count > maximumBytes
    let isRead = unsafe bytes.withUnsafeBufferPointer { buffer -> Bool in
      unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
        guard let parser = unsafe htmlCreateMemoryParserCtxt(buffer.baseAddress, Int32(buffer.count)) else {
          return false
        }
        defer { unsafe htmlFreeParserCtxt(parser) }
        unsafe listen(parser, events)
        var options = [HTML_PARSE_RECOVER, HTML_PARSE_NONET, HTML_PARSE_NOERROR, HTML_PARSE_NOWARNING]
        if isUTF8 { options.append(HTML_PARSE_IGNORE_ENC) }
        _ = unsafe htmlCtxtUseOptions(parser, Int32(options.reduce(0) { $0 | $1.rawValue }))
        if isUTF8 { _ = unsafe xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8) }
        _ = unsafe htmlParseDocument(parser)
        return true
      }
    }
    return isRead ? events.outline : nil
  }

  /// Has the parser call the object, which outlives it, instead of building a tree.
  private static func listen(_ parser: htmlParserCtxtPtr, _ events: HTMLEvents) {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.startElement = { context, name, attributes in
      guard let context = unsafe context, let name = unsafe name else { return }
      var pairs: [String: String] = [:]
      var index = 0
      while let attribute = unsafe attributes?[index], index < 400 {
        let value = unsafe attributes?[index + 1].map { unsafe String(cString: $0) }
        pairs[unsafe String(cString: attribute)] = value ?? ""
        index += 2
      }
      unsafe Unmanaged<HTMLEvents>.fromOpaque(context).takeUnretainedValue().begin(String(cString: name), pairs)
    }
    unsafe handler.endElement = { context, name in
      guard let context = unsafe context, let name = unsafe name else { return }
      unsafe Unmanaged<HTMLEvents>.fromOpaque(context).takeUnretainedValue().end(String(cString: name))
    }
    unsafe handler.characters = { context, bytes, count in
      guard let context = unsafe context, let bytes = unsafe bytes else { return }
      let text = unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
      unsafe Unmanaged<HTMLEvents>.fromOpaque(context).takeUnretainedValue().text(text)
    }
    unsafe handler.ignorableWhitespace = handler.characters
    unsafe handler.cdataBlock = handler.characters
    unsafe parser.pointee.sax.pointee = handler
    unsafe parser.pointee.userData = Unmanaged.passUnretained(events).toOpaque()
  }
}
