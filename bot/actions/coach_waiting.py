"""Waiting for a coach: what somebody can expect, where they stand, who has them, and leaving."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.coach_moments import SHOWN_MOMENTS, as_buttons, moments_after, names_a_time
from bot.actions.loket import region_called, region_of
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, said_last, written
from counter.opening.model import Period
from counter.opening.waiting import Situation
from counter.opening.wording import moment_in_words, period_in_words, wait_in_words
from counter.places.model import Region
from counter.receipts import normalise_number
from counter.referrals.model import ReferralReceipt, UnknownReferralError
from counter.referrals.states import ReferralState
from counter.services import Counter

MOMENTS_OFFERED = frozenset({"utter_coach_niemand_vrij", "utter_coach_dicht"})
RESPONSE_OF: Mapping[ReferralState, str] = {
    ReferralState.OFFERED: "utter_coach_status_gevraagd",
    ReferralState.WITH_COACH: "utter_coach_status_bij_coach",
    ReferralState.HANDED_BACK: "utter_coach_status_komt_terug",
}


async def tell_place(
    counter: Counter, dispatcher: Dispatcher, tracker: Tracker, receipt: ReferralReceipt, *, response: str
) -> Events:
    """Show a receipt with its place in line, and what to expect: a coach, none now, or a closed counter."""
    region = region_called(receipt.region) or region_of(counter.gazetteer, tracker)
    prospect = await counter.prospects.of(region, receipt.position)
    wait = "" if prospect.wait_minutes is None else wait_in_words(prospect.wait_minutes)
    # What has no value is left out of the card.
    dispatcher.utter_message(
        response=response,
        nummer=receipt.number,
        plek="" if receipt.position is None else str(receipt.position),
        wachttijd=wait,
        datum=written(receipt.answer_before),
    )
    if receipt.position is None:
        return []
    if prospect.situation is Situation.COACH_PRESENT:
        dispatcher.utter_message(response="utter_coach_er_zo", nummer=receipt.number)
        return []
    is_closed = prospect.situation is Situation.CLOSED
    return _offer_moments(
        counter,
        dispatcher,
        region,
        response="utter_coach_dicht" if is_closed else "utter_coach_niemand_vrij",
        opens_at=prospect.opens_at,
    )


def _offer_moments(
    counter: Counter, dispatcher: Dispatcher, region: Region | None, *, response: str, opens_at: datetime
) -> Events:
    """Show moments to be called, and the counter to visit; what was shown is remembered for "de tweede"."""
    now, office = counter.clock(), counter.opening.office(region)
    moments = moments_after(counter.opening, region, now, now)
    dispatcher.utter_message(
        response=response,
        buttons=as_buttons(moments, now),
        weer_open=moment_in_words(opens_at, now),
        loket_naam=office.name,
        loket_adres=office.address,
        loket_telefoon=office.phone,
    )
    shown = [moment.start.isoformat() for moment in moments]
    return [SlotSet(SHOWN_MOMENTS, shown), *remember_region(region)]


def remember_region(region: Region | None) -> Events:
    """Let the moments that are offered next be those of this region's counter."""
    return [] if region is None else [SlotSet("coach_regio", region.value)]


def is_about_moments(tracker: Tracker) -> bool:
    """Tell whether somebody types when to call, right after the moments were shown."""
    return said_last(tracker) in MOMENTS_OFFERED and names_a_time(Turn.of(tracker))


class ShowStatusAction(CounterAction):
    """Shows where a request stands: the one whose number is given, else the person's latest."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_status_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show it; who has a coach hears who that is."""
        del domain
        receipt = await receipt_meant(self.counter, Turn.of(tracker))
        if receipt is None:
            dispatcher.utter_message(response="utter_coach_status_geen")
        elif receipt.state is ReferralState.CANCELLED:
            dispatcher.utter_message(response="utter_coach_status_afgezegd", nummer=receipt.number)
        elif not receipt.is_open:
            dispatcher.utter_message(response="utter_coach_status_klaar", nummer=receipt.number)
        elif receipt.state is ReferralState.WAITING:
            return await tell_place(self.counter, dispatcher, tracker, receipt, response="utter_coach_status")
        elif receipt.call_back is not None:
            moment = Period(start=receipt.call_back.start, end=receipt.call_back.end)
            self._tell_call_back(dispatcher, receipt.number, moment)
        else:
            response = RESPONSE_OF[receipt.state] if receipt.coach else "utter_coach_status_loopt"
            dispatcher.utter_message(response=response, nummer=receipt.number, coach_naam=receipt.coach)
        return []

    def _tell_call_back(self, dispatcher: Dispatcher, number: str, moment: Period) -> None:
        dispatcher.utter_message(
            response="utter_coach_status_terugbellen",
            nummer=number,
            wanneer=period_in_words(moment, self.counter.clock()),
        )


class CancelAction(CounterAction):
    """Takes the person's request back."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_annuleren"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Cancel it."""
        del domain
        turn = Turn.of(tracker)
        receipt = await receipt_meant(self.counter, turn)
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


async def open_of(counter: Counter, conversation_id: str) -> ReferralReceipt | None:
    """Return the request this person has open, or None."""
    receipts = await counter.referrals.of_person(conversation_id)
    return next((receipt for receipt in receipts if receipt.is_open), None)


async def receipt_meant(counter: Counter, turn: Turn) -> ReferralReceipt | None:
    """Return the request whose number is given, else the open one, else the latest.

    Who only has the number of another's request learns where it stands, and not who helps them or when.
    """
    own = await counter.referrals.of_person(turn.conversation_id)
    number = normalise_number(str(turn.entities.get("aanvraagnummer", "")))
    if number is None:
        return next((receipt for receipt in own if receipt.is_open), next(iter(own), None))
    if receipt := next((receipt for receipt in own if receipt.number == number), None):
        return receipt
    found = await counter.referrals.by_number(number)
    return None if found is None else replace(found, coach=None, call_back=None, region=None)
