"""What counts as an answer when an employer offers a job: only what the work itself needs."""

from typing import ClassVar

from rasa_sdk.interfaces import Tracker

from bot.actions.asking import NEVER_THE_VALUE, AsksPlace, SummarisedForm
from bot.actions.forms import AsksContact, AsksName, ConfirmedForm, Slots
from bot.actions.ondernemers_forms import AsksEmployer
from bot.actions.turn import Dispatcher, Domain, Turn
from counter.job_drafts.model import MAX_OPEN_PLACES, parse_hours, parse_needs, parse_title

# An intent is certain when the very sentence is an example of it.
CERTAIN = 0.999
NOTHING = frozenset({"niets", "niks", "niets bijzonders", "niks bijzonders", "geen", "nee", "nvt"})


class ValidateOfferForm(SummarisedForm, AsksPlace, AsksEmployer, AsksName, AsksContact):
    """Asks what people must know of a job, and how an adviser reaches the employer."""

    slots = (
        "open_hiring_plaatsen_titel",
        "open_hiring_plaatsen_plaats",
        "open_hiring_plaatsen_uren",
        "open_hiring_plaatsen_nodig",
        "open_hiring_plaatsen_aantal",
        "kvk_nummer",
        "bedrijf",
        "naam",
        "contact",
        "open_hiring_plaatsen_akkoord",
        "onderdeel",
    )
    free_text = frozenset({"open_hiring_plaatsen_titel", "open_hiring_plaatsen_nodig", "bedrijf"})
    bare_answers = frozenset(
        {
            "open_hiring_plaatsen_plaats",
            "open_hiring_plaatsen_uren",
            "open_hiring_plaatsen_aantal",
            "kvk_nummer",
            "contact",
        }
    )
    confirmation = "open_hiring_plaatsen_akkoord"
    items: ClassVar = {
        "werk": ("open_hiring_plaatsen_titel",),
        "plaats": ("open_hiring_plaatsen_plaats", "plaats", "postcode"),
        "uren": ("open_hiring_plaatsen_uren",),
        "nodig": ("open_hiring_plaatsen_nodig",),
        "plekken": ("open_hiring_plaatsen_aantal",),
        "bedrijf": ("kvk_nummer", "bedrijf"),
        "kvk": ("kvk_nummer", "bedrijf"),
        "naam": ("naam",),
        "contact": ("contact", "telefoon", "email"),
        "telefoon": ("contact", "telefoon", "email"),
        "mail": ("contact", "telefoon", "email"),
    }
    place_slot = "open_hiring_plaatsen_plaats"
    extract_open_hiring_plaatsen_plaats = AsksPlace.extract_place
    extract_open_hiring_plaatsen_akkoord = ConfirmedForm.extract_confirmation
    validate_open_hiring_plaatsen_akkoord = ConfirmedForm.validate_confirmation

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_open_hiring_plaatsen_formulier"

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take "lasser met diploma" as an answer, though it resembles a question about diplomas."""
        is_told = self.requested(tracker) in {"open_hiring_plaatsen_titel", "open_hiring_plaatsen_nodig"}
        is_statement = turn.intent == "faq" and not turn.is_question
        return (is_told and is_statement) or super().is_answer(turn, tracker)

    def _changeable(self) -> set[str]:
        return super()._changeable() | {"uren", "aantal"}

    def _is_correcting(self, tracker: Tracker) -> bool:
        return self.requested(tracker) in {self.confirmation, "onderdeel"}

    def extract_open_hiring_plaatsen_titel(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take the person's own words."""
        del dispatcher, domain
        return self.words_for("open_hiring_plaatsen_titel", tracker)

    def validate_open_hiring_plaatsen_titel(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a short name of the work that asks for nobody's past."""
        del tracker, domain
        title = parse_title(str(value or ""))
        return {"open_hiring_plaatsen_titel": None if self._is_refused(title, dispatcher) else title}

    def validate_open_hiring_plaatsen_plaats(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a place we know: work is always somewhere."""
        return self.validate_place(value or None, dispatcher, tracker, domain)

    def extract_open_hiring_plaatsen_uren(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take the hours; "24 tot 32 uur" stays as it is said, "drie dagen" has been counted already."""
        del dispatcher, domain
        turn, slot = Turn.of(tracker), "open_hiring_plaatsen_uren"
        is_asked = self.requested(tracker) == slot
        if "uren" in turn.entities and (is_asked or self._is_correcting(tracker)):
            return {slot: turn.text if parse_hours(turn.text) else str(turn.entities["uren"])}
        return self.words_for(slot, tracker)

    def validate_open_hiring_plaatsen_uren(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept one number of hours a week, or the least and the most."""
        del dispatcher, tracker, domain
        hours = parse_hours(str(value or ""))
        return {"open_hiring_plaatsen_uren": "-".join(map(str, sorted(set(hours)))) if hours else None}

    def extract_open_hiring_plaatsen_nodig(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take the person's own words; "niets" is an answer too, "geen hoogtevrees" is not nothing."""
        del dispatcher, domain
        turn, slot = Turn.of(tracker), "open_hiring_plaatsen_nodig"
        if self.requested(tracker) != slot:
            return {}
        is_certain = turn.is_pressed or turn.confidence >= CERTAIN
        if turn.text.lower().strip(" .!") in NOTHING or (turn.intent in NEVER_THE_VALUE and is_certain):
            return {slot: None if turn.intent == "bevestigen" else []}
        return {} if turn.is_pressed else {slot: turn.text}

    def validate_open_hiring_plaatsen_nodig(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept practical needs that ask for nobody's past, or none at all."""
        del tracker, domain
        if isinstance(value, list):
            return {"open_hiring_plaatsen_nodig": value}
        needs = None if self._is_refused(str(value or ""), dispatcher) else parse_needs(str(value or ""))
        return {"open_hiring_plaatsen_nodig": None if needs is None else list(needs)}

    def _is_refused(self, text: str | None, dispatcher: Dispatcher) -> bool:
        """Tell which words are against the principle of open hiring, and why."""
        words = self.counter.job_drafts.asks_for_past(text) if text else None
        if words:
            dispatcher.utter_message(response="utter_open_hiring_plaatsen_verleden", woorden=words)
        return words is not None

    def extract_open_hiring_plaatsen_aantal(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take the number of places; in another answer a number means something else."""
        del dispatcher, domain
        slot, entities = "open_hiring_plaatsen_aantal", Turn.of(tracker).entities
        if "aantal" in entities and (self.requested(tracker) == slot or self._is_correcting(tracker)):
            return {slot: entities["aantal"]}
        return self.words_for(slot, tracker)

    def validate_open_hiring_plaatsen_aantal(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a number of places."""
        del dispatcher, tracker, domain
        figures = str(value).strip()
        places = int(figures) if figures.isdecimal() else 0
        return {"open_hiring_plaatsen_aantal": places if 1 <= places <= MAX_OPEN_PLACES else None}
