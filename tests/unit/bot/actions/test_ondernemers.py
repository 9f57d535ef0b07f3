"""The directory of initiatives: what fits a question, what is nearest, and how a lead begins there."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.ondernemers import (
    AcceptContactAction,
    ExplainInitiativeAction,
    FindInitiativesAction,
    RefineInitiativesAction,
    ShowMoreInitiativesAction,
)
from bot.actions.ondernemers_leads import ANSWERS_OF_ONE_LEAD, FORM, BeginAction
from counter.initiatives.catalogue import InitiativeCatalogue
from counter.initiatives.model import Initiative, InitiativeSearch, UnknownInitiativeError
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region

INITIATIVES = tuple(
    Initiative(
        id=f"plek-{number}",
        name=name,
        kind="fieldlab",
        place=place,
        region=region,
        themes=themes,
        description="Plek om te leren.",
    )
    for number, (name, place, region, themes) in enumerate(
        [
            ("Robotlab", "Zaandam", Region.ZAANSTREEK_WATERLAND, ("robotica", "innovatie")),
            ("Printhuis", "Haarlem", Region.ZUID_KENNEMERLAND_IJMOND, ("3d-printen", "innovatie")),
            ("Zaadhuis", "Enkhuizen", Region.NOORD_HOLLAND_NOORD, ("groen",)),
            ("Windhuis", "Den Helder", Region.NOORD_HOLLAND_NOORD, ("energie", "innovatie")),
        ],
        start=1,
    )
)


class FakeInitiatives:
    """The real directory over a few initiatives in memory."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._catalogue = InitiativeCatalogue(INITIATIVES, gazetteer)

    async def search(self, *, limit: int = 3, offset: int = 0, **wishes: Any) -> InitiativeSearch:
        return self._catalogue.search(**wishes, limit=limit, offset=offset)

    async def get(self, initiative_id: str) -> Initiative:
        found = next((item for item in INITIATIVES if item.id == initiative_id), None)
        if found is None:
            raise UnknownInitiativeError(initiative_id)
        return found


@pytest.fixture
def firms(counter: SimpleNamespace) -> SimpleNamespace:
    """Give the services that the directory needs."""
    counter.initiatives = FakeInitiatives(counter.gazetteer)
    return counter


NOTHING: dict[str, Any] = dict.fromkeys(
    (
        *ANSWERS_OF_ONE_LEAD,
        "ondernemers_zoekdoel",
        "ondernemers_zoekvraag",
        "ondernemers_zoekplaats",
        "ondernemers_resultaten",
        "ondernemers_vanaf",
        "kvk_nummer",
        "plaats",
        "regio",
    )
)
SEARCHED = NOTHING | {
    "ondernemers_zoekdoel": "Vernieuwen",
    "ondernemers_zoekvraag": "iets met robots",
    "ondernemers_zoekplaats": "Purmerend",
    "ondernemers_resultaten": ["plek-1", "plek-2"],
    "ondernemers_vanaf": 0,
}


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events if event["event"] == "slot"}


async def test_initiatives_are_looked_for_without_the_place_in_the_question(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("initiatief_zoeken", "is er iets met robots in Purmerend", slots=NOTHING)
    tracker.latest_message["entities"] = [{"entity": "plaats", "value": "Purmerend", "start": 25, "end": 34}]
    events = slots_of(await FindInitiativesAction(firms).run(dispatcher, tracker, {}))
    assert events["ondernemers_zoekvraag"] == "is er iets met robots"
    assert (events["ondernemers_zoekplaats"], events["getoond"]) == ("Purmerend", "initiatieven")
    assert events["ondernemers_resultaten"] == ["plek-1"]
    introduction, card, _ = dispatcher.messages
    assert introduction["response"] == "utter_ondernemers_initiatieven_gevonden"
    assert introduction["wensen"] == "robots, Purmerend"
    assert card["waar"] == "Zaandam (12 km)"


@pytest.mark.parametrize(
    ("intent", "text", "where", "introduction", "first"),
    [
        ("innoveren_mkb", "ik wil innoveren", "Haarlem", "vernieuwen", "plek-2"),
        ("innoveren_mkb", "iets met waterstof", "Haarlem", "andere", "plek-2"),
        ("initiatief_zoeken", "iets met waterstof", "Hoorn", "andere", "plek-3"),
        ("initiatief_zoeken", "iets met robots", "Hilversum", "verderop", "plek-1"),
        ("initiatief_zoeken", "welke initiatieven zijn er", None, "alle", "plek-2"),
    ],
)
async def test_what_was_not_found_is_said_and_the_nearest_is_shown(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
    where: str | None,
    introduction: str,
    first: str,
) -> None:
    tracker = turn(intent, text, slots=NOTHING | {"plaats": where})
    events = slots_of(await FindInitiativesAction(firms).run(dispatcher, tracker, {}))
    assert dispatcher.messages[0]["response"] == f"utter_ondernemers_initiatieven_{introduction}"
    assert events["ondernemers_resultaten"][0] == first


async def test_more_ends_with_a_way_on(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    everything = SEARCHED | {
        "ondernemers_zoekdoel": "Contact met een initiatief",
        "ondernemers_zoekvraag": None,
        "ondernemers_zoekplaats": None,
    }
    more = await ShowMoreInitiativesAction(firms).run(dispatcher, turn("meer_tonen", slots=everything), {})
    assert slots_of(more)["ondernemers_resultaten"] == ["plek-3"]
    last = turn("meer_tonen", slots=everything | {"ondernemers_vanaf": 3})
    await ShowMoreInitiativesAction(firms).run(dispatcher, last, {})
    assert said()[-1] == "utter_ondernemers_initiatieven_geen_meer"


async def test_why_names_the_words_that_fit(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("waarom_deze", entities={"initiatief": "plek-1"}, slots=SEARCHED)
    await ExplainInitiativeAction(firms).run(dispatcher, tracker, {})
    reason, place = dispatcher.messages
    assert (reason["response"], reason["woorden"]) == ("utter_ondernemers_initiatief_waarom", "robotica")
    assert place["streek"] == "Zaanstreek/Waterland"


@pytest.mark.parametrize(
    ("shown", "response"),
    [
        (["plek-1", "plek-2"], "utter_ondernemers_welk_initiatief"),
        (["plek-1"], "utter_ondernemers_initiatief_waarom"),
    ],
)
async def test_why_needs_to_know_which(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    shown: list[str],
    response: str,
) -> None:
    tracker = turn("waarom_deze", slots=SEARCHED | {"ondernemers_resultaten": shown})
    await ExplainInitiativeAction(firms).run(dispatcher, tracker, {})
    assert said()[0] == response


async def test_another_place_searches_anew_and_a_choice_begins_a_lead(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    refine = RefineInitiativesAction(firms)
    tracker = turn("gegeven_opgeven", "Haarlem", entities={"plaats": "Haarlem"}, slots=SEARCHED)
    assert slots_of(await refine.run(dispatcher, tracker, {}))["ondernemers_zoekplaats"] == "Haarlem"
    tracker = turn("gegeven_opgeven", "de tweede", entities={"keuze": 2}, slots=SEARCHED)
    events = await refine.run(dispatcher, tracker, {})
    assert slots_of(events)["ondernemers_behoefte"] == "Printhuis"
    assert events[-1]["name"] == FORM
    tracker = turn("gegeven_opgeven", "24 uur", entities={"uren": 24}, slots=SEARCHED)
    assert (await refine.run(dispatcher, tracker, {}))[0]["name"] == "action_terugval"


async def test_a_yes_counts_only_right_after_the_offer(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    def after(response: str) -> Tracker:
        earlier = ({"event": "bot", "metadata": {"utter_action": response}},)
        return turn("bevestigen", "ja", slots=SEARCHED, earlier=earlier)

    accept = AcceptContactAction(firms)
    events = await accept.run(dispatcher, after("utter_ondernemers_initiatieven_verder"), {})
    assert slots_of(events)["ondernemers_behoefte"] == "iets met robots"
    assert events[-1]["name"] == FORM
    assert await accept.run(dispatcher, after("utter_gesprek_bedankt"), {}) == []
    assert said() == ["utter_ondernemers_beginnen", "utter_gesprek_bevestigd"]


async def test_the_initiative_of_a_card_and_its_question_become_the_need(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    entities = {"onderwerp": "Vernieuwen", "initiatief": "plek-1"}
    tracker = turn("ondernemersadvies_vragen", "/x", entities=entities, slots=SEARCHED)
    events = slots_of(await BeginAction(firms).run(dispatcher, tracker, {}))
    assert events["ondernemers_behoefte"] == "Robotlab: iets met robots"
