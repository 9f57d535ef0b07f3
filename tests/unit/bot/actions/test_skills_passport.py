"""The skills passport: seen, changed, undone and explained."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.skills_groups import FORM, as_slot
from bot.actions.skills_passport import ChangePassportAction, ExplainEntryAction, ShowPassportAction
from counter.passport.model import EntryKind, Group, Source, Told
from tests.unit.bot.actions.conftest import TAXONOMY, FakePassports

NOTHING = dict.fromkeys(("skills_voorstel", "skills_stap", "getoond", "herhaling"))
LASSEN, KOKEN, PLANNEN = (f"vaardigheid/{name}" for name in ("lassen", "koken", "plannen"))
WELDS = Told(skill_id=LASSEN, words="las al jaren")
COOKS = Told(skill_id=KOKEN, words="chef", occupation_id="beroep/kok")
WANTS_TO_PLAN = Told(skill_id=PLANNEN, words="leren plannen", kind=EntryKind.WISH)


@pytest.fixture
async def counter(counter: SimpleNamespace) -> SimpleNamespace:
    """Give a counter that knows what somebody can."""
    await counter.passports.add("", [WELDS, COOKS, WANTS_TO_PLAN])
    return counter


async def test_the_card_shows_what_was_said_and_what_came_of_it(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await ShowPassportAction(counter).run(dispatcher, turn("skills_paspoort", slots=NOTHING), {})
    assert said() == ["utter_skills_paspoort_kaart", "utter_skills_verder_wens"]
    card = dispatcher.messages[0]
    assert (card["bron_1"], card["skills_1"]) == ("“las al jaren”", "lassen")
    assert (card["bron_2"], card["skills_2"]) == ("“chef”", "koken")
    assert (card["bron_3"], card["skills_3"], card["skills_verder"]) == ("", "", "")
    assert card["wensen"] == "plannen"


@pytest.mark.parametrize(
    ("channel", "site", "link"),
    [
        ("website", "", "/mijn/paspoort"),
        ("telegram", "https://loket.nl", "https://loket.nl/mijn/open?naar=paspoort&sleutel=conversation-1"),
        ("whatsapp", "", ""),
    ],
)
async def test_the_card_leads_to_the_passports_own_page_and_in_a_chat_app_by_a_secret_link(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    channel: str,
    site: str,
    link: str,
) -> None:
    counter.visits.site = site
    await ShowPassportAction(counter).run(
        dispatcher, turn("skills_paspoort", slots=NOTHING, channel=channel), {}
    )
    assert dispatcher.messages[0]["link"] == link


async def test_the_card_tells_which_coach_added_what(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    await counter.passports.add(
        "", [Told(skill_id="vaardigheid/solderen", words="solderen", source=Source.COACH, added_by="Sanne")]
    )
    await ShowPassportAction(counter).run(dispatcher, turn("skills_paspoort", slots=NOTHING), {})
    card = dispatcher.messages[0]
    assert (card["coach"], card["skills_coach"]) == ("Sanne", "solderen")
    assert "solderen" not in (card["skills_1"], card["skills_2"], card["skills_3"])


async def test_who_asks_why_hears_that_a_coach_added_it(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    await counter.passports.add(
        "", [Told(skill_id="vaardigheid/solderen", words="solderen", source=Source.COACH, added_by="Sanne")]
    )
    asked = turn("waarom_deze", "waarom staat solderen erin", slots=NOTHING)
    await ExplainEntryAction(counter).run(dispatcher, asked, {})
    [message] = dispatcher.messages
    assert (message["response"], message["coach"]) == ("utter_skills_waarom_coach", "Sanne")


async def test_more_sources_than_the_card_has_room_for_are_put_together(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    names = list(counter.taxonomy.skills)[:8]
    await counter.passports.add("", [Told(skill_id=name, words=f"woord {name}") for name in names])
    await ShowPassportAction(counter).run(dispatcher, turn("skills_paspoort", slots=NOTHING), {})
    assert len(dispatcher.messages[0]["skills_verder"].split(", ")) >= 4


async def test_an_empty_passport_starts_telling(
    dispatcher: CollectingDispatcher, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    empty = SimpleNamespace(taxonomy=TAXONOMY, passports=FakePassports())
    events = await ShowPassportAction(empty).run(
        dispatcher, turn("skills_paspoort", "wat is een skillspaspoort", slots=NOTHING), {}
    )
    assert said() == ["utter_skills_paspoort_uitleg", "utter_skills_paspoort_leeg"]
    assert [event["name"] for event in events if event["event"] == "followup"] == [FORM]


async def test_an_emptied_passport_offers_to_put_things_back(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await counter.passports.remove("", [LASSEN, KOKEN, PLANNEN])
    await ShowPassportAction(counter).run(dispatcher, turn("skills_paspoort", slots=NOTHING), {})
    assert said() == ["utter_skills_paspoort_alles_weg"]
    assert [button["title"] for button in dispatcher.messages[0]["buttons"]] == ["lassen", "koken", "plannen"]


@pytest.mark.parametrize("action", [ShowPassportAction, ChangePassportAction])
async def test_a_sentence_takes_something_out_and_shows_how_to_undo_that(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    action: Any,
) -> None:
    tracker = turn("skills_paspoort", "haal lassen uit mijn skillspaspoort", slots=NOTHING)
    await action(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_skills_weggehaald"]
    assert dispatcher.messages[0]["buttons"] == [
        {"title": "lassen", "payload": '/skills_wijzigen{"vaardigheid":"lassen"}'}
    ]
    assert LASSEN not in (await counter.passports.of("")).shown_ids


async def test_the_button_undoes_it(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await counter.passports.remove("", [LASSEN])
    tracker = turn(
        "skills_wijzigen",
        '/skills_wijzigen{"vaardigheid":"lassen"}',
        entities={"vaardigheid": "lassen"},
        slots=NOTHING,
    )
    await ChangePassportAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_skills_erbij"]
    assert (await counter.passports.of("")).entry(LASSEN).told == WELDS


@pytest.mark.parametrize(
    ("text", "response", "kind"),
    [
        ("ik kan ook solderen", "utter_skills_erbij", EntryKind.SKILL),
        ("ik wil leren solderen, zet dat erbij", "utter_skills_wens_erbij", EntryKind.WISH),
    ],
)
async def test_something_new_is_added_as_what_it_is(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    response: str,
    kind: EntryKind,
) -> None:
    await ChangePassportAction(counter).run(dispatcher, turn("skills_wijzigen", text, slots=NOTHING), {})
    assert said() == [response]
    assert (await counter.passports.of("")).entry("vaardigheid/solderen").told.kind is kind


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("stuur mijn skillspaspoort naar mijn mail", "utter_skills_paspoort_kaart"),
        ("er staat een verkeerde skill in mijn paspoort", "utter_skills_wat_weg"),
    ],
)
async def test_a_sentence_about_the_passport_changes_nothing_by_itself(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    response: str,
) -> None:
    before = await counter.passports.of("")
    await ShowPassportAction(counter).run(dispatcher, turn("skills_paspoort", text, slots=NOTHING), {})
    assert said()[0] == response
    assert await counter.passports.of("") == before


async def test_who_wants_to_add_something_is_asked_to_tell(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("skills_paspoort", "voeg iets toe aan mijn skillspaspoort", slots=NOTHING)
    events = await ShowPassportAction(counter).run(dispatcher, tracker, {})
    assert [event["name"] for event in events if event["event"] == "followup"] == [FORM]


async def test_what_is_not_there_cannot_be_taken_out(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("skills_wijzigen", "verwijder timmeren", slots=NOTHING)
    await ChangePassportAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_skills_stond_er_niet"]


async def test_who_wants_something_out_is_asked_what_and_a_name_or_a_place_is_enough(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await ChangePassportAction(counter).run(
        dispatcher, turn("skills_wijzigen", "/skills_wijzigen", slots=NOTHING), {}
    )
    assert said() == ["utter_skills_wat_weg"]
    asked = NOTHING | {event["name"]: event["value"] for event in events}
    named = turn("gegeven_opgeven", "lassen", entities={"vaardigheid": "lassen"}, slots=asked)
    await ChangePassportAction(counter).run(dispatcher, named, {})
    pointed = turn("gegeven_opgeven", "de eerste", entities={"keuze": 1}, slots=asked)
    await ChangePassportAction(counter).run(dispatcher, pointed, {})
    assert (await counter.passports.of("")).removed_ids == (LASSEN, KOKEN)


async def test_other_work_goes_by_the_form_so_that_it_is_agreed_with(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("skills_wijzigen", "ik was ook nog kapper", slots=NOTHING)
    events = await ChangePassportAction(counter).run(dispatcher, tracker, {})
    assert [event["name"] for event in events if event["event"] == "followup"] == [FORM]


async def test_a_fact_that_is_no_skill_is_thanked_for(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("gegeven_opgeven", "Zaandam", entities={"plaats": "Zaandam"}, slots=NOTHING)
    await ChangePassportAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_gegevens_genoteerd"]


@pytest.mark.parametrize(
    ("text", "entities", "response", "words"),
    [
        ("waarom staat lassen erin", {}, "utter_skills_waarom_verteld", "las al jaren"),
        ("waarom de tweede", {"keuze": 2}, "utter_skills_waarom_beroep", "chef"),
        (
            '/waarom_deze{"vaardigheid":"plannen"}',
            {"vaardigheid": "plannen"},
            "utter_skills_waarom_wens",
            "leren plannen",
        ),
    ],
)
async def test_why_is_answered_in_the_persons_own_words(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    response: str,
    words: str,
) -> None:
    tracker = turn("waarom_deze", text, entities=entities, slots=NOTHING)
    await ExplainEntryAction(counter).run(dispatcher, tracker, {})
    assert said() == [response]
    assert dispatcher.messages[0]["woorden"] == words


async def test_why_without_a_skill_asks_which(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("waarom_deze", "waarom staat dit erin", slots=NOTHING)
    await ExplainEntryAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_skills_waarom_algemeen"]
    assert len(dispatcher.messages[0]["buttons"]) == 3


async def test_why_of_a_skill_that_is_not_there_says_so(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("waarom_deze", "waarom staat timmeren erin", slots=NOTHING)
    await ExplainEntryAction(counter).run(dispatcher, tracker, {})
    assert said() == ["utter_skills_waarom_niet_erin"]


async def test_while_a_group_is_asked_why_is_about_that_group(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    group = Group(told=(Told(skill_id="vaardigheid/solderen", words="soldeer"),))
    slots = NOTHING | {"skills_voorstel": as_slot([group])}
    await ExplainEntryAction(counter).run(
        dispatcher, turn("waarom_deze", "waarom dit", form=FORM, slots=slots), {}
    )
    assert said() == ["utter_skills_waarom_verteld"]
    assert dispatcher.messages[0]["woorden"] == "soldeer"
