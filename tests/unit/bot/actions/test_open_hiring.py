"""Open hiring: what is asked, who gets on a list, what is told of a place on it."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.open_hiring import BeginSearchAction, ExplainMatchAction, RefineAction, SearchAction
from bot.actions.open_hiring_forms import ValidateJobSearchForm, ValidateSignUpForm
from bot.actions.open_hiring_lists import (
    AskJobAction,
    BeginSignUpAction,
    LeaveListAction,
    ShowPlacesAction,
    SignUpAction,
)
from counter.open_hiring.catalogue import JobCatalogue
from counter.open_hiring.model import (
    AlreadyOnListError,
    Job,
    JobClosedError,
    JobQuery,
    JobSearch,
    PublicJob,
    QueuePlace,
    SignUp,
    SignUpState,
    UnknownJobError,
)
from counter.places.gazetteer import load_gazetteer

GAZETTEER = load_gazetteer()
JOBS = tuple(
    Job(
        id=f"baan-{number}",
        title=f"Baan {number}",
        employer="Voorbeeldbedrijf",
        place=place,
        sector="techniek",
        hours_min=hours,
        hours_max=hours + 8,
        wage_text="minimumloon",
        tasks="Je maakt dingen.",
        practical_needs=("je kunt 10 kilo tillen", "je kunt 4 uur staan"),
        is_sample=True,
    )
    for number, (place, hours) in enumerate(
        [("Alkmaar", 24), ("Alkmaar", 16), ("Heiloo", 24), ("Haarlem", 24)], start=1
    )
)
PLACE = QueuePlace(
    number="H-7KQ4-M2XR",
    job=JOBS[0],
    position=2,
    signed_up_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    state=SignUpState.WAITING,
)


class FakeOpenHiring:
    """The real catalogue with lists in memory; `refusal` is what signing up ends in."""

    def __init__(self) -> None:
        self._catalogue = JobCatalogue(JOBS, GAZETTEER)
        self.signed_up: list[SignUp] = []
        self.left: list[str] = []
        self.own: tuple[QueuePlace, ...] = ()
        self.others: tuple[QueuePlace, ...] = ()
        self.refusal: Exception | None = None

    async def search(self, query: JobQuery, limit: int = 3, offset: int = 0) -> JobSearch:
        return self._catalogue.search(query, limit=limit, offset=offset)

    async def get(self, job_id: str) -> Job:
        found = next((job for job in JOBS if job.id == job_id), None)
        if found is None:
            raise UnknownJobError(job_id)
        return found

    async def public(self, job_id: str) -> PublicJob:
        return PublicJob(job=await self.get(job_id), opened_at=None, waiting=0)

    async def sign_up(self, command: SignUp) -> QueuePlace:
        if self.refusal:
            raise self.refusal
        self.signed_up.append(command)
        return PLACE

    async def places_of(self, _conversation_id: str) -> tuple[QueuePlace, ...]:
        return self.own

    async def place_by_number(self, number: str) -> QueuePlace | None:
        return next((place for place in (*self.own, *self.others) if place.number == number), None)

    async def leave(self, number: str, _conversation_id: str) -> QueuePlace:
        self.left.append(number)
        return PLACE


@pytest.fixture
def open_hiring() -> FakeOpenHiring:
    return FakeOpenHiring()


@pytest.fixture
def counter(open_hiring: FakeOpenHiring) -> SimpleNamespace:
    return SimpleNamespace(gazetteer=GAZETTEER, open_hiring=open_hiring)


NOTHING = dict.fromkeys(
    (
        "open_hiring_plaats",
        "open_hiring_uren",
        "open_hiring_resultaten",
        "open_hiring_vanaf",
        "open_hiring_baan",
        "open_hiring_akkoord",
        "onderdeel",
        "naam",
        "contact",
        "telefoon",
        "email",
        "plaats",
        "uren",
        "sector",
        "reisafstand",
        "getoond",
        "herhaling",
    )
)
SHOWN = NOTHING | {
    "open_hiring_plaats": "Alkmaar",
    "open_hiring_uren": 24,
    "open_hiring_resultaten": ["baan-1", "baan-3"],
    "open_hiring_vanaf": 0,
    "getoond": "banen",
}
SIGN_UP = SHOWN | {"open_hiring_baan": "baan-1"}


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events}


async def test_a_card_shows_what_the_job_asks_and_nothing_else(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    await SearchAction(counter).run(dispatcher, turn("open_hiring_zoeken", slots=SHOWN), {})
    card = next(message for message in dispatcher.messages if message.get("id") == "baan-1")
    assert card["response"] == "utter_open_hiring_kaart_voorbeeld"
    assert (card["nodig"], card["aantal_uren"]) == ("je kunt 10 kilo tillen, je kunt 4 uur staan", "24-32")


@pytest.mark.parametrize(
    ("intent", "text", "entities", "hours"),
    [
        ("gegeven_opgeven", "24 uur", {"uren": 24}, 24),
        ("gegeven_opgeven", "24", {"aantal": 24}, 24),
        ("overslaan", "maakt niet uit", {}, 0),
        ("gegeven_opgeven", "100 uur", {"uren": 100}, None),
        ("nlu_fallback", "banaan", {}, None),
    ],
)
async def test_hours_are_a_number_or_do_not_matter(
    counter: SimpleNamespace,
    turn: Callable[..., Tracker],
    intent: str,
    text: str,
    entities: dict[str, Any],
    hours: int | None,
) -> None:
    slots = NOTHING | {"open_hiring_plaats": "Alkmaar"}
    tracker = turn(
        intent, text, entities=entities, form="open_hiring_formulier", asked="open_hiring_uren", slots=slots
    )
    events = await ValidateJobSearchForm(counter).run(CollectingDispatcher(), tracker, {})
    assert slots_of(events)["open_hiring_uren"] == hours


async def test_hours_told_earlier_are_not_asked(
    counter: SimpleNamespace, turn: Callable[..., Tracker]
) -> None:
    started = ({"event": "active_loop", "name": "open_hiring_formulier"},)
    slots = NOTHING | {"uren": 24, "plaats": "Alkmaar"}
    tracker = turn("open_hiring_zoeken", form="open_hiring_formulier", slots=slots, since=started)
    events = slots_of(await ValidateJobSearchForm(counter).run(CollectingDispatcher(), tracker, {}))
    assert (events["open_hiring_plaats"], events["open_hiring_uren"]) == ("Alkmaar", 24)


@pytest.mark.parametrize(
    ("entities", "changed"),
    [
        ({"plaats": "Haarlem"}, {"open_hiring_plaats": "Haarlem"}),
        ({"uren": 16}, {"open_hiring_uren": 16}),
    ],
)
async def test_a_correction_searches_anew(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    entities: dict[str, Any],
    changed: dict[str, Any],
) -> None:
    tracker = turn("gegeven_opgeven", entities=entities, slots=SHOWN)
    events = slots_of(await RefineAction(counter).run(dispatcher, tracker, {}))
    assert changed.items() <= events.items()
    assert events["open_hiring_resultaten"][0] == {"plaats": "baan-4", "uren": "baan-2"}[next(iter(entities))]


async def test_pointing_at_a_job_starts_signing_up(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("gegeven_opgeven", "de tweede", entities={"keuze": 2}, slots=SHOWN)
    job, form = await RefineAction(counter).run(dispatcher, tracker, {})
    assert (job["value"], form["name"]) == ("baan-3", "open_hiring_aanmelden_formulier")


async def test_a_new_search_forgets_the_last_one(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    events = await BeginSearchAction(counter).run(dispatcher, turn("open_hiring_zoeken", slots=SHOWN), {})
    assert slots_of(events) == dict.fromkeys(
        ("sector", "reisafstand", "open_hiring_plaats", "open_hiring_uren")
    )


async def test_why_names_the_wishes_that_are_met_and_the_needs(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = turn("waarom_deze", entities={"baan": "baan-1"}, slots=SHOWN)
    await ExplainMatchAction(counter).run(dispatcher, tracker, {})
    reason, needs = dispatcher.messages
    assert (reason["response"], reason["klopt"]) == ("utter_open_hiring_waarom", "plaats, uren")
    assert needs["nodig"] == "je kunt 10 kilo tillen, je kunt 4 uur staan"


async def test_signing_up_sends_the_job_and_nothing_about_the_person(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await SignUpAction(counter).run(dispatcher, turn("bevestigen", slots=SIGN_UP), {})
    (command,) = counter.open_hiring.signed_up
    assert (command.job_id, command.message_id) == ("baan-1", "message-1")
    assert said() == ["utter_open_hiring_aangemeld", "utter_open_hiring_ontvangst_kaart"]
    assert set(slots_of(events)) == {"open_hiring_baan", "open_hiring_akkoord", "onderdeel"}


async def test_who_is_on_the_list_is_shown_that_place(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    counter.open_hiring.refusal = AlreadyOnListError(PLACE)
    await SignUpAction(counter).run(dispatcher, turn("bevestigen", slots=SIGN_UP), {})
    assert said() == ["utter_open_hiring_al_aangemeld", "utter_open_hiring_ontvangst_kaart"]
    assert dispatcher.messages[-1]["nummer"] == PLACE.number


async def test_who_agrees_just_after_a_job_closed_hears_so(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    counter.open_hiring.refusal = JobClosedError("baan-1")
    events = await SignUpAction(counter).run(dispatcher, turn("bevestigen", slots=SIGN_UP), {})
    assert said() == ["utter_open_hiring_net_gesloten"]
    assert slots_of(events)["open_hiring_baan"] is None


async def test_which_job_is_asked_with_those_shown(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    await AskJobAction(counter).run(dispatcher, turn("open_hiring_aanmelden", slots=SHOWN), {})
    (asked,) = dispatcher.messages
    assert [button["title"] for button in asked["buttons"]] == ["Baan 1", "Baan 3"]


async def test_without_any_job_there_is_nothing_to_sign_up_for(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    (event,) = await BeginSignUpAction(counter).run(
        dispatcher, turn("open_hiring_aanmelden", slots=NOTHING), {}
    )
    assert said() == ["utter_open_hiring_geen_keuze"]
    assert event["name"] == "action_listen"


async def test_a_job_that_does_not_exist_is_not_chosen(
    counter: SimpleNamespace, turn: Callable[..., Tracker]
) -> None:
    form = "open_hiring_aanmelden_formulier"
    tracker = turn(
        "gegeven_opgeven", entities={"baan": "weg"}, form=form, asked="open_hiring_baan", slots=SHOWN
    )
    events = await ValidateSignUpForm(counter).run(CollectingDispatcher(), tracker, {})
    assert slots_of(events)["open_hiring_baan"] is None


async def test_of_somebody_elses_place_only_the_position_is_told(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    counter.open_hiring.others = (PLACE,)
    tracker = turn("open_hiring_status", entities={"aanvraagnummer": PLACE.number})
    await ShowPlacesAction(counter).run(dispatcher, tracker, {})
    (message,) = dispatcher.messages
    assert message["response"] == "utter_open_hiring_status_wacht"
    assert (message["titel"], message["werkgever"], message["aangemeld"]) == ("", "", "")


@pytest.mark.parametrize(
    ("number", "consent", "told"),
    [
        (PLACE.number, True, "utter_open_hiring_afgemeld"),
        (PLACE.number, False, "utter_open_hiring_niet_afgemeld"),
        (None, None, "utter_open_hiring_niets_af_te_melden"),
    ],
)
async def test_a_list_is_left_only_by_who_is_sure(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    number: str | None,
    *,
    consent: bool | None,
    told: str,
) -> None:
    slots = {"open_hiring_nummer": number, "open_hiring_afmelden_akkoord": consent}
    await LeaveListAction(counter).run(dispatcher, turn("bevestigen", slots=slots), {})
    assert said() == [told]
    assert counter.open_hiring.left == ([number] if consent else [])
