"""To a person without a word of explanation: who is in need, and who speaks another language."""

from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.languages import language_asked
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.referrals.model import OpenReferral, Reason


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
