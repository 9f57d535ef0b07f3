"""Correct a detail: a phone number, an e-mail address, a name, a postcode or an age."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import RephrasingForm, tell_interruption
from bot.actions.forms import Slots
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.people.correcting import parse, readable
from counter.people.model import Detail, Overview
from counter.services import Counter

FORM = "gegevens_wijzigen_formulier"
OWN_SLOTS = ("gegevens_soort", "gegevens_waarde", "gegevens_akkoord")
# What people call each; the first that occurs decides, so that "mailadres" is no address.
WORDS: Mapping[Detail, re.Pattern[str]] = {
    Detail.EMAIL: re.compile(r"e-?mail|\bmail"),
    Detail.PHONE: re.compile(r"telefoon|mobiel|\b06\b|\bnummer|\btel\b"),
    Detail.POSTCODE: re.compile(r"postcode|verhuis|\badres|woonplaats|\bwoon\b"),
    Detail.NAME: re.compile(r"naam|\bheet\b"),
    Detail.AGE: re.compile(r"leeftijd|jarig|\bjaar\b|\boud\b"),
}


def detail_named(turn: Turn) -> Detail | None:
    """Return the detail a turn gives or speaks of."""
    if "onderdeel" in turn.entities:
        return next((detail for detail in Detail if detail == turn.entities["onderdeel"]), None)
    given = (detail for detail in Detail if detail.value in turn.entities)
    spoken = (detail for detail, words in WORDS.items() if words.search(turn.text.lower()))
    return next(given, None) or (None if turn.is_pressed else next(spoken, None))


def numbers_with(overview: Overview, detail: Detail, value: str) -> list[str]:
    """Return where this detail is used with another value."""
    return [
        known.number
        for known in overview.details
        if known.detail is detail and known.is_used and known.value != value
    ]


class ValidateCorrectionForm(RephrasingForm):
    """Asks which detail is wrong, what it should be, and whether to change it."""

    slots = OWN_SLOTS
    own_intents = RephrasingForm.own_intents | {"gegevens_wijzigen"}
    bare_answers = frozenset({"gegevens_soort", "gegevens_waarde"})
    free_text = frozenset({"gegevens_waarde"})

    def __init__(self, counter: Counter) -> None:
        self._people = counter.people

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask no agreement to a change that changes nothing."""
        del dispatcher, domain
        kind, value = tracker.get_slot("gegevens_soort"), tracker.get_slot("gegevens_waarde")
        if kind and value:
            overview = await self._people.overview(tracker.sender_id)
            if not numbers_with(overview, Detail(kind), value):
                return [slot for slot in domain_slots if slot != "gegevens_akkoord"]
        return domain_slots

    def extract_gegevens_soort(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the detail that is given or named; once one is asked, only a value changes it."""
        del dispatcher, domain
        turn = Turn.of(tracker)
        named = detail_named(turn)
        is_given = named is not None and (named.value in turn.entities or "onderdeel" in turn.entities)
        if self.requested(tracker) in {"gegevens_waarde", "gegevens_akkoord"} and not is_given:
            return {}
        return {} if named is None else {"gegevens_soort": named.value}

    def validate_gegevens_soort(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept one of the details; a button that names it asks for its value anew."""
        del dispatcher, domain
        if "onderdeel" in Turn.of(tracker).entities:
            return {"gegevens_soort": value, "gegevens_waarde": None, "onderdeel": None}
        return {"gegevens_soort": value}

    def extract_gegevens_waarde(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the value given, else the words when that is what was asked."""
        del dispatcher, domain
        turn = Turn.of(tracker)
        named = detail_named(turn)
        if named is not None and named.value in turn.entities:
            return {"gegevens_waarde": str(turn.entities[named.value])}
        return self.words_for("gegevens_waarde", tracker)

    def validate_gegevens_waarde(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept what a form would accept."""
        del dispatcher, domain
        kind = tracker.get_slot("gegevens_soort")
        return {"gegevens_waarde": parse(Detail(kind), str(value)) if kind and value else None}

    def extract_gegevens_akkoord(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take a yes or no; "nee, 06 12345678" is a new value instead."""
        del dispatcher, domain
        turn = Turn.of(tracker)
        answer = turn.yes_or_no
        named = detail_named(turn)
        is_new_value = named is not None and named.value in turn.entities
        if self.requested(tracker) != "gegevens_akkoord" or answer is None or is_new_value:
            return {}
        return {"gegevens_akkoord": answer}

    def validate_gegevens_akkoord(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept the yes or no; an old answer does not count for a new value."""
        del dispatcher, domain
        return {"gegevens_akkoord": value if self.requested(tracker) == "gegevens_akkoord" else None}

    def is_worth_repeating(self, asked: str, events: Events) -> bool:
        """Tell whether the value was corrected, so that the new one is shown with the same question."""
        return asked == "gegevens_akkoord" and any(
            event["name"] == "gegevens_waarde" and event["value"] for event in events
        )


class BeginCorrectionAction(CounterAction):
    """Starts a correction with a clean sheet."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gegevens_wijzigen_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Clear what was asked in an earlier one."""
        del domain
        if tracker.active_loop_name == FORM:
            return []
        tell_interruption(dispatcher, tracker)
        return [SlotSet(slot) for slot in OWN_SLOTS]


class AskValueAction(Action):
    """Asks for the new value, in the words of that detail."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_gegevens_waarde"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask."""
        del domain
        dispatcher.utter_message(response=f"utter_gegevens_vraag_{tracker.slots['gegevens_soort']}")
        return []


class AskAgreementAction(CounterAction):
    """Shows what will change and where, and asks whether it should."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_gegevens_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; the change itself is not shown twice to somebody who has just seen it."""
        del domain
        detail, value = Detail(tracker.slots["gegevens_soort"]), tracker.slots["gegevens_waarde"]
        if tracker.get_slot("herhaling") is None:
            overview = await self.counter.people.overview(tracker.sender_id)
            before = (old for old in overview.values(detail, is_used=True) if old != value)
            dispatcher.utter_message(
                response="utter_gegevens_samenvatting",
                soort=detail.value,
                oud=", ".join(readable(detail, old) for old in before),
                nieuw=readable(detail, value),
                waar=", ".join(numbers_with(overview, detail, value)),
            )
        dispatcher.utter_message(response="utter_gegevens_akkoord", nieuw=readable(detail, value))
        return []


class CorrectAction(CounterAction):
    """Changes the detail wherever it is used, and in this conversation."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gegevens_wijzigen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Change it, or leave it as it was."""
        del domain
        done: Events = [SlotSet(slot) for slot in OWN_SLOTS]
        if tracker.get_slot("gegevens_akkoord") is False:
            dispatcher.utter_message(response="utter_gegevens_niet_gewijzigd")
            return done
        detail, value = Detail(tracker.slots["gegevens_soort"]), tracker.slots["gegevens_waarde"]
        numbers = await self.counter.people.correct(tracker.sender_id, detail, value)
        dispatcher.utter_message(
            response="utter_gegevens_gewijzigd" if numbers else "utter_gegevens_nergens_anders",
            soort=detail.value,
            nieuw=readable(detail, value),
            waar=", ".join(numbers),
        )
        return [*done, *self._remembered(tracker, detail, value)]

    def _remembered(self, tracker: Tracker, detail: Detail, value: str) -> Events:
        """Return the slots that hold this detail for the next form."""
        slots: dict[str, Any] = {detail.value: int(value) if detail is Detail.AGE else value}
        if detail in {Detail.PHONE, Detail.EMAIL} and tracker.get_slot("contact"):
            slots["contact"] = value
        if detail is Detail.POSTCODE and (place := self.counter.gazetteer.by_postcode(value)):
            slots["plaats"] = place.name
        return [SlotSet(slot, remembered) for slot, remembered in slots.items()]
