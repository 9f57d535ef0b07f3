"""A place that came free: take it, or leave it to the next in line."""

import re

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.asking import is_resumed
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.calendar import local_date
from counter.conversations.model import Content
from counter.open_hiring.model import (
    Introduction,
    NotOfferedError,
    QueuePlace,
    SignUpState,
    UnknownPlaceError,
)
from counter.people.contact import parse_email, parse_phone
from counter.receipts import normalise_number
from counter.services import Counter

RESPONSE_WHEN_NOT_OFFERED = {
    SignUpState.ACCEPTED: "utter_open_hiring_plek_al_aangenomen",
    SignUpState.STARTED: "utter_open_hiring_plek_al_aangenomen",
    SignUpState.PASSED: "utter_open_hiring_plek_al_doorgegeven",
    SignUpState.EXPIRED: "utter_open_hiring_plek_te_laat",
}
_ANSWER = re.compile(r'/open_hiring_plek_(aannemen|doorgeven)\{"aanvraagnummer":"([^"]+)"\}')


async def begin_taking(counter: Counter, dispatcher: Dispatcher, conversation_id: str, number: str) -> Events:
    """Ask who comes, now that a place is theirs; or say why it cannot be."""
    try:
        await counter.open_hiring.offered_place(number, conversation_id)
    except NotOfferedError as error:
        _say_not_offered(dispatcher, error.place)
    except UnknownPlaceError:
        # Somebody else's number: nothing about it is told.
        dispatcher.utter_message(response="utter_open_hiring_geen_aanbod")
    else:
        dispatcher.utter_message(response="utter_open_hiring_aannemen_beginnen")
        return [
            SlotSet("open_hiring_aanbod", number),
            SlotSet("open_hiring_aannemen_akkoord"),
            FollowupAction("open_hiring_aannemen_formulier"),
        ]
    return []


async def pass_place_on(counter: Counter, dispatcher: Dispatcher, conversation_id: str, number: str) -> None:
    """Leave the place to the next in line."""
    try:
        place = await counter.open_hiring.pass_on(number, conversation_id)
    except NotOfferedError as error:
        _say_not_offered(dispatcher, error.place)
    except UnknownPlaceError:
        dispatcher.utter_message(response="utter_open_hiring_geen_aanbod")
    else:
        dispatcher.utter_message(response="utter_open_hiring_plek_doorgegeven", titel=place.job.title)


def _say_not_offered(dispatcher: Dispatcher, place: QueuePlace) -> None:
    response = RESPONSE_WHEN_NOT_OFFERED.get(place.state, "utter_open_hiring_geen_aanbod")
    dispatcher.utter_message(response=response, titel=place.job.title, nummer=place.number)


async def answer_bare_yes_or_no(counter: Counter, dispatcher: Dispatcher, turn: Turn) -> Events | None:
    """Take a bare yes or no for an answer to an offer, when that is what was said last; None when it was not.

    Rasa knows nothing of what the counter tells of its own accord, so the conversation itself is asked.
    """
    if turn.yes_or_no is None:
        return None
    said = await counter.conversations.said_before(turn.conversation_id, turn.message_id)
    answers = [] if said is None else _answers_offered(said)
    if not answers:
        return None
    # The first button says yes to the question, the second no.
    answer, number = answers[0 if turn.yes_or_no else -1]
    if answer == "aannemen":
        return await begin_taking(counter, dispatcher, turn.conversation_id, number)
    await pass_place_on(counter, dispatcher, turn.conversation_id, number)
    return []


def _answers_offered(said: Content) -> list[tuple[str, str]]:
    buttons = [*said.buttons, *(button for card in said.cards for button in card.get("buttons", ()))]
    found = (_ANSWER.fullmatch(button["payload"]) for button in buttons)
    return [(match[1], match[2]) for match in found if match]


class OfferAction(CounterAction):
    """An action about a place that is offered."""

    async def number_meant(self, turn: Turn) -> str | None:
        """Return the number given, else that of the place that is offered to this person."""
        if number := normalise_number(str(turn.entities.get("aanvraagnummer", ""))):
            return number
        places = await self.counter.open_hiring.places_of(turn.conversation_id)
        return next((place.number for place in places if place.state is SignUpState.OFFERED), None)


class AcceptPlaceAction(OfferAction):
    """Begins to take the place that is offered."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_plek_aannemen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask what the employer has to know."""
        del domain
        turn = Turn.of(tracker)
        number = await self.number_meant(turn)
        if number is None:
            dispatcher.utter_message(response="utter_open_hiring_geen_aanbod")
            return []
        return await begin_taking(self.counter, dispatcher, turn.conversation_id, number)


class AskSharingAction(CounterAction):
    """Shows what the employer will know, and asks whether that is right."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_open_hiring_aannemen_formulier_open_hiring_aannemen_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; the summary itself is not repeated to somebody who has just seen it."""
        del domain
        place = await self.counter.open_hiring.place_by_number(tracker.slots["open_hiring_aanbod"])
        employer = place.job.employer if place else ""
        if tracker.get_slot("herhaling") is None and not is_resumed(tracker):
            dispatcher.utter_message(response="utter_open_hiring_aannemen_samenvatting", werkgever=employer)
        dispatcher.utter_message(response="utter_open_hiring_aannemen_klopt_dit", werkgever=employer)
        return []


class TakePlaceAction(CounterAction):
    """Takes the place, and lets the employer know who comes."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_plek_nemen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Take it, with the words in which the person was asked; or say why it cannot be."""
        del domain
        turn, slots, counter = Turn.of(tracker), tracker.slots, self.counter
        asked = await counter.conversations.said_before(turn.conversation_id, turn.message_id)
        introduction = Introduction(
            name=slots["naam"],
            phone=parse_phone(slots["contact"]),
            email=parse_email(slots["contact"]),
            consent=asked.text if asked else "",
        )
        try:
            place = await counter.open_hiring.accept(
                slots["open_hiring_aanbod"], turn.conversation_id, introduction
            )
        except NotOfferedError as error:
            _say_not_offered(dispatcher, error.place)
        else:
            dispatcher.utter_message(
                response="utter_open_hiring_plek_aangenomen",
                titel=place.job.title,
                werkgever=place.job.employer,
                nummer=place.number,
            )
        return [SlotSet(slot) for slot in ("open_hiring_aanbod", "open_hiring_aannemen_akkoord", "onderdeel")]


class PassPlaceOnAction(OfferAction):
    """Leaves the place that is offered to the next in line."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_plek_doorgeven"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Pass it on; of words that only sound like it Noor first asks whether they mean it."""
        del domain
        turn = Turn.of(tracker)
        number = await self.number_meant(turn)
        if number is None:
            dispatcher.utter_message(response="utter_open_hiring_geen_aanbod")
        elif turn.is_pressed:
            await pass_place_on(self.counter, dispatcher, turn.conversation_id, number)
        else:
            dispatcher.utter_message(response="utter_open_hiring_plek_zeker", nummer=number)
        return []


def answer_day(place: QueuePlace) -> str:
    """Return the last day on which an offered place can be taken."""
    return written(local_date(place.answer_before)) if place.answer_before else ""
