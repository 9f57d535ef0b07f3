"""Afterwards: did the coach help? One press, and one sentence for who wants to."""

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import RephrasingForm
from bot.actions.forms import Slots
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.receipts import normalise_number
from counter.referrals.model import Helped, UnknownReferralError
from counter.services import Counter

FORM = "coach_beoordelen_formulier"
NUMBER, VERDICT, COMMENT = "coach_nummer", "coach_oordeel", "coach_toelichting"
NOTHING_MORE = ""


class RateAction(CounterAction):
    """Keeps how well somebody says they were helped; another press takes the place of the first."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_beoordelen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Keep it and thank for it."""
        del domain
        turn = Turn.of(tracker)
        number, verdict = (
            normalise_number(str(turn.entities.get("aanvraagnummer"))),
            turn.entities.get("oordeel"),
        )
        is_kept = await keep(self.counter, turn.conversation_id, number, verdict)
        dispatcher.utter_message(response="utter_coach_beoordeeld" if is_kept else "utter_coach_status_geen")
        # With nothing rated there is nothing to explain: the form ends before it asks.
        return [
            SlotSet(NUMBER, number if is_kept else None),
            SlotSet(VERDICT, verdict),
            SlotSet(COMMENT, None if is_kept else NOTHING_MORE),
        ]


class ValidateRatingForm(RephrasingForm):
    """Asks once for a sentence about the help; whoever talks of something else is not asked again."""

    slots = (COMMENT,)
    free_text = frozenset(slots)
    # What is said of a coach sounds like praise, thanks or a complaint.
    own_intents = RephrasingForm.own_intents | {"compliment_geven", "bedanken", "klacht_uiten"}

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask nothing any more after something else was answered."""
        del dispatcher, domain
        was_asked = tracker.active_loop_name == FORM and tracker.get_slot("requested_slot") == COMMENT
        return [] if was_asked and not self.is_asked(tracker) else domain_slots

    def extract_coach_toelichting(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take any words; a no is an answer too."""
        del dispatcher, domain
        if self.is_skipped(COMMENT, tracker):
            return {COMMENT: NOTHING_MORE}
        return self.words_for(COMMENT, tracker)


class KeepCommentAction(CounterAction):
    """Keeps the sentence with the rating."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_coach_toelichting_bewaren"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Keep it, when there is one; who was answered something else meanwhile hears no more of it."""
        del domain
        number, comment = tracker.get_slot(NUMBER), tracker.get_slot(COMMENT)
        if number is not None and comment:
            await keep(self.counter, tracker.sender_id, number, tracker.get_slot(VERDICT), comment=comment)
            dispatcher.utter_message(response="utter_coach_toelichting_bewaard")
        elif number is not None and comment == NOTHING_MORE:
            dispatcher.utter_message(response="utter_coach_beoordelen_klaar")
        return [SlotSet(slot, None) for slot in (NUMBER, VERDICT, COMMENT)]


async def keep(
    counter: Counter,
    conversation_id: str,
    number: str | None,
    verdict: str | None,
    *,
    comment: str | None = None,
) -> bool:
    """Keep a rating; returns whether it was one, of this person's own help."""
    if number is None or verdict not in set(Helped):
        return False
    try:
        await counter.referrals.rate(number, conversation_id, Helped(verdict), comment=comment)
    except UnknownReferralError:
        return False
    return True


def actions(counter: Counter) -> list[Action]:
    """Build this room's actions."""
    return [RateAction(counter), ValidateRatingForm(), KeepCommentAction(counter)]
