"""What coaches do with vouchers as advisers: pay a trainer once, and put a mistake right; all by name."""

from datetime import timedelta

import pytest

from counter.calendar import local_date
from counter.clock import utc_now
from counter.services import Counter
from counter.staff.model import Role
from counter.vouchers.model import Decision, VoucherReceipt, VoucherState
from tests.contract.coach_desk.conftest import Asker, Client, NewCoach
from tests.contract.coach_desk.test_decisions import decided, text_of
from tests.contract.counter.test_vouchers import an_application
from tests.support.staff import send

TODAY = local_date(utc_now())
PAYMENT = {"formulier": "f1", "aan": "Lasschool", "bedrag": "1.250,50", "op": TODAY.isoformat()}


@pytest.fixture
async def awarded(counter: Counter, asker: Asker) -> VoucherReceipt:
    receipt = await counter.vouchers.apply(an_application(asker.conversation.id))
    return await counter.voucher_desk.decide(
        receipt.number, Decision.AWARDED, adviser="jan", reason="goed plan"
    )


async def test_a_payment_is_booked_once_and_the_holder_reads_it(
    coach: Client, counter: Counter, asker: Asker, awarded: VoucherReceipt
) -> None:
    assert awarded.number in await text_of(coach, "/coach/aanvragen")
    address = f"/coach/aanvragen/{awarded.number}"
    assert "Er is nog € 1.500 over." in await text_of(coach, address)
    for _ in range(2):
        assert (await send(coach, f"{address}/betaald", **PAYMENT)).status == 303
    page = await text_of(coach, address)
    assert "€ 1.250,50 aan Lasschool op" in page
    assert "door Sanne" in page
    assert "Er is nog € 249,50 over." in page
    transcript = await counter.conversations.transcript(asker.conversation.id)
    assert "Lasschool" in str(transcript.messages[-1].content)
    assert await decided(counter) == [f"paid {awarded.number}"]


async def test_after_the_last_payment_nothing_is_left_to_pay(
    coach: Client, counter: Counter, awarded: VoucherReceipt
) -> None:
    address = f"/coach/aanvragen/{awarded.number}"
    assert (await send(coach, f"{address}/betaald", **PAYMENT, laatste="ja")).status == 303
    assert "Deze aanvraag is gebruikt." in await text_of(coach, address)
    again = await send(coach, f"{address}/betaald", **PAYMENT | {"formulier": "f2"})
    assert again.status == 422
    assert "kan het loket nu niets betalen" in await again.text()
    found = await counter.vouchers.by_number(awarded.number)
    assert found is not None
    assert found.state is VoucherState.USED


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        pytest.param({"aan": " "}, "aan wie het loket betaalde", id="nobody"),
        pytest.param({"aan": "NL91ABNA0417164300"}, "rekeningnummer", id="an account number"),
        pytest.param({"bedrag": "veel"}, "het bedrag", id="no amount"),
        pytest.param({"bedrag": "0"}, "het bedrag", id="nothing"),
        pytest.param({"bedrag": "1.500,01"}, "nog € 1.500 over", id="a cent too much"),
        pytest.param({"op": (TODAY + timedelta(days=1)).isoformat()}, "in de toekomst", id="tomorrow"),
        pytest.param({"op": "gisteren"}, "de dag waarop", id="no day"),
        pytest.param({"formulier": ""}, "aan wie", id="a form of nobody"),
    ],
)
async def test_a_payment_that_cannot_be_is_refused_and_what_was_typed_stays(
    coach: Client, counter: Counter, awarded: VoucherReceipt, wrong: dict[str, str], told: str
) -> None:
    answer = await send(coach, f"/coach/aanvragen/{awarded.number}/betaald", **PAYMENT | wrong)
    page = await answer.text()
    assert answer.status == 422
    assert told in page
    assert f'value="{(PAYMENT | wrong)["op"]}"' in page
    assert (await counter.vouchers.application(awarded.number)).payments == ()
    assert await decided(counter) == []


async def test_a_mistake_is_put_right_for_a_reason(
    coach: Client, counter: Counter, awarded: VoucherReceipt
) -> None:
    address = f"/coach/aanvragen/{awarded.number}"
    await send(coach, f"{address}/betaald", **PAYMENT, laatste="ja")
    assert (await send(coach, f"{address}/terugdraaien", betaling="f1", reden=" ")).status == 422
    assert (await send(coach, f"{address}/terugdraaien", betaling="f9", reden="Dubbel.")).status == 404
    assert (await send(coach, f"{address}/terugdraaien", betaling="f1", reden="Dubbel.")).status == 303
    page = await text_of(coach, address)
    assert "teruggedraaid" in page
    assert "Er is nog € 1.500 over." in page
    assert await decided(counter) == [f"paid {awarded.number}", f"taken back {awarded.number}"]


async def test_an_editor_pays_nobody(new_coach: NewCoach, counter: Counter, awarded: VoucherReceipt) -> None:
    editor, _ = await new_coach("eddie", Role.EDITOR)
    for page in ("betaald", "terugdraaien"):
        answer = await send(editor, f"/coach/aanvragen/{awarded.number}/{page}", **PAYMENT)
        assert answer.status == 403
    assert (await counter.vouchers.application(awarded.number)).payments == ()
