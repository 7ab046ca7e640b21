package import Configuration

/// Where certificates come from, and where they are kept.
package struct ACMESettings: Sendable {
  /// The address of the authority's directory.
  package let directory: String
  /// Whom the authority may write to.
  package let email: String?
  /// The external account that ours belongs to, as `KEYID:KEY`.
  package let binding: String?
  /// The path of uacme.
  package let client: String
  /// The folder of the account's key and of what is under way; ours alone.
  package let home: String
  /// After which the client is ended.
  package let milliseconds: Int

  package init(
    directory: String, email: String?, binding: String?, client: String, home: String, milliseconds: Int = 300_000
  ) {
    self.directory = directory
    self.email = email
    self.binding = binding
    self.client = client
    self.home = home
    self.milliseconds = milliseconds
  }

  /// Of the environment, as for Core; nil: no certificates are fetched.
  package static func read(_ settings: Settings) throws(SettingsError) -> ACMESettings? {
    let directory = try settings.value(
      "SMARTPAGES_ACME_DIRECTORY", default: "off", expected: "the https address of an ACME directory, or off"
    ) { $0 == "off" || ($0.hasPrefix("https://") && $0.utf8.count > 8) ? $0 : nil }
    guard directory != "off" else { return nil }
    let binding = try settings.value("SMARTPAGES_ACME_EAB", default: "", expected: "KEYID:KEY, the key in base64url") {
      $0.isEmpty || $0.split(separator: ":").count == 2 ? $0 : nil
    }
    let email = try settings.value("SMARTPAGES_ACME_EMAIL", default: "", expected: "a mail address") {
      $0.isEmpty || ($0.contains("@") && !$0.hasPrefix("-")) ? $0 : nil
    }
    return ACMESettings(
      directory: directory, email: email.isEmpty ? nil : email, binding: binding.isEmpty ? nil : binding,
      client: try settings.text("SMARTPAGES_ACME_CLIENT", default: "/usr/bin/uacme"),
      home: try settings.text("SMARTPAGES_ACME_HOME"))
  }
}
