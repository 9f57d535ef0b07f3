"""What a coach has Noor do: ask questions one by one, sum the answers up, and give them to the coach."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, ClassVar, Self

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import SummarisedForm, tell_interruption
from bot.actions.forms import ConfirmedForm, Slots
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.people.contact import parse_age, parse_email, parse_name, parse_phone, parse_postcode
from counter.services import Counter
from counter.tasks.model import MAX_QUESTIONS, Item, Question, Task

FORM = "taak_formulier"
ANSWERS = tuple(f"taak_antwoord_{place}" for place in range(1, MAX_QUESTIONS + 1))
OWN_SLOTS = ("taak_opdracht", *ANSWERS, "taak_akkoord")
# What can be checked is; the other answers are the person's own words.
CHECKED: Mapping[Item, Callable[[str], object]] = {
    Item.NAME: parse_name,
    Item.POSTCODE: parse_postcode,
    Item.PHONE: parse_phone,
    Item.EMAIL: parse_email,
    Item.AGE: parse_age,
}
_LABELS = ("vraag_1", "vraag_2", "vraag_3", "vraag_4", "vraag_5", "vraag_6")
_VALUES = ("antwoord_1", "antwoord_2", "antwoord_3", "antwoord_4", "antwoord_5", "antwoord_6")
_LONGEST_TITLE = 40


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A task as the tracker remembers it while its questions are asked."""

    task_id: int
    coach: str
    questions: tuple[Question, ...]

    @classmethod
    def of(cls, tracker: Tracker) -> Self | None:
        """Return the one that is asked now, or None."""
        kept = tracker.get_slot("taak_opdracht")
        if not kept:
            return None
        return cls(
            task_id=kept["taak"],
            coach=kept["coach"],
            questions=tuple(
                Question(item=Item(item) if item else None, text=text) for item, text in kept["vragen"]
            ),
        )

    @property
    def slots(self) -> tuple[str, ...]:
        """Return the slots of its answers."""
        return ANSWERS[: len(self.questions)]


def as_slot(task: Task) -> dict[str, Any]:
    """Return what the tracker remembers of a task."""
    asked = [[question.item, question.text] for question in task.questions]
    return {"taak": task.id, "coach": task.coach_name, "vragen": asked}


def answer_in(question: Question, turn: Turn) -> str | None:
    """Return what a turn answers to a question; empty when the person would rather not say."""
    if turn.intent == "overslaan":
        return ""
    if question.item is not None and question.item in CHECKED:
        given = turn.entities.get(question.item) or CHECKED[question.item](turn.text)
        if given is None and (turn.yes_or_no is False or turn.entities.get("antwoord") == "nee"):
            return ""
        return None if given is None else str(given)
    if turn.is_pressed:
        return {True: "ja", False: "nee", None: None}[turn.yes_or_no]
    return turn.text.strip() or None


class ValidateTaskForm(SummarisedForm):
    """Takes the answers to a coach's questions, whatever they are about."""

    slots = (*ANSWERS, "taak_akkoord", "onderdeel")
    free_text = frozenset(ANSWERS)
    confirmation = "taak_akkoord"
    items: ClassVar = {str(place): (slot,) for place, slot in enumerate(ANSWERS, start=1)}
    extract_taak_akkoord = ConfirmedForm.extract_confirmation
    validate_taak_akkoord = ConfirmedForm.validate_confirmation

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask no more than the coach does, and nothing without a task."""
        errand = Errand.of(tracker)
        if errand is None:
            return []
        needless = set(ANSWERS) - set(errand.slots)
        asked: list[str] = await super().required_slots(domain_slots, dispatcher, tracker, domain)
        return [slot for slot in asked if slot not in needless]

    async def get_extraction_events(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Take the answer, and details in passing; the questions differ too little for a method each."""
        found = self._answers(tracker)
        tracker.slots.update(found)
        found |= self.extract_confirmation(dispatcher, tracker, domain)
        found |= self.extract_onderdeel(dispatcher, tracker, domain)
        return [SlotSet(slot, value) for slot, value in found.items()]

    def accept_answer(self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Accept it: only an answer is ever extracted."""
        del value, dispatcher, tracker, domain
        return {}

    validate_taak_antwoord_1 = validate_taak_antwoord_2 = validate_taak_antwoord_3 = accept_answer
    validate_taak_antwoord_4 = validate_taak_antwoord_5 = validate_taak_antwoord_6 = accept_answer

    def _answers(self, tracker: Tracker) -> Slots:
        errand, turn, asked = Errand.of(tracker), Turn.of(tracker), self.requested(tracker)
        if errand is None or asked is None:
            return {}
        questions = dict(zip(errand.slots, errand.questions, strict=True))
        # "Nee, mijn postcode is 1507 CD" corrects an answer, whatever was asked.
        found: Slots = {
            slot: str(turn.entities[question.item])
            for slot, question in questions.items()
            if question.item is not None and question.item in CHECKED.keys() & turn.entities.keys()
        }
        is_correction = found and turn.intent in {"ontkennen", "gegevens_wijzigen"}
        if asked in questions and asked not in found and not is_correction:
            answer = answer_in(questions[asked], turn)
            found |= {} if answer is None else {asked: answer}
        return found

    def _changeable(self) -> set[str]:
        return super()._changeable() | {item.value for item in CHECKED}

    def _named_item(self, tracker: Tracker) -> Slots:
        errand, turn = Errand.of(tracker), Turn.of(tracker)
        words = set(re.findall(r"\w+", turn.text.lower()))
        for place, question in enumerate(errand.questions if errand else (), start=1):
            if {str(place), question.item} & words or turn.entities.get("keuze") == place:
                return {"onderdeel": str(place)}
        return {}


class BeginAction(CounterAction):
    """Begins what a coach asked Noor to do, or goes on with it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_taak_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Have the questions asked; whoever typed this without a task starts nothing."""
        del domain
        task = await self.counter.tasks.current(tracker.sender_id)
        if task is None or task.flow is not None:
            tell_open(dispatcher, task)
            return [FollowupAction("action_listen")]
        tell_interruption(dispatcher, tracker)
        errand = Errand.of(tracker)
        if errand is not None and errand.task_id == task.id:
            return []
        return [*(SlotSet(slot, None) for slot in OWN_SLOTS), SlotSet("taak_opdracht", as_slot(task))]


class AskAction(Action):
    """Asks one of the coach's questions."""

    def __init__(self, place: int) -> None:
        self._place = place

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_{ANSWERS[self._place]}"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask it, in the words of the domain or of the coach."""
        del domain
        errand = Errand.of(tracker)
        if errand is None:
            return []
        question = errand.questions[self._place]
        if question.item is None:
            dispatcher.utter_message(response="utter_taak_vraag", coach=errand.coach, vraag=question.text)
        else:
            dispatcher.utter_message(response=f"utter_taak_vraag_{question.item.value}")
        return []


class AskAgreementAction(Action):
    """Shows the answers, and asks whether they may go to the coach."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_taak_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show them; what somebody would rather not tell is left out."""
        del domain
        errand = Errand.of(tracker)
        if errand is None:
            return []
        shown: dict[str, Any] = dict.fromkeys((*_LABELS, *_VALUES), "")
        asked = zip(_LABELS, _VALUES, errand.slots, errand.questions, strict=False)
        for label, value, slot, question in asked:
            shown |= {label: question.label, value: tracker.get_slot(slot)}
        dispatcher.utter_message(response="utter_taak_samenvatting", coach=errand.coach, **shown)
        return []


class AskWhichAction(Action):
    """Asks which answer must change."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_onderdeel"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Offer each question as a button."""
        del domain
        errand = Errand.of(tracker)
        buttons = [
            {
                "title": shorten(question.label, _LONGEST_TITLE, placeholder="…"),
                "payload": f'/gegeven_opgeven{{"onderdeel":"{place}"}}',
            }
            for place, question in enumerate(errand.questions if errand else (), start=1)
        ]
        dispatcher.utter_message(response="utter_taak_wijzigen", buttons=buttons)
        return []


class FinishAction(CounterAction):
    """Gives the answers to the coach."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_taak_afronden"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Give them, and say thanks; without an agreement there was no task any more."""
        del domain
        turn, errand = Turn.of(tracker), Errand.of(tracker)
        answers = [tracker.get_slot(slot) or None for slot in (errand.slots if errand else ())]
        task = None
        if tracker.get_slot("taak_akkoord"):
            task = await self.counter.tasks.finish(turn.conversation_id, turn.message_id, answers)
        if task is None:
            dispatcher.utter_message(response="utter_taak_geen")
        else:
            thank(dispatcher, task)
        return [SlotSet(slot, None) for slot in OWN_SLOTS]


def thank(dispatcher: Dispatcher, task: Task) -> None:
    """Say that a coach will hear of it."""
    response = "utter_taak_klaar" if task.returns else "utter_taak_klaar_verder"
    dispatcher.utter_message(response=response, coach=task.coach_name)


def tell_open(dispatcher: Dispatcher, task: Task | None) -> None:
    """Offer to go on with a task, or say that there is none."""
    if task is None:
        dispatcher.utter_message(response="utter_taak_geen")
    elif task.flow is None:
        dispatcher.utter_message(response="utter_taak_open", coach=task.coach_name)
    else:
        dispatcher.utter_message(response=f"utter_taak_doe_{task.flow.value}", coach=task.coach_name)


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        BeginAction(counter),
        ValidateTaskForm(),
        *(AskAction(place) for place in range(MAX_QUESTIONS)),
        AskAgreementAction(),
        AskWhichAction(),
        FinishAction(counter),
    ]
