"""What an adviser does from the command line: done and told, or refused with the reason."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from app.commands import counter_of
from app.desk import audit_lists, close_job, decide_voucher, free_place, print_lists, reply_to
from app.settings import Settings
from counter.conversations.model import Message
from counter.open_hiring.model import SignUpState
from counter.open_hiring.rows import SignUpRow
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter
from counter.vouchers.model import VoucherState
from skills_taxonomy import Taxonomy
from tests.contract.counter.test_open_hiring import a_job, a_sign_up, an_introduction
from tests.contract.counter.test_vouchers import an_application


@pytest.fixture
def settings(database_url: str, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    return Settings(database_url=database_url, internal_token="geheim")


@pytest.fixture
async def counter(settings: Settings) -> AsyncIterator[Counter]:
    async with counter_of(settings) as counter:
        yield counter


@pytest.fixture
async def conversation(counter: Counter) -> str:
    return (await counter.conversations.open("website")).id


async def said(counter: Counter, conversation: str) -> list[Message]:
    return list((await counter.conversations.transcript(conversation)).messages)


async def test_an_awarded_voucher_is_told_in_the_words_of_the_domain(
    settings: Settings, counter: Counter, conversation: str
) -> None:
    receipt = await counter.vouchers.apply(an_application(conversation))
    # As somebody reads it off a screen: small letters, and no dashes.
    number = receipt.number.lower().replace("-", " ")
    assert await decide_voucher(settings, number, "toegekend", reason="Goed plan.", adviser="jan") == 0
    [found] = await counter.vouchers.applications_of(conversation)
    assert found.state is VoucherState.AWARDED
    [message] = await said(counter, conversation)
    assert "Goed nieuws" in message.content.text
    card = message.content.cards[0]
    assert card["text"] == "Dit schreef de adviseur: “Goed plan.”"
    assert {"label": "Bedrag", "value": "€ 1.500"} in card["facts"]
    assert message.content.buttons[1]["payload"] == (
        f'/coach_spreken{{"onderwerp":"Voucher {receipt.number}"}}'
    )


async def test_a_second_decision_is_refused_and_says_why(
    settings: Settings, counter: Counter, conversation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = await counter.vouchers.apply(an_application(conversation))
    await decide_voucher(settings, receipt.number, "afgewezen", reason="te laat", adviser="jan")
    assert await decide_voucher(settings, receipt.number, "toegekend", reason="toch", adviser="jan") == 1
    assert "al afgehandeld" in capsys.readouterr().err
    assert len(await said(counter, conversation)) == 1


@pytest.mark.parametrize("reason", ["bsn 111222333", "NL91ABNA0417164300", " ", "a" * 3000])
async def test_a_reason_that_may_not_be_kept_decides_nothing(
    settings: Settings, counter: Counter, conversation: str, reason: str
) -> None:
    receipt = await counter.vouchers.apply(an_application(conversation))
    assert await decide_voucher(settings, receipt.number, "toegekend", reason=reason, adviser="jan") == 1
    [found] = await counter.vouchers.applications_of(conversation)
    assert found.state is VoucherState.SUBMITTED


async def test_a_number_that_does_not_exist_is_said(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await decide_voucher(settings, "V-0000-0000", "toegekend", reason="ja", adviser="jan") == 1
    assert await reply_to(settings, "C-0000-0000", "hoi", coach="anja") == 1
    assert await free_place(settings, "weg") == 1
    assert await print_lists(settings, "weg") == 1
    assert capsys.readouterr().err.count("ken ik niet") == 4


async def test_a_free_place_is_offered_and_the_list_shows_to_whom(
    settings: Settings, counter: Counter, conversation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await counter.open_hiring.store([a_job()])
    place = await counter.open_hiring.sign_up(a_sign_up(conversation))
    assert await free_place(settings, "magazijn") == 0
    [message] = await said(counter, conversation)
    assert message.content.buttons[0]["payload"] == (
        f'/open_hiring_plek_aannemen{{"aanvraagnummer":"{place.number}"}}'
    )
    assert await print_lists(settings, "magazijn") == 0
    assert f"{place.number}  plek aangeboden" in capsys.readouterr().out
    await counter.open_hiring.accept(place.number, conversation, an_introduction())
    assert await print_lists(settings, "magazijn") == 0
    assert f"{place.number}  neemt de plek  Fatima +31612345678" in capsys.readouterr().out


async def test_a_list_is_proved_and_one_that_was_changed_behind_its_trail_is_not(
    settings: Settings, counter: Counter, conversation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await counter.open_hiring.store([a_job(), a_job("winkel")])
    await counter.open_hiring.sign_up(a_sign_up(conversation))
    assert await audit_lists(settings, None) == 0
    assert capsys.readouterr().out.splitlines() == [
        "magazijn: 1 gebeurtenissen, klopt",
        "winkel: 0 gebeurtenissen, klopt",
    ]
    async with counter.database.session() as session:
        await session.execute(update(SignUpRow).values(state=SignUpState.ACCEPTED.value))
    assert await audit_lists(settings, "magazijn") == 1
    assert "KLOPT NIET" in capsys.readouterr().out
    assert await audit_lists(settings, "weg") == 1


async def test_who_waits_for_a_job_that_is_closed_is_told_in_the_words_of_the_domain(
    settings: Settings, counter: Counter, conversation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await counter.open_hiring.store([a_job()])
    await counter.open_hiring.sign_up(a_sign_up(conversation))
    assert await close_job(settings, "magazijn") == 0
    [message] = await said(counter, conversation)
    assert message.content.buttons[0]["payload"] == '/open_hiring_zoeken{"plaats":"Zaandam","uren":"32"}'
    assert await free_place(settings, "magazijn") == 1
    assert capsys.readouterr().err == "magazijn is gesloten.\n"


async def test_every_job_is_listed_with_how_many_signed_up(
    settings: Settings, counter: Counter, conversation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await counter.open_hiring.store([a_job(), a_job("winkel")])
    await counter.open_hiring.sign_up(a_sign_up(conversation))
    assert await print_lists(settings, None) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] + line[-1] for line in lines] == ["magazijn1", "winkel0"]


async def test_a_coachs_reply_reaches_the_person(
    settings: Settings, counter: Counter, conversation: str
) -> None:
    receipt = await counter.referrals.open(
        OpenReferral(conversation_id=conversation, message_id="m1", reason=Reason.ASKED)
    )
    assert await reply_to(settings, receipt.number, "Ik bel je morgen.", coach="anja") == 0
    texts = [message.content.text for message in await said(counter, conversation)]
    assert texts[0] == "Ik bel je morgen."
    assert receipt.number in texts[1]
