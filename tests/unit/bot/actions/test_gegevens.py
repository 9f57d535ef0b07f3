"""My data: what is shown, what counts as a correction, what it takes to be erased."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.gegevens import ShowDataAction
from bot.actions.gegevens_correction import (
    FORM,
    AskAgreementAction,
    BeginCorrectionAction,
    CorrectAction,
    ValidateCorrectionForm,
    detail_named,
)
from bot.actions.gegevens_erasure import AGREEMENT, EraseAction, ExplainErasureAction, ValidateErasureForm
from bot.actions.turn import Events, Turn
from counter.accounts.model import Statement
from counter.people.model import Detail, Kept, KnownDetail, Overview, Subject
from counter.schemes.model import VoucherKind
from counter.vouchers.model import AccountEntry, DevelopmentAccount
from tests.support.schemes import sample_schemes

PHONE = "+31612345678"
NOTHING = dict.fromkeys(("naam", "telefoon", "email", "postcode", "leeftijd", "contact", "herhaling"))
EMPTY = dict.fromkeys(("gegevens_soort", "gegevens_waarde", "gegevens_akkoord"))


def known(detail: Detail, value: str, number: str = "V-1", *, is_used: bool = True) -> KnownDetail:
    return KnownDetail(detail=detail, value=value, number=number, is_used=is_used)


EMPTY_ACCOUNT = DevelopmentAccount(awarded=(), reserved=(), statement=Statement(lines=()), is_sample=False)


class FakePeople:
    """What is kept of one person."""

    def __init__(self) -> None:
        self.details: tuple[KnownDetail, ...] = (known(Detail.PHONE, PHONE),)
        self.kept = {Subject.VOUCHERS: Kept(count=1, numbers=("V-1",))}
        self.corrected: list[tuple[Detail, str]] = []
        self.wishes: list[str] = []

    async def overview(self, _conversation_id: str) -> Overview:
        return Overview(
            conversations=2,
            messages=30,
            since=datetime(2026, 11, 23, tzinfo=UTC),
            kept={subject: self.kept.get(subject, Kept()) for subject in Subject},
            details=self.details,
        )

    async def correct(self, _conversation_id: str, detail: Detail, value: str) -> tuple[str, ...]:
        self.corrected.append((detail, value))
        return tuple(one.number for one in self.details if one.detail is detail)

    async def check_may_be_erased(self, _conversation_id: str) -> None:
        """Nothing keeps this person against their wish."""

    async def ask_erasure(self, conversation_id: str) -> None:
        self.wishes.append(conversation_id)


class FakeVouchers:
    """One person's account."""

    def __init__(self) -> None:
        self.account = EMPTY_ACCOUNT

    async def account_of(self, _conversation_id: str) -> DevelopmentAccount:
        return self.account

    async def schemes(self) -> tuple:
        return sample_schemes()


@pytest.fixture
def people(counter: SimpleNamespace) -> FakePeople:
    counter.people, counter.vouchers = FakePeople(), FakeVouchers()
    return counter.people


def changes(events: Events) -> dict:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


# --- see -------------------------------------------------------------------------------------


async def test_the_persons_own_values_are_shown_as_people_write_them(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
) -> None:
    people.details += (
        known(Detail.NAME, "Fatima"),
        known(Detail.NAME, "Fatma", "V-0", is_used=False),
        known(Detail.PHONE, PHONE, "V-0", is_used=False),
    )
    tracker = turn("gegevens_inzien", slots={**NOTHING, "email": "f@voorbeeld.nl"})
    await ShowDataAction(counter).run(dispatcher, tracker, {})
    about, kept, _ = dispatcher.messages
    assert (about["jouw_naam"], about["jouw_telefoon"]) == ("Fatima", "06 12345678")
    # Said in this conversation, and submitted nowhere yet.
    assert about["jouw_email"] == "f@voorbeeld.nl"
    assert about["eerder"] == "Fatma"
    assert (kept["voucheraanvragen"], kept["aanmeldingen"]) == ("1: V-1", "")
    assert (kept["gesprekken"], kept["berichten"], kept["sinds"]) == (2, 30, "23-11-2026")
    assert kept["link"] == "/mijn/gegevens"


async def test_of_a_stranger_no_card_about_them_is_shown(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    people.details, people.kept = (), {}
    await ShowDataAction(counter).run(dispatcher, turn("gegevens_inzien", slots=NOTHING), {})
    assert said() == ["utter_gegevens_bewaard", "utter_gegevens_nog_onbekend"]


# --- correct ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("mijn e-mailadres klopt niet", Detail.EMAIL),
        ("mijn nummer is anders", Detail.PHONE),
        ("ik ben verhuisd", Detail.POSTCODE),
        ("mijn adres is veranderd", Detail.POSTCODE),
        ("mijn achternaam staat verkeerd", Detail.NAME),
        ("mijn leeftijd klopt niet", Detail.AGE),
        ("er klopt iets niet", None),
        ("/gegevens_wijzigen", None),
    ],
)
def test_people_name_a_detail_in_their_own_words(
    turn: Callable[..., Tracker], text: str, detail: Detail | None
) -> None:
    assert detail_named(Turn.of(turn("gegevens_wijzigen", text))) is detail


def test_a_value_that_is_given_says_more_than_the_words_around_it(turn: Callable[..., Tracker]) -> None:
    given = turn("gegevens_wijzigen", "mijn nummer of mail", entities={"email": "f@voorbeeld.nl"})
    assert detail_named(Turn.of(given)) is Detail.EMAIL


async def test_one_sentence_fills_the_kind_and_the_value(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
) -> None:
    del people
    tracker = turn(
        "gegevens_wijzigen", "mijn nummer is nu 0687654321", entities={"telefoon": "0687654321"}, slots=EMPTY
    )
    events = changes(await ValidateCorrectionForm(counter).run(dispatcher, tracker, {}))
    assert (events["gegevens_soort"], events["gegevens_waarde"]) == ("telefoon", "+31687654321")
    assert events.get("requested_slot", "gegevens_akkoord") == "gegevens_akkoord"


async def test_a_change_that_changes_nothing_asks_no_agreement(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
) -> None:
    del people
    tracker = turn("gegevens_wijzigen", "0612345678", entities={"telefoon": "0612345678"}, slots=EMPTY)
    events = changes(await ValidateCorrectionForm(counter).run(dispatcher, tracker, {}))
    assert events["requested_slot"] is None


async def test_a_no_with_a_new_value_is_a_new_value(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
) -> None:
    del people
    tracker = turn(
        "ontkennen",
        "nee, 0611112222",
        entities={"telefoon": "0611112222", "antwoord": "nee"},
        slots={**EMPTY, "gegevens_soort": "telefoon", "gegevens_waarde": "+31687654321"},
        form=FORM,
        asked="gegevens_akkoord",
    )
    events = changes(await ValidateCorrectionForm(counter).run(dispatcher, tracker, {}))
    assert events["gegevens_waarde"] == "+31611112222"
    assert events.get("gegevens_akkoord") is None
    # The new value is shown, not a question in other words.
    assert events["herhaling"] is None


async def test_what_cannot_be_a_phone_number_is_asked_again(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
) -> None:
    del people
    tracker = turn(
        "gegeven_opgeven",
        "banaan",
        slots={**EMPTY, "gegevens_soort": "telefoon"},
        form=FORM,
        asked="gegevens_waarde",
    )
    events = changes(await ValidateCorrectionForm(counter).run(dispatcher, tracker, {}))
    assert events["gegevens_waarde"] is None
    assert events["herhaling"] == 1


async def test_the_summary_says_what_changes_and_where(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
) -> None:
    del people
    slots = {"gegevens_soort": "telefoon", "gegevens_waarde": "+31687654321", "herhaling": None}
    await AskAgreementAction(counter).run(dispatcher, turn("x", slots=slots), {})
    summary, _ = dispatcher.messages
    assert (summary["oud"], summary["nieuw"], summary["waar"]) == ("06 12345678", "06 87654321", "V-1")


@pytest.mark.parametrize(
    ("agreement", "corrected", "response"),
    [
        (True, 1, "utter_gegevens_gewijzigd"),
        (None, 1, "utter_gegevens_gewijzigd"),
        (False, 0, "utter_gegevens_niet_gewijzigd"),
    ],
)
async def test_a_no_changes_nothing(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    *,
    agreement: bool | None,
    corrected: int,
    response: str,
) -> None:
    slots = {
        **NOTHING,
        "gegevens_soort": "telefoon",
        "gegevens_waarde": "+31687654321",
        "gegevens_akkoord": agreement,
    }
    events = changes(await CorrectAction(counter).run(dispatcher, turn("x", slots=slots), {}))
    assert len(people.corrected) == corrected
    assert said() == [response]
    assert events["gegevens_waarde"] is None


@pytest.mark.parametrize(
    ("kind", "value", "remembered"),
    [
        ("telefoon", "+31687654321", {"telefoon": "+31687654321", "contact": "+31687654321"}),
        ("postcode", "1506 AB", {"postcode": "1506 AB", "plaats": "Zaandam"}),
        ("leeftijd", "35", {"leeftijd": 35}),
    ],
)
async def test_the_next_form_knows_what_was_corrected(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    kind: str,
    value: str,
    remembered: dict,
) -> None:
    del people
    slots = {**NOTHING, **EMPTY, "gegevens_soort": kind, "gegevens_waarde": value, "contact": PHONE}
    events = changes(await CorrectAction(counter).run(dispatcher, turn("x", slots=slots), {}))
    assert {name: events[name] for name in remembered} == remembered


async def test_a_correction_starts_with_a_clean_sheet(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    del people
    events = await BeginCorrectionAction(counter).run(
        dispatcher, turn("gegevens_wijzigen", form="voucher_formulier"), {}
    )
    assert set(changes(events)) == set(EMPTY)
    assert said() == ["utter_coach_onderbreken"]


# --- erase -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("awarded", "kept", "response"),
    [
        (True, 1, "utter_gegevens_wissen_voucher_weg"),
        (False, 1, "utter_gegevens_wissen_blijft"),
        (False, 0, "utter_gegevens_wissen_blijft_niets"),
    ],
)
async def test_before_erasing_it_is_told_what_goes_and_what_stays(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    *,
    awarded: bool,
    kept: int,
    response: str,
) -> None:
    people.kept = {Subject.VOUCHERS: Kept(count=kept)}
    entry = AccountEntry(number="V-1", kind=VoucherKind.OPLEIDING, cents=1500_00)
    counter.vouchers.account = replace(EMPTY_ACCOUNT, awarded=(entry,) if awarded else ())
    await ExplainErasureAction(counter).run(dispatcher, turn("gegevens_verwijderen"), {})
    assert said() == ["utter_gegevens_wissen_uitleg", response]
    assert people.wishes == []


@pytest.mark.parametrize(("intent", "agreement"), [("bevestigen", True), ("ontkennen", False)])
async def test_only_a_yes_or_no_to_the_question_counts(
    dispatcher: CollectingDispatcher, turn: Callable[..., Tracker], intent: str, *, agreement: bool
) -> None:
    form = ValidateErasureForm()
    asked = turn(intent, "…", form="gegevens_wissen_formulier", asked=AGREEMENT, slots={AGREEMENT: None})
    assert changes(await form.run(dispatcher, asked, {}))[AGREEMENT] is agreement
    # The "ja" in the sentence that starts it is no agreement yet.
    start = turn(intent, "ja wis alles", slots={AGREEMENT: None})
    assert AGREEMENT not in changes(await form.run(dispatcher, start, {}))


@pytest.mark.parametrize(
    ("agreement", "wishes", "response"),
    [
        (True, ["conversation-1"], "utter_gegevens_wissen_bezig"),
        (False, [], "utter_gegevens_niet_gewist"),
        (None, [], "utter_gegevens_niet_gewist"),
    ],
)
async def test_the_wish_is_kept_only_after_a_yes(
    counter: SimpleNamespace,
    people: FakePeople,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    *,
    agreement: bool | None,
    wishes: list[str],
    response: str,
) -> None:
    await EraseAction(counter).run(dispatcher, turn("x", slots={AGREEMENT: agreement}), {})
    assert people.wishes == wishes
    assert said() == [response]
