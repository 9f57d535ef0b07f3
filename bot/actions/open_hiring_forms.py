"""What counts as an answer in the forms of open hiring: search, sign up, leave a list."""

from typing import ClassVar

from rasa_sdk.interfaces import Tracker

from bot.actions.asking import AsksPlace, CancellationForm, SummarisedForm
from bot.actions.forms import AsksContact, AsksName, ConfirmedForm, Slots
from bot.actions.results import chosen
from bot.actions.turn import Dispatcher, Domain, Turn
from counter.open_hiring.model import ON_LIST, UnknownJobError
from counter.services import Counter

# Longer than the law allows for long, so a slip of the finger.
MAX_HOURS = 60
ANY_HOURS = 0


class ValidateJobSearchForm(AsksPlace):
    """Asks where somebody wants to work, and how many hours."""

    slots = ("open_hiring_plaats", "open_hiring_uren")
    bare_answers = frozenset(slots)
    own_intents = AsksPlace.own_intents | {"open_hiring_zoeken"}
    place_slot = "open_hiring_plaats"
    extract_open_hiring_plaats = AsksPlace.extract_place
    validate_open_hiring_plaats = AsksPlace.validate_place

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_open_hiring_formulier"

    def extract_open_hiring_uren(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the hours named now, or earlier in the conversation."""
        del dispatcher, domain
        entities = Turn.of(tracker).entities
        if "uren" in entities:
            return {"open_hiring_uren": entities["uren"]}
        if self.is_skipped("open_hiring_uren", tracker):
            return {"open_hiring_uren": ANY_HOURS}
        if self.requested(tracker) != "open_hiring_uren" and tracker.get_slot("open_hiring_uren") is None:
            return {"open_hiring_uren": tracker.get_slot("uren")}
        return self.words_for("open_hiring_uren", tracker)

    def validate_open_hiring_uren(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a number of hours a week, or any number."""
        del dispatcher, tracker, domain
        figures = str(value).strip()
        hours = int(figures) if figures.isdecimal() else None
        is_possible = hours is not None and ANY_HOURS <= hours <= MAX_HOURS
        return {"open_hiring_uren": hours if is_possible else None}


class ValidateSignUpForm(SummarisedForm):
    """Asks only for which job somebody signs up: who they are matters when a place is theirs."""

    slots = ("open_hiring_baan", "open_hiring_akkoord", "onderdeel")
    bare_answers = frozenset({"open_hiring_baan"})
    own_intents = SummarisedForm.own_intents | {"open_hiring_aanmelden"}
    confirmation = "open_hiring_akkoord"
    items: ClassVar = {"baan": ("open_hiring_baan",)}
    extract_open_hiring_akkoord = ConfirmedForm.extract_confirmation
    validate_open_hiring_akkoord = ConfirmedForm.validate_confirmation

    def __init__(self, counter: Counter) -> None:
        self._open_hiring = counter.open_hiring

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_open_hiring_aanmelden_formulier"

    def extract_open_hiring_baan(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the job of the button, the one pointed at, or the only one shown."""
        del dispatcher, domain
        entities, shown = Turn.of(tracker).entities, tracker.get_slot("open_hiring_resultaten") or []
        if "baan" in entities:
            return {"open_hiring_baan": entities["baan"]}
        choice = entities.get("keuze")
        if choice is None and self.requested(tracker) == "open_hiring_baan":
            choice = entities.get("aantal")
        if choice is not None:
            return {"open_hiring_baan": chosen(shown, choice)}
        is_start = self.requested(tracker) is None and tracker.get_slot("open_hiring_baan") is None
        return {"open_hiring_baan": shown[0]} if is_start and len(shown) == 1 else {}

    async def validate_open_hiring_baan(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a job that is open."""
        del dispatcher, tracker, domain
        try:
            found = await self._open_hiring.public(str(value))
        except UnknownJobError:
            return {"open_hiring_baan": None}
        return {"open_hiring_baan": found.job.id}


class ValidateTakePlaceForm(SummarisedForm, AsksName, AsksContact):
    """Asks who takes a place that is offered, and how the employer reaches them; nothing else."""

    slots = ("naam", "contact", "open_hiring_aannemen_akkoord", "onderdeel")
    bare_answers = frozenset({"contact"})
    own_intents = SummarisedForm.own_intents | {"open_hiring_plek_aannemen"}
    confirmation = "open_hiring_aannemen_akkoord"
    items: ClassVar = {
        "naam": ("naam",),
        "contact": ("contact", "telefoon", "email"),
        "telefoon": ("contact", "telefoon", "email"),
        "mail": ("contact", "telefoon", "email"),
    }
    extract_open_hiring_aannemen_akkoord = ConfirmedForm.extract_confirmation
    validate_open_hiring_aannemen_akkoord = ConfirmedForm.validate_confirmation

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_open_hiring_aannemen_formulier"


class ValidateLeaveForm(CancellationForm):
    """Checks which list somebody leaves, and whether they are sure."""

    slots = ("open_hiring_nummer", "open_hiring_afmelden_akkoord")
    bare_answers = frozenset({"open_hiring_nummer"})
    own_intents = CancellationForm.own_intents | {"open_hiring_afmelden"}
    extract_open_hiring_nummer = CancellationForm.extract_number
    validate_open_hiring_nummer = CancellationForm.validate_number
    extract_open_hiring_afmelden_akkoord = CancellationForm.extract_consent
    validate_open_hiring_afmelden_akkoord = CancellationForm.validate_consent

    def __init__(self, counter: Counter) -> None:
        self._open_hiring = counter.open_hiring

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_open_hiring_afmelden_formulier"

    async def open_numbers(self, conversation_id: str) -> list[str]:
        """Return the numbers of the lists this person is on."""
        places = await self._open_hiring.places_of(conversation_id)
        return [place.number for place in places if place.state in ON_LIST]
