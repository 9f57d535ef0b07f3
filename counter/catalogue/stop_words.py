"""Dutch words that say nothing about what somebody looks for."""

FUNCTION_WORDS = frozenset(
    """
    aan al alle alleen allemaal alles als andere ben bent bij d daar daarom dan dat de deze die dit door
    een eens elk en er even gaan gaat geen ging goed goede graag haar had heb hebben hebt heeft heel het
    hier hij hoe hun ik in is ja je jij jou jouw jullie kan kon kun kunnen kunt maar me meer meest met
    mij mijn moet moeten n na naar nee niet nog nu of om onder ons onze ook op over s soort t te tegen
    toch toe tot tussen u uit uw van vanaf vanuit veel via voor waar waarom wanneer want was wat we weer
    wel welk welke wie wij wil willen wilt worden wordt zal ze zelf zich zij zijn zo zoals zodat zonder
    zou zouden
    """.split()
)

SEARCH_WORDS = frozenset(
    """
    aanbod aanraden alsjeblieft alstublieft anders aub begin beginnen begint beroep bestaan bestaat
    beste beter bieden bijscholen bijscholing cursus cursussen dag diploma doen doorleren eentje
    eigenlijk ergens even ff geef geinteresseerd geven gewoon gezocht graag hai hallo help helpen hey
    hoi hulp iemand iets informatie interesse ken kennen kies kiezen kijk kijken komen krijgen laat lang
    leer leren les lessen leuk leuke liefst liever lijken lijkt mag manier mee meedoen misschien
    mogelijk mogelijkheden moment mooi nieuw nieuwe omscholen omscholing opleiding opleidingen opzoek
    overstappen plek scholing school specialiseren start starten studeren studie suggestie svp thuis
    tips toevallig toon trainen training trainingen vak verder vertellen vind vinden volg volgen vraag
    weet wel wens wenst werk werken weten wilde workshop workshops wou zien zin zoek zoeken zoekende
    zoekt zulke
    """.split()
)

STOP_WORDS = FUNCTION_WORDS | SEARCH_WORDS
