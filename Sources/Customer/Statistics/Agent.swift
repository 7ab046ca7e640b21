/// What a browser's name for itself (`User-Agent`) tells: whether a person sits behind it, and at which kind of device.
enum Agent: Hashable {
  case bot
  case browser(Device)

  /// Kinds of devices. An iPad that asks for desktop pages cannot be told from a Mac.
  enum Device: String, CaseIterable {
    case phone, tablet, desktop, other
  }

  init(_ text: String) {
    let agent = Array(text.lowercased().utf8)
    // Every browser of the last twenty years begins like this; programs that fetch pages mostly do not.
    guard agent.starts(with: "mozilla/".utf8) || agent.starts(with: "opera/".utf8), !Self.isBot(agent) else {
      self = .bot
      return
    }
    self = .browser(Self.device(agent))
  }

  private static func isBot(_ agent: [UInt8]) -> Bool {
    // CUBOT makes phones.
    botMarks.contains { contains(agent, $0) } || (contains(agent, "bot") && !contains(agent, "cubot"))
  }

  private static func device(_ agent: [UInt8]) -> Device {
    devices.first { marks, _ in marks.allSatisfy { contains(agent, $0) } }?.device ?? .other
  }

  private static let botMarks: [StaticString] = [
    "crawl", "spider", "slurp", "headless", "phantomjs", "lighthouse", "pagespeed", "pingdom", "uptime", "monitor",
    "preview", "scan", "fetch", "validator", "archive", "facebookexternalhit", "whatsapp", "scrapy", "python", "java/",
    "curl/", "wget", "http-client", "httpclient", "okhttp", "go-http", "node", "feed", "+http", "compatible; google",
  ]

  /// The first row whose marks are all there says what it is.
  private static let devices: [(marks: [StaticString], device: Device)] = [
    (["smart-tv"], .other), (["smarttv"], .other), (["googletv"], .other), (["appletv"], .other), (["crkey"], .other),
    (["playstation"], .other), (["xbox"], .other), (["nintendo"], .other), (["web0s"], .other),
    (["ipad"], .tablet), (["tablet"], .tablet), (["kindle"], .tablet), (["silk/"], .tablet), (["playbook"], .tablet),
    (["iphone"], .phone), (["ipod"], .phone), (["windows phone"], .phone), (["opera mini"], .phone),
    (["android", "mobile"], .phone), (["android"], .tablet), (["mobile"], .phone),
    (["windows nt"], .desktop), (["macintosh"], .desktop), (["cros"], .desktop), (["x11"], .desktop),
    (["linux"], .desktop),
  ]

  private static func contains(_ text: [UInt8], _ mark: StaticString) -> Bool {
    let mark = Array(mark.description.utf8)
    guard text.count >= mark.count else { return false }
    return (0...(text.count - mark.count)).contains { start in
      text[start] == mark[0] && text[start..<(start + mark.count)].elementsEqual(mark)
    }
  }
}
