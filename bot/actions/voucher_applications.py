"""Applications that were submitted: how they stand, and withdrawing them."""

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.coach_waiting import ShowStatusAction as ShowReferralsAction
from bot.actions.cursus_melding import AskAlertAction
from bot.actions.open_hiring_lists import ShowPlacesAction
from bot.actions.open_hiring_plaatsen import ShowDraftsAction
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.calendar import local_date
from counter.schemes.model import Scheme
from counter.services import Counter
from counter.vouchers.model import AlreadyDecidedError, VoucherReceipt, VoucherState

RESPONSE_TO_STATE = {
    VoucherState.SUBMITTED: "utter_voucher_status_ingediend",
    VoucherState.AWARDED: "utter_voucher_status_toegekend",
    VoucherState.REJECTED: "utter_voucher_status_afgewezen",
    VoucherState.WITHDRAWN: "utter_voucher_status_ingetrokken",
    VoucherState.USED: "utter_voucher_status_gebruikt",
    VoucherState.EXPIRED: "utter_voucher_status_verlopen",
}

KINDS: dict[str, type[CounterAction]] = {
    "H": ShowPlacesAction,
    "C": ShowReferralsAction,
    "B": ShowDraftsAction,
    "M": AskAlertAction,
}
"""What shows the requests whose number begins with this letter."""


async def scheme_of(counter: Counter, kind: str | None) -> Scheme | None:
    """Return the scheme of this kind, or None when there is no such kind."""
    return next((scheme for scheme in await counter.vouchers.schemes() if scheme.kind == kind), None)


async def title_of(counter: Counter, kind: str) -> str:
    """Return what the scheme of this kind is called."""
    scheme = await scheme_of(counter, kind)
    return scheme.title if scheme else kind


class ShowApplicationsAction(CounterAction):
    """Tells how applications stand: the person's own, or the one with a number."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_voucher_status_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show; the first letter of a number tells what it is the number of."""
        number = Turn.of(tracker).entities.get("aanvraagnummer", "")
        elsewhere = KINDS.get(number[:1])
        own = () if elsewhere else await self.counter.vouchers.applications_of(tracker.sender_id)
        if not number and not own:
            elsewhere = await self._asked_elsewhere(tracker.sender_id)
        if elsewhere is not None:
            events: Events = await elsewhere(self.counter).run(dispatcher, tracker, domain)
            return events
        shown = [receipt for receipt in own if number in {"", receipt.number}]
        for receipt in shown:
            await self._show(dispatcher, receipt)
        if shown:
            dispatcher.utter_message(response="utter_voucher_status_verder")
        elif number:
            await self._show_elsewhere(dispatcher, number)
        else:
            dispatcher.utter_message(response="utter_voucher_geen_aanvraag")
        return []

    async def _asked_elsewhere(self, conversation_id: str) -> type[CounterAction] | None:
        """Return what shows the person's other requests: "mijn aanvraag" may be any of them."""
        if await self.counter.open_hiring.places_of(conversation_id):
            return ShowPlacesAction
        if await self.counter.job_drafts.of_person(conversation_id):
            return ShowDraftsAction
        if await self.counter.referrals.of_person(conversation_id):
            return ShowReferralsAction
        return None

    async def _show(self, dispatcher: Dispatcher, receipt: VoucherReceipt) -> None:
        dispatcher.utter_message(
            response=RESPONSE_TO_STATE[receipt.state],
            titel=await title_of(self.counter, receipt.kind),
            nummer=receipt.number,
            doel=receipt.goal,
            verstuurd=written(local_date(receipt.submitted_at)),
            antwoord=written(receipt.answer_before),
            gebruiken=written(receipt.use_before) if receipt.use_before else "",
            bezwaar=written(receipt.object_before) if receipt.object_before else "",
        )

    async def _show_elsewhere(self, dispatcher: Dispatcher, number: str) -> None:
        """Show the state and nothing else: this may be somebody else's application."""
        receipt = await self.counter.vouchers.by_number(number)
        if receipt is None:
            dispatcher.utter_message(response="utter_voucher_onbekend_nummer", nummer=number)
            return
        dispatcher.utter_message(
            response=RESPONSE_TO_STATE[receipt.state],
            titel="",
            nummer=number,
            doel="",
            verstuurd="",
            antwoord=written(receipt.answer_before),
            gebruiken="",
            bezwaar="",
        )


class WithdrawApplicationAction(CounterAction):
    """Withdraws the application when the person is sure."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_voucher_intrekken"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Withdraw, or leave it as it is."""
        del domain
        number = tracker.get_slot("voucher_nummer")
        if number is None:
            dispatcher.utter_message(response="utter_voucher_niets_in_te_trekken")
        elif not tracker.get_slot("voucher_intrekken_akkoord"):
            dispatcher.utter_message(response="utter_voucher_niet_ingetrokken")
        else:
            try:
                await self.counter.vouchers.withdraw(number, tracker.sender_id)
            except AlreadyDecidedError:
                dispatcher.utter_message(response="utter_voucher_al_besloten", nummer=number)
            else:
                dispatcher.utter_message(response="utter_voucher_ingetrokken", nummer=number)
        return [SlotSet("voucher_nummer"), SlotSet("voucher_intrekken_akkoord")]
