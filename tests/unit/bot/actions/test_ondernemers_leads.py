"""What firms ask: what it is about, which firm it is, and what an adviser gets to see."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.actions.ondernemers_forms import SIDES, ValidateLeadForm, topic_said
from bot.actions.ondernemers_leads import (
    ANSWERS_OF_ONE_LEAD,
    AskAgreementAction,
    AskNeedAction,
    AskTopicAction,
    BeginAction,
    OfferAction,
    SubmitAction,
    region_of,
)
from bot.actions.turn import Turn
from counter.employers.model import NEEDS_NO_EMPLOYER, Employer, LeadTopic
from counter.referrals.model import Lead, Reason


@pytest.fixture
def firms(counter: SimpleNamespace) -> SimpleNamespace:
    """Give the services that leads need."""

    async def topic_in(text: str) -> str | None:
        return "lassen" if "lassen" in text else None

    counter.courses = SimpleNamespace(topic_in=topic_in)
    return counter


FORM = "ondernemers_formulier"
NOTHING: dict[str, Any] = dict.fromkeys(
    (
        *ANSWERS_OF_ONE_LEAD,
        "kvk_nummer",
        "bedrijf",
        "naam",
        "contact",
        "telefoon",
        "email",
        "plaats",
        "regio",
        "postcode",
        "herhaling",
    )
)
ANSWERED = NOTHING | {
    "ondernemers_onderwerp": "Personeel zoeken",
    "ondernemers_behoefte": "drie lassers",
    "ondernemers_aantal": 3,
    "ondernemers_wanneer": "2027-03-01",
    "ondernemers_plaats": "Zaandam",
    "kvk_nummer": "12345678",
    "naam": "Kees",
    "contact": "+31612345678",
}


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events if event["event"] == "slot"}


async def validated(firms: SimpleNamespace, tracker: Tracker) -> dict[str, Any]:
    return slots_of(await ValidateLeadForm(firms).run(CollectingDispatcher(), tracker, {}))


@pytest.mark.parametrize(
    ("intent", "text", "topic"),
    [
        ("personeel_uitlenen", "ik wil personeel uitlenen", LeadTopic.PERSONEEL_UITLENEN),
        ("personeel_uitlenen", "kan ik mijn monteur uit te lenen krijgen", LeadTopic.PERSONEEL_UITLENEN),
        ("personeel_uitlenen", "wij hebben te weinig werk", LeadTopic.PERSONEEL_UITLENEN),
        ("personeel_uitlenen", "wij willen personeel inlenen", LeadTopic.PERSONEEL_INLENEN),
        ("personeel_uitlenen", "mensen lenen van een ander bedrijf", LeadTopic.PERSONEEL_INLENEN),
        ("personeel_uitlenen", "collegiale uitleen", None),
        ("personeel_uitlenen", "uitlenen of inlenen", None),
        ("hybride_docent", "ik wil hybride docent worden", LeadTopic.DOCENT_WORDEN),
        ("hybride_docent", "ik wil lesgeven naast mijn werk", LeadTopic.DOCENT_WORDEN),
        ("hybride_docent", "wij zoeken een vakman die les wil geven", LeadTopic.DOCENT_ZOEKEN),
        ("hybride_docent", "wat is een hybride docent", None),
        ("personeel_zoeken", "ik zoek personeel", LeadTopic.PERSONEEL_ZOEKEN),
        ("innoveren_mkb", "ik wil innoveren", LeadTopic.VERNIEUWEN),
        ("ondernemersadvies_vragen", "ik heb een vraag", None),
    ],
)
def test_a_sentence_tells_what_it_is_about_or_leaves_it_open(
    turn: Callable[..., Tracker], intent: str, text: str, topic: LeadTopic | None
) -> None:
    assert topic_said(Turn.of(turn(intent, text)), None) is topic


@pytest.mark.parametrize("question", SIDES)
def test_the_first_and_the_second_of_two_can_be_pointed_at(
    turn: Callable[..., Tracker], question: str
) -> None:
    first, second = SIDES[question]
    for choice, topic in ((1, first), (2, second), (3, None)):
        tracker = turn("gegeven_opgeven", "de zoveelste", entities={"keuze": choice})
        assert topic_said(Turn.of(tracker), question) == topic


def test_a_button_names_its_topic(turn: Callable[..., Tracker]) -> None:
    for topic in LeadTopic:
        tracker = turn("ondernemersadvies_vragen", "/x", entities={"onderwerp": topic.value})
        assert topic_said(Turn.of(tracker), None) is topic
    assert topic_said(Turn.of(turn("x", "/x", entities={"onderwerp": "Werk vinden"})), None) is None


@pytest.mark.parametrize("topic", LeadTopic)
async def test_every_topic_has_its_own_question(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    topic: LeadTopic,
) -> None:
    slots = NOTHING | {"ondernemers_onderwerp": topic.value}
    await AskNeedAction(firms).run(dispatcher, turn("x", slots=slots), {})
    await AskNeedAction(firms).run(dispatcher, turn("x", slots=slots | {"herhaling": 1}), {})
    assert said() == [f"utter_ondernemers_vertel_{topic.name.lower()}", "utter_ondernemers_korter"]


async def test_what_was_left_open_is_asked(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    for question in (None, "hybride_docent"):
        tracker = turn("x", slots=NOTHING | {"ondernemers_keuze": question})
        await AskTopicAction(firms).run(dispatcher, tracker, {})
    assert said() == ["utter_ondernemers_kies_alles", "utter_ondernemers_kies_hybride_docent"]


@pytest.mark.parametrize(
    ("text", "entities", "slots"),
    [
        ("12345678", {"kvk_nummer": "12345678"}, {"kvk_nummer": "12345678", "requested_slot": "naam"}),
        ("het is 12 34 56 78", {}, {"kvk_nummer": "12345678"}),
        ("06 12345678", {"telefoon": "+31612345678"}, {"kvk_nummer": None, "herhaling": 1}),
        ("123456789", {}, {"kvk_nummer": None}),
        ("Bakkerij Jansen", {}, {"kvk_nummer": None}),
    ],
)
async def test_a_kvk_number_has_eight_digits(
    firms: SimpleNamespace,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    slots: dict[str, Any],
) -> None:
    unknown = ANSWERED | {"kvk_nummer": None, "naam": None}
    tracker = turn("gegeven_opgeven", text, entities=entities, slots=unknown, form=FORM, asked="kvk_nummer")
    assert slots.items() <= (await validated(firms, tracker)).items()


async def test_who_does_not_know_the_number_is_asked_the_name_of_the_firm(
    firms: SimpleNamespace, turn: Callable[..., Tracker]
) -> None:
    unknown = ANSWERED | {"kvk_nummer": None}
    tracker = turn("overslaan", "weet ik niet", slots=unknown, form=FORM, asked="kvk_nummer")
    events = await validated(firms, tracker)
    assert (events["kvk_nummer"], events["requested_slot"]) == ("", "bedrijf")
    unnamed = unknown | {"kvk_nummer": ""}
    tracker = turn("buiten_bereik", "Bakkerij Jansen", slots=unnamed, form=FORM, asked="bedrijf")
    events = await validated(firms, tracker)
    assert (events["bedrijf"], events["requested_slot"]) == ("Bakkerij Jansen", "ondernemers_akkoord")


@pytest.mark.parametrize("topic", LeadTopic)
async def test_only_who_asks_for_a_firm_is_asked_which(
    firms: SimpleNamespace, turn: Callable[..., Tracker], topic: LeadTopic
) -> None:
    slots = ANSWERED | {"ondernemers_onderwerp": topic.value, "kvk_nummer": None, "ondernemers_plaats": None}
    tracker = turn(
        "gegeven_opgeven",
        "Hoorn",
        entities={"plaats": "Hoorn"},
        slots=slots,
        form=FORM,
        asked="ondernemers_plaats",
    )
    asked = (await validated(firms, tracker))["requested_slot"]
    assert asked == ("ondernemers_akkoord" if topic in NEEDS_NO_EMPLOYER else "kvk_nummer")


@pytest.mark.parametrize(
    ("text", "entities", "where", "region"),
    [
        ("in Zaandam", {"plaats": "Zaandam"}, "Zaandam", "Zaanstreek/Waterland"),
        ("in het gooi", {"regio": "Gooi en Vechtstreek"}, "Gooi en Vechtstreek", "Gooi en Vechtstreek"),
        ("1811 AB", {"postcode": "1811 AB"}, "Alkmaar", "Noord-Holland Noord"),
        ("Timboektoe", {}, None, None),
    ],
)
async def test_a_place_or_a_region_tells_where(
    firms: SimpleNamespace,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    where: str | None,
    region: str | None,
) -> None:
    slots = ANSWERED | {"ondernemers_plaats": None}
    tracker = turn(
        "gegeven_opgeven", text, entities=entities, slots=slots, form=FORM, asked="ondernemers_plaats"
    )
    assert (await validated(firms, tracker))["ondernemers_plaats"] == where
    assert region_of(firms.gazetteer, where) == region


async def test_how_many_and_when_are_kept_when_they_are_told_with_the_need(
    firms: SimpleNamespace, turn: Callable[..., Tracker]
) -> None:
    slots = ANSWERED | {"ondernemers_behoefte": None}
    tracker = turn(
        "personeel_zoeken",
        "4 monteurs vanaf 1 mei",
        entities={"aantal": 4, "datum": "2027-05-01"},
        slots=slots,
        form=FORM,
        asked="ondernemers_behoefte",
    )
    events = await validated(firms, tracker)
    assert events["ondernemers_behoefte"] == "4 monteurs vanaf 1 mei"
    assert (events["ondernemers_aantal"], events["ondernemers_wanneer"]) == (4, "2027-05-01")


async def test_a_number_in_another_answer_is_not_a_number_of_people(
    firms: SimpleNamespace, turn: Callable[..., Tracker]
) -> None:
    slots = ANSWERED | {"ondernemers_plaats": None}
    tracker = turn(
        "gegeven_opgeven", "7", entities={"aantal": 7}, slots=slots, form=FORM, asked="ondernemers_plaats"
    )
    assert "ondernemers_aantal" not in await validated(firms, tracker)


@pytest.mark.parametrize(
    ("intent", "confidence", "text", "is_taken"),
    [
        ("compliment_geven", 0.6, "hulpkok met ambitie", True),
        ("overslaan", 0.5, "Metaal Totaal zoekt mensen", True),
        ("klacht_uiten", 0.9, "dit werkt voor geen meter", False),
        ("coach_spreken", 0.5, "kan ik iemand spreken", False),
        ("in_nood", 0.5, "ik kan niet meer", False),
    ],
)
async def test_a_doubtful_interruption_of_an_open_question_is_its_answer(
    firms: SimpleNamespace,
    turn: Callable[..., Tracker],
    intent: str,
    confidence: float,
    text: str,
    *,
    is_taken: bool,
) -> None:
    slots = ANSWERED | {"ondernemers_behoefte": None}
    tracker = turn(intent, text, slots=slots, form=FORM, asked="ondernemers_behoefte")
    tracker.latest_message["intent"]["confidence"] = confidence
    if is_taken:
        assert (await validated(firms, tracker))["ondernemers_behoefte"] == text
    else:
        with pytest.raises(ActionExecutionRejection):
            await validated(firms, tracker)


async def test_an_item_is_chosen_by_its_name_whatever_it_resembles(
    firms: SimpleNamespace, turn: Callable[..., Tracker]
) -> None:
    slots = ANSWERED | {"ondernemers_akkoord": False}
    tracker = turn("open_hiring_zoeken", "de plaats", slots=slots, form=FORM, asked="onderdeel")
    events = await validated(firms, tracker)
    assert (events["ondernemers_plaats"], events["plaats"]) == (None, None)
    assert events["requested_slot"] == "ondernemers_plaats"


async def test_a_telling_sentence_is_kept_when_two_ways_are_offered(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    entities = {"aantal": 3, "beroep": "lassers"}
    tracker = turn("personeel_zoeken", "wij zoeken 3 lassers", entities=entities, slots=ANSWERED)
    events = slots_of(await OfferAction(firms).run(dispatcher, tracker, {}))
    assert events["ondernemers_behoefte"] == "wij zoeken 3 lassers"
    assert (events["ondernemers_onderwerp"], events["ondernemers_aantal"]) == ("Personeel zoeken", 3)
    assert events["ondernemers_wanneer"] is None
    bare = turn("personeel_zoeken", "ik zoek personeel", slots=ANSWERED)
    assert slots_of(await OfferAction(firms).run(dispatcher, bare, {}))["ondernemers_behoefte"] is None
    assert said() == ["utter_ondernemers_personeel_zoeken"] * 2


async def test_an_offer_leaves_a_lead_that_is_under_way_alone(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("personeel_zoeken", "ik zoek personeel", slots=ANSWERED, form=FORM)
    assert await OfferAction(firms).run(dispatcher, tracker, {}) == []


async def test_training_offers_courses_about_what_was_named(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn(
        "personeel_scholen", "mijn mensen leren lassen", entities={"vaardigheid": "lassen"}, slots=NOTHING
    )
    await OfferAction(firms).run(dispatcher, tracker, {})
    (message,) = dispatcher.messages
    assert (message["response"], message["vak"]) == ("utter_ondernemers_personeel_scholen_vak", "lassen")


@pytest.mark.parametrize(
    ("known", "slots"),
    [
        (Employer(kvk_number="12345678"), {"kvk_nummer": "12345678", "bedrijf": None}),
        (Employer(name="Bakkerij Jansen"), {"kvk_nummer": "", "bedrijf": "Bakkerij Jansen"}),
    ],
)
async def test_a_firm_told_in_an_earlier_conversation_is_not_asked_again(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    known: Employer,
    slots: dict[str, Any],
) -> None:
    firms.employers.known = known
    tracker = turn("personeel_uitlenen", "ik wil personeel uitlenen", slots=NOTHING)
    events = slots_of(await BeginAction(firms).run(dispatcher, tracker, {}))
    assert slots.items() <= events.items()
    told = turn("personeel_uitlenen", "uitlenen", slots=NOTHING | {"kvk_nummer": "87654321"})
    assert "kvk_nummer" not in slots_of(await BeginAction(firms).run(dispatcher, told, {}))


async def test_another_topic_begins_anew_and_the_same_goes_on(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    begun = ({"event": "active_loop", "name": FORM}, {"event": "active_loop", "name": None})
    same = turn(
        "ondernemersadvies_vragen",
        "/x",
        entities={"onderwerp": "Personeel zoeken"},
        slots=ANSWERED,
        earlier=begun,
    )
    events = slots_of(await BeginAction(firms).run(dispatcher, same, {}))
    assert events["ondernemers_behoefte"] == "drie lassers"
    assert "ondernemers_plaats" not in events
    other = turn("hybride_docent", "ik wil lesgeven", slots=ANSWERED, earlier=begun)
    events = slots_of(await BeginAction(firms).run(dispatcher, other, {}))
    assert (events["ondernemers_behoefte"], events["ondernemers_plaats"]) == (None, None)
    assert said() == ["utter_ondernemers_verder", "utter_ondernemers_hybride_docent"]


async def test_the_summary_shows_what_is_sent_and_nothing_else(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    await AskAgreementAction(firms).run(dispatcher, turn("x", slots=ANSWERED), {})
    shown = dispatcher.messages[0]
    assert (shown["vraag"], shown["aantal"], shown["vanaf"]) == ("drie lassers", 3, "1-3-2027")
    assert (shown["kvk"], shown["werkgever"]) == ("12345678", "")
    teacher = ANSWERED | {"ondernemers_onderwerp": "Hybride docent worden"}
    await AskAgreementAction(firms).run(dispatcher, turn("x", slots=teacher), {})
    assert dispatcher.messages[2]["kvk"] == ""


async def test_a_lead_is_sent_once_with_the_message_that_confirmed_it(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await SubmitAction(firms).run(dispatcher, turn("bevestigen", slots=ANSWERED), {})
    (command,) = firms.referrals.opened
    assert (command.conversation_id, command.message_id) == ("conversation-1", "message-1")
    assert (command.reason, command.topic) == (Reason.SME, "Personeel zoeken")
    assert (command.region, command.phone, command.email) == ("Zaanstreek/Waterland", "+31612345678", None)
    assert command.lead == Lead(
        need="drie lassers",
        place="Zaandam",
        people=3,
        start=date(2027, 3, 1),
        employer=Employer(kvk_number="12345678"),
    )
    assert said() == ["utter_ondernemers_ontvangen", "utter_ondernemers_ontvangst_kaart"]
    assert slots_of(events) == dict.fromkeys(ANSWERS_OF_ONE_LEAD)


async def test_who_asks_for_themselves_sends_no_firm(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    slots = ANSWERED | {"ondernemers_onderwerp": "Hybride docent worden", "ondernemers_plaats": ""}
    await SubmitAction(firms).run(dispatcher, turn("bevestigen", slots=slots), {})
    (command,) = firms.referrals.opened
    assert (command.lead.employer, command.lead.place, command.region) == (None, None, None)
