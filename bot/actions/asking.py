"""Forms that ask again in other words, ask for a place, sum up what was said, or cancel something."""

from typing import ClassVar

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.forms import SURE, ConfirmedForm, FormValidation, Slots
from bot.actions.results import place_named
from bot.actions.turn import Dispatcher, Domain, Events, Turn
from counter.receipts import normalise_number
from counter.services import Counter

# How many other wordings the domain has for each question; after the last the first comes again.
WORDINGS = 2
NEVER_THE_VALUE = frozenset({"bevestigen", "ontkennen", "overslaan"})

# Forms whose answers are worth keeping while something else is asked.
KEPT = frozenset(
    {
        "voucher_formulier",
        "open_hiring_aanmelden_formulier",
        "open_hiring_aannemen_formulier",
        "open_hiring_plaatsen_formulier",
        "ondernemers_formulier",
        "coach_formulier",
        "interessetest_formulier",
        "skills_formulier",
        "taak_formulier",
    }
)


def tell_interruption(dispatcher: Dispatcher, tracker: Tracker) -> None:
    """Tell that the answers given so far are kept, when a form is left for another one."""
    if tracker.active_loop_name in KEPT:
        dispatcher.utter_message(response="utter_coach_onderbreken")


def is_resumed(tracker: Tracker) -> bool:
    """Tell whether a form asks again after something else was answered; a summary was shown just before."""
    for event in reversed(tracker.events):
        if event["event"] == "action_execution_rejected":
            return True
        if event["event"] == "user":
            return False
    return False


class RephrasingForm(FormValidation):
    """A form that words a question differently when the answer did not fit.

    The slot `herhaling` counts these turns as 1, 2, 1, 2 ...; responses in the domain vary with it.
    """

    own_intents = frozenset({"overslaan"})
    bare_answers: ClassVar[frozenset[str]] = frozenset()
    """Slots whose question is answered by any single word, so that "banaan" is no digression."""

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take what was asked as an answer, whatever intent the sentence around it resembles."""
        if super().is_answer(turn, tracker):
            return True
        asked = self.requested(tracker)
        is_bare = asked in self.bare_answers and len(turn.text.split()) == 1
        return self.is_free_text(turn) and (is_bare or asked in turn.entities)

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Validate the turn and count how often the same question stayed open."""
        asked = self.requested(tracker)
        earlier = tracker.get_slot("herhaling") or 0
        events = await super().run(dispatcher, tracker, domain)
        is_open = asked is not None and asked == self._next_question(tracker, events)
        is_repeated = is_open and not self.is_worth_repeating(str(asked), events)
        return [*events, SlotSet("herhaling", earlier % WORDINGS + 1 if is_repeated else None)]

    def is_worth_repeating(self, asked: str, events: Events) -> bool:
        """Tell whether the same question now means something new, as a changed summary does."""
        del asked, events
        return False

    def _next_question(self, tracker: Tracker, events: Events) -> str | None:
        for event in reversed(events):
            if event["name"] == "requested_slot":
                return event["value"] or None
        return next((slot for slot in self.slots if tracker.get_slot(slot) is None), None)

    def words_for(self, slot: str, tracker: Tracker) -> Slots:
        """Return the person's words as the value of `slot`; a mere yes or no never is one."""
        turn = Turn.of(tracker)
        is_guess = slot in self.free_text and turn.confidence < SURE
        if turn.intent in NEVER_THE_VALUE and not is_guess:
            return {}
        return super().words_for(slot, tracker)

    def is_skipped(self, slot: str, tracker: Tracker) -> bool:
        """Tell whether the person would rather not answer this question; "nee" says so too."""
        turn = Turn.of(tracker)
        is_refusal = turn.intent in {"overslaan", "ontkennen"} or turn.entities.get("antwoord") == "nee"
        return self.requested(tracker) == slot and is_refusal


class ReadingForm(RephrasingForm):
    """A form that reads a turn as a whole: one answer may fill several slots, also ones it never asks."""

    besides: ClassVar[frozenset[str]]
    """The slots it fills and never asks."""

    async def read(self, dispatcher: Dispatcher, tracker: Tracker) -> Slots:
        """Return what the turn fills; nothing when it does not answer."""
        raise NotImplementedError

    async def get_extraction_events(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Read the turn."""
        del domain
        slots = await self.read(dispatcher, tracker)
        tracker.slots.update(slots)
        return [SlotSet(slot, value) for slot, value in slots.items()]

    async def get_validation_events(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Accept what was read: it was looked at with care."""
        del dispatcher, domain
        kept = {*self.slots, *self.besides}
        return [SlotSet(slot, value) for slot, value in tracker.slots_to_validate().items() if slot in kept]


class SummarisedForm(RephrasingForm, ConfirmedForm):
    """A form with a summary; a corrected summary is shown anew, with the same question under it."""

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take the name of an item as the one to change, whatever else "het werk" resembles."""
        is_item = self.requested(tracker) == "onderdeel" and bool(self._named_item(tracker))
        return (is_item and self.is_free_text(turn)) or super().is_answer(turn, tracker)

    def is_worth_repeating(self, asked: str, events: Events) -> bool:
        """Tell whether an item of the summary was corrected."""
        changed = {event["name"] for event in events if event.get("value") is not None}
        return asked == self.confirmation and bool(changed & self._changeable())

    def extract_onderdeel(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Recognise the item to change; "mijn naam is Jan" has changed it already."""
        if self._changeable() & Turn.of(tracker).entities.keys():
            return {}
        return super().extract_onderdeel(dispatcher, tracker, domain)


class AsksPlace(RephrasingForm):
    """A form that asks where somebody looks for something; an empty place is anywhere.

    A subclass binds `extract_<place_slot>` and `validate_<place_slot>` to the methods below.
    """

    place_slot: ClassVar[str]

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    def extract_place(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the place named now, or else earlier in the conversation."""
        del dispatcher, domain
        if place := place_named(self.counter.gazetteer, Turn.of(tracker)):
            return {self.place_slot: place}
        if self.is_skipped(self.place_slot, tracker):
            return {self.place_slot: ""}
        if self.requested(tracker) != self.place_slot and tracker.get_slot(self.place_slot) is None:
            return {self.place_slot: tracker.get_slot("plaats")}
        return self.words_for(self.place_slot, tracker)

    def validate_place(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a place we know, or anywhere."""
        del dispatcher, tracker, domain
        place = self.counter.gazetteer.find(str(value)) if value else None
        anywhere = "" if value == "" else None
        return {self.place_slot: place.name if place else anywhere}


class CancellationForm(RephrasingForm):
    """A form that asks which of a person's things to cancel, and whether they are sure.

    Its two slots are a receipt number and a yes or no. A subclass binds `extract_` and
    `validate_` of both to the methods below.
    """

    @property
    def number(self) -> str:
        """Return the slot of the receipt number."""
        return self.slots[0]

    @property
    def consent(self) -> str:
        """Return the slot of the yes or no."""
        return self.slots[1]

    async def open_numbers(self, conversation_id: str) -> list[str]:
        """Return the numbers of what this person can cancel."""
        raise NotImplementedError

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask nothing of somebody who has nothing to cancel."""
        del dispatcher, domain
        return domain_slots if await self.open_numbers(tracker.sender_id) else []

    async def extract_number(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the number given, else the only one there can be."""
        del dispatcher, domain
        if given := Turn.of(tracker).entities.get("aanvraagnummer"):
            return {self.number: given}
        if self.requested(tracker) is None and tracker.get_slot(self.number) is None:
            numbers = await self.open_numbers(tracker.sender_id)
            return {self.number: numbers[0]} if len(numbers) == 1 else {}
        return self.words_for(self.number, tracker)

    async def validate_number(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept the number of something this person can cancel."""
        del dispatcher, domain
        number = normalise_number(str(value))
        is_open = number in await self.open_numbers(tracker.sender_id)
        return {self.number: number if is_open else None}

    def extract_consent(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take a yes or no."""
        del dispatcher, domain
        answer = Turn.of(tracker).yes_or_no
        return {} if self.requested(tracker) != self.consent or answer is None else {self.consent: answer}

    def validate_consent(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept the yes or no."""
        del dispatcher, tracker, domain
        return {self.consent: value}
