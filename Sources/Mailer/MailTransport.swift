/// How mails leave.
package enum MailTransport: Sendable {
  /// JSON files, for development and tests.
  case folder(FolderTransport)
  case resend(ResendAPI)
}
