"""What coaches decide as advisers: once, by name, for a reason that the person reads."""

import pytest
from sqlalchemy import select

from counter.clock import utc_now
from counter.job_drafts.model import JobDraftState
from counter.referrals.storage import referral_by_number
from counter.services import Counter
from counter.staff.model import Role, StaffEvent
from counter.staff.storage import StaffEventRow
from counter.vouchers.model import VoucherState
from tests.contract.coach_desk.conftest import Asker, Client, NewCoach
from tests.contract.counter.test_job_drafts import a_job as a_draft
from tests.contract.counter.test_open_hiring import a_job, a_sign_up
from tests.contract.counter.test_vouchers import an_application
from tests.support.staff import send


async def decided(counter: Counter) -> list[str]:
    async with counter.database.reading() as session:
        rows = await session.scalars(
            select(StaffEventRow.detail)
            .where(StaffEventRow.event == StaffEvent.DECIDED.value)
            .order_by(StaffEventRow.id)
        )
        return list(rows)


async def text_of(client: Client, path: str) -> str:
    response = await client.get(path)
    assert response.status == 200
    return await response.text()


@pytest.mark.parametrize(
    ("choice", "state"), [("awarded", VoucherState.AWARDED), ("rejected", VoucherState.REJECTED)]
)
async def test_an_application_is_decided_once_with_the_rules_in_view(
    coach: Client, counter: Counter, asker: Asker, choice: str, state: VoucherState
) -> None:
    receipt = await counter.vouchers.apply(an_application(asker.conversation.id))
    assert receipt.number in await text_of(coach, "/coach/aanvragen")
    address = f"/coach/aanvragen/{receipt.number}"
    page = await text_of(coach, address)
    for check in (await counter.vouchers.application(receipt.number)).checks:
        assert check.text in page
    assert (await send(coach, address, besluit=choice, reden="Zo is het goed.")).status == 303
    found = await counter.vouchers.by_number(receipt.number)
    assert found is not None
    assert found.state is state
    transcript = await counter.conversations.transcript(asker.conversation.id)
    assert "Zo is het goed." in str(transcript.messages[-1].content)
    again = await send(coach, address, besluit="awarded", reden="Toch maar.")
    assert again.status == 422
    assert "al over besloten" in await again.text()
    assert await decided(counter) == [f"{choice} {receipt.number}"]
    waiting, _, in_use = (await text_of(coach, "/coach/aanvragen")).partition("Toegekend, nog te gebruiken")
    assert receipt.number not in waiting
    assert (receipt.number in in_use) == (state is VoucherState.AWARDED)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"besluit": "awarded", "reden": " "}, "tekstvak"),
        ({"besluit": "awarded", "reden": "bsn 111222333"}, "burgerservicenummer"),
        ({"besluit": "rejected", "reden": "NL91ABNA0417164300"}, "rekeningnummer"),
        ({"besluit": "", "reden": "Mag."}, "besluit"),
    ],
)
async def test_a_decision_without_a_fit_reason_is_none(
    coach: Client, counter: Counter, asker: Asker, fields: dict[str, str], word: str
) -> None:
    receipt = await counter.vouchers.apply(an_application(asker.conversation.id))
    answer = await send(coach, f"/coach/aanvragen/{receipt.number}", **fields)
    assert answer.status == 422
    assert word in await answer.text()
    assert await decided(counter) == []


async def test_a_job_is_approved_or_turned_down_for_a_reason(
    coach: Client, counter: Counter, asker: Asker
) -> None:
    good = await counter.job_drafts.submit(a_draft(asker.conversation.id, message_id="1"))
    bad = await counter.job_drafts.submit(a_draft(asker.conversation.id, message_id="2"))
    page = await text_of(coach, "/coach/banen")
    assert good.number in page
    assert bad.number in page
    assert (await send(coach, f"/coach/banen/{bad.number}", besluit="af", reden=" ")).status == 422
    assert (await send(coach, f"/coach/banen/{bad.number}", besluit="af", reden="Geen uren.")).status == 303
    assert (await send(coach, f"/coach/banen/{good.number}", besluit="goed")).status == 303
    states = [(await counter.job_drafts.draft(one.number)).receipt.state for one in (good, bad)]
    assert states == [JobDraftState.APPROVED, JobDraftState.REJECTED]
    assert (await send(coach, f"/coach/banen/{bad.number}", besluit="goed")).status == 422
    assert await decided(counter) == [f"rejected {bad.number}", f"approved {good.number}"]


async def test_a_place_that_came_free_is_noted_once_however_often_the_form_is_sent(
    coach: Client, counter: Counter, asker: Asker
) -> None:
    await counter.open_hiring.store([a_job("magazijn")])
    place = await counter.open_hiring.sign_up(a_sign_up(asker.conversation.id, job_id="magazijn"))
    assert "1 wacht" in await text_of(coach, "/coach/banen")
    assert (await send(coach, "/coach/banen/vrij", baan="magazijn", stand="0")).status == 303
    again = await send(coach, "/coach/banen/vrij", baan="magazijn", stand="0")
    assert again.status == 422
    assert "net al een plek vrij" in await again.text()
    [listed] = await counter.open_hiring.list_of("magazijn")
    assert listed.place.number == place.number
    assert listed.place.answer_before is not None
    assert await decided(counter) == ["freed magazijn"]
    for fields in ({"baan": "magazijn", "stand": "x"}, {"baan": "geen", "stand": "0"}):
        assert (await send(coach, "/coach/banen/vrij", **fields)).status in {400, 404}


async def test_what_does_not_exist_is_not_found(coach: Client) -> None:
    for path in ("/coach/aanvragen/V-0000-0000", "/coach/banen/B-0000-0000"):
        assert (await coach.get(path)).status == 404
        assert (await send(coach, path, besluit="awarded", reden="Mag.")).status in {404, 422}


async def test_an_editor_decides_nothing(new_coach: NewCoach, counter: Counter, asker: Asker) -> None:
    receipt = await counter.vouchers.apply(an_application(asker.conversation.id))
    editor, _ = await new_coach("eddie", Role.EDITOR)
    for page in ("aanvragen", f"aanvragen/{receipt.number}", "banen", "geescaleerd"):
        assert (await editor.get(f"/coach/{page}")).status == 403
    answer = await send(editor, f"/coach/aanvragen/{receipt.number}", besluit="awarded", reden="Mag.")
    assert answer.status == 403


async def test_what_lay_too_long_is_on_its_own_list(
    new_coach: NewCoach, counter: Counter, asker: Asker
) -> None:
    sanne, me = await new_coach("sanne")
    karim, _ = await new_coach("karim")
    await counter.desk.claim(asker.number, me)
    await counter.desk.offer(asker.number, me, to_organisation="Elders")
    assert asker.number not in await text_of(sanne, "/coach/geescaleerd")
    async with counter.database.session() as session:
        row = await referral_by_number(session, asker.number)
        assert row is not None
        row.offered_until = utc_now()
    await counter.upkeep.look()
    page = await text_of(sanne, "/coach/geescaleerd")
    assert asker.number in page
    assert "Elders" in page
    assert asker.number not in await text_of(karim, "/coach/geescaleerd")
