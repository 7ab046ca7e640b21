enum MailerPlaceholder {}
