"""What Noor does for a coach: asking, summing up, and seeing to the end of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.taak import AskAgreementAction, BeginAction, FinishAction, ValidateTaskForm, as_slot
from bot.actions.taak_endings import COURSES, beside_tasks
from bot.actions.turn import Dispatcher, Domain, Events
from counter.tasks.model import Cause, Item, Question, Task, TaskFlow, TaskState

ASKED = (Question(item=Item.POSTCODE), Question(text="Wat vond je het leukst?"))


def a_task(*questions: Question, flow: TaskFlow | None = None, returns: bool = True) -> Task:
    return Task(
        id=1,
        referral_id=1,
        conversation_id="conversation-1",
        coach_id="s1",
        coach_name="Sanne",
        questions=questions,
        answers=(None,) * len(questions),
        flow=flow,
        returns=returns,
        state=TaskState.OPEN,
        cause=None,
        assigned_at=datetime(2026, 11, 23, tzinfo=UTC),
        ended_at=None,
    )


class FakeTasks:
    """The task of one conversation, in memory."""

    def __init__(self) -> None:
        self.task: Task | None = None
        self.ended_by: str | None = None

    async def current(self, _conversation_id: str) -> Task | None:
        return self.task if self.task and self.task.state is TaskState.OPEN else None

    async def current_or_ended_by(self, conversation_id: str, message_id: str) -> Task | None:
        return self.task if self.ended_by == message_id else await self.current(conversation_id)

    async def finish(self, _id: str, message_id: str, answers: list[str | None] | None = None) -> Task | None:
        return await self._end(message_id, state=TaskState.DONE, answers=tuple(answers or ()))

    async def break_off(self, _id: str, message_id: str, cause: Cause) -> Task | None:
        return await self._end(message_id, state=TaskState.BROKEN_OFF, cause=cause)

    async def _end(self, message_id: str, **changes: Any) -> Task | None:
        if await self.current("") is not None and self.task is not None:
            self.task, self.ended_by = replace(self.task, **changes), message_id
        return self.task if self.ended_by == message_id else None


class SomeAction(Action):
    """An action of another capability."""

    def __init__(self, name: str, *responses: str) -> None:
        self._name = name
        self._responses = responses

    def name(self) -> str:
        return self._name

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        del tracker, domain
        for response in self._responses:
            dispatcher.utter_message(response=response)
        return []


@pytest.fixture
def tasks(counter: SimpleNamespace) -> FakeTasks:
    counter.tasks = FakeTasks()
    return counter.tasks  # type: ignore[no-any-return]


def filled(events: Events) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


async def validated(tracker: Tracker) -> dict[str, Any]:
    return filled(await ValidateTaskForm().run(CollectingDispatcher(), tracker, {}))


@pytest.mark.parametrize(
    ("asked", "intent", "text", "answer"),
    [
        ("taak_antwoord_1", "gegeven_opgeven", "1506ab", "1506 AB"),
        ("taak_antwoord_1", "gegeven_opgeven", "weet ik niet zo", None),
        ("taak_antwoord_1", "overslaan", "dat zeg ik niet", ""),
        ("taak_antwoord_1", "ontkennen", "nee", ""),
        ("taak_antwoord_2", "cursus_zoeken", "een cursus zoeken", "een cursus zoeken"),
        ("taak_antwoord_2", "ontkennen", "nee", "nee"),
        ("taak_antwoord_2", "bevestigen", "/bevestigen", "ja"),
        ("taak_antwoord_2", "hulp_vragen", "/hulp_vragen", None),
    ],
)
async def test_an_answer_is_what_fits_the_question(
    turn: Callable[..., Tracker], asked: str, intent: str, text: str, answer: str | None
) -> None:
    slots = {"taak_opdracht": as_slot(a_task(*ASKED))}
    tracker = turn(intent, text, slots=slots, form="taak_formulier", asked=asked)
    if text == "/hulp_vragen":
        with pytest.raises(Exception, match="taak_formulier"):
            await validated(tracker)
        return
    assert (await validated(tracker)).get(asked) == answer


async def test_no_more_is_asked_than_the_coach_asks(turn: Callable[..., Tracker]) -> None:
    slots = {"taak_opdracht": as_slot(a_task(*ASKED)), "taak_antwoord_1": "1506 AB"}
    tracker = turn(
        "gegeven_opgeven", "het bakken", slots=slots, form="taak_formulier", asked="taak_antwoord_2"
    )
    assert (await validated(tracker))["requested_slot"] == "taak_akkoord"


async def test_what_is_wrong_in_the_summary_can_be_said_at_once(turn: Callable[..., Tracker]) -> None:
    slots = {
        "taak_opdracht": as_slot(a_task(*ASKED)),
        "taak_antwoord_1": "1506 AB",
        "taak_antwoord_2": "bakken",
    }
    tracker = turn(
        "ontkennen",
        "nee, 1507 CD",
        entities={"postcode": "1507 CD", "antwoord": "nee"},
        slots=slots,
        form="taak_formulier",
        asked="taak_akkoord",
    )
    now = await validated(tracker)
    assert (now["taak_antwoord_1"], now["requested_slot"]) == ("1507 CD", "taak_akkoord")


async def test_whoever_has_no_task_starts_none(
    counter: SimpleNamespace,
    tasks: FakeTasks,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    del tasks
    (event,) = await BeginAction(counter).run(dispatcher, turn("taak_uitvoeren"), {})
    assert (event["event"], event["name"]) == ("followup", "action_listen")
    assert said() == ["utter_taak_geen"]


async def test_what_somebody_would_rather_not_say_is_not_shown(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    slots = {
        "taak_opdracht": as_slot(a_task(*ASKED)),
        "taak_antwoord_1": "",
        "taak_antwoord_2": "bakken",
    }
    await AskAgreementAction().run(dispatcher, turn("gegeven_opgeven", slots=slots), {})
    shown = dispatcher.messages[0]
    assert (shown["antwoord_1"], shown["vraag_2"], shown["antwoord_2"]) == ("", ASKED[1].text, "bakken")


async def test_a_message_that_is_handled_again_ends_the_same_task(
    counter: SimpleNamespace, tasks: FakeTasks, said: Callable[[], list[str]], turn: Callable[..., Tracker]
) -> None:
    del said
    tasks.task = a_task(*ASKED)
    slots = {
        "taak_opdracht": as_slot(tasks.task),
        "taak_antwoord_1": "1506 AB",
        "taak_antwoord_2": "",
        "taak_akkoord": True,
    }
    for _ in range(2):
        dispatcher = CollectingDispatcher()
        await FinishAction(counter).run(dispatcher, turn("bevestigen", slots=slots), {})
        assert [message["response"] for message in dispatcher.messages] == ["utter_taak_klaar"]
    assert tasks.task.answers == ("1506 AB", None)


@pytest.mark.parametrize("flow", TaskFlow)
async def test_a_flow_is_done_when_its_last_action_has_run(
    counter: SimpleNamespace,
    tasks: FakeTasks,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    flow: TaskFlow,
) -> None:
    tasks.task = a_task(flow=flow)
    action = beside_tasks(SomeAction(COURSES[flow].last, "utter_gevonden", "utter_iets_verder"), counter)  # type: ignore[arg-type]
    await action.run(dispatcher, turn("gegeven_opgeven"), {})
    # Noor does not ask on: the coach does.
    assert said() == ["utter_gevonden", "utter_taak_klaar"]
    assert tasks.task.state is TaskState.DONE


async def test_the_end_of_another_flow_is_not_the_end_of_the_task(
    counter: SimpleNamespace,
    tasks: FakeTasks,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tasks.task = a_task(flow=TaskFlow.COURSE)
    other = SomeAction(COURSES[TaskFlow.OPEN_HIRING].last, "utter_iets_verder")
    await beside_tasks(other, counter).run(dispatcher, turn("gegeven_opgeven"), {})  # type: ignore[arg-type]
    assert said() == ["utter_iets_verder"]
    assert tasks.task.state is TaskState.OPEN


@pytest.mark.parametrize(
    ("form", "is_ended"), [("cursus_formulier", True), ("voucher_formulier", False), (None, False)]
)
async def test_only_who_stops_the_task_itself_breaks_it_off(
    counter: SimpleNamespace,
    tasks: FakeTasks,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    form: str | None,
    is_ended: bool,  # noqa: FBT001
) -> None:
    tasks.task = a_task(flow=TaskFlow.COURSE)
    action = beside_tasks(SomeAction("action_gesprek_stoppen"), counter)  # type: ignore[arg-type]
    await action.run(dispatcher, turn("stoppen", form=form), {})
    assert (tasks.task.cause is Cause.STOPPED) is is_ended


@pytest.mark.parametrize(
    ("returns", "responses"), [(True, ["utter_taak_mens"]), (False, ["utter_coach_beginnen"])]
)
async def test_who_wants_a_person_goes_back_to_the_coach_if_one_waits(
    counter: SimpleNamespace,
    tasks: FakeTasks,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    *,
    returns: bool,
    responses: list[str],
) -> None:
    tasks.task = a_task(*ASKED, returns=returns)
    action = beside_tasks(SomeAction("action_coach_beginnen", "utter_coach_beginnen"), counter)  # type: ignore[arg-type]
    await action.run(dispatcher, turn("coach_spreken", form="taak_formulier"), {})
    assert said() == responses
