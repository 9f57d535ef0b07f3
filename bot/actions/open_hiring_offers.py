"""A place that came free: take it, or leave it to the next in line."""

import re

from rasa_sdk.interfaces import Tracker

from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.calendar import local_date
from counter.conversations.model import Content
from counter.open_hiring.model import NotOfferedError, QueuePlace, SignUpState, UnknownPlaceError
from counter.receipts import normalise_number
from counter.services import Counter

RESPONSE_WHEN_NOT_OFFERED = {
    SignUpState.ACCEPTED: "utter_open_hiring_plek_al_aangenomen",
    SignUpState.PASSED: "utter_open_hiring_plek_al_doorgegeven",
    SignUpState.EXPIRED: "utter_open_hiring_plek_te_laat",
}
_ANSWER = re.compile(r'/open_hiring_plek_(aannemen|doorgeven)\{"aanvraagnummer":"([^"]+)"\}')


async def accept_place(counter: Counter, dispatcher: Dispatcher, conversation_id: str, number: str) -> None:
    """Take the place, and say what happens next; or say why it cannot be."""
    try:
        place = await counter.open_hiring.accept(number, conversation_id)
    except NotOfferedError as error:
        _say_not_offered(dispatcher, error.place)
    except UnknownPlaceError:
        # Somebody else's number: nothing about it is told.
        dispatcher.utter_message(response="utter_open_hiring_geen_aanbod")
    else:
        dispatcher.utter_message(
            response="utter_open_hiring_plek_aangenomen",
            titel=place.job.title,
            werkgever=place.job.employer,
            nummer=place.number,
        )


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


async def answer_bare_yes_or_no(counter: Counter, dispatcher: Dispatcher, turn: Turn) -> bool:
    """Take a bare yes or no for an answer to an offer, when that is what was said last; tell whether it was.

    Rasa knows nothing of what the counter tells of its own accord, so the conversation itself is asked.
    """
    if turn.yes_or_no is None:
        return False
    said = await counter.conversations.said_before(turn.conversation_id, turn.message_id)
    answers = [] if said is None else _answers_offered(said)
    if not answers:
        return False
    # The first button says yes to the question, the second no.
    answer, number = answers[0 if turn.yes_or_no else -1]
    respond = accept_place if answer == "aannemen" else pass_place_on
    await respond(counter, dispatcher, turn.conversation_id, number)
    return True


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
    """Takes the place that is offered."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_plek_aannemen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Take it."""
        del domain
        turn = Turn.of(tracker)
        number = await self.number_meant(turn)
        if number is None:
            dispatcher.utter_message(response="utter_open_hiring_geen_aanbod")
        else:
            await accept_place(self.counter, dispatcher, turn.conversation_id, number)
        return []


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
