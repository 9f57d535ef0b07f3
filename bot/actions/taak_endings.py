"""How a coach's task ends in the middle of other capabilities: their own actions stay as they are.

A flow is done when the action at its end has run. Who stops what Noor does for a coach, or asks for a
person, ends the task; who greets is reminded of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rasa_sdk.events import FollowupAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.utils import call_potential_coroutine

from bot.actions.gesprek import END_FORM
from bot.actions.taak import FORM, tell_open, thank
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.services import Counter
from counter.tasks.model import Cause, Task, TaskFlow


@dataclass(frozen=True, kw_only=True)
class Course:
    """The form in which Noor does something, and the action at its end."""

    form: str
    last: str


COURSES: Mapping[TaskFlow, Course] = {
    TaskFlow.INTEREST_TEST: Course(form="interessetest_formulier", last="action_orienteren_uitslag_tonen"),
    TaskFlow.SKILLS: Course(form="skills_formulier", last="action_skills_klaar"),
    TaskFlow.COURSE: Course(form="cursus_formulier", last="action_cursus_zoeken"),
    TaskFlow.VOUCHER: Course(form="voucher_formulier", last="action_voucher_indienen"),
    TaskFlow.OPEN_HIRING: Course(form="open_hiring_formulier", last="action_open_hiring_zoeken"),
    TaskFlow.WORK_BASED_COURSE: Course(form="leerwerkplek_formulier", last="action_leerwerkplek_zoeken"),
}
STOPPING = frozenset({"action_gesprek_stoppen", "action_gesprek_opnieuw_beginnen"})
OVERRULING = {
    "action_coach_hulp_inroepen": Cause.WANTED_A_PERSON,
    "action_coach_annuleren": Cause.STOPPED,
}
REMINDING = frozenset({"action_gesprek_groeten", "action_coach_status_tonen"})


class _Beside(CounterAction):
    """Runs another capability's action, under its name, and sees to the task beside it."""

    def __init__(self, action: Action, counter: Counter) -> None:
        super().__init__(counter)
        self._action = action

    def name(self) -> str:
        """Return the name of the action it runs."""
        name: str = self._action.name()
        return name

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Run the action."""
        events = await call_potential_coroutine(self._action.run(dispatcher, tracker, domain))
        return [*(events or ())]


class FlowEnds(_Beside):
    """Ends the task of a flow that was done to its end."""

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Run the action, and give the conversation back."""
        events = await super().run(dispatcher, tracker, domain)
        turn, tasks = Turn.of(tracker), self.counter.tasks
        task = await tasks.current_or_ended_by(turn.conversation_id, turn.message_id)
        if (
            task is not None
            and task.flow is not None
            and COURSES[task.flow].last == self.name()
            and await tasks.finish(turn.conversation_id, turn.message_id)
        ):
            # "Wil je er meer zien?" makes way: the coach goes on.
            if dispatcher.messages and "_verder" in (dispatcher.messages[-1]["response"] or ""):
                dispatcher.messages.pop()
            thank(dispatcher, task)
        return events


class Stops(_Beside):
    """Breaks the task off when what is stopped was done for it."""

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Run the action, and tell that the coach will know."""
        events = await super().run(dispatcher, tracker, domain)
        turn, tasks = Turn.of(tracker), self.counter.tasks
        task = await tasks.current_or_ended_by(turn.conversation_id, turn.message_id)
        if (
            task is not None
            and tracker.active_loop_name == form_of(task)
            and await tasks.break_off(turn.conversation_id, turn.message_id, Cause.STOPPED)
        ):
            dispatcher.utter_message(response="utter_taak_afgebroken", coach=task.coach_name)
        return events


class AsksForAPerson(_Beside):
    """Gives the conversation back to the coach when the person asks for one."""

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Give it back without any question; who had no such task asks for a coach as ever."""
        turn, tasks = Turn.of(tracker), self.counter.tasks
        task = await tasks.current_or_ended_by(turn.conversation_id, turn.message_id)
        if task is None or not task.returns:
            return await super().run(dispatcher, tracker, domain)
        await tasks.break_off(turn.conversation_id, turn.message_id, Cause.WANTED_A_PERSON)
        dispatcher.utter_message(response="utter_taak_mens", coach=task.coach_name)
        return [*END_FORM, FollowupAction("action_listen")]


class Overrules(_Beside):
    """Ends the task without a word: who is in need has a coach called, and who cancels wants none."""

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Run the action first, so that the referral stands where that brought it."""
        events = await super().run(dispatcher, tracker, domain)
        turn, cause = Turn.of(tracker), OVERRULING[self.name()]
        task = await self.counter.tasks.break_off(turn.conversation_id, turn.message_id, cause)
        is_under_way = task is not None and tracker.active_loop_name == form_of(task)
        return [*events, *(END_FORM if is_under_way else ())]


class Reminds(_Beside):
    """Reminds who does something else of what a coach asked."""

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Run the action, and offer to go on with the task."""
        events = await super().run(dispatcher, tracker, domain)
        task = await self.counter.tasks.current(tracker.sender_id)
        if task is not None and tracker.active_loop_name is None:
            tell_open(dispatcher, task)
        return events


def form_of(task: Task) -> str:
    """Return the form in which Noor does a task."""
    return FORM if task.flow is None else COURSES[task.flow].form


def beside_tasks(action: Action, counter: Counter) -> Action:
    """Return the action, seeing to a coach's task where it must."""
    ends: dict[str, type[_Beside]] = {
        **{course.last: FlowEnds for course in COURSES.values()},
        **dict.fromkeys(STOPPING, Stops),
        **dict.fromkeys(REMINDING, Reminds),
        **dict.fromkeys(OVERRULING, Overrules),
        "action_coach_beginnen": AsksForAPerson,
    }
    kind = ends.get(action.name())
    return action if kind is None else kind(action, counter)
