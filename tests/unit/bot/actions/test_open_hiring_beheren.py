"""What an employer says of an own job, and what Noor answers."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.open_hiring_beheren import ManageJobAction
from counter.open_hiring.employers import Comer, OwnJob
from counter.open_hiring.model import (
    JobClosedError,
    NoFreePlaceError,
    NotAcceptedError,
    PlaceFreedError,
    UnknownJobError,
    UnknownPlaceError,
)
from tests.unit.bot.actions.test_open_hiring import JOBS

COMER = Comer(number="H-1111-1111", name="Samira", phone="+31612345678", email=None, is_started=False)
OWN = OwnJob(
    number="B-1111-1111",
    job=JOBS[0],
    is_open=True,
    waiting=2,
    offered=1,
    free=1,
    freed=3,
    ends="21-2-2027",
    comers=(COMER,),
)


class FakeEmployerJobs:
    """One employer with one job; `refusal` is what every change ends in."""

    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []
        self.refusal: Exception | None = None

    def _do(self, *what: object) -> Comer:
        if self.refusal:
            raise self.refusal
        self.done.append(what)
        return COMER

    async def jobs_of(self, _conversation_id: str) -> tuple[OwnJob, ...]:
        return (OWN,)

    async def started(self, number: str, _conversation_id: str) -> Comer:
        return self._do("started", number)

    async def absent(self, number: str, _conversation_id: str) -> Comer:
        return self._do("absent", number)

    async def gone(self, number: str, _conversation_id: str) -> Comer:
        return self._do("gone", number)

    async def free_place(self, number: str, _conversation_id: str, *, freed_before: int) -> None:
        self._do("free", number, freed_before)

    async def withdraw_place(self, number: str, _conversation_id: str, *, free_before: int) -> None:
        self._do("withdraw", number, free_before)

    async def keep_open(self, number: str, _conversation_id: str) -> None:
        self._do("keep", number)

    async def close(self, number: str, _conversation_id: str) -> None:
        self._do("close", number)


@pytest.fixture
def jobs(counter: SimpleNamespace) -> FakeEmployerJobs:
    counter.employer_jobs = FakeEmployerJobs()
    return counter.employer_jobs


@pytest.mark.parametrize(
    ("step", "done", "responses"),
    [
        ("begonnen", ("started", "X"), ["begonnen"]),
        ("niet_gekomen_zeker", ("absent", "X"), ["niet_gekomen"]),
        ("plek_weg_zeker", ("gone", "X"), ["plek_weg"]),
        ("sluiten_zeker", ("close", "X"), ["sluiten"]),
    ],
)
async def test_what_is_said_is_done_and_answered(
    counter: SimpleNamespace,
    jobs: FakeEmployerJobs,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    step: str,
    done: tuple[object, ...],
    responses: list[str],
) -> None:
    tracker = turn("open_hiring_beheren", "/x", entities={"stap": step, "aanvraagnummer": "X"})
    await ManageJobAction(counter).run(dispatcher, tracker, {})
    assert jobs.done == [done]
    assert said() == [f"utter_open_hiring_beheren_{response}" for response in responses]


@pytest.mark.parametrize(
    ("step", "done"),
    [
        ("plek_vrij", ("free", OWN.number, 3)),
        ("plek_minder", ("withdraw", OWN.number, 3)),
        ("openhouden", ("keep", OWN.number)),
    ],
)
async def test_after_a_change_the_job_is_shown_as_it_stands(
    counter: SimpleNamespace,
    jobs: FakeEmployerJobs,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    step: str,
    done: tuple[object, ...],
) -> None:
    entities = {"stap": step, "aanvraagnummer": OWN.number, "aantal": "3"}
    await ManageJobAction(counter).run(dispatcher, turn("open_hiring_beheren", "/x", entities=entities), {})
    assert jobs.done == [done]
    prefix = "utter_open_hiring_beheren_"
    assert said() == [f"{prefix}{step}", f"{prefix}baan", f"{prefix}mens"]
    card, person = dispatcher.messages[1:]
    assert (card["wachten"], card["aangeboden"], card["vrij"], card["stand"]) == (2, 1, 1, 3)
    assert (person["wie"], person["bereik"]) == ("Samira", "+31612345678")


@pytest.mark.parametrize("step", ["niet_gekomen", "plek_weg", "sluiten"])
async def test_what_costs_somebody_a_place_is_asked_about_first(
    counter: SimpleNamespace,
    jobs: FakeEmployerJobs,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    step: str,
) -> None:
    tracker = turn("open_hiring_beheren", "/x", entities={"stap": step, "aanvraagnummer": "X"})
    await ManageJobAction(counter).run(dispatcher, tracker, {})
    assert jobs.done == []
    assert said() == [f"utter_open_hiring_beheren_zeker_{step}"]


@pytest.mark.parametrize(
    ("step", "refusal", "response"),
    [
        ("begonnen", NotAcceptedError("X"), "al_verteld"),
        ("begonnen", UnknownPlaceError("X"), "onbekend"),
        ("sluiten_zeker", UnknownJobError("X"), "onbekend"),
        ("plek_vrij", JobClosedError("X"), "al_dicht"),
        ("plek_vrij", PlaceFreedError("X"), "net_veranderd"),
        ("plek_minder", NoFreePlaceError("X"), "geen_vrije_plek"),
        ("iets", None, "onbekend"),
    ],
)
async def test_what_cannot_be_done_is_said(
    counter: SimpleNamespace,
    jobs: FakeEmployerJobs,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    step: str,
    refusal: Exception | None,
    response: str,
) -> None:
    jobs.refusal = refusal
    tracker = turn("open_hiring_beheren", "/x", entities={"stap": step, "aanvraagnummer": "X"})
    await ManageJobAction(counter).run(dispatcher, tracker, {})
    assert said()[0] == f"utter_open_hiring_beheren_{response}"
