"""Offering a job: what counts as an answer, what is refused, what is told of a job in review."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.actions.open_hiring_plaatsen import (
    ANSWERS_OF_ONE_OFFER,
    AskAgreementAction,
    BeginOfferAction,
    ShowDraftsAction,
    SubmitOfferAction,
)
from bot.actions.open_hiring_plaatsen_form import ValidateOfferForm
from bot.actions.voucher_applications import ShowApplicationsAction
from counter.employers.model import Employer
from counter.job_drafts.model import JobDraftReceipt, JobDraftState, SubmitJob
from counter.open_hiring.employers import OwnJob
from counter.open_hiring.principle import load_principle

PRINCIPLE = load_principle()
RECEIPT = JobDraftReceipt(
    number="B-7KQ4-M2XR",
    title="Inpakker",
    place="Zaandam",
    state=JobDraftState.IN_REVIEW,
    submitted_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    answer_before=date(2026, 11, 25),
)


class FakeJobDrafts:
    """Drafts in memory; the principle is the real one."""

    def __init__(self) -> None:
        self.submitted: list[SubmitJob] = []
        self.own: tuple[JobDraftReceipt, ...] = ()
        self.others: tuple[JobDraftReceipt, ...] = ()

    def asks_for_past(self, text: str) -> str | None:
        return PRINCIPLE.asks_for_past(text)

    async def submit(self, command: SubmitJob) -> JobDraftReceipt:
        self.submitted.append(command)
        return RECEIPT

    async def of_person(self, _conversation_id: str) -> tuple[JobDraftReceipt, ...]:
        return self.own

    async def by_number(self, number: str) -> JobDraftReceipt | None:
        return next((receipt for receipt in self.others if receipt.number == number), None)


class FakeEmployerJobs:
    """The jobs of one employer that are public."""

    def __init__(self) -> None:
        self.own: tuple[OwnJob, ...] = ()

    async def jobs_of(self, _conversation_id: str) -> tuple[OwnJob, ...]:
        return self.own


@pytest.fixture
def drafts() -> FakeJobDrafts:
    return FakeJobDrafts()


@pytest.fixture
def firms(counter: SimpleNamespace, drafts: FakeJobDrafts) -> SimpleNamespace:
    counter.job_drafts, counter.employer_jobs = drafts, FakeEmployerJobs()
    counter.employers.known = Employer(kvk_number="12345678", name="Theehuis")
    return counter


FORM = "open_hiring_plaatsen_formulier"
TITLE, PLACE, HOURS, NEEDS, PLACES = ANSWERS_OF_ONE_OFFER[:5]
NOTHING: dict[str, Any] = dict.fromkeys(
    (
        *ANSWERS_OF_ONE_OFFER,
        "ondernemers_onderwerp",
        "ondernemers_aantal",
        "beroep",
        "kvk_nummer",
        "bedrijf",
        "naam",
        "contact",
        "telefoon",
        "email",
        "plaats",
        "postcode",
        "herhaling",
    )
)
ANSWERED = NOTHING | {
    TITLE: "Inpakker",
    PLACE: "Zaandam",
    HOURS: "24-32",
    NEEDS: ["10 kilo tillen"],
    PLACES: 2,
    "kvk_nummer": "12345678",
    "bedrijf": "Theehuis",
    "naam": "Kees",
    "contact": "kees@example.nl",
}


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event.get("value") for event in events if event["event"] == "slot"}


def answering(
    turn: Callable[..., Tracker], asked: str, text: str, intent: str = "gegeven_opgeven", **entities: object
) -> Tracker:
    slots = ANSWERED | {asked: None}
    return turn(intent, text, entities=entities, slots=slots, form=FORM, asked=asked)


@pytest.mark.parametrize(
    ("asked", "text", "entities", "value"),
    [
        (TITLE, "dozen inpakken", {}, "Dozen inpakken"),
        (TITLE, "x", {}, None),
        (PLACE, "Zaandm", {}, "Zaandam"),
        (PLACE, "Timboektoe", {}, None),
        (HOURS, "24 uur", {"uren": 24}, "24"),
        (HOURS, "24 tot 32 uur", {"uren": 28}, "24-32"),
        (HOURS, "drie dagen per week", {"uren": 24}, "24"),
        (HOURS, "100 uur", {"uren": 100}, None),
        (HOURS, "36", {"aantal": 36}, "36"),
        (NEEDS, "tillen, 4 uur staan", {}, ["tillen", "4 uur staan"]),
        (NEEDS, "niets", {}, []),
        (PLACES, "3", {"aantal": 3}, 3),
        (PLACES, "0", {"aantal": 0}, None),
        (PLACES, "veel", {}, None),
        ("bedrijf", "Theehuis Jansen", {}, "Theehuis Jansen"),
    ],
)
async def test_an_answer_is_kept_or_asked_again(
    firms: SimpleNamespace,
    turn: Callable[..., Tracker],
    asked: str,
    text: str,
    entities: dict[str, Any],
    value: object,
) -> None:
    tracker = answering(turn, asked, text, **entities)
    events = slots_of(await ValidateOfferForm(firms).run(CollectingDispatcher(), tracker, {}))
    assert events[asked] == value
    assert events["herhaling"] == (1 if value is None else None)


@pytest.mark.parametrize(("asked", "text"), [(TITLE, "lasser met diploma"), (NEEDS, "tillen, een cv")])
@pytest.mark.parametrize("intent", ["gegeven_opgeven", "faq"])
async def test_what_asks_for_the_past_is_refused_with_the_words_that_do(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    asked: str,
    text: str,
    intent: str,
) -> None:
    events = await ValidateOfferForm(firms).run(dispatcher, answering(turn, asked, text, intent), {})
    assert slots_of(events)[asked] is None
    (message,) = dispatcher.messages
    assert message["response"] == "utter_open_hiring_plaatsen_verleden"
    assert message["woorden"] in {"diploma", "cv"}


async def test_a_question_about_the_past_is_still_a_question(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    tracker = answering(turn, NEEDS, "mag ik om een diploma vragen", "faq")
    with pytest.raises(ActionExecutionRejection):
        await ValidateOfferForm(firms).run(dispatcher, tracker, {})


@pytest.mark.parametrize(
    ("intent", "confidence", "text", "needs"),
    [
        ("overslaan", 1.0, "weet ik niet", []),
        ("overslaan", 0.97, "geen hoogtevrees", ["geen hoogtevrees"]),
        ("ontkennen", 0.7, "nee, alleen staan", ["nee", "alleen staan"]),
        ("compliment_geven", 0.76, "goed kunnen lopen", ["goed kunnen lopen"]),
    ],
)
async def test_a_need_that_sounds_like_something_else_is_a_need(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    intent: str,
    confidence: float,
    text: str,
    needs: list[str],
) -> None:
    tracker = answering(turn, NEEDS, text, intent)
    tracker.latest_message["intent"]["confidence"] = confidence
    assert slots_of(await ValidateOfferForm(firms).run(dispatcher, tracker, {}))[NEEDS] == needs


@pytest.mark.parametrize("asked", [HOURS, NEEDS])
async def test_a_number_in_another_answer_is_not_a_number_of_places(
    firms: SimpleNamespace, turn: Callable[..., Tracker], asked: str
) -> None:
    tracker = answering(turn, asked, "24", aantal=24)
    events = slots_of(await ValidateOfferForm(firms).run(CollectingDispatcher(), tracker, {}))
    assert PLACES not in events


@pytest.mark.parametrize(
    ("text", "entities", "slot", "value"),
    [
        ("nee, 40 uur", {"uren": 40}, HOURS, "40"),
        ("nee, 5 plekken", {"aantal": 5}, PLACES, 5),
        ("nee, ik bedoel Hoorn", {"plaats": "Hoorn"}, PLACE, "Hoorn"),
    ],
)
async def test_a_summary_is_corrected_in_words(
    firms: SimpleNamespace,
    turn: Callable[..., Tracker],
    text: str,
    entities: dict[str, Any],
    slot: str,
    value: object,
) -> None:
    tracker = turn(
        "ontkennen",
        text,
        entities=entities,
        slots=ANSWERED,
        form=FORM,
        asked="open_hiring_plaatsen_akkoord",
    )
    events = slots_of(await ValidateOfferForm(firms).run(CollectingDispatcher(), tracker, {}))
    assert (events[slot], events["requested_slot"]) == (value, "open_hiring_plaatsen_akkoord")


async def test_beginning_takes_what_the_sentence_tells_and_the_known_firm(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    entities = {"beroep": "lassers", "aantal": 2, "uren": 28}
    text = "ik bied open hiring aan voor 2 lassers, 24 tot 32 uur"
    tracker = turn("open_hiring_plaatsen", text, entities=entities, slots=NOTHING)
    events = slots_of(await BeginOfferAction(firms).run(dispatcher, tracker, {}))
    assert (events[TITLE], events[PLACES]) == ("lasser", 2)
    assert events[HOURS] == text
    assert (events["kvk_nummer"], events["bedrijf"]) == ("12345678", "Theehuis")
    assert said() == ["utter_open_hiring_plaatsen_beginnen"]


async def test_beginning_takes_what_was_told_when_staff_was_asked_for(
    firms: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    own = NOTHING | {"beroep": "lassers", "ondernemers_aantal": 3}
    asked = own | {"ondernemers_onderwerp": "Personeel zoeken"}
    for slots, expected in ((asked, ("lasser", 3)), (own, (None, None))):
        tracker = turn("open_hiring_plaatsen", "/open_hiring_plaatsen", slots=slots)
        events = slots_of(await BeginOfferAction(firms).run(dispatcher, tracker, {}))
        # Somebody's own occupation is not the work they offer.
        assert (events.get(TITLE), events.get(PLACES)) == expected


async def test_a_job_is_sent_once_with_the_message_that_confirmed_it(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    drafts: FakeJobDrafts,
) -> None:
    events = await SubmitOfferAction(firms).run(dispatcher, turn("bevestigen", slots=ANSWERED), {})
    assert drafts.submitted == [
        SubmitJob(
            conversation_id="conversation-1",
            message_id="message-1",
            employer=Employer(kvk_number="12345678", name="Theehuis"),
            title="Inpakker",
            place="Zaandam",
            hours_min=24,
            hours_max=32,
            practical_needs=("10 kilo tillen",),
            open_places=2,
            name="Kees",
            email="kees@example.nl",
        )
    ]
    assert said() == ["utter_open_hiring_plaatsen_ontvangen", "utter_open_hiring_plaatsen_ontvangst_kaart"]
    assert dispatcher.messages[-1]["nummer"] == RECEIPT.number
    assert slots_of(events) == dict.fromkeys(ANSWERS_OF_ONE_OFFER)


async def test_the_summary_is_not_repeated_to_who_has_just_seen_it(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    for slots in (ANSWERED, ANSWERED | {"herhaling": 1}):
        await AskAgreementAction(firms).run(dispatcher, turn("x", slots=slots), {})
    question = "utter_open_hiring_plaatsen_klopt_dit"
    assert said() == ["utter_open_hiring_plaatsen_samenvatting", question, question]


@pytest.mark.parametrize("state", JobDraftState)
async def test_each_state_of_a_job_is_told(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    drafts: FakeJobDrafts,
    state: JobDraftState,
) -> None:
    drafts.own = (replace(RECEIPT, state=state),)
    await ShowDraftsAction(firms).run(dispatcher, turn("open_hiring_plaatsen_status"), {})
    assert said()[0].startswith("utter_open_hiring_plaatsen_status_")
    assert dispatcher.messages[0]["titel"] == "Inpakker"


async def test_of_somebody_elses_job_only_the_state_is_told_also_by_the_number_alone(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    drafts: FakeJobDrafts,
) -> None:
    drafts.others = (RECEIPT,)
    tracker = turn("gegeven_opgeven", entities={"aanvraagnummer": RECEIPT.number})
    await ShowApplicationsAction(firms).run(dispatcher, tracker, {})
    (message,) = dispatcher.messages
    assert message["response"] == "utter_open_hiring_plaatsen_status_controle"
    assert (message["titel"], message["waar"], message["verstuurd"]) == ("", "", "")


@pytest.mark.parametrize(
    ("entities", "response"),
    [
        ({}, "utter_open_hiring_plaatsen_geen_baan"),
        ({"aanvraagnummer": "B-0000-0000"}, "utter_open_hiring_plaatsen_onbekend_nummer"),
    ],
)
async def test_without_a_job_there_is_a_way_on(
    firms: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    entities: dict[str, Any],
    response: str,
) -> None:
    await ShowDraftsAction(firms).run(dispatcher, turn("open_hiring_plaatsen_status", entities=entities), {})
    assert said() == [response]
