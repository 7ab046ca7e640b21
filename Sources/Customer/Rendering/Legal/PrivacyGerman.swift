extension PrivacyPage {
  func germanSections() -> [LegalSection] {
    var sections = [LegalSection("Verantwortlicher", controller(phone: "Telefon", email: "E-Mail"))]
    if !form.dataProtectionOfficer.isBlank {
      sections.append(LegalSection("Datenschutzbeauftragte Person", .paragraphs([form.dataProtectionOfficer])))
    }
    sections += [
      LegalSection(
        "Das Wichtigste in Kürze",
        """
        <p>Diese Website setzt keine Cookies, verwendet keine Analyse- oder Werbedienste und \
        lädt keine Inhalte von Servern Dritter. Verarbeitet wird nur, was technisch nötig ist, um \
        Ihnen die Seiten auszuliefern und den Server sicher zu betreiben.</p>

        """),
      LegalSection("Hosting und Server-Protokolle", germanHosting),
      LegalSection("Wenn Sie Kontakt aufnehmen", Self.germanContact),
    ]
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
