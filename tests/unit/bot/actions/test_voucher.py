"""Vouchers: what an application keeps, what is told of it and to whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.voucher import (
    AskAgreementAction,
    BeginApplicationAction,
    ExplainVouchersAction,
    SubmitApplicationAction,
)
from bot.actions.voucher_applications import ShowApplicationsAction, WithdrawApplicationAction
from bot.actions.voucher_forms import ValidateVoucherForm
from counter.courses.model import UnknownCourseError
from counter.places.gazetteer import load_gazetteer
from counter.schemes.model import VoucherKind
from counter.vouchers.model import (
    AlreadyAppliedError,
    AlreadyDecidedError,
    RuleOutcome,
    SchemeClosedError,
    VoucherApplicationCommand,
    VoucherBudgetSpentError,
    VoucherReceipt,
    VoucherState,
)
from counter.vouchers.rules import pre_check
from tests.support.schemes import sample_schemes

GAZETTEER = load_gazetteer()
FORM = "voucher_formulier"
RECEIPT = VoucherReceipt(
    number="V-7KQ4-M2XR",
    kind=VoucherKind.OPLEIDING,
    goal="Leren lassen",
    state=VoucherState.SUBMITTED,
    submitted_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
    answer_before=date(2026, 12, 7),
)
ANSWERS = {
    "vouchersoort": "opleiding",
    "voucher_doel": "Leren lassen",
    "naam": "Anna",
    "leeftijd": 34,
    "postcode": "1506 AB",
    "email": "anna@example.nl",
    "voucher_telefoon": "",
    "voucher_akkoord": True,
    "herhaling": None,
}


class FakeVouchers:
    """Applications in memory; `refusal` is what applying or withdrawing ends in."""

    def __init__(self) -> None:
        self.applied: list[VoucherApplicationCommand] = []
        self.withdrawn: list[str] = []
        self.own: tuple[VoucherReceipt, ...] = ()
        self.others: tuple[VoucherReceipt, ...] = ()
        self.refusal: Exception | None = None
        self.closed: set[VoucherKind] = set()

    async def is_open(self, kind: VoucherKind) -> bool:
        return kind not in self.closed

    async def schemes(self) -> tuple[Any, ...]:
        return sample_schemes()

    async def pre_check(self, kind: VoucherKind, *, age: int, postcode: str) -> tuple[RuleOutcome, ...]:
        scheme = next(scheme for scheme in sample_schemes() if scheme.kind is kind)
        return pre_check(scheme, age=age, postcode=postcode, gazetteer=GAZETTEER)

    async def apply(self, command: VoucherApplicationCommand) -> VoucherReceipt:
        if self.refusal:
            raise self.refusal
        self.applied.append(command)
        return RECEIPT

    async def applications_of(self, _conversation_id: str) -> tuple[VoucherReceipt, ...]:
        return self.own

    async def by_number(self, number: str) -> VoucherReceipt | None:
        return next((receipt for receipt in (*self.own, *self.others) if receipt.number == number), None)

    async def withdraw(self, number: str, _conversation_id: str) -> VoucherReceipt:
        if self.refusal:
            raise self.refusal
        self.withdrawn.append(number)
        return RECEIPT


@pytest.fixture
def vouchers() -> FakeVouchers:
    return FakeVouchers()


@pytest.fixture
def counter(vouchers: FakeVouchers) -> SimpleNamespace:
    async def none(_conversation_id: str) -> tuple[()]:
        return ()

    return SimpleNamespace(
        vouchers=vouchers,
        open_hiring=SimpleNamespace(places_of=none),
        job_drafts=SimpleNamespace(of_person=none),
        referrals=SimpleNamespace(of_person=none),
    )


async def test_an_application_is_sent_once_with_the_message_that_confirmed_it(
    counter: SimpleNamespace,
    vouchers: FakeVouchers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    events = await SubmitApplicationAction(counter).run(dispatcher, turn("bevestigen", slots=ANSWERS), {})
    (command,) = vouchers.applied
    assert (command.conversation_id, command.message_id) == ("conversation-1", "message-1")
    assert (command.goal, command.age, command.phone) == ("Leren lassen", 34, None)
    assert said() == ["utter_voucher_ingediend", "utter_voucher_ontvangst_kaart"]
    assert dispatcher.messages[-1]["verstuurd"] == "24-11-2026"
    cleared = {event["name"] for event in events if event["value"] is None}
    assert cleared == {"vouchersoort", "voucher_doel", "voucher_telefoon", "voucher_akkoord", "onderdeel"}


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (AlreadyAppliedError(RECEIPT), ["utter_voucher_al_aangevraagd", "utter_voucher_ontvangst_kaart"]),
        (VoucherBudgetSpentError(), ["utter_voucher_budget_op"]),
        (SchemeClosedError(), ["utter_voucher_gesloten"]),
    ],
)
async def test_a_refused_application_is_told_and_its_answers_are_forgotten(
    counter: SimpleNamespace,
    vouchers: FakeVouchers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    refusal: Exception,
    told: list[str],
) -> None:
    vouchers.refusal = refusal
    events = await SubmitApplicationAction(counter).run(dispatcher, turn("bevestigen", slots=ANSWERS), {})
    assert said() == told
    assert {"name": "voucher_doel", "value": None} in [
        {"name": event["name"], "value": event["value"]} for event in events
    ]


async def test_the_summary_names_every_rule_under_its_outcome(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    slots = ANSWERS | {"leeftijd": 16, "voucher_akkoord": None}
    await AskAgreementAction(counter).run(dispatcher, turn("gegeven_opgeven", slots=slots), {})
    assert said() == [
        "utter_voucher_regels_voldaan",
        "utter_voucher_regels_niet_voldaan",
        "utter_voucher_regels_onbekend",
        "utter_voucher_samenvatting",
        "utter_voucher_klopt_dit",
    ]
    assert dispatcher.messages[1]["regels"] == (
        "Leeftijd: Je bent 18 jaar of ouder. (voorbeeldregeling, artikel 1)"
    )


async def test_an_unclear_answer_does_not_bring_the_whole_summary_again(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await AskAgreementAction(counter).run(
        dispatcher, turn("gegeven_opgeven", slots=ANSWERS | {"herhaling": 1}), {}
    )
    assert said() == ["utter_voucher_klopt_dit"]


async def test_starting_again_inside_the_form_clears_nothing(
    counter: SimpleNamespace, dispatcher: CollectingDispatcher, turn: Callable[..., Tracker]
) -> None:
    assert (
        await BeginApplicationAction(counter).run(dispatcher, turn("voucher_aanvragen", form=FORM), {}) == []
    )


@pytest.mark.parametrize(
    ("entities", "told"),
    [
        ({}, ["utter_voucher_uitleg", *["utter_voucher_soort_kaart"] * 3, "utter_voucher_voorbeeld"]),
        ({"vouchersoort": "opleiding"}, ["utter_voucher_voorwaarden_kaart", "utter_voucher_voorbeeld"]),
    ],
)
async def test_the_kinds_are_explained_and_samples_are_called_samples(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    entities: dict[str, str],
    told: list[str],
) -> None:
    await ExplainVouchersAction(counter).run(dispatcher, turn("voucher_uitleg", entities=entities), {})
    assert said() == told


async def test_of_somebody_elses_application_only_the_state_is_told(
    counter: SimpleNamespace,
    vouchers: FakeVouchers,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
) -> None:
    vouchers.others = (RECEIPT,)
    tracker = turn("voucher_status", entities={"aanvraagnummer": RECEIPT.number})
    await ShowApplicationsAction(counter).run(dispatcher, tracker, {})
    (message,) = dispatcher.messages
    assert message["response"] == "utter_voucher_status_ingediend"
    assert (message["titel"], message["doel"], message["verstuurd"]) == ("", "", "")


@pytest.mark.parametrize(
    ("own", "number", "told"),
    [
        ((RECEIPT,), None, ["utter_voucher_status_ingediend", "utter_voucher_status_verder"]),
        ((RECEIPT,), RECEIPT.number, ["utter_voucher_status_ingediend", "utter_voucher_status_verder"]),
        ((), None, ["utter_voucher_geen_aanvraag"]),
        ((RECEIPT,), "V-0000-0000", ["utter_voucher_onbekend_nummer"]),
    ],
)
async def test_the_state_of_own_applications_is_told(
    counter: SimpleNamespace,
    vouchers: FakeVouchers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    own: tuple[VoucherReceipt, ...],
    number: str | None,
    told: list[str],
) -> None:
    vouchers.own = own
    entities = {"aanvraagnummer": number} if number else {}
    await ShowApplicationsAction(counter).run(dispatcher, turn("voucher_status", entities=entities), {})
    assert said() == told


@pytest.mark.parametrize(
    ("number", "consent", "refusal", "told"),
    [
        (RECEIPT.number, True, None, "utter_voucher_ingetrokken"),
        (RECEIPT.number, False, None, "utter_voucher_niet_ingetrokken"),
        (RECEIPT.number, True, AlreadyDecidedError(RECEIPT), "utter_voucher_al_besloten"),
        (None, None, None, "utter_voucher_niets_in_te_trekken"),
    ],
)
async def test_an_application_is_withdrawn_only_by_who_is_sure(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    number: str | None,
    *,
    consent: bool | None,
    refusal: Exception | None,
    told: str,
) -> None:
    counter.vouchers.refusal = refusal
    slots = {"voucher_nummer": number, "voucher_intrekken_akkoord": consent}
    await WithdrawApplicationAction(counter).run(dispatcher, turn("bevestigen", slots=slots), {})
    assert said() == [told]
    assert counter.vouchers.withdrawn == ([number] if told == "utter_voucher_ingetrokken" else [])


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("leeftijd", "vierendertig jaar", 34),
        ("leeftijd", "banaan", None),
        ("postcode", "1506ab", "1506 AB"),
        ("postcode", "9999", None),
        ("email", "mijn mail is anna@example.nl", "anna@example.nl"),
        ("email", "anna.example.nl", None),
        ("naam", "<b>Anna</b>", None),
        ("naam", "a" * 300, None),
        ("voucher_doel", "  Leren \n lassen ", "Leren lassen"),
        ("voucher_doel", "x" * 301, None),
        ("voucher_telefoon", "06 12345678", "+31612345678"),
        ("voucher_telefoon", "0612", None),
        ("vouchersoort", "iets", None),
    ],
)
async def test_only_a_right_answer_is_kept(
    counter: SimpleNamespace, turn: Callable[..., Tracker], slot: str, text: str, value: object
) -> None:
    slots = dict.fromkeys((*ValidateVoucherForm.slots, "herhaling", "telefoon"))
    tracker = turn("nlu_fallback", text, form=FORM, asked=slot, slots=slots)
    events = await ValidateVoucherForm(counter).run(CollectingDispatcher(), tracker, {})
    assert {event["name"]: event["value"] for event in events}[slot] == value


async def test_a_voucher_that_is_closed_is_told_before_anything_else_is_asked(
    counter: SimpleNamespace,
    vouchers: FakeVouchers,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    vouchers.closed = {VoucherKind.OPLEIDING}
    slots = dict.fromkeys((*ValidateVoucherForm.slots, "herhaling", "telefoon"))
    tracker = turn("gegeven_opgeven", "opleiding", form=FORM, asked="vouchersoort", slots=slots)
    events = await ValidateVoucherForm(counter).run(dispatcher, tracker, {})
    assert {event["name"]: event["value"] for event in events}["vouchersoort"] is None
    assert said() == ["utter_voucher_gesloten"]
    assert dispatcher.messages[0]["titel"] == "Opleidingsvoucher"


@pytest.mark.parametrize("intent", ["overslaan", "ontkennen"])
async def test_no_phone_number_is_an_answer_too(
    counter: SimpleNamespace, turn: Callable[..., Tracker], intent: str
) -> None:
    slots = ANSWERS | {"voucher_telefoon": None, "voucher_akkoord": None, "telefoon": None}
    tracker = turn(intent, "liever niet", form=FORM, asked="voucher_telefoon", slots=slots)
    events = await ValidateVoucherForm(counter).run(CollectingDispatcher(), tracker, {})
    assert {event["name"]: event["value"] for event in events}["voucher_telefoon"] == ""


COURSE = SimpleNamespace(title="Lassen: de basis", provider="Voorbeeldschool")


@pytest.mark.parametrize(
    ("entities", "offered", "goal"),
    [
        ({"cursus": "lassen"}, None, "Lassen: de basis (Voorbeeldschool)"),
        ({}, "utter_cursus_bekostigen_met_cursus", "Lassen: de basis (Voorbeeldschool)"),
        ({}, "utter_cursus_verder", None),
        ({"cursus": "weg"}, None, None),
    ],
)
async def test_a_course_that_needs_money_becomes_the_goal(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    entities: dict[str, str],
    offered: str | None,
    goal: str | None,
) -> None:
    async def get(course_id: str) -> SimpleNamespace:
        if course_id != "lassen":
            raise UnknownCourseError(course_id)
        return COURSE

    counter.courses = SimpleNamespace(get=get)
    earlier = ({"event": "bot", "metadata": {"utter_action": offered}},) if offered else ()
    slots = {"cursus_gekozen": "lassen", "voucher_doel": None}
    tracker = turn("voucher_aanvragen", entities=entities, slots=slots, earlier=earlier)
    events = await BeginApplicationAction(counter).run(dispatcher, tracker, {})
    assert {event["name"]: event["value"] for event in events}.get("voucher_doel") == goal
