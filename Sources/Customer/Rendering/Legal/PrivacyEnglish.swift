extension PrivacyPage {
  func englishSections() -> [LegalSection] {
    var sections = [LegalSection("Controller", controller(phone: "Phone", email: "E-mail"))]
    if !form.dataProtectionOfficer.isBlank {
      sections.append(LegalSection("Data protection officer", .paragraphs([form.dataProtectionOfficer])))
    }
    sections += [
      LegalSection("In short", englishSummary),
      LegalSection("Hosting and server logs", englishHosting),
      LegalSection("When you contact us", Self.englishContact),
    ]
    if processing.hasForms { sections.append(LegalSection("Messages by forms", Self.englishForms)) }
    if processing.hasStatistics { sections.append(LegalSection("Counting of visits", Self.englishStatistics)) }
    if !recipients.isEmpty { sections.append(LegalSection("Contents of other providers", englishEmbeds)) }
    if hasLinks {
      sections.append(
        LegalSection(
          "Links to other websites",
          """
          <p>Links lead to websites of other providers. Only when you follow a link does your browser connect to \
          their servers; those providers are responsible for the processing there. This website does not tell them \
          which page you come from.</p>

          """))
    }
    sections += [
      LegalSection("Your rights", Self.englishRights), LegalSection("Right to object", Self.englishObjection),
      LegalSection("Right to lodge a complaint", englishComplaint),
    ]
    return sections
  }

  private var englishSummary: HTML {
    let counting: HTML = processing.hasStatistics ? "Visits are counted in sums only. " : ""
    let others: HTML =
      recipients.isEmpty
      ? "loads nothing from third parties’ servers" : "loads contents from third parties’ servers only if you allow it"
    return """
      <p>This website sets no cookies, uses no analytics or advertising services, and \(others). \
      \(counting)Only what is necessary to deliver the pages and to run the server securely is \
      processed\(processing.hasForms ? ", and what you write to us" : HTML()).</p>

      """
  }

  private static let englishForms: HTML = """
    <p>When you write to us by a form on this website, we process your name, your e-mail address and your message in \
    order to answer it. The legal basis is Art. 6(1)(b) GDPR where a contract or steps prior to one are concerned, \
    otherwise Art. 6(1)(f) GDPR; our legitimate interest is answering your enquiry. To keep out bulk advertising, \
    the messages from your network are counted for a short time; your IP address is not stored with the message.</p>
    <p>The message is stored on our hosting provider’s server and delivered to us by e-mail. We delete it when your \
    enquiry is settled, unless the law requires us to keep it. We need name and e-mail address to be able to answer; \
    you may reach us in any other way instead.</p>

    """

  private static let englishStatistics: HTML = """
    <p>Sums are made from the server logs: how often a page was viewed and a link followed on a day, from which \
    websites visits came, and with what kind of device. So that nobody is counted twice, a value is derived from IP \
    address and user agent with a random key that is deleted after one day; from then on nobody can attribute it to \
    a person. Nothing is stored on or read from your device for this. The legal basis is Art. 6(1)(f) GDPR; our \
    legitimate interest is improving what we offer.</p>

    """

  private var englishEmbeds: HTML {
    """
    <p>Videos or maps of other providers are at first shown as a placeholder only. Not before you click on one does \
    your browser load the contents from their provider, who then learns your IP address and which page you are \
    looking at, and may use cookies or similar techniques. The legal basis is your consent (Art. 6(1)(a) GDPR, \
    § 25(1) TDDDG), which you give by clicking; it holds for these contents only, and only until you leave the page. \
    Whoever does not give it has no disadvantage.</p>
    <p>The providers may process data outside of the European Economic Area as well. They are:</p>
    <ul>
    \(recipients.map(\.item))</ul>

    """
  }

  private var englishHosting: HTML {
    let provider: HTML =
      if let host {
        """
        <p>This website runs on servers of the following provider, which processes the data on our behalf \
        (Art. 28 GDPR): \(text: host).</p>

        """
      } else {
        """
        <p>This website is delivered by a technical service provider (hosting provider), which processes the data on \
        our behalf (Art. 28 GDPR).</p>

        """
      }
    return """
      \(provider)<p>With every request your browser sends data that the server processes and keeps in logs:</p>
      <ul>
      <li>IP address</li>
      <li>date and time of the request</li>
      <li>address requested, status of the answer and amount of data transferred</li>
      <li>page visited before (referrer), if your browser tells it</li>
      <li>name of browser and operating system (user agent)</li>
      </ul>
      <p>The purposes are delivering the pages, the security and stability of the server, and investigating attacks \
      and faults. The legal basis is Art. 6(1)(f) GDPR; our legitimate interest is the secure and reliable operation \
      of this website. The logs are deleted as soon as they are no longer needed for these purposes.</p>
      <p>You are under no statutory or contractual obligation to provide these data, but the website cannot be \
      delivered without them. There is no automated decision-making, including profiling.</p>

      """
  }

  private static let englishContact: HTML = """
    <p>When you write to us or call us, we process what you tell us in order to answer. The legal basis is \
    Art. 6(1)(b) GDPR where a contract or steps prior to one are concerned, otherwise Art. 6(1)(f) GDPR; our \
    legitimate interest is answering your enquiry. We delete the data when your enquiry is settled, unless the law \
    requires us to keep them.</p>

    """

  private static let englishRights: HTML = """
    <p>Under the conditions set out by law, you have the following rights concerning your personal data:</p>
    <ul>
    <li>access (Art. 15 GDPR)</li>
    <li>rectification (Art. 16 GDPR)</li>
    <li>erasure (Art. 17 GDPR)</li>
    <li>restriction of processing (Art. 18 GDPR)</li>
    <li>data portability (Art. 20 GDPR)</li>
    </ul>
    <p>A message to the contact details above is enough.</p>

    """

  private static let englishObjection: HTML = """
    <p><strong>You have the right to object at any time, on grounds relating to your particular situation, to \
    processing of data concerning you that is based on Art. 6(1)(f) GDPR (Art. 21 GDPR).</strong></p>

    """

  private var englishComplaint: HTML {
    let authority: HTML =
      form.supervisoryAuthority.isBlank
      ? "" : "<p>The supervisory authority responsible for us: \(text: form.supervisoryAuthority)</p>\n"
    return """
      <p>You may lodge a complaint with a data protection supervisory authority, in particular in the member state of \
      your habitual residence, your place of work or the place of the alleged infringement (Art. 77 GDPR).</p>
      \(authority)
      """
  }
}
