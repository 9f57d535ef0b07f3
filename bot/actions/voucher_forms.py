"""What counts as an answer in the forms to apply for a voucher and to withdraw an application."""

from typing import ClassVar

from rasa_sdk.interfaces import Tracker

from bot.actions.asking import CancellationForm, SummarisedForm
from bot.actions.forms import AsksName, ConfirmedForm, Slots
from bot.actions.turn import Dispatcher, Domain, Turn
from bot.actions.voucher_applications import title_of
from counter.people.contact import parse_age, parse_email, parse_phone, parse_postcode
from counter.schemes.model import VoucherKind
from counter.services import Counter
from counter.vouchers.model import VoucherState

MAX_GOAL_LENGTH = 300
MIN_GOAL_LETTERS = 3


class ValidateVoucherForm(SummarisedForm, AsksName):
    """Checks each answer of an application."""

    slots = (
        "vouchersoort",
        "voucher_doel",
        "naam",
        "leeftijd",
        "postcode",
        "email",
        "voucher_telefoon",
        "voucher_akkoord",
        "onderdeel",
    )
    free_text = frozenset({"voucher_doel"})
    bare_answers = frozenset({"vouchersoort", "leeftijd", "postcode", "email", "voucher_telefoon"})
    confirmation = "voucher_akkoord"
    items: ClassVar = {
        "soort": ("vouchersoort",),
        "doel": ("voucher_doel",),
        "naam": ("naam",),
        "leeftijd": ("leeftijd",),
        "postcode": ("postcode",),
        "email": ("email",),
        "mail": ("email",),
        "telefoon": ("voucher_telefoon",),
    }
    extract_voucher_akkoord = ConfirmedForm.extract_confirmation
    validate_voucher_akkoord = ConfirmedForm.validate_confirmation

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_voucher_formulier"

    def extract_voucher_doel(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the person's own words."""
        del dispatcher, domain
        return self.words_for("voucher_doel", tracker)

    def extract_leeftijd(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the words, to be read as an age; "ik ben 34" has been recognised already."""
        del dispatcher, domain
        return self._unless_recognised("leeftijd", tracker)

    def extract_postcode(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the words, to be read as a postcode, unless one was recognised."""
        del dispatcher, domain
        return self._unless_recognised("postcode", tracker)

    def extract_email(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the words, to be read as an e-mail address, unless one was recognised."""
        del dispatcher, domain
        return self._unless_recognised("email", tracker)

    def extract_vouchersoort(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the words, to be read as a kind of voucher, unless one was recognised."""
        del dispatcher, domain
        return self._unless_recognised("vouchersoort", tracker)

    def _unless_recognised(self, slot: str, tracker: Tracker) -> Slots:
        return {} if slot in Turn.of(tracker).entities else self.words_for(slot, tracker)

    def extract_voucher_telefoon(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take a number; no number is an answer too."""
        del dispatcher, domain
        turn = Turn.of(tracker)
        if given := turn.entities.get("telefoon"):
            return {"voucher_telefoon": given}
        if self.requested(tracker) is None and tracker.get_slot("voucher_telefoon") is None:
            return {"voucher_telefoon": tracker.get_slot("telefoon")}
        if self.is_skipped("voucher_telefoon", tracker):
            return {"voucher_telefoon": ""}
        return self.words_for("voucher_telefoon", tracker)

    async def validate_vouchersoort(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept one of the three kinds for which people can apply now."""
        del tracker, domain
        kind = next((kind for kind in VoucherKind if kind == value), None)
        if kind is not None and not await self._counter.vouchers.is_open(kind):
            # Better now than after all the questions.
            title = await title_of(self._counter, kind)
            dispatcher.utter_message(response="utter_voucher_gesloten", titel=title)
            kind = None
        return {"vouchersoort": kind if kind is None else kind.value}

    def validate_voucher_doel(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a short text with some words in it."""
        del dispatcher, tracker, domain
        goal = " ".join(str(value or "").split())
        is_goal = len(goal) <= MAX_GOAL_LENGTH and sum(map(str.isalpha, goal)) >= MIN_GOAL_LETTERS
        return {"voucher_doel": goal if is_goal else None}

    def validate_leeftijd(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept an age in years."""
        del dispatcher, tracker, domain
        return {"leeftijd": parse_age(str(value))}

    def validate_postcode(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a Dutch postcode."""
        del dispatcher, tracker, domain
        return {"postcode": parse_postcode(str(value))}

    def validate_email(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept what can be an e-mail address."""
        del dispatcher, tracker, domain
        return {"email": parse_email(str(value))}

    def validate_voucher_telefoon(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a Dutch phone number, or none at all."""
        del dispatcher, tracker, domain
        return {"voucher_telefoon": "" if value == "" else parse_phone(str(value))}


class ValidateWithdrawalForm(CancellationForm):
    """Checks which application is withdrawn, and whether the person is sure."""

    slots = ("voucher_nummer", "voucher_intrekken_akkoord")
    bare_answers = frozenset({"voucher_nummer"})
    own_intents = CancellationForm.own_intents | {"voucher_intrekken"}
    extract_voucher_nummer = CancellationForm.extract_number
    validate_voucher_nummer = CancellationForm.validate_number
    extract_voucher_intrekken_akkoord = CancellationForm.extract_consent
    validate_voucher_intrekken_akkoord = CancellationForm.validate_consent

    def __init__(self, counter: Counter) -> None:
        self._vouchers = counter.vouchers

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_voucher_intrekken_formulier"

    async def open_numbers(self, conversation_id: str) -> list[str]:
        """Return the numbers of this person's open applications."""
        applications = await self._vouchers.applications_of(conversation_id)
        return [receipt.number for receipt in applications if receipt.state is VoucherState.SUBMITTED]
