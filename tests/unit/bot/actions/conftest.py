"""Turns and services for testing actions without Rasa or a database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from counter.conversations.model import Content
from counter.employers.model import Employer
from counter.opening.reading import load_opening_hours
from counter.opening.service import ProspectService
from counter.passport.model import Entry, EntryKind, Passport, Told
from counter.places.gazetteer import load_gazetteer
from counter.referrals.model import (
    ClaimFigure,
    Helped,
    OpenReferral,
    ReferralReceipt,
    Slot,
    UnknownReferralError,
)
from counter.referrals.states import ReferralState, Step, after
from skills_taxonomy import Taxonomy

GAZETTEER = load_gazetteer()
TAXONOMY = Taxonomy.load()
# A Monday, noon in the Netherlands: every counter is open.
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


class FakeReferrals:
    """The referral queue in memory, for one person."""

    def __init__(self) -> None:
        self.opened: list[OpenReferral] = []
        self.receipts: list[ReferralReceipt] = []
        self.phones: list[str | None] = []
        self.ratings: dict[str, tuple[Helped, str | None]] = {}
        self.claims: tuple[ClaimFigure, ...] = ()

    async def open(self, command: OpenReferral) -> ReferralReceipt:
        self.opened.append(command)
        receipt = ReferralReceipt(
            number=f"C-0000-000{len(self.receipts)}",
            position=len(self.receipts) + 1,
            state=ReferralState.WAITING,
            opened_at=datetime(2026, 11, 23, tzinfo=UTC),
            answer_before=date(2026, 11, 25),
            region=command.region,
        )
        self.receipts.append(receipt)
        return receipt

    async def of_person(self, _conversation_id: str) -> tuple[ReferralReceipt, ...]:
        return tuple(self.receipts)

    async def by_number(self, number: str) -> ReferralReceipt | None:
        return next((receipt for receipt in self.receipts if receipt.number == number), None)

    async def cancel(self, number: str, _conversation_id: str) -> ReferralReceipt:
        return self.change(number, state=ReferralState.CANCELLED, position=None, is_open=False)

    async def plan_call_back(
        self, number: str, _conversation_id: str, slot: Slot, *, phone: str | None = None
    ) -> ReferralReceipt:
        found = await self.by_number(number)
        state = after(found.state if found else ReferralState.CLOSED, Step.PLAN_CALL_BACK)
        self.phones.append(phone)
        return self.change(number, state=state, position=None, call_back=slot)

    async def rate(
        self, number: str, _conversation_id: str, helped: Helped, *, comment: str | None = None
    ) -> ReferralReceipt:
        rated = self.change(number)
        self.ratings[number] = (helped, comment)
        return rated

    async def recent_claims(self) -> tuple[ClaimFigure, ...]:
        return self.claims

    def change(self, number: str, **changes: Any) -> ReferralReceipt:
        """Change a receipt in place, as a coach or the person does."""
        for place, receipt in enumerate(self.receipts):
            if receipt.number == number:
                self.receipts[place] = replace(receipt, **changes)
                return self.receipts[place]
        raise UnknownReferralError(number)


class FakePresence:
    """Who is at the desk."""

    def __init__(self) -> None:
        self.there: set[str] = set()

    async def present(self) -> frozenset[str]:
        return frozenset(self.there)


class FakeEmployers:
    """What one person told of their firm before."""

    known: Employer | None = None

    async def of_person(self, _conversation_id: str) -> Employer | None:
        return self.known


class FakeConversations:
    """What was said, of which actions only need the last thing the counter said."""

    def __init__(self) -> None:
        self.last: Content | None = None

    async def said_before(self, _conversation_id: str, _message_id: str) -> Content | None:
        return self.last


class FakePassports:
    """One person's skills passport in memory."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._removed: set[str] = set()

    async def of(self, _conversation_id: str) -> Passport:
        shown = [entry for entry in self._entries.values() if entry.skill_id not in self._removed]
        return Passport(
            skills=tuple(entry for entry in shown if entry.told.kind is EntryKind.SKILL),
            wishes=tuple(entry for entry in shown if entry.told.kind is EntryKind.WISH),
            removed=tuple(entry for entry in self._entries.values() if entry.skill_id in self._removed),
        )

    async def add(self, conversation_id: str, told: Iterable[Told]) -> Passport:
        for one in told:
            self._entries[one.skill_id] = Entry(told=one, added_at=datetime(2026, 11, 23, tzinfo=UTC))
            self._removed.discard(one.skill_id)
        return await self.of(conversation_id)

    async def remove(self, conversation_id: str, skill_ids: Iterable[str]) -> Passport:
        self._removed |= set(skill_ids)
        return await self.of(conversation_id)

    async def restore(self, conversation_id: str, skill_ids: Iterable[str]) -> Passport:
        self._removed -= set(skill_ids)
        return await self.of(conversation_id)


class FakeVisits:
    """Secret links to one person's own pages; each opens once, which no action sees."""

    def __init__(self) -> None:
        self.site = "https://loket.voorbeeld.nl"

    async def link(self, conversation_id: str, page: str = "") -> str | None:
        return f"{self.site}/mijn/open?naar={page}&sleutel={conversation_id}" if self.site else None


@pytest.fixture
def counter() -> SimpleNamespace:
    """Give the services that actions use, as fakes."""
    referrals, presence, opening = FakeReferrals(), FakePresence(), load_opening_hours()
    services = SimpleNamespace(
        clock=lambda: NOON,
        opening=opening,
        presence=presence,
        gazetteer=GAZETTEER,
        taxonomy=TAXONOMY,
        referrals=referrals,
        conversations=FakeConversations(),
        employers=FakeEmployers(),
        passports=FakePassports(),
        visits=FakeVisits(),
    )
    services.prospects = ProspectService(
        lambda: services.clock(),  # noqa: PLW0108 - a test may set the clock
        opening,
        referrals,  # type: ignore[arg-type]
        presence,  # type: ignore[arg-type]
    )
    return services


@pytest.fixture
def dispatcher() -> CollectingDispatcher:
    """Give a dispatcher that keeps what is said."""
    return CollectingDispatcher()


@pytest.fixture
def said(dispatcher: CollectingDispatcher) -> Callable[[], list[str]]:
    """Give a function that returns the names of the responses said so far."""
    return lambda: [message["response"] for message in dispatcher.messages]


@pytest.fixture
def turn() -> Callable[..., Tracker]:
    """Give a function that builds the tracker of a turn, as Rasa sends it to a form's validation."""

    def build(  # noqa: PLR0913 - each is one thing that can differ between turns
        intent: str,
        text: str = "",
        *,
        entities: Mapping[str, Any] | None = None,
        slots: Mapping[str, Any] | None = None,
        form: str | None = None,
        asked: str | None = None,
        earlier: tuple[dict[str, Any], ...] = (),
        since: tuple[dict[str, Any], ...] = (),
        ranking: tuple[str, ...] = (),
        channel: str = "website",
    ) -> Tracker:
        message = {
            "intent": {"name": intent},
            "text": text,
            "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
            "metadata": {"message_id": "message-1", "channel": channel},
            "intent_ranking": [{"name": name, "confidence": 0.2} for name in ranking],
        }
        named = entities or {}
        filled = {"requested_slot": asked, **(slots or {})}
        validating = [{"event": "action", "name": form}] if form else []
        extracted = [{"event": "slot", "name": name, "value": value} for name, value in named.items()]
        return Tracker(
            "conversation-1",
            {**filled, **{name: value for name, value in named.items() if name in filled}},
            message,
            [*earlier, {"event": "user"}, *since, *validating, *extracted],
            paused=False,
            followup_action=None,
            active_loop={"name": form} if form else {},
            latest_action_name=None,
        )

    return build
