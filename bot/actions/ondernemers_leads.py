"""What a firm asks becomes a lead for an adviser: offer, begin, ask, sum up, submit."""

from datetime import date

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.asking import tell_interruption
from bot.actions.coach_waiting import open_of
from bot.actions.ondernemers_forms import (
    SIDES,
    TOPIC_OF_INTENT,
    as_need,
    employer_of,
    need_told,
    told_in_passing,
    topic_said,
)
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.employers.model import NEEDS_NO_EMPLOYER, Employer, LeadTopic
from counter.initiatives.model import UnknownInitiativeError
from counter.people.contact import parse_email, parse_phone
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region
from counter.referrals.model import Lead, OpenReferral, Reason
from counter.services import Counter

FORM = "ondernemers_formulier"
# The firm, the name and the contact stay: they are not asked twice in one conversation.
ANSWERS_OF_ONE_LEAD = (
    "ondernemers_onderwerp",
    "ondernemers_keuze",
    "ondernemers_behoefte",
    "ondernemers_aantal",
    "ondernemers_wanneer",
    "ondernemers_plaats",
    "ondernemers_akkoord",
    "onderdeel",
)
INTRODUCTIONS = {
    "personeel_uitlenen": "utter_ondernemers_personeel_uitlenen",
    "hybride_docent": "utter_ondernemers_hybride_docent",
}
OFFERS = {
    "personeel_zoeken": "utter_ondernemers_personeel_zoeken",
    "personeel_scholen": "utter_ondernemers_personeel_scholen",
}


async def known_employer(counter: Counter, tracker: Tracker) -> Events:
    """Return what this person told of their firm in an earlier conversation, if not in this one."""
    if tracker.get_slot("kvk_nummer") is not None:
        return []
    employer = await counter.employers.of_person(tracker.sender_id)
    if employer is None:
        return []
    return [SlotSet("kvk_nummer", employer.kvk_number or ""), SlotSet("bedrijf", employer.name)]


def employer_asked(tracker: Tracker) -> Employer | None:
    """Return the firm that asks; None where people ask for themselves, also when their firm is known."""
    topic = tracker.get_slot("ondernemers_onderwerp")
    return None if topic in NEEDS_NO_EMPLOYER else employer_of(tracker)


def region_of(gazetteer: Gazetteer, where: str | None) -> str | None:
    """Return the region of a place, or the region that was named itself."""
    if where in set(Region):
        return where
    place = gazetteer.find(where) if where else None
    return place.region.value if place else None


def is_set_aside(tracker: Tracker) -> bool:
    """Tell whether a lead was begun and not submitted."""
    for event in reversed(tracker.events):
        if event.get("name") == "action_ondernemers_indienen":
            return False
        if event["event"] == "active_loop" and event["name"] == FORM:
            return True
    return False


async def begin_lead(
    counter: Counter, dispatcher: Dispatcher, tracker: Tracker, topic: LeadTopic | None, need: str | None
) -> Events:
    """Start a lead, or go on with the one about this topic; a new need replaces the one that was told."""
    turn, earlier = Turn.of(tracker), tracker.get_slot("ondernemers_onderwerp")
    question = turn.intent if turn.intent in SIDES else None
    is_same = topic == earlier if topic else question == tracker.get_slot("ondernemers_keuze")
    if tracker.active_loop_name == FORM and is_same:
        return []
    if tracker.active_loop_name != FORM:
        tell_interruption(dispatcher, tracker)
    if is_same and is_set_aside(tracker):
        dispatcher.utter_message(response="utter_ondernemers_verder")
    else:
        dispatcher.utter_message(response=INTRODUCTIONS.get(turn.intent, "utter_ondernemers_beginnen"))
    told: dict[str, object] = {} if is_same else dict.fromkeys(ANSWERS_OF_ONE_LEAD)
    told |= {
        "ondernemers_onderwerp": topic.value if topic else (earlier if is_same else None),
        "ondernemers_keuze": question,
        "ondernemers_behoefte": need or (tracker.get_slot("ondernemers_behoefte") if is_same else None),
    }
    return [
        *await known_employer(counter, tracker),
        *(SlotSet(slot, value) for slot, value in told.items()),
        *told_in_passing(turn),
    ]


class OfferAction(CounterAction):
    """Offers two ways to find or to train people, and keeps what was told."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_aanbieden"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Offer them; a lead that is under way is left alone."""
        del domain
        turn = Turn.of(tracker)
        subject = await self._subject(turn)
        if subject is None:
            dispatcher.utter_message(response=OFFERS[turn.intent])
        else:
            dispatcher.utter_message(response="utter_ondernemers_personeel_scholen_vak", vak=subject)
        if tracker.active_loop_name == FORM:
            return []
        told = dict.fromkeys(ANSWERS_OF_ONE_LEAD) | {
            "ondernemers_onderwerp": TOPIC_OF_INTENT[turn.intent].value,
            "ondernemers_behoefte": need_told(turn),
        }
        return [*(SlotSet(slot, value) for slot, value in told.items()), *told_in_passing(turn)]

    async def _subject(self, turn: Turn) -> str | None:
        """Return what people must learn, when the sentence names it."""
        is_named = turn.intent == "personeel_scholen" and turn.entities.keys() & {"vaardigheid", "beroep"}
        return await self.counter.courses.topic_in(turn.text) if is_named else None


class BeginAction(CounterAction):
    """Starts a lead, or goes on with the one that was set aside."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Begin with what the sentence or the button tells, and with the firm that is known."""
        del domain
        turn = Turn.of(tracker)
        topic = topic_said(turn, None)
        need = await self._found(tracker, topic) or need_told(turn)
        return await begin_lead(self.counter, dispatcher, tracker, topic, need)

    async def _found(self, tracker: Tracker, topic: LeadTopic | None) -> str | None:
        """Return the initiative that was pointed at, and the question for which it was found."""
        if topic is None or topic != tracker.get_slot("ondernemers_zoekdoel"):
            return None
        question = tracker.get_slot("ondernemers_zoekvraag")
        try:
            initiative = await self.counter.initiatives.get(str(Turn.of(tracker).entities.get("initiatief")))
        except UnknownInitiativeError:
            return as_need(question or "")
        return as_need(f"{initiative.name}: {question}" if question else initiative.name)


class AskTopicAction(CounterAction):
    """Asks what a lead is about: one of two things, or one of all."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_ondernemers_formulier_ondernemers_onderwerp"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask."""
        del domain
        question = tracker.get_slot("ondernemers_keuze") or "alles"
        dispatcher.utter_message(response=f"utter_ondernemers_kies_{question}")
        return []


class AskNeedAction(CounterAction):
    """Asks what is needed, in the words of the topic."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_ondernemers_formulier_ondernemers_behoefte"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; in other words when the answer did not fit."""
        del domain
        if tracker.get_slot("herhaling") is None:
            topic = LeadTopic(tracker.slots["ondernemers_onderwerp"])
            dispatcher.utter_message(response=f"utter_ondernemers_vertel_{topic.name.lower()}")
        else:
            dispatcher.utter_message(response="utter_ondernemers_korter")
        return []


class AskAgreementAction(CounterAction):
    """Shows what will be sent, and asks whether it is right."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_ondernemers_formulier_ondernemers_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; the summary itself is not repeated to somebody who has just seen it."""
        del domain
        if tracker.get_slot("herhaling") is None:
            slots, start = tracker.slots, tracker.get_slot("ondernemers_wanneer")
            employer = employer_asked(tracker) or Employer()
            dispatcher.utter_message(
                response="utter_ondernemers_samenvatting",
                onderwerp=slots["ondernemers_onderwerp"],
                vraag=slots["ondernemers_behoefte"],
                aantal=tracker.get_slot("ondernemers_aantal") or "",
                vanaf=written(date.fromisoformat(start)) if start else "",
                waar=slots["ondernemers_plaats"],
                werkgever=employer.name or "",
                kvk=employer.kvk_number or "",
            )
        dispatcher.utter_message(response="utter_ondernemers_klopt_dit")
        return []


class SubmitAction(CounterAction):
    """Puts the lead in the queue."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_indienen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Open the referral and hand over its receipt; who asked before keeps the number."""
        del domain
        earlier = await open_of(self.counter, tracker.sender_id)
        receipt = await self.counter.referrals.open(self._command(tracker))
        is_joined = earlier is not None and earlier.number == receipt.number
        dispatcher.utter_message(
            response="utter_ondernemers_toegevoegd" if is_joined else "utter_ondernemers_ontvangen"
        )
        dispatcher.utter_message(
            response="utter_ondernemers_ontvangst_kaart",
            nummer=receipt.number,
            onderwerp=tracker.slots["ondernemers_onderwerp"],
            plek=receipt.position or "",
            antwoord=written(receipt.answer_before),
        )
        return [SlotSet(slot) for slot in ANSWERS_OF_ONE_LEAD]

    def _command(self, tracker: Tracker) -> OpenReferral:
        turn, slots = Turn.of(tracker), tracker.slots
        start, where = tracker.get_slot("ondernemers_wanneer"), slots["ondernemers_plaats"] or None
        return OpenReferral(
            conversation_id=turn.conversation_id,
            message_id=turn.message_id,
            reason=Reason.SME,
            topic=slots["ondernemers_onderwerp"],
            region=region_of(self.counter.gazetteer, where),
            name=slots["naam"],
            phone=parse_phone(slots["contact"]),
            email=parse_email(slots["contact"]),
            lead=Lead(
                need=slots["ondernemers_behoefte"],
                place=where,
                people=tracker.get_slot("ondernemers_aantal"),
                start=date.fromisoformat(start) if start else None,
                employer=employer_asked(tracker),
            ),
        )
