/// What a visitor is told before anything of somebody else's is loaded.
struct EmbedWords {
  let notice: String
  let policy: String
  let show: String
  let visit: String

  init(_ language: SiteLanguage, _ provider: EmbedProvider) {
    let (name, company) = (provider.name, provider.company)
    let isMap = provider == .openStreetMap
    switch language {
    case .german:
      notice =
        "\(isMap ? "Die Karte" : "Das Video") wird erst geladen, wenn Sie zustimmen. Dann gehen Ihre IP-Adresse und "
        + "Angaben zu Ihrem Browser an \(name) (\(company))."
      policy = "Datenschutz bei \(name)"
      show = isMap ? "Karte laden" : "Video laden"
      visit = "Bei \(name) ansehen"
    case .english:
      notice =
        "The \(isMap ? "map" : "video") is loaded only if you agree. Your IP address and details of your browser "
        + "then go to \(name) (\(company))."
      policy = "Privacy at \(name)"
      show = isMap ? "Load map" : "Load video"
      visit = "View at \(name)"
    case .french:
      notice =
        "\(isMap ? "La carte" : "La vidéo") ne se charge qu’avec votre accord. Votre adresse IP et des informations sur "
        + "votre navigateur sont alors transmises à \(name) (\(company))."
      policy = "Confidentialité chez \(name)"
      show = isMap ? "Charger la carte" : "Charger la vidéo"
      visit = "Voir sur \(name)"
    case .spanish:
      notice =
        "\(isMap ? "El mapa" : "El vídeo") solo se carga si usted está de acuerdo. En ese caso, su dirección IP y datos "
        + "de su navegador se transmiten a \(name) (\(company))."
      policy = "Privacidad en \(name)"
      show = isMap ? "Cargar el mapa" : "Cargar el vídeo"
      visit = "Ver en \(name)"
    case .italian:
      notice =
        "\(isMap ? "La mappa" : "Il video") si carica solo con il Suo consenso. Il Suo indirizzo IP e informazioni sul Suo "
        + "browser vengono allora trasmessi a \(name) (\(company))."
      policy = "Privacy di \(name)"
      show = isMap ? "Carica la mappa" : "Carica il video"
      visit = isMap ? "Apri su \(name)" : "Guarda su \(name)"
    case .dutch:
      notice =
        "De \(isMap ? "kaart" : "video") wordt pas geladen als u toestemt. Uw IP-adres en gegevens over uw browser gaan "
        + "dan naar \(name) (\(company))."
      policy = "Privacy bij \(name)"
      show = isMap ? "Kaart laden" : "Video laden"
      visit = "Bekijken bij \(name)"
    case .polish:
      notice =
        "\(isMap ? "Mapa" : "Film") wczyta się dopiero za Państwa zgodą. Adres IP i informacje o przeglądarce trafią "
        + "wtedy do serwisu \(name) (\(company))."
      policy = "Prywatność w serwisie \(name)"
      show = isMap ? "Wczytaj mapę" : "Wczytaj film"
      visit = "Zobacz w serwisie \(name)"
    case .portuguese:
      notice =
        "\(isMap ? "O mapa" : "O vídeo") só é carregado se concordar. O seu endereço IP e dados sobre o seu navegador são "
        + "então enviados para \(name) (\(company))."
      policy = "Política de privacidade de \(name)"
      show = isMap ? "Carregar o mapa" : "Carregar o vídeo"
      visit = "Ver em \(name)"
    case .turkish:
      notice =
        "\(isMap ? "Harita" : "Video") ancak siz onaylarsanız yüklenir. Bu durumda IP adresiniz ve tarayıcınızla ilgili "
        + "bilgiler \(name) (\(company)) tarafına iletilir."
      policy = "\(name) gizlilik bilgileri"
      show = isMap ? "Haritayı yükle" : "Videoyu yükle"
      visit = "\(name) üzerinde görüntüle"
    }
  }
}
