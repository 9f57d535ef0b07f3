"""What an adviser decides and that they did so stand there together, or neither does."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from counter.services import Counter
from counter.staff.model import StaffEvent
from counter.staff.storage import StaffEventRow
from counter.vouchers.model import Decision
from tests.contract.counter.test_job_drafts import a_job as a_draft
from tests.contract.counter.test_open_hiring import a_job, a_sign_up
from tests.contract.counter.test_vouchers import an_application
from tests.support.staff import new_member

type NewConversation = Callable[[], Awaitable[str]]
type Decide = Callable[[str], Awaitable[object]]
# Nobody has this account, so that the database refuses what is kept of it: the last thing to be written.
NOBODY = "niemand"


async def decided(counter: Counter) -> list[tuple[str | None, str]]:
    async with counter.database.reading() as session:
        rows = await session.scalars(
            select(StaffEventRow)
            .where(StaffEventRow.event == StaffEvent.DECIDED.value)
            .order_by(StaffEventRow.id)
        )
        return [(row.staff_id, row.detail) for row in rows]


async def how_it_stands(counter: Counter, conversation: str) -> str:
    """Return everything that a decision changes for somebody, and the list of the job."""
    jobs = [(one.waiting, one.free, one.freed) for one in await counter.open_hiring.lists()]
    return f"{jobs} {await counter.conversations.export(conversation)}"


async def deciding(counter: Counter, conversation: str, what: str) -> tuple[Decide, str]:
    """Prepare a decision; returns what makes it in somebody's name, and what is kept of it."""
    match what:
        case "award" | "reject":
            number = (await counter.vouchers.apply(an_application(conversation))).number
            decision = Decision.AWARDED if what == "award" else Decision.REJECTED
            return lambda by: counter.voucher_desk.decide(
                number, decision, adviser="Jan", reason="Zo is het.", staff_id=by
            ), f"{decision.value} {number}"
        case "approve":
            number = (await counter.job_drafts.submit(a_draft(conversation))).number
            return lambda by: counter.job_drafts.approve(
                number, adviser="Jan", staff_id=by
            ), f"approved {number}"
        case "turn down":
            number = (await counter.job_drafts.submit(a_draft(conversation))).number
            return lambda by: counter.job_drafts.reject(
                number, adviser="Jan", reason="Geen uren.", staff_id=by
            ), f"rejected {number}"
        case _:
            await counter.open_hiring.store([a_job("magazijn")])
            await counter.open_hiring.sign_up(a_sign_up(conversation, job_id="magazijn"))
            return lambda by: counter.open_hiring.free_place(
                "magazijn", freed_before=0, staff_id=by
            ), "freed magazijn"


@pytest.mark.parametrize("what", ["award", "reject", "approve", "turn down", "free a place"])
async def test_a_decision_that_cannot_be_kept_is_not_made(
    counter: Counter, new_conversation: NewConversation, what: str
) -> None:
    conversation = await new_conversation()
    decide, detail = await deciding(counter, conversation, what)
    before = await how_it_stands(counter, conversation)
    with pytest.raises(IntegrityError):
        await decide(NOBODY)
    assert await how_it_stands(counter, conversation) == before
    assert await decided(counter) == []
    await counter.staff.add(new_member("jan"))
    [jan] = await counter.staff.members()
    await decide(jan.id)
    assert await how_it_stands(counter, conversation) != before
    assert await decided(counter) == [(jan.id, detail)]


async def test_who_decides_at_the_terminal_has_no_account_and_is_not_kept(
    counter: Counter, new_conversation: NewConversation
) -> None:
    receipt = await counter.vouchers.apply(an_application(await new_conversation()))
    await counter.voucher_desk.decide(receipt.number, Decision.AWARDED, adviser="jan", reason="goed plan")
    assert await decided(counter) == []
