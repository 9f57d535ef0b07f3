"""Hours, distances, ages, amounts and choices."""

import re
from typing import Iterator

from components.entities.found import Found, fold
from components.entities.numbers import NUMBER, SMALL_ORDINALS, number

_HOURS_A_DAY = 8
_HOURS_A_PART, _MOST_PARTS = 4, 10
_FULL_TIME_HOURS = 36
_MOST_HOURS = 60

_HOURS = re.compile(
    rf"\b(?:({NUMBER})\s*(?:-|/|a|tot|of|tot en met)\s*)?({NUMBER})\s*[-+]?\s*"
    r"(?:(?:uur|uren|uurtjes|uurs|u|urige)\b|(?=(?:per week|in de week|p/?w)\b))"
    r"(?!\s+(?:reizen|reistijd|rijden|fietsen|lopen|met|onderweg|'s|s)\b)"
    r"(?!\s+in de (?:ochtend|middag|avond|nacht))"
)
_BY_THE_CLOCK = re.compile(r"\b(?:om|over|binnen)\s+$")
_MAYBE_BY_THE_CLOCK = re.compile(r"\b(?:tot|vanaf|rond|na|voor|tussen)\s+$")
_LAST_HOUR_ON_A_CLOCK = 12
_DAYS = re.compile(
    rf"\b({NUMBER})\s*dagen(?=\s*(?:per|in de|/|p/?w|a)\s*(?:week|w)\b|\s*p/?w\b|\s*(?:aan het |aan de )?"
    r"(?:werk|werken|slag|beschikbaar)\b|\s*$)|"
    rf"(?<=^)({NUMBER})\s*dagen\b|\b(een|1) dag(?=\s*(?:per|in de|/|p/?w|a)\s*(?:week|w)\b)"
)
_WORKING_DAYS = re.compile(
    r"\b(?:werk|werken|baan|baantje|job|beschikbaar|inzetbaar|ik kan|parttime)\s+"
    r"(?:maar |van |voor |ongeveer |maximaal |minimaal |minstens |hooguit |liefst )*"
    rf"({NUMBER})(?:\s*(?:a|tot|of|-)\s*({NUMBER}))?\s*dagen\b(?!\s+(?:geleden|lang|ziek|vrij|achter))"
)
_PARTS_OF_DAYS = re.compile(
    rf"\b({NUMBER})\s*(?:dagdelen|halve dagen|(?:ochtenden|middagen|avonden)(?=\s+(?:per|in de|a)\s+week))\b"
)
_FULL_TIME = re.compile(r"\b(?:full\s?-?time|voltijds?)\b")
_KILOMETRES = re.compile(rf"\b({NUMBER})\s*(?:km|kilometers?|kms)\b")
_TRAVEL = re.compile(
    rf"\b(half|halfuur|half uur|kwartier|uur|{NUMBER}\s*(?:minuten|minuutjes|min))(?:tje)?\s*"
    r"(?:uur(?:tje)?\s*)?"
    r"(reizen|reistijd|rijden|fietsen|lopen|met de (?:auto|fiets|bus|trein)|met het ov|onderweg)"
)
_SPEEDS = {"fiets": 16, "lopen": 5, "rijden": 60, "auto": 60}  # km an hour, door to door
_SPEED_OTHERWISE = 40
_NEARBY = {re.compile(r"\bloopafstand\b"): 2, re.compile(r"\bfietsafstand\b"): 7}

_NO_AGE = (
    r"(?!\s*(?:%|uur|uren|dag|dagen|week|weken|maand|maanden|minuten|km|keer|kilo|euro|procent|meter|kinderen|"
    r"mensen|man|personen|collega|medewerkers|(?:jaar|jr)\s+(?:ervaring|werk|bezig|geleden|in|bij|thuis|lang)))"
)
_AGE = re.compile(
    r"\b(?:ik ben|ben ik|ben|ik word|leeftijd(?: is)?:?|leeftijd van|"
    # Of whom it is about, not of just anybody: "voor mijn zoon van 18", "iemand van 58".
    r"voor (?:mijn|me|m'n|onze|een) [a-z]+ van|"
    r"(?:iemand|een (?:man|vrouw|jongen|meid|meisje|moeder|vader|kerel)) van)\s+"
    r"(?:al |nu |bijna |pas |net |inmiddels |ondertussen |alweer |ook al |toch al |een |ruim |rond de |"
    r"volgende week |volgende maand |binnenkort |morgen |dit jaar )*"
    rf"({NUMBER})\b{_NO_AGE}(?:\s*(?:jaar|jr|j)\b)?"
    rf"|\b({NUMBER})\s*-?\s*(?:jaar|jr)\s+(?:oud|jong)\b|\b({NUMBER})-?jarige?\b"
    rf"|^\W*({NUMBER})\s*(?:jaar|jr)\W*$"
    rf"|\bop (?:mijn|me|m'n)\s+({NUMBER})(?:e|ste|de)\b"
    rf"|\bmet (?:mijn|me|m'n)\s+({NUMBER})\s*(?:jaar|jr|jaren)\b"
    rf"|(?<!alsof )\bik\s+(?:nu |al |bijna |pas |net |inmiddels )*({NUMBER})\s*(?:jaar\s+)?ben\b"
    rf"|\bik\s*(?:,|\(|-|=)?\s*({NUMBER})\s*(?:jaar|jr)\b"
    r"(?=\s*[,.)]|\s*$|\s+en\s+(?:ik|zoek|woon|wil|op zoek))"
    rf"|^\W*(?:hallo|hoi|dag|goedemiddag)?\W*({NUMBER})\s*(?:jaar|jr)\s*(?=[,.]|en (?:ik|zoek|op zoek|woon))"
    rf"|(?<=[,(])\s*({NUMBER})\s*(?:jaar|jr)\b(?=\s*(?:[,.)]|$))"
    rf"|\b(?:man|vrouw|jongen|meisje)\s*[,(]?\s*({NUMBER})(?:\s*(?:jaar|jr))?\b(?=\s*(?:[,.)]|$))"
)
_YOUNGEST, _OLDEST = 10, 99
# "Op mijn zestiende" tells of long ago, "op mijn vijftigste" of now.
_NO_MEMORY_FROM = 25

_ORDINALS = {**SMALL_ORDINALS, "laatste": -1, "onderste": -1, "bovenste": 1}
_CHOICE_WORD = re.compile(
    rf"\b({'|'.join(_ORDINALS)}|\d{{1,2}}(?:e|de|ste))\b(?=\s*(?:$|[.,;!?]|optie|keuze|cursus|baan|vacature|"
    r"opleiding|voucher|graag|aub|alsjeblieft|lijkt|wil|is|vind|vond|maar|die|daar|klinkt|van|op|en|kies|neem))"
)
_CHOICE_NUMBER = re.compile(rf"\b(?:nummer|nr\.?|optie|keuze|keus|num|no\.?)\s*(een|{NUMBER})\b")
_NOT_A_CHOICE = re.compile(r"\b(?:mijn|voor het|ten|onze|zijn|haar|per|in de|de aller)\s*$")
_MOST_CHOICES = 10

_BARE_NUMBER = re.compile(rf"^\W*(?:ongeveer |ongeveer |zo'n |ik denk |met |max |maximaal )?({NUMBER})\W*$")
# What firms count: people, places, and trades, by how their names end.
_COUNTED = """
    man mannen mensen mens personen persoon pers medewerkers? werknemers? collega'?s? krachten mannetjes
    plekken plek plaatsen plaats vacatures? banen baan functies? stuks posities leerlingen jongens
    meiden dames heren vrouwen fte zzp'ers helpenden? handjes studenten stagiair(?:e?s|en)? bbl'?ers?
    vakkrachten vaklui vakmensen vakmannen deelnemers kandidaten lui gasten koks? hulpen
""".split()
_TRADE_ENDINGS = """
    eurs? iers? isten ist ers aars sters lieden lui kundigen? hulpen ciens? assistenten docenten smeden
    lasser schilder bakker kapper zorgenden? helpenden? operators? medewerk(?:er|ster) metselaar
    timmermannen agenten
""".split()
_NO_TRADES = """
    andere eerdere verdere latere letters cijfers meters dochters broers kilometers kamers nummers
    zomers winters kwartier vouchers kleinkinderen
""".split()
# Before them stand a few words at most: "drie van onze ervaren monteurs". Without that limit a long message
# could be read in more ways than there is time for.
_PEOPLE = re.compile(
    rf"\b({NUMBER})(?:\s*(?:a|tot|of|-)\s*({NUMBER}))?(?:\s+|(?=man\b|pers))"
    r"(?:(?:van (?:mijn|onze|ons|m'n|de|die)|extra|ervaren|fulltime|parttime|open|allround|[a-z-]{3,}e)\s+)"
    r"{0,3}"
    rf"(?:leerling-)?(?:{'|'.join(_COUNTED)}|"
    rf"(?!{'|'.join(_NO_TRADES)})[a-z-]{{3,}}(?:{'|'.join(_TRADE_ENDINGS)}))\b"
)
_A_PLACE_IN_A_ROW = re.compile(r"\b(?:op|plek|plaats|nummer|niveau|mbo|optie|keuze|klas|groep|van de)\s*$")
_ABOUT = re.compile(
    rf"\b(?:een stuk of|stuk of|ongeveer|circa|zo'n|minimaal|maximaal|zeker)\s+({NUMBER})\b(?=\s*(?:$|[,.]))"
)
# "Eén lasser": only the accents tell this number from the article.
_ONE = re.compile(
    r"\b[éÉ][éÉ]n\b(?=\s+(?:plek|plaats|vacature|baan|functie|persoon|medewerker|man|\w+(?:er|eur|ist|aar)\b))"
)


def find_hours(text: str) -> Iterator[Found]:
    """Find hours a week; a range becomes its middle, days become eight hours each."""
    folded = fold(text)
    for match in _HOURS.finditer(folded):
        low, high = match.groups()
        hours = number(high) if low is None else round((number(low) + number(high)) / 2)
        if 0 < hours <= _MOST_HOURS and not _is_by_the_clock(hours, folded[: match.start()]):
            yield Found("uren", hours, *match.span())
    for match in _DAYS.finditer(folded):
        days = 1 if match.group(3) else number(match.group(1) or match.group(2))
        if 0 < days <= 7:  # noqa: PLR2004
            yield Found("uren", days * _HOURS_A_DAY, *match.span())
    for match in _WORKING_DAYS.finditer(folded):
        days = (number(match.group(1)) + number(match.group(2) or match.group(1))) / 2
        if 0 < days <= 7 and not _DAYS.search(folded):  # noqa: PLR2004
            yield Found("uren", round(days * _HOURS_A_DAY), match.start(1), match.end())
    for match in _PARTS_OF_DAYS.finditer(folded):
        if 0 < (parts := number(match.group(1))) <= _MOST_PARTS:
            yield Found("uren", parts * _HOURS_A_PART, *match.span())
    for match in _FULL_TIME.finditer(folded):
        yield Found("uren", _FULL_TIME_HOURS, *match.span())


def _is_by_the_clock(hours: int, before: str) -> bool:
    """Tell "om 9 uur" and "na 10 uur" from "voor 24 uur"."""
    if _BY_THE_CLOCK.search(before):
        return True
    return hours <= _LAST_HOUR_ON_A_CLOCK and _MAYBE_BY_THE_CLOCK.search(before) is not None


def find_distances(text: str) -> Iterator[Found]:
    """Find how far somebody will travel, in kilometres; a travel time is turned into its distance."""
    folded = fold(text)
    for match in _KILOMETRES.finditer(folded):
        yield Found("reisafstand", number(match.group(1)), *match.span())
    for match in _TRAVEL.finditer(folded):
        time, means = match.groups()
        speed = next((speed for word, speed in _SPEEDS.items() if word in means), _SPEED_OTHERWISE)
        yield Found("reisafstand", round(speed * _hours(time)), *match.span())
    for pattern, kilometres in _NEARBY.items():
        for match in pattern.finditer(folded):
            yield Found("reisafstand", kilometres, *match.span())


def _hours(time: str) -> float:
    if time.startswith("half"):
        return 0.5
    if time == "kwartier":
        return 0.25
    minutes = re.match(NUMBER, time)
    return number(minutes.group()) / 60 if minutes else 1.0


def find_ages(text: str) -> Iterator[Found]:
    """Find somebody's age: "ik ben 34", "34 jaar oud"; not "12 jaar ervaring"."""
    for match in _AGE.finditer(fold(text)):
        written = next(group for group in match.groups() if group)
        if match.group().startswith("op m") and number(written) < _NO_MEMORY_FROM:
            continue
        if _YOUNGEST <= number(written) <= _OLDEST:
            yield Found("leeftijd", number(written), *match.span())


def find_choices_and_amounts(text: str) -> Iterator[Found]:
    """Find which of a list is meant (1 is the first, -1 the last) and how many people or places.

    A bare number is an amount, and a small one a choice too: the question asked tells them apart.
    """
    folded = fold(text)
    yield from _choices(folded)
    for match in _PEOPLE.finditer(folded):
        if not _A_PLACE_IN_A_ROW.search(folded[: match.start()]):
            yield Found("aantal", number(match.group(2) or match.group(1)), *match.span(1))
    for match in _ABOUT.finditer(folded):
        yield Found("aantal", number(match.group(1)), *match.span(1))
    for match in _ONE.finditer(text):
        yield Found("aantal", 1, *match.span())
    bare = _BARE_NUMBER.match(folded)
    if bare:
        value = number(bare.group(1))
        yield Found("aantal", value, *bare.span(1))
        if 0 < value <= _MOST_CHOICES:
            yield Found("keuze", value, *bare.span(1))


def _choices(folded: str) -> Iterator[Found]:
    for match in _CHOICE_WORD.finditer(folded):
        if not _NOT_A_CHOICE.search(folded[: match.start()]):
            word = match.group(1)
            place = _ORDINALS[word] if word in _ORDINALS else int(re.sub(r"\D", "", word))
            yield Found("keuze", place, *match.span())
    for match in _CHOICE_NUMBER.finditer(folded):
        place = 1 if match.group(1) == "een" else number(match.group(1))
        if 0 < place <= _MOST_CHOICES:
            yield Found("keuze", place, *match.span())
