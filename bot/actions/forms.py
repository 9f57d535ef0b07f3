"""What every form does alike: let people digress, ask for a name or a contact, confirm at the end.

The domain lists a form's slots and asks the questions; a class here lists the same slots (so
that Rasa need not send its whole domain with every call) and decides what counts as an answer.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from rasa_sdk.events import SlotSet
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.actions.turn import Dispatcher, Domain, Events, Turn
from counter.people.contact import parse_email, parse_name, parse_phone

# Intents that can answer any question of a form.
ANSWERS = frozenset({"gegeven_opgeven", "bevestigen", "ontkennen", "nlu_fallback"})

# Never an answer, not even to a question that takes any words.
INTERRUPTIONS = frozenset(
    {
        "groeten",
        "afscheid_nemen",
        "bedanken",
        "stoppen",
        "opnieuw_beginnen",
        "hulp_vragen",
        "ben_je_een_mens",
        "niet_begrepen",
        "waarom_deze",
        "coach_spreken",
        "coach_status",
        "coach_annuleren",
        "coach_terugbellen",
        "klacht_uiten",
        "compliment_geven",
        "andere_taal",
        "gesprek_meenemen",
        "schelden",
        "in_nood",
        "faq",
        "privacy_uitleg",
        "gegevens_inzien",
        "gegevens_wijzigen",
        "gegevens_verwijderen",
        "loket_contact",
    }
)

# Below this an intent is a guess: of the protected sentences that interrupt none scores lower.
SURE = 0.8
# A longer answer to "Hoe heet je?" that reads as another intent is that intent, not a name.
MAX_WORDS_BARE_NAME = 3

type Slots = dict[str, Any]


class FormValidation(FormValidationAction):
    """Validates one form; gives the turn back to the rules when it does not answer the form.

    Subclasses add `extract_<slot>` and `validate_<slot>`. An `extract_` method that returns
    `{}` leaves the question open; a `validate_` method that returns None asks it again.
    """

    slots: ClassVar[tuple[str, ...]]
    """The form's slots in the order they are asked, as in the domain."""
    free_text: ClassVar[frozenset[str]] = frozenset()
    """Slots whose question may be answered in any words, whatever intent they resemble."""
    own_intents: ClassVar[frozenset[str]] = frozenset()
    """Further intents that answer or correct this form."""

    def domain_slots(self, domain: Domain) -> list[str]:
        """Return the form's slots."""
        del domain
        return list(self.slots)

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Validate the turn.

        Raises:
            ActionExecutionRejection: the person talks of something else. Rasa then answers by
                its rules and asks the open question again; what they named is kept.
        """
        turn = Turn.of(tracker)
        # What may be a cry for help is no answer, whatever was asked.
        is_other = turn.may_be_in_need or not self.is_answer(turn, tracker)
        if self.is_asked(tracker) and is_other:
            raise ActionExecutionRejection(self.form_name())
        events: Events = await super().run(dispatcher, tracker, domain)
        return events

    def is_asked(self, tracker: Tracker) -> bool:
        """Tell whether this turn follows a question of this form.

        It does not when the turn starts the form, or was answered by a rule and the form resumes.
        """
        if tracker.active_loop_name != self.form_name():
            return False
        for event in reversed(tracker.events):
            if event["event"] in {"active_loop", "action_execution_rejected"}:
                return False
            if event["event"] == "user":
                break
        return True

    def requested(self, tracker: Tracker) -> str | None:
        """Return the slot this turn should answer; None when the form starts or resumes."""
        return tracker.get_slot("requested_slot") if self.is_asked(tracker) else None

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Tell whether the turn is meant for this form."""
        if turn.intent in ANSWERS | self.own_intents:
            return True
        return self.requested(tracker) in self.free_text and self.is_free_text(turn)

    @staticmethod
    def is_free_text(turn: Turn) -> bool:
        """Tell whether these are words that may answer an open question.

        "Hulpkok" may sound like praise and "Kees" like a complaint: a guess is no interruption,
        unless it is a question. A cry for help is never doubted.
        """
        is_guess = turn.confidence < SURE and turn.intent != "in_nood" and not turn.is_question
        is_other = turn.intent in INTERRUPTIONS or (turn.intent == "buiten_bereik" and turn.is_question)
        # Who swears names no work and no town: "inpakker van thee" only sounds like it.
        is_misheard = turn.intent == "schelden" and not turn.entities.keys().isdisjoint({"beroep", "plaats"})
        return not turn.is_pressed and (is_guess or is_misheard or not is_other)

    def words_for(self, slot: str, tracker: Tracker) -> Slots:
        """Return the person's own words as the value of `slot` when that is what was asked."""
        turn = Turn.of(tracker)
        if self.requested(tracker) != slot or turn.is_pressed or turn.is_yes_or_no:
            return {}
        return {slot: turn.text.strip()}


class AsksName(FormValidation):
    """A form that asks `naam`."""

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take a few bare words as a name, whatever intent they resemble."""
        return super().is_answer(turn, tracker) or (
            self.requested(tracker) == "naam"
            and self.is_free_text(turn)
            and len(turn.text.split()) <= MAX_WORDS_BARE_NAME
        )

    def extract_naam(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take bare words as the name; "ik heet ..." has been recognised already."""
        del dispatcher, domain
        turn = Turn.of(tracker)
        if "naam" in turn.entities or "onderdeel" in turn.entities:
            return {}
        return self.words_for("naam", tracker)

    def validate_naam(self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Accept what can be a name."""
        del tracker, domain
        name = parse_name(str(value or ""))
        if name is None:
            dispatcher.utter_message(response="utter_gegevens_naam_ongeldig")
        return {"naam": name}


class AsksContact(FormValidation):
    """A form that asks `contact`: a phone number or an e-mail address."""

    def extract_contact(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the number or address just given, else the one known, else the words to check."""
        del dispatcher, domain
        entities = Turn.of(tracker).entities
        given = entities.get("telefoon") or entities.get("email")
        if given:
            return {"contact": given}
        if tracker.get_slot("contact") is None and (
            known := tracker.get_slot("telefoon") or tracker.get_slot("email")
        ):
            return {"contact": known}
        return self.words_for("contact", tracker)

    def validate_contact(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a phone number or an e-mail address."""
        del tracker, domain
        contact = parse_phone(str(value or "")) or parse_email(str(value or ""))
        if contact is None:
            dispatcher.utter_message(response="utter_gegevens_contact_ongeldig")
        return {"contact": contact}


class ConfirmedForm(FormValidation):
    """A form that ends in a summary with "Klopt dit?" and can change one item of it.

    Its `slots` end in the confirmation slot and `onderdeel`. A subclass binds the first:
    `extract_<confirmation> = ConfirmedForm.extract_confirmation`, likewise `validate_`.
    """

    confirmation: ClassVar[str]
    """The slot that becomes True when the person agrees with the summary."""
    items: ClassVar[Mapping[str, tuple[str, ...]]]
    """What can be changed, as the person calls it, and the slots that are then asked again."""

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take "mijn nummer is nu 06 12345678" as a correction of what this form asks."""
        is_correction = turn.intent == "gegevens_wijzigen" and self._changeable() & turn.entities.keys()
        return bool(is_correction) or super().is_answer(turn, tracker)

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask which item to change only after "Klopt dit?" was denied."""
        del dispatcher, domain
        if tracker.get_slot(self.confirmation) is False or tracker.get_slot("onderdeel"):
            return domain_slots
        return [slot for slot in domain_slots if slot != "onderdeel"]

    async def get_validation_events(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the summary anew when an item was corrected in passing."""
        events: Events = await super().get_validation_events(dispatcher, tracker, domain)
        changed = {event["name"] for event in events}
        if changed & self._changeable() and tracker.get_slot(self.confirmation) is False:
            events.append(SlotSet(self.confirmation, None))
        return events

    def _changeable(self) -> set[str]:
        return {slot for slots in self.items.values() for slot in slots}

    def extract_confirmation(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take a yes or no, or the item that is wrong; "nee, Haarlem" another slot has taken."""
        del dispatcher, domain
        turn = Turn.of(tracker)
        if self.requested(tracker) != self.confirmation or self._changeable() & turn.entities.keys():
            return {}
        if turn.yes_or_no:
            return {self.confirmation: True}
        denied = {} if turn.yes_or_no is None else {self.confirmation: False}
        return self._named_item(tracker) or denied

    def validate_confirmation(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept the yes or no; an old answer does not count for a new summary."""
        del dispatcher, domain
        is_given = self.requested(tracker) == self.confirmation
        return {self.confirmation: value if is_given else None}

    def extract_onderdeel(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Recognise the item to change by its name."""
        del dispatcher, domain
        return self._named_item(tracker) if self.requested(tracker) == "onderdeel" else {}

    def _named_item(self, tracker: Tracker) -> Slots:
        words = set(re.findall(r"\w+", Turn.of(tracker).text.lower()))
        return next(({"onderdeel": item} for item in self.items if item in words), {})

    def validate_onderdeel(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Open the chosen item, so that it is asked again and then summed up again."""
        del dispatcher, tracker, domain
        opened = dict.fromkeys(self.items.get(str(value), ()))
        return opened | {"onderdeel": None, self.confirmation: None}
