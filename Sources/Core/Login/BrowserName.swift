/// What people call their browser and system, made of its `User-Agent`.
enum BrowserName {
  /// `Firefox, Linux`; what is not known is told as such, and nothing of the field itself is passed on.
  static func of(_ userAgent: String?) -> String {
    let agent = userAgent ?? ""
    let browser = first(of: browsers, in: agent)
    let system = first(of: systems, in: agent)
    return [browser, system].compactMap { $0 }.joined(separator: ", ")
  }

  private static func first(of names: [(mark: String, name: String)], in agent: String) -> String? {
    names.first { agent.contains($0.mark) }?.name
  }

  /// In this order: each browser names those before it as well.
  private static let browsers = [
    (mark: "Edg", name: "Edge"), (mark: "OPR/", name: "Opera"), (mark: "SamsungBrowser", name: "Samsung Internet"),
    (mark: "Firefox", name: "Firefox"), (mark: "FxiOS", name: "Firefox"), (mark: "CriOS", name: "Chrome"),
    (mark: "Chrome", name: "Chrome"), (mark: "Safari", name: "Safari"),
  ]

  private static let systems = [
    (mark: "Android", name: "Android"), (mark: "iPhone", name: "iPhone"), (mark: "iPad", name: "iPad"),
    (mark: "Windows", name: "Windows"), (mark: "Macintosh", name: "macOS"), (mark: "CrOS", name: "ChromeOS"),
    (mark: "Linux", name: "Linux"),
  ]
}
