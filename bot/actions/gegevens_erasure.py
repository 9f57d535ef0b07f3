"""Erase everything: tell what goes and what stays, ask to be sure, and keep the wish."""

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.asking import RephrasingForm, tell_interruption
from bot.actions.forms import Slots
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.people.model import Subject
from counter.preservations.model import MustBeKeptError

FORM = "gegevens_wissen_formulier"
AGREEMENT = "gegevens_wissen_akkoord"


class ExplainErasureAction(CounterAction):
    """Tells what would be erased, and what must be kept and why."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gegevens_wissen_uitleggen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Tell; who has been awarded a voucher must know that it is lost.

        Whose data must be kept for a claim is told so, and is not asked.
        """
        del domain
        if tracker.active_loop_name == FORM:
            return []
        tell_interruption(dispatcher, tracker)
        conversation_id = Turn.of(tracker).conversation_id
        try:
            await self.counter.people.check_may_be_erased(conversation_id)
        except MustBeKeptError as error:
            _tell_what_stays(dispatcher, error)
            return [FollowupAction("action_listen")]
        overview = await self.counter.people.overview(conversation_id)
        counts = {subject: kept.count or "" for subject, kept in overview.kept.items()}
        dispatcher.utter_message(
            response="utter_gegevens_wissen_uitleg",
            gesprekken=overview.conversations,
            voucheraanvragen=counts[Subject.VOUCHERS],
            aanmeldingen=counts[Subject.OPEN_HIRING],
            coachvragen=counts[Subject.REFERRALS],
            paspoort=counts[Subject.PASSPORT],
            overige=counts[Subject.OTHER],
        )
        account = await self.counter.vouchers.account_of(conversation_id)
        if account.awarded:
            dispatcher.utter_message(response="utter_gegevens_wissen_voucher_weg")
        elif overview.is_anything_submitted:
            dispatcher.utter_message(response="utter_gegevens_wissen_blijft")
        else:
            dispatcher.utter_message(response="utter_gegevens_wissen_blijft_niets")
        return [SlotSet(AGREEMENT)]


class ValidateErasureForm(RephrasingForm):
    """Asks whether the person is sure."""

    slots = (AGREEMENT,)
    own_intents = RephrasingForm.own_intents | {"gegevens_verwijderen"}

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    def extract_gegevens_wissen_akkoord(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take a yes or no; nothing else ever erases."""
        del dispatcher, domain
        answer = Turn.of(tracker).yes_or_no
        is_asked = self.requested(tracker) == AGREEMENT
        return {AGREEMENT: answer} if is_asked and answer is not None else {}

    def validate_gegevens_wissen_akkoord(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept the yes or no."""
        del dispatcher, tracker, domain
        return {AGREEMENT: value}


class EraseAction(CounterAction):
    """Keeps the wish; the gateway erases once this answer is stored, for the tracker must go as well."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gegevens_wissen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask for it, or leave everything as it is."""
        del domain
        if tracker.get_slot(AGREEMENT):
            try:
                await self.counter.people.ask_erasure(tracker.sender_id)
            except MustBeKeptError as error:
                _tell_what_stays(dispatcher, error)
            else:
                dispatcher.utter_message(response="utter_gegevens_wissen_bezig")
        else:
            dispatcher.utter_message(response="utter_gegevens_niet_gewist")
        return [SlotSet(AGREEMENT)]


def _tell_what_stays(dispatcher: Dispatcher, error: MustBeKeptError) -> None:
    dispatcher.utter_message(response="utter_gegevens_wissen_moet_blijven", datum=written(error.until))
