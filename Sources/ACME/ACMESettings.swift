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
}
