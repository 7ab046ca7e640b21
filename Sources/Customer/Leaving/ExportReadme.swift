/// What stands beside the data, for who opens the ZIP.
enum ExportReadme {
  static let text = """
    SmartPages
    ==========

    Deutsch
    -------
    Das sind Ihre Daten bei SmartPages.

    data.json   Alles, was Sie eingegeben haben und was dazugehört: Konto, Mitglieder, Profil, Impressum und
                Datenschutzerklärung, Bilder mit ihren Beschreibungen, Websites mit Seiten, Links und Versionen,
                Statistik, Papierkorb und Aktivität. Die Namen sind die der Programmierschnittstelle. Was im
                Papierkorb liegt, steht unter trash und ist als gelöscht bezeichnet.
    images/     Ihre Bilder, jedes in der größten Fassung.
    site/       Ihre Websites, je eine in einem Ordner. Legen Sie dessen Inhalt in das oberste Verzeichnis eines
                beliebigen Webservers, und die Seiten erscheinen wie bisher. Zum Ausprobieren genügt:
                    python3 -m http.server --directory site/NAME

    Was dort nicht mehr geht: Formulare, Kurzadressen und die Statistik, denn dafür braucht es SmartPages.

    English
    -------
    This is your data at SmartPages.

    data.json   All that you entered and what belongs to it: account, members, profile, imprint and privacy policy,
                pictures with their descriptions, sites with pages, links and versions, statistics, trash and
                activity. The names are those of the API. What lies in the trash stands under trash, marked as
                deleted.
    images/     Your pictures, each in its largest form.
    site/       Your sites, each in a folder of its own. Put what is in it into the top directory of any web server,
                and the pages appear as before. To try it out, this will do:
                    python3 -m http.server --directory site/NAME

    What does not work there: forms, short addresses and statistics, as these need SmartPages.

    """
}
