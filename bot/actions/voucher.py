"""Vouchers: explain, apply, look up and withdraw."""

from collections.abc import Iterable

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import tell_interruption
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from bot.actions.voucher_applications import (
    ShowApplicationsAction,
    WithdrawApplicationAction,
    scheme_of,
    title_of,
)
from bot.actions.voucher_forms import ValidateVoucherForm, ValidateWithdrawalForm
from counter.accounts.amounts import in_euros
from counter.accounts.model import CENTS
from counter.calendar import local_date
from counter.courses.model import UnknownCourseError
from counter.schemes.model import Rule, VoucherKind
from counter.services import Counter
from counter.vouchers.model import (
    AlreadyAppliedError,
    Outcome,
    RuleOutcome,
    SchemeClosedError,
    VoucherApplicationCommand,
    VoucherBudgetSpentError,
    VoucherReceipt,
)

# Name, age, postcode and e-mail stay: they are not asked twice in one conversation.
ANSWERS_OF_ONE_APPLICATION = (
    "vouchersoort",
    "voucher_doel",
    "voucher_telefoon",
    "voucher_akkoord",
    "onderdeel",
)
VOUCHER_OFFERS = frozenset({"utter_cursus_bekostigen_met_cursus", "utter_cursus_prijs_onbekend"})
RESPONSE_TO_OUTCOME = {
    Outcome.MET: "utter_voucher_regels_voldaan",
    Outcome.NOT_MET: "utter_voucher_regels_niet_voldaan",
    Outcome.UNKNOWN: "utter_voucher_regels_onbekend",
}


class ExplainVouchersAction(CounterAction):
    """Explains the three kinds, or the rules of the one that was named."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_voucher_uitleggen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Explain."""
        del domain
        named = await scheme_of(self.counter, Turn.of(tracker).entities.get("vouchersoort"))
        schemes = (named,) if named else await self.counter.vouchers.schemes()
        if named:
            dispatcher.utter_message(
                response="utter_voucher_voorwaarden_kaart",
                titel=named.title,
                soort=named.kind.value,
                bedrag=in_euros(named.amount_eur * CENTS),
                voor_wie=named.who,
                regels=_named(named.rules),
                papieren="\n".join(named.documents),
            )
        else:
            dispatcher.utter_message(response="utter_voucher_uitleg")
            for scheme in schemes:
                dispatcher.utter_message(
                    response="utter_voucher_soort_kaart",
                    titel=scheme.title,
                    doel=scheme.purpose,
                    soort=scheme.kind.value,
                    bedrag=in_euros(scheme.amount_eur * CENTS),
                )
        if any(scheme.is_sample for scheme in schemes):
            dispatcher.utter_message(response="utter_voucher_voorbeeld")
        return []


class BeginApplicationAction(CounterAction):
    """Starts an application, or goes on with the one that was set aside."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_voucher_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Begin; a course that was named becomes the goal."""
        del domain
        if tracker.active_loop_name == "voucher_formulier":
            return []
        tell_interruption(dispatcher, tracker)
        is_begun = tracker.get_slot("voucher_doel") is not None
        dispatcher.utter_message(response="utter_voucher_verder" if is_begun else "utter_voucher_beginnen")
        course_id = Turn.of(tracker).entities.get("cursus") or _course_just_offered(tracker)
        try:
            course = await self.counter.courses.get(str(course_id))
        except UnknownCourseError:
            return []
        return [
            SlotSet("vouchersoort", VoucherKind.OPLEIDING.value),
            SlotSet("voucher_doel", f"{course.title} ({course.provider})"),
        ]


def _course_just_offered(tracker: Tracker) -> str | None:
    """Return the course for which a voucher was offered in the turn before; people type what buttons say."""
    said = next((event for event in reversed(tracker.events) if event["event"] == "bot"), None)
    offered = said is not None and said["metadata"].get("utter_action") in VOUCHER_OFFERS
    return tracker.get_slot("cursus_gekozen") if offered else None


class AskAgreementAction(CounterAction):
    """Shows what the rules say and what will be sent, and asks whether it is right."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_voucher_formulier_voucher_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; the summary itself is not repeated to somebody who has just seen it."""
        del domain
        if tracker.get_slot("herhaling") is None:
            kind = VoucherKind(tracker.slots["vouchersoort"])
            outcomes = await self.counter.vouchers.pre_check(
                kind, age=tracker.get_slot("leeftijd"), postcode=tracker.get_slot("postcode")
            )
            show_outcomes(dispatcher, outcomes)
            dispatcher.utter_message(
                response="utter_voucher_samenvatting", titel=await title_of(self.counter, kind)
            )
        dispatcher.utter_message(response="utter_voucher_klopt_dit")
        return []


def show_outcomes(dispatcher: Dispatcher, outcomes: Iterable[RuleOutcome]) -> None:
    """Name every rule, together with those of the same outcome."""
    outcomes = tuple(outcomes)
    for outcome, response in RESPONSE_TO_OUTCOME.items():
        if rules := [rule for rule in outcomes if rule.outcome is outcome]:
            dispatcher.utter_message(response=response, regels=_named(rules))


def _named(rules: Iterable[RuleOutcome] | Iterable[Rule]) -> str:
    """Return each rule on a line of its own: what it is called, what it asks, and where it comes from."""
    return "\n".join(f"{rule.name}: {rule.text} ({rule.source})" for rule in rules)


class SubmitApplicationAction(CounterAction):
    """Submits the application."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_voucher_indienen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Submit, and show the receipt."""
        del domain
        try:
            receipt = await self.counter.vouchers.apply(_command(tracker))
        except AlreadyAppliedError as error:
            dispatcher.utter_message(response="utter_voucher_al_aangevraagd")
            await self._show(dispatcher, error.receipt)
        except VoucherBudgetSpentError:
            dispatcher.utter_message(response="utter_voucher_budget_op")
        except SchemeClosedError:
            title = await title_of(self.counter, tracker.slots["vouchersoort"])
            dispatcher.utter_message(response="utter_voucher_gesloten", titel=title)
        else:
            dispatcher.utter_message(response="utter_voucher_ingediend")
            await self._show(dispatcher, receipt)
        return [SlotSet(slot) for slot in ANSWERS_OF_ONE_APPLICATION]

    async def _show(self, dispatcher: Dispatcher, receipt: VoucherReceipt) -> None:
        scheme = await scheme_of(self.counter, receipt.kind)
        dispatcher.utter_message(
            response="utter_voucher_ontvangst_kaart",
            titel=scheme.title if scheme else receipt.kind,
            papieren="\n".join(scheme.documents) if scheme else "",
            nummer=receipt.number,
            doel=receipt.goal,
            verstuurd=written(local_date(receipt.submitted_at)),
            antwoord=written(receipt.answer_before),
        )


def _command(tracker: Tracker) -> VoucherApplicationCommand:
    turn, slots = Turn.of(tracker), tracker.slots
    return VoucherApplicationCommand(
        conversation_id=turn.conversation_id,
        message_id=turn.message_id,
        kind=VoucherKind(slots["vouchersoort"]),
        goal=slots["voucher_doel"],
        name=slots["naam"],
        age=slots["leeftijd"],
        postcode=slots["postcode"],
        email=slots["email"],
        phone=slots["voucher_telefoon"] or None,
    )


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        ExplainVouchersAction(counter),
        BeginApplicationAction(counter),
        ValidateVoucherForm(counter),
        AskAgreementAction(counter),
        SubmitApplicationAction(counter),
        ShowApplicationsAction(counter),
        ValidateWithdrawalForm(counter),
        WithdrawApplicationAction(counter),
    ]
