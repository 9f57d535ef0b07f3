"""A law: nothing open, preserved or too young goes, all else does, and the report says what is true."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from counter.calendar import local_date
from counter.conversations.storage import ConversationRow
from counter.database import Database
from counter.places.gazetteer import Gazetteer
from counter.preservations.model import Ground, Preserve
from counter.referrals.model import OpenReferral, Reason
from counter.services import Counter, open_counter
from counter.vouchers.model import Decision
from counter.vouchers.rows import VoucherRow
from skills_taxonomy import Taxonomy
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.test_retention import Heard, Memory, outcome
from tests.contract.counter.test_vouchers import an_application
from tests.support.databases import Databases
from tests.support.words import plain_words

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
# The rules that come with the project, in days, as this moment has them.
A_YEAR, HALF_A_YEAR = (NOW - NOW.replace(year=2025)).days, (NOW - NOW.replace(month=5)).days


@dataclass(frozen=True)
class Someone:
    """A person as the law sees them: how long silent, what they have, and until when they are preserved."""

    silent_days: int
    earlier_days: int | None
    has_referral: bool
    voucher: str
    preserved_days: int | None
    is_remembered: bool

    @property
    def is_open(self) -> bool:
        return self.has_referral or self.voucher == "open"

    @property
    def is_preserved(self) -> bool:
        return self.preserved_days is not None and self.preserved_days >= 0

    @property
    def must_go(self) -> bool:
        return self.silent_days > A_YEAR and not self.is_open and not self.is_preserved

    @property
    def loses_application(self) -> bool:
        is_old = self.silent_days > HALF_A_YEAR and self.voucher == "rejected"
        return is_old and not self.is_preserved and not self.must_go


ages = st.one_of(
    st.integers(0, 1000),
    st.sampled_from([A_YEAR - 1, A_YEAR, A_YEAR + 1, HALF_A_YEAR, HALF_A_YEAR + 1]),
)
people = st.builds(
    Someone,
    silent_days=ages,
    earlier_days=st.none() | ages,
    has_referral=st.booleans(),
    voucher=st.sampled_from(["none", "open", "rejected"]),
    preserved_days=st.none() | st.integers(-3, 3),
    is_remembered=st.booleans(),
)


async def arrive(counter: Counter, clock: SettableClock, one: Someone) -> str:
    """Have somebody live through it; returns the conversation they had last."""
    clock.now = NOW - timedelta(days=one.silent_days + (one.earlier_days or 0))
    opened = await counter.conversations.open("website")
    clock.now = NOW - timedelta(days=one.silent_days)
    last = opened.id
    if one.earlier_days is not None:
        last = (await counter.conversations.open("website", earlier_token=opened.token)).id
    if one.voucher != "none":
        receipt = await counter.vouchers.apply(an_application(last))
        if one.voucher == "rejected":
            await counter.voucher_desk.decide(receipt.number, Decision.REJECTED, adviser="jan", reason="nee")
    if one.has_referral:
        await counter.referrals.open(
            OpenReferral(conversation_id=last, message_id="m2", reason=Reason.ASKED, name="Fatima")
        )
    if one.preserved_days is not None:
        until = local_date(NOW) + timedelta(days=one.preserved_days)
        clock.now = NOW - timedelta(days=30)
        await counter.preservations.preserve(
            Preserve(conversation_id=opened.id, ground=Ground.HELP, why="w", by="anja", until=until)
        )
    return last


async def the_law(counter: Counter, clock: SettableClock, crowd: list[Someone]) -> None:
    last = [await arrive(counter, clock, one) for one in crowd]
    clock.now = NOW
    stubborn = frozenset(
        conversation for conversation, one in zip(last, crowd, strict=True) if not one.is_remembered
    )
    done = await counter.retention.run(Memory(stubborn=stubborn).forget, Heard())
    assert done is not None
    async with counter.database.reading() as session:
        there = set(await session.scalars(select(ConversationRow.id)))
        named = list(await session.scalars(select(VoucherRow.name).where(VoucherRow.name.is_not(None))))
    went = [one for conversation, one in zip(last, crowd, strict=True) if conversation not in there]
    stayed = [one for conversation, one in zip(last, crowd, strict=True) if conversation in there]
    assert all(one.must_go for one in went)
    still_due = [one for one in stayed if one.must_go]
    assert all(not one.is_remembered for one in still_due)
    told = outcome(done)
    assert (told.due, told.deleted) == (len(went) + len(still_due), len(went))
    assert (told.failed, told.difference) == (len(still_due), len(still_due))
    assert told.preserved == sum(
        one.silent_days > A_YEAR and not one.is_open and one.is_preserved for one in crowd
    )
    blanked = [one for one in crowd if one.loses_application]
    late = [one for one in still_due if one.voucher == "rejected"]
    assert outcome(done, "voucheraanvragen").deleted == len(blanked) + len(late)
    assert len(named) == sum(one.voucher != "none" for one in stayed) - len(blanked) - len(late)
    assert done.is_complete == (not still_due)


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_nothing_open_preserved_or_too_young_goes_and_everything_else_does(
    databases: Databases,
    backend: str,
    taxonomy: Taxonomy,
    gazetteer: Gazetteer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Several in a row would mean that the bot is away; here each refusal is of one person alone.
    monkeypatch.setattr("counter.retention.sweep.MAX_REFUSALS", 100)

    @settings(
        max_examples=40 if backend == "sqlite" else 12,
        deadline=None,
    )
    @given(crowd=st.lists(people, max_size=5))
    def check(crowd: list[Someone]) -> None:
        url = databases.migrated(backend)

        async def one_life() -> None:
            database, clock = Database.open(url), SettableClock(NOW)
            try:
                await the_law(
                    open_counter(database, taxonomy, gazetteer, clock, wording=plain_words), clock, crowd
                )
            finally:
                await database.close()

        asyncio.run(one_life())

    check()
