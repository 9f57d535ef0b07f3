"""To a person: ask for one, see and cancel the request, get help at once, in another language."""

from typing import Any, ClassVar

from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.forms import AsksContact, AsksName, ConfirmedForm, Slots
from bot.actions.languages import language_asked
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.places.model import Place
from counter.receipts import normalise_number
from counter.referrals.model import (
    OpenReferral,
    Reason,
    ReferralReceipt,
    UnknownReferralError,
)
from counter.referrals.states import ReferralState
from counter.services import Counter

FORM = "coach_formulier"
# What the form asked for this one request; name and contact stay for the next.
OWN_SLOTS = ("coach_onderwerp", "coach_reden", "coach_akkoord")


class ValidateCoachForm(AsksName, AsksContact, ConfirmedForm):
    """Asks what a coach needs to call back, and nothing that is known."""

    slots = ("coach_onderwerp", "coach_regio", "naam", "contact", "coach_akkoord", "onderdeel")
    free_text = frozenset({"coach_onderwerp"})
    confirmation = "coach_akkoord"
    items: ClassVar = {
        "onderwerp": ("coach_onderwerp",),
        "plaats": ("coach_regio", "plaats", "regio", "postcode"),
        "naam": ("naam",),
        "contact": ("contact", "telefoon", "email"),
    }
    extract_coach_akkoord = ConfirmedForm.extract_confirmation
    validate_coach_akkoord = ConfirmedForm.validate_confirmation

    def __init__(self, counter: Counter) -> None:
        self._gazetteer = counter.gazetteer

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    def extract_coach_onderwerp(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the person's own words; a button's topic has been taken already."""
        del dispatcher, domain
        return self.words_for("coach_onderwerp", tracker)

    def validate_coach_onderwerp(
        self, value: str | None, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept anything with a word in it."""
        del dispatcher, tracker, domain
        return {"coach_onderwerp": value if value and any(map(str.isalpha, value)) else None}

    def extract_coach_regio(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the region named, or that of the place named, now or earlier in the conversation."""
        del dispatcher, domain
        turn = Turn.of(tracker)
        is_named_now = {"regio", "plaats", "postcode"} & turn.entities.keys()
        if tracker.get_slot("coach_regio") is not None and not is_named_now:
            return {}
        known = turn.entities if is_named_now else tracker.slots
        if region := known.get("regio"):
            return {"coach_regio": region}
        if place := self._place(known.get("plaats"), known.get("postcode")):
            return {"coach_regio": place.region.value}
        return self.words_for("coach_regio", tracker)

    def _place(self, name: str | None, postcode: str | None) -> Place | None:
        if name:
            return self._gazetteer.find(name)
        return self._gazetteer.by_postcode(postcode) if postcode else None

    def validate_coach_regio(
        self, value: str | None, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a region, or look bare words up as a place."""
        del domain
        if value is None or self.requested(tracker) != "coach_regio" or "regio" in Turn.of(tracker).entities:
            return {"coach_regio": value}
        place = self._gazetteer.find(value)
        if place is not None:
            return {"coach_regio": place.region.value, "plaats": place.name}
        if any(value == known.region.value for known in self._gazetteer):
            return {"coach_regio": value}
        dispatcher.utter_message(response="utter_coach_plaats_onbekend")
        return {"coach_regio": None}


class BeginAction(CounterAction):
    """Opens the coach form; works in every state."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Tell what happens to what was going on, and what will be asked."""
        del domain
        turn = Turn.of(tracker)
        if tracker.active_loop_name == FORM:
            dispatcher.utter_message(response="utter_coach_al_bezig")
            return []
        if tracker.active_loop_name is not None:
            dispatcher.utter_message(response="utter_coach_onderbreken")
        waiting = await waiting_of(self.counter, turn.conversation_id)
        if waiting is None:
            dispatcher.utter_message(response="utter_coach_beginnen")
        else:
            dispatcher.utter_message(
                response="utter_coach_wacht_al", nummer=waiting.number, plek=waiting.position
            )
        return [
            SlotSet("coach_onderwerp", turn.entities.get("onderwerp")),
            SlotSet("coach_reden", turn.entities.get("reden")),
            SlotSet("coach_akkoord", None),
        ]


class SignUpAction(CounterAction):
    """Puts the person in the coaches' queue."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_aanmelden"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Open the referral and hand over its receipt."""
        del domain
        turn = Turn.of(tracker)
        contact: str = tracker.slots["contact"]
        receipt = await self.counter.referrals.open(
            OpenReferral(
                conversation_id=turn.conversation_id,
                message_id=turn.message_id,
                reason=reason_of(tracker.get_slot("coach_reden")),
                topic=tracker.get_slot("coach_onderwerp"),
                region=tracker.get_slot("coach_regio"),
                name=tracker.get_slot("naam"),
                phone=None if "@" in contact else contact,
                email=contact if "@" in contact else None,
            )
        )
        dispatcher.utter_message(response="utter_coach_ontvangst", **_shown(receipt))
        return [SlotSet(slot, None) for slot in OWN_SLOTS]


class ShowStatusAction(CounterAction):
    """Shows where a request stands: the one whose number is given, else the person's latest."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_status_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show it."""
        del domain
        receipt = await _meant(self.counter, Turn.of(tracker))
        if receipt is None:
            dispatcher.utter_message(response="utter_coach_status_geen")
        elif receipt.state is ReferralState.CANCELLED:
            dispatcher.utter_message(response="utter_coach_status_afgezegd", nummer=receipt.number)
        else:
            dispatcher.utter_message(response="utter_coach_status", **_shown(receipt))
        return []


class CancelAction(CounterAction):
    """Takes the person's request back."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_annuleren"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Cancel it."""
        del domain
        turn = Turn.of(tracker)
        receipt = await _meant(self.counter, turn)
        if receipt is not None:
            try:
                receipt = await self.counter.referrals.cancel(receipt.number, turn.conversation_id)
            except UnknownReferralError:
                # Somebody else's number: nothing about it is told.
                receipt = None
        if receipt is None:
            dispatcher.utter_message(response="utter_coach_status_geen")
        else:
            dispatcher.utter_message(response="utter_coach_afgezegd", nummer=receipt.number)
        return []


class CallForHelpAction(CounterAction):
    """Puts somebody in need at the top of the queue; the emergency numbers have been given by then."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_hulp_inroepen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Open the referral without asking anything, and end the form: this is no time for questions."""
        del domain
        turn = Turn.of(tracker)
        receipt = await self.counter.referrals.open(
            OpenReferral(
                conversation_id=turn.conversation_id,
                message_id=turn.message_id,
                reason=Reason.IN_NEED,
                region=tracker.get_slot("regio"),
                name=tracker.get_slot("naam"),
                phone=tracker.get_slot("telefoon"),
                email=tracker.get_slot("email"),
            )
        )
        dispatcher.utter_message(response="utter_coach_nood_ontvangst", nummer=receipt.number)
        return [ActiveLoop(None), SlotSet("requested_slot", None)]


class RecogniseLanguageAction(Action):
    """Says in the person's language that Noor speaks Dutch, and offers a person."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_taal_herkennen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Answer with the fixed sentence of the language, when it is certain."""
        del domain
        language = language_asked(Turn.of(tracker).text)
        dispatcher.utter_message(response=f"utter_coach_taal_{language or 'onbekend'}")
        return []


def reason_of(value: str | None) -> Reason:
    """Return the reason a button gave; `asked` when there was none or it is unknown."""
    return Reason(value) if value in list(Reason) else Reason.ASKED


async def waiting_of(counter: Counter, conversation_id: str) -> ReferralReceipt | None:
    """Return the request with which this person waits, or None."""
    receipts = await counter.referrals.of_person(conversation_id)
    return next((receipt for receipt in receipts if receipt.state is ReferralState.WAITING), None)


async def _meant(counter: Counter, turn: Turn) -> ReferralReceipt | None:
    number = normalise_number(str(turn.entities.get("aanvraagnummer", "")))
    if number is not None:
        return await counter.referrals.by_number(number)
    receipts = await counter.referrals.of_person(turn.conversation_id)
    return await waiting_of(counter, turn.conversation_id) or next(iter(receipts), None)


def _shown(receipt: ReferralReceipt) -> dict[str, Any]:
    return {"nummer": receipt.number, "plek": str(receipt.position), "datum": written(receipt.answer_before)}


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    needing = (BeginAction, SignUpAction, ShowStatusAction, CancelAction, CallForHelpAction)
    return [ValidateCoachForm(counter), RecogniseLanguageAction(), *(action(counter) for action in needing)]
