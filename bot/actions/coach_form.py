"""The form with which somebody asks for a person: what about, from where, and how to reach them."""

from typing import ClassVar

from rasa_sdk.interfaces import Tracker

from bot.actions.forms import AsksContact, AsksName, ConfirmedForm, Slots
from bot.actions.loket import region_of
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.opening.waiting import Situation
from counter.places.model import Place
from counter.services import Counter

FORM = "coach_formulier"


async def can_be_helped_here(counter: Counter, tracker: Tracker) -> bool:
    """Tell whether a coach is there now, so that nobody needs to call or mail."""
    situation = await counter.prospects.situation(region_of(counter.gazetteer, tracker))
    return situation is Situation.COACH_PRESENT


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
        self._counter = counter
        self._gazetteer = counter.gazetteer

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask for no number or address of who will be helped here; a known one is summed up."""
        slots = await super().required_slots(domain_slots, dispatcher, tracker, domain)
        is_known = any(tracker.get_slot(slot) for slot in ("contact", "telefoon", "email"))
        if is_known or self._wants_to_tell_contact(tracker):
            return slots
        if await can_be_helped_here(self._counter, tracker):
            return [slot for slot in slots if slot != "contact"]
        return slots

    def _wants_to_tell_contact(self, tracker: Tracker) -> bool:
        """Tell whether it was asked already, or the person wants to change it."""
        item = Turn.of(tracker).entities.get("onderdeel") or self._named_item(tracker).get("onderdeel")
        return tracker.get_slot("requested_slot") == "contact" or item == "contact"

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


class AskConsentAction(CounterAction):
    """Sums up what a coach will get, and asks whether it is right."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_coach_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Sum up."""
        del domain
        is_helped_here = tracker.get_slot("contact") is None
        dispatcher.utter_message(
            response="utter_coach_samenvatting_hier" if is_helped_here else "utter_coach_samenvatting"
        )
        return []
