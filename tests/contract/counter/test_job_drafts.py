"""Job drafts on both databases: invisible until an adviser approves, once a message, decided once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest

from counter.conversations.model import UnknownConversationError
from counter.employers.model import Employer
from counter.job_drafts import storage
from counter.job_drafts.model import (
    AlreadyCheckedError,
    AsksForPastError,
    JobDraftReceipt,
    JobDraftState,
    SubmitJob,
    UnknownJobDraftError,
)
from counter.open_hiring.model import JobQuery
from counter.services import Counter

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

BAKERY = Employer(kvk_number="12345678", name="Bakkerij Jansen")


def a_job(conversation_id: str, *, message_id: str = "m1", title: str = "Lasser") -> SubmitJob:
    return SubmitJob(
        conversation_id=conversation_id,
        message_id=message_id,
        employer=BAKERY,
        title=title,
        place="Zaandam",
        hours_min=24,
        hours_max=32,
        practical_needs=("je kunt 10 kilo tillen",),
        open_places=2,
        name="Kees",
        phone="+31612345678",
    )


async def found(counter: Counter) -> list[str]:
    """Return the titles of all jobs that people can find."""
    return [hit.job.title for hit in (await counter.open_hiring.search(JobQuery(), limit=100)).hits]


async def test_a_job_waits_for_a_check_with_a_receipt(
    counter: Counter, new_conversation: NewConversation
) -> None:
    receipt = await counter.job_drafts.submit(a_job(await new_conversation()))
    assert receipt == JobDraftReceipt(
        number=receipt.number,
        title="Lasser",
        place="Zaandam",
        state=JobDraftState.IN_REVIEW,
        submitted_at=counter.clock(),
        answer_before=date(2026, 11, 25),
    )
    assert receipt.number.startswith("B-")
    assert await counter.job_drafts.by_number(receipt.number) == receipt
    assert await counter.job_drafts.by_number("B-0000-0000") is None
    [draft] = await counter.job_drafts.in_review()
    assert (draft.receipt, draft.employer, draft.name) == (receipt, BAKERY, "Kees")
    # The sector is that of the occupation the title names.
    assert draft.sector == "techniek"


async def test_nobody_finds_a_job_before_it_is_approved(
    counter: Counter, new_conversation: NewConversation
) -> None:
    receipt = await counter.job_drafts.submit(a_job(await new_conversation()))
    assert await found(counter) == []
    approved = await counter.job_drafts.approve(receipt.number, adviser="Mila")
    assert approved.state is JobDraftState.APPROVED
    [hit] = (await counter.open_hiring.search(JobQuery(place="Zaandam", hours=24))).hits
    job = hit.job
    assert (job.title, job.employer, job.place) == ("Lasser", "Bakkerij Jansen", "Zaandam")
    assert (job.hours_min, job.hours_max, job.open_places) == (24, 32, 2)
    assert job.practical_needs == ("je kunt 10 kilo tillen",)
    assert "minimumloon" in job.wage_text
    assert not job.is_sample
    assert await counter.job_drafts.in_review() == ()


async def test_a_rejected_job_is_never_found(counter: Counter, new_conversation: NewConversation) -> None:
    receipt = await counter.job_drafts.submit(a_job(await new_conversation()))
    rejected = await counter.job_drafts.reject(receipt.number, adviser="Mila", reason="geen loon genoemd")
    assert rejected.state is JobDraftState.REJECTED
    assert await found(counter) == []
    assert await counter.job_drafts.in_review() == ()


async def test_a_draft_is_checked_once_by_whoever_is_first(
    counter: Counter, new_conversation: NewConversation
) -> None:
    receipt = await counter.job_drafts.submit(a_job(await new_conversation()))
    outcomes = await asyncio.gather(
        *(counter.job_drafts.approve(receipt.number, adviser=f"adviser {n}") for n in range(5)),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes].count(JobDraftReceipt) == 1
    assert [type(outcome) for outcome in outcomes].count(AlreadyCheckedError) == 4
    assert await found(counter) == ["Lasser"]
    with pytest.raises(AlreadyCheckedError):
        await counter.job_drafts.reject(receipt.number, adviser="Mila", reason="toch niet")
    with pytest.raises(UnknownJobDraftError):
        await counter.job_drafts.approve("B-0000-0000", adviser="Mila")


async def test_the_same_message_again_submits_nothing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    command = a_job(await new_conversation())
    receipts = await asyncio.gather(*(counter.job_drafts.submit(command) for _ in range(10)))
    assert len({receipt.number for receipt in receipts}) == 1
    assert len(await counter.job_drafts.in_review()) == 1


async def test_a_message_that_comes_again_after_the_check_reopens_nothing(
    counter: Counter, new_conversation: NewConversation
) -> None:
    command = a_job(await new_conversation())
    receipt = await counter.job_drafts.submit(command)
    approved = await counter.job_drafts.approve(receipt.number, adviser="Mila")
    assert await counter.job_drafts.submit(command) == approved
    assert await found(counter) == ["Lasser"]


async def test_drafts_wait_in_order_of_arrival(counter: Counter, new_conversation: NewConversation) -> None:
    conversation = await new_conversation()
    first = await counter.job_drafts.submit(a_job(conversation))
    second = await counter.job_drafts.submit(a_job(conversation, message_id="m2", title="Inpakker"))
    assert [draft.receipt for draft in await counter.job_drafts.in_review()] == [first, second]
    assert await counter.job_drafts.of_person(conversation) == (second, first)


@pytest.mark.parametrize(
    "changes",
    [{"title": "Lasser met diploma"}, {"practical_needs": ("je kunt tillen", "minimaal 2 jaar ervaring")}],
)
async def test_a_job_that_asks_for_the_past_is_not_kept(
    counter: Counter, new_conversation: NewConversation, changes: dict[str, object]
) -> None:
    command = replace(a_job(await new_conversation()), **changes)  # type: ignore[arg-type]
    with pytest.raises(AsksForPastError) as refused:
        await counter.job_drafts.submit(command)
    assert refused.value.words in {"diploma", "2 jaar"}
    assert await counter.job_drafts.in_review() == ()


async def test_the_firm_is_remembered_with_the_person(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    await counter.job_drafts.submit(a_job(one))
    assert await counter.employers.of_person(other) == BAKERY


async def test_nobody_offers_a_job_without_a_conversation(counter: Counter) -> None:
    with pytest.raises(UnknownConversationError):
        await counter.job_drafts.submit(a_job("nobody"))


async def test_an_export_holds_everything_that_was_given(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.job_drafts.submit(a_job(conversation))
    export = await counter.conversations.export(conversation)
    [exported] = export["job_drafts"]
    assert (exported["number"], exported["state"]) == (receipt.number, "in_review")
    assert {"Lasser", "Bakkerij Jansen", "12345678", "Kees", "+31612345678"} <= {
        value for value in exported.values() if isinstance(value, str)
    }
    assert [entry["name"] for entry in export["employers"]] == ["Bakkerij Jansen"]


async def test_erasing_withdraws_what_waits_and_blanks_who_offered_it(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.job_drafts.submit(a_job(conversation))
    await counter.conversations.erase(conversation)
    with pytest.raises(AlreadyCheckedError):
        await counter.job_drafts.approve(receipt.number, adviser="Mila")
    async with counter.database.session() as session:
        row = await storage.by_number(session, receipt.number)
    assert row is not None
    assert row.state == JobDraftState.WITHDRAWN
    assert {row.kvk_number, row.employer, row.name, row.phone, row.email, row.conversation_id} == {None}
    assert (row.title, row.place, row.practical_needs) == ("", "", [])


async def test_an_approved_job_stays_when_the_person_erases_the_conversation(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    receipt = await counter.job_drafts.submit(a_job(conversation))
    await counter.job_drafts.approve(receipt.number, adviser="Mila")
    await counter.conversations.erase(conversation)
    assert await found(counter) == ["Lasser"]
    kept = await counter.job_drafts.by_number(receipt.number)
    assert kept is not None
    assert (kept.state, kept.title) == (JobDraftState.APPROVED, "")
