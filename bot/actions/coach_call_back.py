"""Being called back: choose a moment, give a number, change the moment, or be called as soon as possible."""

from datetime import date, datetime, timedelta

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import RephrasingForm, tell_interruption
from bot.actions.coach_moments import (
    AS_SOON_AS_POSSIBLE,
    SHOWN_MOMENTS,
    as_buttons,
    moment_meant,
    moments_after,
    moments_on,
    names_a_time,
)
from bot.actions.coach_waiting import open_of, remember_region
from bot.actions.forms import Slots
from bot.actions.loket import region_called, region_of
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.opening.model import Period
from counter.opening.wording import period_in_words
from counter.people.contact import parse_phone
from counter.referrals.model import OpenReferral, Reason, ReferralReceipt, Slot
from counter.referrals.states import StepNotPossibleError
from counter.services import Counter

FORM = "coach_terugbellen_formulier"
MOMENT, PHONE = "coach_moment", "telefoon"
CALL_LENGTH = timedelta(hours=1)


class BeginCallBackAction(CounterAction):
    """Opens the form for being called back; an earlier choice does not count for it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_terugbellen_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Tell what happens to what was going on; moments are those of the region asked from before."""
        del domain
        if tracker.active_loop_name == FORM:
            return []
        tell_interruption(dispatcher, tracker)
        asked = await open_of(self.counter, tracker.sender_id)
        region = None if asked is None else region_called(asked.region)
        return [SlotSet(MOMENT, None), SlotSet(SHOWN_MOMENTS, None), *remember_region(region)]


class ValidateCallBackForm(RephrasingForm):
    """Asks when a coach may call, and on which number when none is known."""

    slots = (MOMENT, PHONE)
    bare_answers = frozenset(slots)
    own_intents = RephrasingForm.own_intents | {"coach_terugbellen", "gegevens_wijzigen"}

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take a day or an hour as an answer: "bel me dinsdag" also asks for a person."""
        is_time = turn.intent != "in_nood" and names_a_time(turn)
        return is_time or super().is_answer(turn, tracker)

    def extract_coach_moment(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the moment that was pressed, or that somebody points at or names."""
        del dispatcher, domain
        region, now = region_of(self._counter.gazetteer, tracker), self._counter.clock()
        shown = tracker.get_slot(SHOWN_MOMENTS) or []
        start = moment_meant(self._counter.opening, region, Turn.of(tracker), shown, now)
        return {} if start is None else {MOMENT: start}

    def validate_coach_moment(
        self, value: str | None, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a moment at which a coach can still call."""
        del domain
        if value in {None, AS_SOON_AS_POSSIBLE}:
            return {MOMENT: value}
        if can_be_called(self._counter, tracker, str(value)):
            return {MOMENT: value}
        dispatcher.utter_message(response="utter_coach_moment_voorbij")
        return {MOMENT: None}

    def extract_telefoon(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the number just given, else the one known, else the words to check."""
        del dispatcher, domain
        if given := Turn.of(tracker).entities.get(PHONE):
            return {PHONE: given}
        known = parse_phone(tracker.get_slot("contact") or "")
        if tracker.get_slot(PHONE) is None and known:
            return {PHONE: known}
        return self.words_for(PHONE, tracker)

    def validate_telefoon(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a telephone number."""
        del tracker, domain
        phone = parse_phone(str(value or ""))
        if phone is None:
            dispatcher.utter_message(response="utter_coach_telefoon_ongeldig")
        return {PHONE: phone}


class AskMomentAction(CounterAction):
    """Asks when a coach may call; of a day that was named it shows the moments."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_{MOMENT}"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask, with a button for each moment."""
        del domain
        region, now = region_of(self.counter.gazetteer, tracker), self.counter.clock()
        opening, entities = self.counter.opening, Turn.of(tracker).entities
        if "vanaf" in entities:
            moments = moments_after(opening, region, datetime.fromisoformat(entities["vanaf"]), now)
        elif "datum" in entities:
            moments = moments_on(opening, region, date.fromisoformat(entities["datum"]), now)
        else:
            moments = moments_after(opening, region, now, now)
        dispatcher.utter_message(response="utter_coach_vraag_moment", buttons=as_buttons(moments, now))
        return [SlotSet(SHOWN_MOMENTS, [moment.start.isoformat() for moment in moments])]


class PlanCallBackAction(CounterAction):
    """Puts the agreed moment with the person's request, which is made when there is none."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_terugbellen_vastleggen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Plan it and hand over the receipt; a moment that passed meanwhile is chosen anew."""
        del domain
        chosen_moment, phone = str(tracker.get_slot(MOMENT)), str(tracker.get_slot(PHONE))
        if chosen_moment != AS_SOON_AS_POSSIBLE and not can_be_called(self.counter, tracker, chosen_moment):
            dispatcher.utter_message(response="utter_coach_moment_voorbij")
            return [SlotSet(MOMENT, None), FollowupAction(FORM)]
        try:
            if chosen_moment == AS_SOON_AS_POSSIBLE:
                receipt = await self._request(tracker, phone)
                dispatcher.utter_message(
                    response="utter_coach_nummer_genoteerd", nummer=receipt.number, nummer_om_te_bellen=phone
                )
            else:
                await self._plan(dispatcher, tracker, period_from(chosen_moment), phone)
        except StepNotPossibleError:
            dispatcher.utter_message(response="utter_coach_terugbellen_met_coach")
        return [SlotSet(MOMENT, None), SlotSet(SHOWN_MOMENTS, None)]

    async def _plan(self, dispatcher: Dispatcher, tracker: Tracker, moment: Period, phone: str) -> None:
        receipt = await open_of(self.counter, tracker.sender_id) or await self._request(tracker, phone)
        planned = await self.counter.referrals.plan_call_back(
            receipt.number, tracker.sender_id, Slot(start=moment.start, end=moment.end), phone=phone
        )
        dispatcher.utter_message(
            response="utter_coach_terugbellen_ontvangst",
            nummer=planned.number,
            wanneer=period_in_words(moment, self.counter.clock()),
            nummer_om_te_bellen=phone,
        )

    async def _request(self, tracker: Tracker, phone: str) -> ReferralReceipt:
        """Open a request, or add the number to the one that is open; the place in line stays."""
        turn, region = Turn.of(tracker), region_of(self.counter.gazetteer, tracker)
        return await self.counter.referrals.open(
            OpenReferral(
                conversation_id=turn.conversation_id,
                message_id=turn.message_id,
                reason=Reason.ASKED,
                region=None if region is None else region.value,
                name=tracker.get_slot("naam"),
                phone=phone,
            )
        )


def can_be_called(counter: Counter, tracker: Tracker, start: str) -> bool:
    """Tell whether a coach can still call in the hour from this moment on."""
    region = region_of(counter.gazetteer, tracker)
    return counter.opening.is_call_back_slot(region, period_from(start), counter.clock())


def period_from(start: str) -> Period:
    """Return the hour from this moment on."""
    moment = datetime.fromisoformat(start)
    return Period(start=moment, end=moment + CALL_LENGTH)


def actions(counter: Counter) -> list[Action]:
    """Build this room's actions."""
    needing = (BeginCallBackAction, ValidateCallBackForm, AskMomentAction, PlanCallBackAction)
    return [action(counter) for action in needing]
