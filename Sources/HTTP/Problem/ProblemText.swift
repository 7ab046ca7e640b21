/// What a person reads of a problem.
package struct ProblemText: Sendable {
  package let title: String
  /// What happened and what to do now.
  package let detail: String

  init(_ title: String, _ detail: String) {
    self.title = title
    self.detail = detail
  }
}

extension ProblemCode {
  package func text(_ language: Language) -> ProblemText {
    switch language {
    case .german: german
    case .english: english
    }
  }

  private var english: ProblemText {
    switch self {
    case .malformedJSON: .init("Malformed JSON", "The body is not valid JSON in UTF-8. Correct it and send it again.")
    case .badRequest: .init("Bad request", "The request is malformed. Check its address and headers.")
    case .ambiguousCredentials:
      .init("Two credentials", "Send either the session cookie or an Authorization header, not both.")
    case .unauthenticated: .init("Not logged in", "Log in and try again.")
    case .loginInvalid:
      .init("Login not valid", "The code or link is wrong, used or older than ten minutes. Request a new one.")
    case .trialEnded:
      .init("The trial has ended", "Your published sites stay online. Choose a plan to edit and publish again.")
    case .subscriptionEnded:
      .init(
        "The subscription is not active",
        "Published sites stay online and nothing is deleted. Pay or choose a plan to edit and publish again.")
    case .paymentFailed:
      .init(
        "Payment failed", "The payment was refused and nothing was changed. Update the payment method and try again.")
    case .alreadySubscribed:
      .init("Already subscribed", "There is a subscription. Change its plan instead of buying a second one.")
    case .notSubscribed: .init("No subscription", "There is no subscription yet. Choose a plan first.")
    case .paymentUnavailable:
      .init("Payment not reachable", "The payment provider does not answer just now. Nothing was lost; try again soon.")
    case .paymentRefused:
      .init(
        "Not accepted by the payment provider",
        "The payment provider refused this; the reason is on our side, and we will see to it. Repeats do not help yet.")
    case .signatureInvalid:
      .init("Signature invalid", "The request is not signed with a secret known here, or not within the last minutes.")
    case .limitReached: .init("Limit reached", "Your plan does not allow more of these. Delete one or change the plan.")
    case .codeRequired:
      .init("Enter the code", "This link was requested in another browser. Enter the six digits from the mail instead.")
    case .forbidden: .init("Not allowed", "Your role does not allow this. Ask an owner of the account.")
    case .proofRequired:
      .init("Please confirm that it is you", "This needs a proof of the last ten minutes: ask for a code and enter it.")
    case .noCustomer:
      .init("No account", "You do not belong to this account any more, or to none yet. See for whom you act now.")
    case .invitationForOther:
      .init("Invitation of another address", "This invitation was sent to another address. Log in with that one.")
    case .crossOrigin: .init("Foreign origin", "Requests that change something must come from the app itself.")
    case .notFound: .init("Not found", "There is nothing at this address, or it is not yours.")
    case .invitationInvalid:
      .init("Invitation not valid", "It was used, withdrawn, or is older than seven days. Ask for a new one.")
    case .methodNotAllowed: .init("Method not allowed", "This address does not take this method; see the Allow header.")
    case .conflict: .init("Conflict", "This cannot be done in the present state.")
    case .slugTaken: .init("Address taken", "Somebody already uses this address. Choose another one.")
    case .imprintMissing:
      .init("Imprint missing", "A business site needs a complete imprint before it can be published.")
    case .siteTooLarge:
      .init(
        "Too much on one site",
        "Links, short links and pages have more addresses together than a site can hold. Delete links and short links "
          + "that are no longer needed, or shorten their targets; then try again.")
    case .lastOwner:
      .init("The last owner", "An account needs an owner. Make somebody else the owner first.")
    case .alreadyMember: .init("Member already", "This person is a member already.")
    case .addressTaken: .init("Address in use", "There is another login with this address. Choose another one.")
    case .stale: .init("Changed elsewhere", "This was changed in the meantime. Load it again and repeat your change.")
    case .bodyTooLarge: .init("Too large", "The body is larger than this address takes.")
    case .unsupportedMediaType: .init("JSON expected", "Send the body as application/json.")
    case .imageUnknown:
      .init("Not a picture", "This file is not a picture. Send a JPEG, PNG, WebP, AVIF or HEIC file as image/….")
    case .imageUnsupported:
      .init(
        "Kind of picture not supported",
        "JPEG, PNG, WebP, AVIF and HEIC are taken; SVG, GIF, PDF and others are not. Save the picture as one of them.")
    case .imageTooLarge:
      .init(
        "Too many pixels",
        "A picture may have 50 megapixels and 12,000 pixels on its longer side. Make it smaller and send it again.")
    case .imageBroken:
      .init("Picture damaged", "The file is damaged or incomplete and cannot be opened. Save it again or take another.")
    case .imageTooCostly:
      .init("Picture takes too long", "Working on this picture takes too much time or memory. Make it smaller first.")
    case .imagesFull:
      .init("No room for more pictures", "There is room for 500 pictures and 1 GB. Delete pictures you no longer need.")
    case .importUnknown:
      .init("Kind of file not known", "Send an HTML page, bookmarks, CSV, JSON, or the ZIP of a SmartPages export.")
    case .importTooLarge:
      .init(
        "Too much for one import",
        "A page, table or JSON may have 2 MB, an export 50 MB; its folder “site” may be taken out. Or choose parts.")
    case .importBroken:
      .init("File not readable", "The file is damaged or not what its kind says. Save it once more and try again.")
    case .importRefused:
      .init("File not accepted", "The ZIP holds names or links that lead out of it, or one name twice.")
    case .importUnreachable:
      .init(
        "Page not readable",
        "There is no public web page at this address, or it does not let itself be read. Save it and send the file.")
    case .inUse:
      .init("Still in use", "This is still used; used_by says where. Take it out there first, then delete it.")
    case .domainsOff:
      .init("No domains here", "This installation does not take domains of customers. Ask its operator.")
    case .misdirected: .init("Wrong host", "This host is not served here.")
    case .invalidBody: .init("Invalid input", "Some fields are not valid; see errors.")
    case .unknownParameter: .init("Unknown parameter", "The query has a parameter that does not exist here.")
    case .invalidRange: .init("Invalid range", "The first day must not be after the last, and two years are the most.")
    case .idempotencyKeyReused:
      .init("Key already used", "This Idempotency-Key was used for a different request. Use a new one.")
    case .rateLimited: .init("Too many requests", "Wait a moment and try again.")
    case .internalError:
      .init("Internal error", "Something went wrong on our side. Try again; name the request id if it stays.")
    case .unavailable: .init("Unavailable for a moment", "A part of the service is not reachable. Try again shortly.")
    case .overloaded: .init("Busy", "There is much to do just now. Try again shortly.")
    case .storageFull:
      .init("Storage full", "The server has no room left. Nothing was changed; try again later.")
    }
  }

  private var german: ProblemText {
    switch self {
    case .malformedJSON: .init("Ungültiges JSON", "Der Inhalt ist kein gültiges JSON in UTF-8. Bitte korrigieren.")
    case .badRequest: .init("Ungültige Anfrage", "Die Anfrage ist fehlerhaft. Bitte Adresse und Kopfzeilen prüfen.")
    case .ambiguousCredentials:
      .init("Zwei Anmeldungen", "Bitte entweder das Sitzungs-Cookie oder Authorization senden, nicht beides.")
    case .unauthenticated: .init("Nicht angemeldet", "Bitte melden Sie sich an.")
    case .loginInvalid:
      .init(
        "Anmeldung ungültig",
        "Code oder Link ist falsch, benutzt oder älter als zehn Minuten. Bitte einen neuen anfordern.")
    case .trialEnded:
      .init(
        "Die Probezeit ist zu Ende",
        "Veröffentlichte Seiten bleiben online. Wählen Sie einen Tarif, um wieder zu bearbeiten.")
    case .subscriptionEnded:
      .init(
        "Das Abonnement ist nicht aktiv",
        "Veröffentlichte Seiten bleiben online, nichts wird gelöscht. Zum Bearbeiten bitte zahlen oder Tarif wählen.")
    case .paymentFailed:
      .init(
        "Zahlung abgelehnt",
        "Die Zahlung wurde abgelehnt, geändert wurde nichts. Bitte das Zahlungsmittel erneuern und noch einmal.")
    case .alreadySubscribed:
      .init("Schon abonniert", "Es gibt bereits ein Abonnement. Bitte dessen Tarif wechseln.")
    case .notSubscribed: .init("Kein Abonnement", "Es gibt noch kein Abonnement. Bitte zuerst einen Tarif wählen.")
    case .paymentUnavailable:
      .init(
        "Zahlungsdienst nicht erreichbar",
        "Der Zahlungsdienst antwortet gerade nicht. Nichts ging verloren; bitte gleich noch einmal.")
    case .paymentRefused:
      .init(
        "Vom Zahlungsdienst nicht angenommen",
        "Der Zahlungsdienst hat dies abgelehnt; der Grund liegt bei uns, und wir kümmern uns darum. Eine Wiederholung"
          + " hilft noch nicht.")
    case .signatureInvalid:
      .init("Signatur ungültig", "Die Anfrage ist nicht mit einem hier bekannten Schlüssel aus jüngster Zeit signiert.")
    case .limitReached:
      .init("Grenze erreicht", "Ihr Tarif erlaubt nicht mehr davon. Löschen Sie eines oder wechseln Sie.")
    case .codeRequired:
      .init(
        "Bitte Code eingeben",
        "Dieser Link wurde in einem anderen Browser angefordert. Geben Sie stattdessen die sechs Ziffern ein.")
    case .forbidden: .init("Nicht erlaubt", "Ihre Rolle erlaubt das nicht. Bitte fragen Sie den Inhaber des Kontos.")
    case .proofRequired:
      .init(
        "Bitte bestätigen, dass Sie es sind",
        "Das verlangt einen Nachweis aus den letzten zehn Minuten: Bitte einen Code anfordern und eingeben.")
    case .noCustomer:
      .init(
        "Kein Konto",
        "Sie gehören nicht mehr zu diesem Konto oder noch zu keinem. Sehen Sie nach, für wen Sie handeln.")
    case .invitationForOther:
      .init("Einladung für andere Adresse", "Diese Einladung ging an eine andere Adresse. Bitte mit dieser anmelden.")
    case .crossOrigin: .init("Fremde Herkunft", "Änderungen müssen aus der Anwendung selbst kommen.")
    case .notFound: .init("Nicht gefunden", "Unter dieser Adresse gibt es nichts, oder es gehört Ihnen nicht.")
    case .invitationInvalid:
      .init(
        "Einladung ungültig",
        "Sie wurde benutzt, zurückgenommen oder ist älter als sieben Tage. Bitte um eine neue bitten.")
    case .methodNotAllowed: .init("Methode nicht erlaubt", "Diese Adresse kennt diese Methode nicht; siehe Allow.")
    case .conflict: .init("Konflikt", "Das geht im jetzigen Zustand nicht.")
    case .slugTaken: .init("Adresse vergeben", "Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere.")
    case .imprintMissing:
      .init("Impressum fehlt", "Eine geschäftliche Seite braucht vor der Veröffentlichung ein vollständiges Impressum.")
    case .siteTooLarge:
      .init(
        "Zu viel für eine Website",
        "Links, Kurzlinks und Seiten haben zusammen mehr Adressen, als eine Website fassen kann. Bitte löschen Sie Links "
          + "und Kurzlinks, die nicht mehr gebraucht werden, oder kürzen Sie deren Ziele, und versuchen Sie es dann noch "
          + "einmal.")
    case .lastOwner:
      .init("Der letzte Inhaber", "Ein Konto braucht einen Inhaber. Bitte zuerst jemand anderen zum Inhaber machen.")
    case .alreadyMember: .init("Schon Mitglied", "Diese Person ist schon Mitglied.")
    case .addressTaken:
      .init("Adresse in Gebrauch", "Mit dieser Adresse meldet sich schon jemand an. Bitte eine andere.")
    case .stale:
      .init("Anderswo geändert", "Das wurde inzwischen geändert. Bitte neu laden und die Änderung wiederholen.")
    case .bodyTooLarge: .init("Zu groß", "Der Inhalt ist größer, als diese Adresse annimmt.")
    case .unsupportedMediaType: .init("JSON erwartet", "Bitte den Inhalt als application/json senden.")
    case .imageUnknown:
      .init(
        "Kein Bild", "Diese Datei ist kein Bild. Bitte eine Datei im Format JPEG, PNG, WebP, AVIF oder HEIC senden.")
    case .imageUnsupported:
      .init(
        "Bildformat nicht möglich",
        "Möglich sind JPEG, PNG, WebP, AVIF und HEIC, nicht SVG, GIF, PDF und andere. Bitte das Bild umwandeln.")
    case .imageTooLarge:
      .init(
        "Zu viele Pixel",
        "Ein Bild darf 50 Megapixel und an der längeren Seite 12.000 Pixel haben. Bitte verkleinern Sie es.")
    case .imageBroken:
      .init(
        "Bild beschädigt",
        "Die Datei ist beschädigt oder unvollständig und lässt sich nicht öffnen. Bitte speichern Sie sie neu.")
    case .imageTooCostly:
      .init(
        "Bild zu aufwendig", "Dieses Bild braucht zu viel Zeit oder Speicher. Bitte verkleinern Sie es vorher.")
    case .imagesFull:
      .init(
        "Kein Platz für weitere Bilder",
        "Platz ist für 500 Bilder und 1 GB. Bitte löschen Sie Bilder, die Sie nicht mehr brauchen.")
    case .importUnknown:
      .init(
        "Art der Datei unbekannt",
        "Möglich sind eine HTML-Seite, Lesezeichen, CSV, JSON oder das ZIP eines Exports von SmartPages.")
    case .importTooLarge:
      .init(
        "Zu viel für einen Import",
        "Seite, Tabelle und JSON dürfen 2 MB haben, ein Export 50 MB; seinen Ordner „site“ dürfen Sie herausnehmen. Bitte"
          + " in Teilen importieren.")
    case .importBroken:
      .init(
        "Datei nicht lesbar",
        "Die Datei ist beschädigt oder nicht das, was ihre Art sagt. Bitte speichern Sie sie noch einmal.")
    case .importRefused:
      .init(
        "Datei nicht angenommen", "Das ZIP enthält Namen oder Verweise, die aus ihm hinausführen, oder einen doppelt.")
    case .importUnreachable:
      .init(
        "Seite nicht lesbar",
        "Unter dieser Adresse ist keine öffentliche Seite, oder sie lässt sich nicht lesen. Bitte speichern Sie sie und"
          + " senden Sie die Datei.")
    case .inUse:
      .init(
        "Noch in Verwendung",
        "Das wird noch verwendet; used_by sagt, wo. Bitte nehmen Sie es dort heraus und löschen Sie es dann.")
    case .domainsOff:
      .init(
        "Keine eigenen Domains",
        "Diese Installation nimmt keine eigenen Domains an. Bitte fragen Sie deren Betreiber.")
    case .misdirected: .init("Falscher Host", "Dieser Host wird hier nicht bedient.")
    case .invalidBody: .init("Ungültige Eingabe", "Einige Felder sind nicht gültig; siehe errors.")
    case .unknownParameter: .init("Unbekannter Parameter", "Die Adresse hat einen Parameter, den es hier nicht gibt.")
    case .invalidRange:
      .init("Ungültiger Zeitraum", "Der erste Tag darf nicht nach dem letzten liegen; höchstens sind es zwei Jahre.")
    case .idempotencyKeyReused:
      .init(
        "Schlüssel schon benutzt", "Dieser Idempotency-Key gehört zu einer anderen Anfrage. Bitte einen neuen nehmen.")
    case .rateLimited: .init("Zu viele Anfragen", "Bitte einen Moment warten und noch einmal versuchen.")
    case .internalError:
      .init(
        "Interner Fehler", "Bei uns ging etwas schief. Bitte noch einmal versuchen; sonst die Anfragenummer nennen.")
    case .unavailable:
      .init("Gerade nicht erreichbar", "Ein Teil des Dienstes ist nicht erreichbar. Bitte gleich noch einmal.")
    case .overloaded: .init("Ausgelastet", "Gerade ist viel los. Bitte gleich noch einmal versuchen.")
    case .storageFull:
      .init("Speicher voll", "Der Server hat keinen Platz mehr. Nichts wurde geändert; bitte später noch einmal.")
    }
  }
}
