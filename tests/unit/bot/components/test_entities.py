from datetime import date

import pytest
from components.bare_answer import BareAnswerClassifier
from components.entities.dates import find_dates
from components.entities.found import fold
from components.entity_extractor import DutchEntityExtractor
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

EXAMPLES = [
    ("Zaandam", {("plaats", "Zaandam")}),
    ("ik woon in zandam", {("plaats", "Zaandam")}),
    ("heb je werk in amsterdam noord", {("plaats", "Amsterdam-Noord")}),
    ("iets bij den hleder", {("plaats", "Den Helder")}),
    ("werk in bergen", {("plaats", "Bergen")}),
    ("ik hou van de bergen", set()),
    ("ik ga naar de winkel", {("sector", "winkel")}),
    ("ik woon in winkel", {("plaats", "Winkel")}),
    ("de groet van mij", set()),
    ("in de kop van Noord-Holland", {("regio", "Noord-Holland Noord")}),
    ("1506 ab", {("postcode", "1506 AB")}),
    ("in 2024 en daarna", set()),
    ("mail mij op Jan@Voorbeeld.nl", {("email", "jan@voorbeeld.nl")}),
    ("06-12345678", {("telefoon", "+31612345678")}),
    ("kvk 12345678", {("kvk_nummer", "12345678")}),
    ("v 7kq4 m2xr", {("aanvraagnummer", "V-7KQ4-M2XR")}),
    ("H-7KQ4-M2XO", {("aanvraagnummer", "H-7KQ4-M2X0")}),
    ("b-7kq4-m2xr", {("aanvraagnummer", "B-7KQ4-M2XR")}),
    ("bbl leerweg", set()),
    ("h werk doen", set()),
    ("24 uur", {("uren", 24)}),
    ("24-32 uur per week", {("uren", 28)}),
    ("vierentwintig uur", {("uren", 24)}),
    ("drie dagen per week", {("uren", 24)}),
    ("fulltime", {("uren", 36)}),
    ("een dag in de week", {("uren", 8)}),
    ("vier dagen aan de slag", {("uren", 32)}),
    ("een baan van twee of drie dagen in hoorn", {("uren", 20), ("plaats", "Hoorn")}),
    ("ik heb drie dagen gewacht", set()),
    ("een 32-uurs contract", {("uren", 32)}),
    ("parttime 24u", {("uren", 24), ("vorm", "deeltijd")}),
    ("24 tot 32 p/w", {("uren", 28)}),
    ("een 36-urige week", {("uren", 36)}),
    ("drie ochtenden per week", {("uren", 12)}),
    ("vijf dagdelen", {("uren", 20)}),
    ("ik heb drie ochtenden gebeld", set()),
    ("om 9 uur", set()),
    ("na 10 uur", set()),
    ("werk voor 24 uur", {("uren", 24)}),
    ("binnen 15 km", {("reisafstand", 15)}),
    ("tien kilometer", {("reisafstand", 10)}),
    ("half uur fietsen", {("reisafstand", 8)}),
    ("ik ben 34", {("leeftijd", 34)}),
    ("ik ben al 54 jaar", {("leeftijd", 54)}),
    ("54 jaar oud", {("leeftijd", 54)}),
    ("kan dat nog op mijn 58e", {("leeftijd", 58)}),
    ("ik stopte op mijn zestiende", set()),
    ("met mijn 44 jaar", {("leeftijd", 44)}),
    ("neemt iemand mij nog nu ik 61 ben", {("leeftijd", 61)}),
    ("mijn leeftijd is 47", {("leeftijd", 47)}),
    ("iets voor iemand van vijftig", {("leeftijd", 50)}),
    ("voor mijn zoon van 18", {("leeftijd", 18)}),
    ("een 45-jarige", {("leeftijd", 45)}),
    ("mijn dochter is 17 en ik wil werken", set()),
    ("alleen op school", {("vorm", "klassikaal")}),
    ("mijn kinderen zitten op school", set()),
    ("vrouw, 45 jaar, zoekt iets", {("leeftijd", 45)}),
    ("ik word binnenkort 66", {("leeftijd", 66)}),
    ("ik ben 20 jaar thuis geweest", set()),
    ("ik ben 30 euro kwijt", set()),
    ("12 jaar ervaring", set()),
    ("34", {("aantal", 34)}),
    ("2", {("aantal", 2), ("keuze", 2)}),
    ("een stuk of vijf man", {("aantal", 5)}),
    ("een stuk of vijf", {("aantal", 5)}),
    ("drie ervaren krachten", {("aantal", 3)}),
    ("twee lieve helpenden", {("aantal", 2)}),
    ("acht fte", {("aantal", 8)}),
    ("twee \u00e0 drie stagiairs", {("aantal", 3)}),
    ("vier van onze jongens", {("aantal", 4)}),
    ("we hebben \u00e9\u00e9n plek", {("aantal", 1)}),
    ("we hebben een plek", set()),
    ("ik sta op plek 3", set()),
    ("drie kwartier", set()),
    ("zes nummers", set()),
    ("de tweede", {("keuze", 2)}),
    ("die laatste graag", {("keuze", -1)}),
    ("voor de eerste keer", set()),
    ("mbo 4", {("niveau", "mbo4")}),
    ("mbo niveau twee", {("niveau", "mbo2")}),
    ("avondcursus", {("vorm", "avond")}),
    ("ik zoek een opleiding", set()),
    ("opleidingsvoucher", {("vouchersoort", "opleiding")}),
    ("oriëntatievoucher", {("vouchersoort", "orientatie")}),
    ("iets in de zorg", {("sector", "zorg")}),
    ("ik zorg voor mijn moeder", set()),
    ("hoe zorg ik dat het lukt", set()),
    ("waar is jullie kantoor", set()),
    ("werk op kantoor", {("sector", "kantoor")}),
    ("ik heet jan de vries", {("naam", "Jan de Vries")}),
    ("mijn naam is veranderd in Jan de Vries", {("naam", "Jan de Vries")}),
    ("mijn naam is nu sanne bakker", {("naam", "Sanne Bakker")}),
    ("mijn naam is verkeerd gespeld", set()),
    ("Ik ben Fatima El Amrani en ik zoek werk", {("naam", "Fatima El Amrani")}),
    ("soms", {("antwoord", "beetje")}),
    ("nee, een beetje", {("antwoord", "beetje")}),
    ("helemaal niet", {("antwoord", "nee")}),
    ("helemaal", {("antwoord", "ja")}),
    ("nee niks voor mij", {("antwoord", "nee")}),
]


@pytest.fixture(scope="module")
def extractor(project_lists: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> DutchEntityExtractor:
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    context = ExecutionContext(GraphSchema({}), node_name="run_component")
    taxonomy = tmp_path_factory.mktemp("taxonomy")
    (taxonomy / "occupations.jsonl").write_text(
        '{"id": "beroep/lasser", "name": "lasser", "names": ["mig-maglasser"]}\n', encoding="utf-8"
    )
    (taxonomy / "skills.jsonl").write_text(
        '{"id": "vaardigheid/lassen", "name": "lassen", "names": ["omgaan met mensen"]}\n', encoding="utf-8"
    )
    config = {"taxonomy": str(taxonomy)}
    DutchEntityExtractor.create(config, storage, Resource("entities"), context).train(project_lists)
    return DutchEntityExtractor.load(config, storage, Resource("entities"), context)


@pytest.mark.parametrize(("text", "facts"), EXAMPLES)
def test_a_sentence_gives_its_facts_and_no_others(
    extractor: DutchEntityExtractor, text: str, facts: set
) -> None:
    assert {(fact.entity, fact.value) for fact in extractor.find(text)} == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("twee lassers", [("beroep", "lassers")]),
        ("ik kan goed lasen", [("vaardigheid", "lasen")]),
        ("ik kan lezen", []),
        ("Omgaan met mensen", [("vaardigheid", "Omgaan met mensen")]),
    ],
)
def test_occupations_and_skills_keep_the_words_as_written(
    extractor: DutchEntityExtractor, text: str, facts: list
) -> None:
    found = [(fact.entity, fact.value) for fact in extractor.find(text)]
    assert [fact for fact in found if fact[0] in {"beroep", "vaardigheid"}] == facts


def test_one_sentence_fills_everything_it_says(extractor: DutchEntityExtractor) -> None:
    found = extractor.find("Ik ben 45, woon in Hoorn en zoek 24 uur werk in de zorg binnen 10 km")
    assert {fact.entity: fact.value for fact in found} == {
        "leeftijd": 45,
        "plaats": "Hoorn",
        "uren": 24,
        "sector": "zorg",
        "reisafstand": 10,
    }


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
@settings(deadline=None, max_examples=60)
def test_no_text_breaks_the_extractor_and_facts_stand_in_the_text(
    extractor: DutchEntityExtractor, text: str
) -> None:
    assert all(0 <= fact.start < fact.end <= len(text) for fact in extractor.find(text))


@given(st.text(max_size=80))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("vandaag", "2026-11-25"),
        ("morgen", "2026-11-26"),
        ("dinsdag", "2026-12-01"),
        ("volgende week dinsdag", "2026-12-01"),
        ("aanstaande vrijdag", "2026-11-27"),
        ("over twee weken", "2026-12-09"),
        ("3 maart", "2027-03-03"),
        ("01-12-2026", "2026-12-01"),
        ("dinsdagochtend", "2026-12-01"),
        ("vrijdag volgende week", "2026-12-04"),
        ("volgende maandag", "2026-11-30"),
        ("per direct", "2026-11-25"),
        ("zo snel mogelijk", "2026-11-25"),
        ("meteen", "2026-11-25"),
        ("over twee maanden", "2027-01-25"),
        ("over een half jaar", "2027-05-25"),
        ("over anderhalve week", "2026-12-05"),
        ("over een jaar", "2027-11-25"),
        ("over een paar weken", "2026-12-16"),
        ("vanaf week 3", "2027-01-18"),
        ("vanaf de 15e", "2026-12-15"),
        ("op de 30ste", "2026-11-30"),
        ("maart", "2027-03-01"),
        ("vanaf september", "2027-09-01"),
        ("in mei 2028", "2028-05-01"),
        ("eind maart", "2027-03-31"),
        ("eind november", "2026-11-30"),
        ("half januari", "2027-01-15"),
        ("voor 3 maart", "2027-03-03"),
        ("1 jan.", "2027-01-01"),
        ("de vijftiende februari", "2027-02-15"),
        ("begin volgend jaar", "2027-01-01"),
        ("eind dit jaar", "2026-12-31"),
        ("volgend jaar", "2027-01-01"),
        ("eind van de maand", "2026-11-30"),
        ("half volgende maand", "2026-12-15"),
        ("eind volgende week", "2026-12-04"),
        ("dit weekend", "2026-11-28"),
        ("na de zomer", "2027-09-01"),
        ("komend voorjaar", "2027-03-01"),
    ],
)
def test_dates_are_counted_from_today(text: str, day: str) -> None:
    wednesday = date(2026, 11, 25)
    assert [fact.value for fact in find_dates(text, wednesday)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "31-02-2026",
        "goede morgen",
        "24-32 uur",
        "sinds maart",
        "in september heb ik me opgegeven",
        "ik mei je",
        "dit jaar",
        "meteen een vraag",
        "per maand",
        "in week 60",
        "voor de 2e",
        "in het begin",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert list(find_dates(text, date(2026, 11, 25))) == []


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("Zaandam", True),
        ("ik woon in zaandam", True),
        ("ongeveer 24 uur per week", True),
        ("soms", True),
        ("nee ik bedoel haarlem", True),
        ("ja", False),
        ("ik zoek werk in zaandam", False),
        ("/gegeven", False),
        ("", False),
    ],
)
def test_a_message_of_only_an_answer_is_an_answer(
    extractor: DutchEntityExtractor, text: str, *, is_answer: bool
) -> None:
    message = Message(data={"text": text, "intent": {"name": "cursus_zoeken", "confidence": 0.5}})
    classifier = BareAnswerClassifier(BareAnswerClassifier.get_default_config())
    reading = classifier.process(extractor.process([message]))[0]
    assert (reading.get("intent")["name"] == "gegeven_opgeven") is is_answer


def test_a_sentence_of_the_training_data_keeps_its_intent(extractor: DutchEntityExtractor) -> None:
    certain = {"name": "open_hiring_zoeken", "confidence": 1.0}
    message = Message(data={"text": "zaandam", "intent": certain})
    classifier = BareAnswerClassifier(BareAnswerClassifier.get_default_config())
    assert classifier.process(extractor.process([message]))[0].get("intent")["name"] == "open_hiring_zoeken"


@pytest.mark.parametrize(
    "word",
    ["goede", "nieuwe", "van de", "maar van", "al nu", "over een", "half", "eind", "per", "een", "a 2", "of"],
)
def test_a_message_of_nothing_but_one_word_is_read_like_any_other(
    extractor: DutchEntityExtractor, word: str
) -> None:
    # Words that a rule could read in two ways doubled its time with each word: 24 took half a minute.
    for opening in ("2", "ik ben", "baan", "in"):
        message = Message(data={"text": f"{opening} {word}" + f" {word}" * 200})
        extractor.process([message])
        assert isinstance(message.get("entities"), list)
