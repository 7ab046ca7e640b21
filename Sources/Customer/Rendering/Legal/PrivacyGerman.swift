extension PrivacyPage {
  func germanSections() -> [LegalSection] {
    var sections = [LegalSection("Verantwortlicher", controller(phone: "Telefon", email: "E-Mail"))]
    if !form.dataProtectionOfficer.isBlank {
      sections.append(LegalSection("Datenschutzbeauftragte Person", .paragraphs([form.dataProtectionOfficer])))
    }
    sections += [
      LegalSection("Das Wichtigste in Kürze", germanSummary),
      LegalSection("Hosting und Server-Protokolle", germanHosting),
      LegalSection("Wenn Sie Kontakt aufnehmen", Self.germanContact),
    ]
    if processing.hasForms { sections.append(LegalSection("Nachrichten über Formulare", Self.germanForms)) }
    if processing.hasStatistics { sections.append(LegalSection("Zählung der Besuche", Self.germanStatistics)) }
    if !recipients.isEmpty { sections.append(LegalSection("Inhalte anderer Anbieter", germanEmbeds)) }
    if hasLinks {
      sections.append(
        LegalSection(
          "Links zu anderen Websites",
          """
          <p>Links führen zu Websites anderer Anbieter. Erst wenn Sie einen Link anklicken, verbindet sich Ihr \
          Browser mit deren Servern; für die Verarbeitung dort sind diese Anbieter verantwortlich. Von welcher \
          Seite Sie kommen, teilt diese Website dabei nicht mit.</p>

          """))
    }
    sections += [
      LegalSection("Ihre Rechte", Self.germanRights), LegalSection("Widerspruchsrecht", Self.germanObjection),
      LegalSection("Beschwerderecht", germanComplaint),
    ]
    return sections
  }

  private var germanSummary: HTML {
    let counting: HTML = processing.hasStatistics ? "Besuche werden nur in Summen gezählt. " : ""
    let others: HTML =
      recipients.isEmpty
      ? "lädt keine Inhalte von Servern Dritter" : "lädt Inhalte von Servern Dritter nur, wenn Sie es erlauben"
    return """
      <p>Diese Website setzt keine Cookies, verwendet keine Analyse- oder Werbedienste und \
      \(others). \(counting)Verarbeitet wird nur, was nötig ist, um \
      Ihnen die Seiten auszuliefern und den Server sicher zu betreiben\(processing.hasForms ? ", und was Sie uns schreiben" : HTML()).</p>

      """
  }

  private static let germanForms: HTML = """
    <p>Wenn Sie uns über ein Formular auf dieser Website schreiben, verarbeiten wir Ihren Namen, Ihre \
    E-Mail-Adresse und Ihre Nachricht, um sie zu beantworten. Rechtsgrundlage ist Art. 6 Abs. 1 Buchst. b DSGVO, \
    wenn es um einen Vertrag oder dessen Anbahnung geht, sonst Art. 6 Abs. 1 Buchst. f DSGVO; unser berechtigtes \
    Interesse ist die Beantwortung Ihrer Anfrage. Zum Schutz vor massenhaft verschickter Werbung wird kurzzeitig \
    gezählt, wie viele Nachrichten aus Ihrem Netz kommen; Ihre IP-Adresse wird nicht mit der Nachricht \
    gespeichert.</p>
    <p>Die Nachricht liegt auf dem Server unseres Hosting-Anbieters und wird uns per E-Mail zugestellt. Wir löschen \
    sie, wenn Ihr Anliegen erledigt ist und keine gesetzlichen Aufbewahrungspflichten entgegenstehen. Name und \
    E-Mail-Adresse brauchen wir, um antworten zu können; Sie können uns statt über das Formular auch auf jedem \
    anderen Weg erreichen.</p>

    """

  private static let germanStatistics: HTML = """
    <p>Aus den Server-Protokollen werden Summen gebildet: wie oft eine Seite an einem Tag aufgerufen und ein Link \
    angeklickt wurde, von welchen Websites Besuche kamen und mit welcher Art von Gerät. Damit niemand doppelt \
    gezählt wird, entsteht aus IP-Adresse und Browserkennung ein Wert mit einem zufälligen Schlüssel, der nach einem \
    Tag gelöscht wird; danach kann ihn niemand mehr einer Person zuordnen. Auf Ihrem Gerät wird dafür nichts \
    gespeichert oder ausgelesen. Rechtsgrundlage ist Art. 6 Abs. 1 Buchst. f DSGVO; unser berechtigtes Interesse \
    ist, unser Angebot zu verbessern.</p>

    """

  private var germanEmbeds: HTML {
    """
    <p>Videos oder Karten anderer Anbieter sind zunächst nur als Platzhalter zu sehen. Erst wenn Sie einen davon \
    anklicken, lädt Ihr Browser den Inhalt von dessen Anbieter. Dieser erfährt dabei Ihre IP-Adresse und \
    welche Seite Sie ansehen, und er kann Cookies oder ähnliche Techniken verwenden. Rechtsgrundlage ist Ihre \
    Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO, § 25 Abs. 1 TDDDG), die Sie mit dem Klick erteilen; sie gilt nur für \
    diesen Inhalt und nur, bis Sie die Seite verlassen. Wer sie nicht erteilt, hat keine Nachteile.</p>
    <p>Die Anbieter können Daten auch außerhalb des Europäischen Wirtschaftsraums verarbeiten. Es sind:</p>
    <ul>
    \(recipients.map(\.item))</ul>

    """
  }

  private var germanHosting: HTML {
    let provider: HTML =
      if let host {
        """
        <p>Diese Website wird auf Servern des folgenden Anbieters betrieben, der die Daten in unserem Auftrag \
        verarbeitet (Art. 28 DSGVO): \(text: host).</p>

        """
      } else {
        """
        <p>Diese Website wird von einem technischen Dienstleister (Hosting-Anbieter) ausgeliefert, der die Daten in \
        unserem Auftrag verarbeitet (Art. 28 DSGVO).</p>

        """
      }
    return """
      \(provider)<p>Bei jedem Aufruf übermittelt Ihr Browser Daten, die der Server verarbeitet und in Protokollen \
      festhält:</p>
      <ul>
      <li>IP-Adresse</li>
      <li>Datum und Uhrzeit des Aufrufs</li>
      <li>aufgerufene Adresse, Status der Antwort und übertragene Datenmenge</li>
      <li>zuvor besuchte Seite (Referrer), wenn Ihr Browser sie mitteilt</li>
      <li>Kennung von Browser und Betriebssystem (User-Agent)</li>
      </ul>
      <p>Zwecke sind die Auslieferung der Seiten, die Sicherheit und Stabilität des Servers und die Aufklärung von \
      Angriffen und Störungen. Rechtsgrundlage ist Art. 6 Abs. 1 Buchst. f DSGVO; unser berechtigtes Interesse ist \
      der sichere und störungsfreie Betrieb dieser Website. Die Protokolle werden gelöscht, sobald sie für diese \
      Zwecke nicht mehr erforderlich sind.</p>
      <p>Sie sind weder gesetzlich noch vertraglich verpflichtet, diese Daten bereitzustellen. Ohne sie kann die \
      Website aber nicht ausgeliefert werden. Eine automatisierte Entscheidungsfindung einschließlich Profiling \
      findet nicht statt.</p>

      """
  }

  private static let germanContact: HTML = """
    <p>Wenn Sie uns schreiben oder anrufen, verarbeiten wir Ihre Angaben, um Ihr Anliegen zu beantworten. \
    Rechtsgrundlage ist Art. 6 Abs. 1 Buchst. b DSGVO, wenn es um einen Vertrag oder dessen Anbahnung geht, sonst \
    Art. 6 Abs. 1 Buchst. f DSGVO; unser berechtigtes Interesse ist die Beantwortung Ihrer Anfrage. Wir löschen die \
    Daten, wenn Ihr Anliegen erledigt ist und keine gesetzlichen Aufbewahrungspflichten entgegenstehen.</p>

    """

  private static let germanRights: HTML = """
    <p>Sie haben uns gegenüber, wenn die gesetzlichen Voraussetzungen vorliegen, folgende Rechte in Bezug auf Ihre \
    personenbezogenen Daten:</p>
    <ul>
    <li>Auskunft (Art. 15 DSGVO)</li>
    <li>Berichtigung (Art. 16 DSGVO)</li>
    <li>Löschung (Art. 17 DSGVO)</li>
    <li>Einschränkung der Verarbeitung (Art. 18 DSGVO)</li>
    <li>Datenübertragbarkeit (Art. 20 DSGVO)</li>
    </ul>
    <p>Eine Nachricht an die oben genannten Kontaktdaten genügt.</p>

    """

  private static let germanObjection: HTML = """
    <p><strong>Sie haben das Recht, aus Gründen, die sich aus Ihrer besonderen Situation ergeben, jederzeit gegen \
    die Verarbeitung Sie betreffender Daten, die auf Art. 6 Abs. 1 Buchst. f DSGVO beruht, Widerspruch einzulegen \
    (Art. 21 DSGVO).</strong></p>

    """

  private var germanComplaint: HTML {
    let authority: HTML =
      form.supervisoryAuthority.isBlank
      ? "" : "<p>Für uns zuständige Aufsichtsbehörde: \(text: form.supervisoryAuthority)</p>\n"
    return """
      <p>Sie können sich bei einer Datenschutz-Aufsichtsbehörde beschweren, insbesondere in dem Mitgliedstaat Ihres \
      gewöhnlichen Aufenthaltsorts, Ihres Arbeitsplatzes oder des Orts des mutmaßlichen Verstoßes (Art. 77 DSGVO).</p>
      \(authority)
      """
  }
}
