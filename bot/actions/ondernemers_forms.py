"""What counts as an answer when a firm asks something: what it needs, where, and which firm it is."""

import re
from typing import ClassVar

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.asking import AsksPlace, RephrasingForm, SummarisedForm
from bot.actions.forms import AsksContact, AsksName, ConfirmedForm, Slots
from bot.actions.results import chosen
from bot.actions.turn import Dispatcher, Domain, Events, Turn
from counter.employers.model import (
    NEEDS_NO_EMPLOYER,
    Employer,
    LeadTopic,
    parse_firm_name,
    parse_kvk_number,
)
from counter.places.model import Region

MAX_NEED_LENGTH = 300
MIN_NEED_LETTERS = 3

TOPIC_OF_INTENT = {
    "personeel_zoeken": LeadTopic.PERSONEEL_ZOEKEN,
    "personeel_scholen": LeadTopic.PERSONEEL_SCHOLEN,
    "innoveren_mkb": LeadTopic.VERNIEUWEN,
    "initiatief_zoeken": LeadTopic.INITIATIEF,
}
# Two things share an intent. These words tell which is meant; without them, or with both, Noor asks.
SIDES = {
    "personeel_uitlenen": {
        LeadTopic.PERSONEEL_UITLENEN: re.compile(
            r"\buit ?(?:te )?lenen?\b|\b(?:geen|te weinig|niet genoeg) werk\b|\bzit(?:ten)? stil\b"
            r"|\b(?:man|mensen|personeel|krachten) (?:over|te veel)\b"
        ),
        LeadTopic.PERSONEEL_INLENEN: re.compile(
            r"(?<!uit )(?<!uit te )\b(?:in ?(?:te )?)?lenen\b(?! aan)"
            r"|\b(?:te weinig|niet genoeg) (?:mensen|personeel|handen)\b|\btekort\b"
        ),
    },
    "hybride_docent": {
        LeadTopic.DOCENT_WORDEN: re.compile(
            r"^(?!.*\b(?:zoek|gezocht|nodig)).*\b(?:word(?:en)?|lesgeven|les(?:sen)? (?:te )?(?:mogen )?geven"
            r"|gastles\w*|voor de klas|doorgeven|overdragen|zelf)\b"
        ),
        LeadTopic.DOCENT_ZOEKEN: re.compile(r"\b(?:zoek|zoeken|zoekt|gezocht|nodig)\b"),
    },
}
# What shows that a sentence tells more than that somebody needs something.
TELLING = frozenset({"beroep", "sector", "vaardigheid", "aantal", "datum"})
# How many people and from which day: never asked, kept when told.
IN_PASSING = {"aantal": "ondernemers_aantal", "datum": "ondernemers_wanneer"}


def topic_said(turn: Turn, question: str | None) -> LeadTopic | None:
    """Return what a turn is about; `question` is the intent that left two things open, or None."""
    named = turn.entities.get("onderwerp")
    if named in set(LeadTopic):
        return LeadTopic(named)
    asked = SIDES.get(turn.intent) or SIDES.get(question or "") or {}
    if isinstance(choice := turn.entities.get("keuze"), int):
        topic = chosen(tuple(asked), choice)
        return LeadTopic(topic) if topic else None
    text = turn.text.lower()
    meant = [topic for topic, words in asked.items() if not turn.is_pressed and words.search(text)]
    return meant[0] if len(meant) == 1 else TOPIC_OF_INTENT.get(turn.intent)


def need_told(turn: Turn) -> str | None:
    """Return the sentence when it tells what is needed, so that it need not be told twice."""
    is_telling = not turn.is_pressed and TELLING & turn.entities.keys()
    return as_need(turn.text) if is_telling else None


def told_in_passing(turn: Turn) -> Events:
    """Return the number of people and the day that a turn names."""
    return [
        SlotSet(slot, turn.entities[entity]) for entity, slot in IN_PASSING.items() if entity in turn.entities
    ]


def as_need(text: str) -> str | None:
    """Return a short text with some words in it, or None."""
    need = " ".join(text.split())
    is_need = len(need) <= MAX_NEED_LENGTH and sum(map(str.isalpha, need)) >= MIN_NEED_LETTERS
    return need if is_need else None


def employer_of(tracker: Tracker) -> Employer | None:
    """Return the firm as far as it was told."""
    employer = Employer(
        kvk_number=tracker.get_slot("kvk_nummer") or None, name=tracker.get_slot("bedrijf") or None
    )
    return employer if employer.kvk_number or employer.name else None


class AsksEmployer(RephrasingForm):
    """A form that asks for which firm somebody speaks; an empty KVK number is one they do not know."""

    def extract_kvk_nummer(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the words, to be read as a number, unless one was recognised; not knowing it is fine."""
        del dispatcher, domain
        if "kvk_nummer" in Turn.of(tracker).entities:
            return {}
        if self.is_skipped("kvk_nummer", tracker):
            return {"kvk_nummer": ""}
        return self.words_for("kvk_nummer", tracker)

    def validate_kvk_nummer(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept eight digits, or not knowing them."""
        del dispatcher, tracker, domain
        return {"kvk_nummer": "" if value == "" else parse_kvk_number(str(value))}

    def extract_bedrijf(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the words as the firm's name."""
        del dispatcher, domain
        return self.words_for("bedrijf", tracker)

    def validate_bedrijf(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept what can be the name of a firm."""
        del dispatcher, tracker, domain
        return {"bedrijf": parse_firm_name(str(value))}


class ValidateLeadForm(SummarisedForm, AsksPlace, AsksEmployer, AsksName, AsksContact):
    """Asks what an adviser must know to call a firm back, and nothing that is known."""

    slots = (
        "ondernemers_onderwerp",
        "ondernemers_behoefte",
        "ondernemers_plaats",
        "kvk_nummer",
        "bedrijf",
        "naam",
        "contact",
        "ondernemers_akkoord",
        "onderdeel",
    )
    free_text = frozenset({"ondernemers_behoefte", "bedrijf"})
    bare_answers = frozenset({"ondernemers_onderwerp", "ondernemers_plaats", "kvk_nummer", "contact"})
    confirmation = "ondernemers_akkoord"
    items: ClassVar = {
        "onderwerp": ("ondernemers_onderwerp",),
        "vraag": ("ondernemers_behoefte", "ondernemers_aantal", "ondernemers_wanneer"),
        "plaats": ("ondernemers_plaats", "plaats", "regio", "postcode"),
        "bedrijf": ("kvk_nummer", "bedrijf"),
        "kvk": ("kvk_nummer", "bedrijf"),
        "naam": ("naam",),
        "contact": ("contact", "telefoon", "email"),
        "telefoon": ("contact", "telefoon", "email"),
        "mail": ("contact", "telefoon", "email"),
    }
    place_slot = "ondernemers_plaats"
    extract_ondernemers_akkoord = ConfirmedForm.extract_confirmation
    validate_ondernemers_akkoord = ConfirmedForm.validate_confirmation

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_ondernemers_formulier"

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take what names a topic as the topic when that was asked."""
        is_topic = self.requested(tracker) == "ondernemers_onderwerp" and (
            topic_said(turn, tracker.get_slot("ondernemers_keuze")) is not None
        )
        return is_topic or super().is_answer(turn, tracker)

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask no firm of who asks for themselves, and no name of a firm with a KVK number."""
        slots = await super().required_slots(domain_slots, dispatcher, tracker, domain)
        needless = set()
        if tracker.get_slot("ondernemers_onderwerp") in NEEDS_NO_EMPLOYER:
            needless = {"kvk_nummer", "bedrijf"}
        elif tracker.get_slot("kvk_nummer"):
            needless = {"bedrijf"}
        return [slot for slot in slots if slot not in needless]

    async def get_validation_events(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Keep what is told in passing with the need, or to correct it."""
        events = await super().get_validation_events(dispatcher, tracker, domain)
        is_meant = self.requested(tracker) in {"ondernemers_behoefte", self.confirmation, "onderdeel"}
        return [*events, *told_in_passing(Turn.of(tracker))] if is_meant else events

    def _changeable(self) -> set[str]:
        return super()._changeable() | IN_PASSING.keys()

    def extract_ondernemers_onderwerp(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take the topic that was asked, from a button or in words."""
        del dispatcher, domain
        if self.requested(tracker) != "ondernemers_onderwerp":
            return {}
        topic = topic_said(Turn.of(tracker), tracker.get_slot("ondernemers_keuze"))
        return {"ondernemers_onderwerp": topic.value} if topic else {}

    def validate_ondernemers_onderwerp(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept one of the topics."""
        del dispatcher, tracker, domain
        return {"ondernemers_onderwerp": value if value in set(LeadTopic) else None}

    def extract_ondernemers_behoefte(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the person's own words."""
        del dispatcher, domain
        return self.words_for("ondernemers_behoefte", tracker)

    def validate_ondernemers_behoefte(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a short text with some words in it."""
        del dispatcher, tracker, domain
        return {"ondernemers_behoefte": as_need(str(value or ""))}

    def extract_ondernemers_plaats(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the place or the region named now, or else earlier in the conversation."""
        entities = Turn.of(tracker).entities
        if "regio" in entities and "plaats" not in entities:
            return {self.place_slot: entities["regio"]}
        found = self.extract_place(dispatcher, tracker, domain)
        return {self.place_slot: tracker.get_slot("regio")} if found == {self.place_slot: None} else found

    def validate_ondernemers_plaats(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a region, a place we know, or somewhere else."""
        if value in set(Region):
            return {self.place_slot: value}
        return self.validate_place(value, dispatcher, tracker, domain)
