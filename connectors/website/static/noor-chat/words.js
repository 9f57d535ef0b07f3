/** Everything the chat itself says; what Noor says comes from the server. */
export const words = {
  title: "Noor",
  subtitle: "Digitale assistent",
  standing: {
    waiting: ({ queue }) =>
      `Je wacht op een coach${queue ? `: plek ${queue.place}${words.wait(queue.minutes)}` : ""}. Je kunt intussen doorpraten met Noor.`,
    coach: ({ coach }) => `Je praat met ${coach ?? "een coach"}, een mens van het loket.`,
  },
  wait: (minutes) =>
    minutes ? `, ongeveer ${minutes < 60 ? `${minutes} minuten` : `${(minutes / 60).toLocaleString("nl")} uur`}` : "",
  launch: "Chat met Noor",
  launchRegion: "Hulp bij werk en leren",
  starting: "Noor komt eraan…",
  notStarted: "Noor kan nu niet starten. Probeer het zo nog een keer.",
  close: "Sluiten",
  unreadUnit: (count) => (count === 1 ? "nieuw bericht" : "nieuwe berichten"),
  unread: (count) => `Noor: ${count} ${words.unreadUnit(count)}`,

  log: "Gesprek met Noor",
  sender: { person: "Jij", bot: "Noor", coach: "Coach", system: "Bericht van het loket" },
  senderOf: ({ from, author }) =>
    author ? `${author} (mens van het loket)` : (words.sender[from] ?? words.sender.system),
  typing: (name) => `${name} is aan het typen`,
  opensElsewhere: "(opent in een nieuw venster)",

  label: "Typ je vraag of je antwoord",
  send: "Verstuur",
  charactersLeft: (count) => (count === 1 ? "Nog 1 teken over." : `Nog ${count} tekens over.`),
  charactersOver: (count) =>
    `Je bericht is ${count} ${count === 1 ? "teken" : "tekens"} te lang. Maak het korter, of verstuur het in delen.`,
  newBelow: "Nieuw bericht",

  unsent: "Nog niet verstuurd",
  refused: "Niet verstuurd",

  choices: "Keuzes",
  readAloud: "Lees voor",
  readStop: "Stop",
  simpler: "Makkelijker",
  simplerTitle: "Makkelijker gezegd:",

  rating: {
    label: "Hielp dit antwoord?",
    up: "Dit antwoord hielp mij",
    down: "Dit antwoord hielp mij niet",
    why: "Wat was er niet goed? Je hoeft het niet te zeggen.",
    reasons: ["Ik snap het niet", "Het klopt niet", "Dit vroeg ik niet"],
    own: "Of in je eigen woorden",
    send: "Verstuur je mening",
    skip: "Ik zeg het niet",
    thanks: "Dank je wel.",
  },

  menu: "Mijn gesprek",
  person: "Een mens spreken",
  fresh: "Nieuw gesprek",
  elsewhere: "Verder op een ander apparaat",
  withCode: "Verder met een code",
  download: "Gesprek downloaden",
  ownPages: "Mijn loket",
  downloadAll: "Al je gegevens downloaden",
  erase: "Gesprek wissen",

  // From one size to the next, and what is said once it is there.
  letters: ["Grotere letters", "Nog grotere letters", "Gewone letters"],
  lettersAre: ["De letters zijn gewoon.", "De letters zijn groter.", "De letters zijn nog groter."],

  eraseQuestion: {
    title: "Wil je het gesprek wissen?",
    text: "We wissen wat je op dit apparaat met Noor besprak, ook bij het loket. Wat je daarin hebt aangevraagd, trekken we in. Je kunt dit niet terugdraaien.",
    yes: "Ja, wis alles",
    no: "Nee, bewaar het",
  },
  freshQuestion: {
    title: "Wil je een nieuw gesprek?",
    text: "Dit gesprek verdwijnt dan van je scherm. Wat je hebt aangevraagd, blijft staan.",
    yes: "Ja, begin opnieuw",
    no: "Nee, ga verder",
  },
  codeHow: (host) => `Ga op je andere apparaat naar ${host}. Kies daar: Mijn gesprek, Verder met een code. Typ deze code:`,
  codeUntil: (time) => `De code werkt één keer, tot ${time} uur. Hier stopt het gesprek dan.`,
  codeTo: (channel) => `Verder in ${{ telegram: "Telegram", whatsapp: "WhatsApp" }[channel] ?? channel}`,
  qr: "QR-code: scan hem met je andere apparaat",
  code: "Code",
  codeQuestion: {
    title: "Verder met een code",
    text: "Je gesprek gaat hier verder. Op de plek waar je begon, stopt het.",
    yes: "Ja, ga hier verder",
    no: "Nee",
  },
  goOnTitle: "Hier verdergaan met je gesprek?",
  goOnLoses: " Wat je hier zei, verdwijnt dan van je scherm. Wat je hebt aangevraagd, blijft staan.",
  downloadFirst: "Gesprek eerst downloaden",
  erased: "Je gesprek is gewist.",
  begin: "Begin een nieuw gesprek",
  freshStarted: "Dit is een nieuw gesprek.",
  goneStarted: "Je vorige gesprek is er niet meer. We beginnen opnieuw.",

  lost: "Geen verbinding. We bewaren wat je typt en proberen het steeds opnieuw.",
  back: "De verbinding is terug.",
  stuck: "Versturen lukt nu niet. We proberen het steeds opnieuw.",
  failed: "Dat lukt nu niet. Probeer het later nog een keer.",

  transcript: {
    title: "Je gesprek met Noor",
    intro: "Noor is de digitale assistent van het Loket Noord-Holland.",
    made: (when) => `Gemaakt op ${when}.`,
    conversation: (when) => `Gesprek van ${when}`,
    file: "gesprek-met-noor.html",
    dataFile: "mijn-gegevens.json",
  },
};
