/// The words of blocks in the languages that only pages are written in.
extension BlockWords {
  static let french = BlockWords(
    saveContact: "Enregistrer le contact (vCard)", showOnMap: "Voir sur la carte", openingHours: "Horaires d’ouverture",
    closed: "fermé", oClock: "", until: " au ", days: "jours", day: "jour", today: "Aujourd’hui",
    past: "Le moment est venu.", name: "Votre nom", yourEmail: "Votre adresse e-mail", message: "Votre message",
    leaveEmpty: "Merci de laisser ce champ vide", send: "Envoyer le message", writeToUs: "Écrire un message",
    consent: "Vos données servent uniquement à répondre à votre message.",
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    months: [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
      "décembre",
    ],
    dateForm: "W D M Y", firstDay: "1er")

  static let spanish = BlockWords(
    saveContact: "Guardar contacto (vCard)", showOnMap: "Ver en el mapa", openingHours: "Horario de apertura",
    closed: "cerrado", oClock: "", until: " a ", days: "días", day: "día", today: "Hoy",
    past: "Ha llegado el momento.", name: "Su nombre", yourEmail: "Su correo electrónico", message: "Su mensaje",
    leaveEmpty: "Deje este campo vacío", send: "Enviar mensaje", writeToUs: "Escribir un mensaje",
    consent: "Sus datos solo se usan para responder a su mensaje.",
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    months: [
      "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
      "diciembre",
    ],
    dateForm: "W, D de M de Y")

  static let italian = BlockWords(
    saveContact: "Salva il contatto (vCard)", showOnMap: "Mostra sulla mappa", openingHours: "Orari di apertura",
    closed: "chiuso", oClock: "", until: " – ", days: "giorni", day: "giorno", today: "Oggi",
    past: "È arrivato il momento.", name: "Nome", yourEmail: "Indirizzo e-mail", message: "Messaggio",
    leaveEmpty: "Lasciare vuoto questo campo", send: "Invia il messaggio", writeToUs: "Scrivi un messaggio",
    consent: "I dati inseriti servono solo a rispondere al messaggio.",
    weekdays: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    months: [
      "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
      "novembre", "dicembre",
    ],
    dateForm: "W D M Y", firstDay: "1º")

  static let dutch = BlockWords(
    saveContact: "Contact opslaan (vCard)", showOnMap: "Op de kaart tonen", openingHours: "Openingstijden",
    closed: "gesloten", oClock: " uur", until: " t/m ", days: "dagen", day: "dag", today: "Vandaag",
    past: "Het is zover.", name: "Uw naam", yourEmail: "Uw e-mailadres", message: "Uw bericht",
    leaveEmpty: "Dit veld leeg laten", send: "Bericht versturen", writeToUs: "Een bericht schrijven",
    consent: "Uw gegevens worden alleen gebruikt om uw bericht te beantwoorden.",
    weekdays: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    months: [
      "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
      "december",
    ],
    dateForm: "W D M Y")

  /// Months in the genitive, as in dates.
  static let polish = BlockWords(
    saveContact: "Zapisz kontakt (vCard)", showOnMap: "Pokaż na mapie", openingHours: "Godziny otwarcia",
    closed: "nieczynne", oClock: "", until: " – ", days: "dni", day: "dzień", today: "Dzisiaj",
    past: "Nadszedł ten moment.", name: "Imię i nazwisko", yourEmail: "Adres e-mail", message: "Wiadomość",
    leaveEmpty: "Proszę zostawić to pole puste", send: "Wyślij wiadomość", writeToUs: "Napisz wiadomość",
    consent: "Podane dane posłużą wyłącznie do odpowiedzi na wiadomość.",
    weekdays: ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"],
    months: [
      "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
      "listopada", "grudnia",
    ],
    dateForm: "W, D M Y")

  static let portuguese = BlockWords(
    saveContact: "Guardar contacto (vCard)", showOnMap: "Ver no mapa", openingHours: "Horário de funcionamento",
    closed: "encerrado", oClock: "", until: " a ", days: "dias", day: "dia", today: "Hoje",
    past: "Chegou o momento.", name: "O seu nome", yourEmail: "O seu e-mail", message: "A sua mensagem",
    leaveEmpty: "Deixe este campo vazio", send: "Enviar mensagem", writeToUs: "Escrever uma mensagem",
    consent: "Os seus dados são usados apenas para responder à sua mensagem.",
    weekdays: [
      "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo",
    ],
    months: [
      "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
      "dezembro",
    ],
    dateForm: "W, D de M de Y")

  static let turkish = BlockWords(
    saveContact: "Kişiyi kaydet (vCard)", showOnMap: "Haritada göster", openingHours: "Çalışma saatleri",
    closed: "kapalı", oClock: "", until: " – ", days: "gün", day: "gün", today: "Bugün",
    past: "Beklenen an geldi.", name: "Adınız", yourEmail: "E-posta adresiniz", message: "Mesajınız",
    leaveEmpty: "Lütfen boş bırakın", send: "Mesajı gönder", writeToUs: "Mesaj yazın",
    consent: "Bilgileriniz yalnızca mesajınızı yanıtlamak için kullanılır.",
    weekdays: ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"],
    months: [
      "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
    ],
    dateForm: "D M Y W")
}
