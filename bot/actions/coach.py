"""To a person: ask for one; what happens next stands in the rooms beside this one."""

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions import coach_call_back, coach_rating
from bot.actions.coach_form import FORM, AskConsentAction, ValidateCoachForm, can_be_helped_here
from bot.actions.coach_need import CallForHelpAction, RecogniseLanguageAction
from bot.actions.coach_waiting import CancelAction, ShowStatusAction, open_of, tell_place
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter

# What the form asked for this one request; name and contact stay for the next.
OWN_SLOTS = ("coach_onderwerp", "coach_reden", "coach_akkoord")


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
        asked = await open_of(self.counter, turn.conversation_id)
        if asked is None:
            is_helped_here = await can_be_helped_here(self.counter, tracker)
            dispatcher.utter_message(
                response="utter_coach_beginnen_hier" if is_helped_here else "utter_coach_beginnen"
            )
        elif asked.position is None:
            dispatcher.utter_message(response="utter_coach_loopt_al", nummer=asked.number)
        else:
            dispatcher.utter_message(
                response="utter_coach_wacht_al", nummer=asked.number, plek=asked.position
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
        """Open the referral, hand over its receipt, and say what to expect now."""
        del domain
        turn = Turn.of(tracker)
        contact: str = tracker.get_slot("contact") or ""
        receipt = await self.counter.referrals.open(
            OpenReferral(
                conversation_id=turn.conversation_id,
                message_id=turn.message_id,
                reason=reason_of(tracker.get_slot("coach_reden")),
                topic=tracker.get_slot("coach_onderwerp"),
                region=tracker.get_slot("coach_regio"),
                name=tracker.get_slot("naam"),
                phone=contact if contact and "@" not in contact else None,
                email=contact if "@" in contact else None,
            )
        )
        told = await tell_place(self.counter, dispatcher, tracker, receipt, response="utter_coach_ontvangst")
        return [*(SlotSet(slot, None) for slot in OWN_SLOTS), *told]


def reason_of(value: str | None) -> Reason:
    """Return the reason a button gave; `asked` when there was none or it is unknown."""
    return Reason(value) if value in list(Reason) else Reason.ASKED


def actions(counter: Counter) -> list[Action]:
    """Build this capability's actions."""
    needing = (BeginAction, SignUpAction, AskConsentAction, ShowStatusAction, CancelAction, CallForHelpAction)
    return [
        ValidateCoachForm(counter),
        RecogniseLanguageAction(),
        *(action(counter) for action in needing),
        *coach_call_back.actions(counter),
        *coach_rating.actions(counter),
    ]
