"""Passports shared by a link: what was ticked, until the day that was chosen or until somebody says stop."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from counter.conversations.model import UnknownConversationError
from counter.passport.model import EntryKind, Source, Told
from counter.services import Counter
from counter.shared_passports.model import (
    MOST_LINKS,
    Period,
    Share,
    Ticked,
    TooManyLinksError,
    UnknownLinkError,
)
from counter.shared_passports.storage import SharedPassportRow
from skills_taxonomy import Level
from tests.contract.counter.conftest import NewConversation, SettableClock
from tests.contract.counter.test_people import every_stored_value
from tests.contract.counter.test_retention import outcome, run

type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

WELDING, COOKING, PLANNING = (f"vaardigheid/{name}" for name in ("lassen", "koken", "plannen"))
TOLD = (
    Told(skill_id=WELDING, words="las al jaren", level=Level.ERVAREN, years=10),
    Told(skill_id=COOKING, words="koken", source=Source.COACH, added_by="Sanne"),
    Told(skill_id=PLANNING, words="leren plannen", kind=EntryKind.WISH),
)
ALL = Ticked(
    skill_ids=frozenset({WELDING, COOKING, PLANNING}),
    with_experience=True,
    with_words=True,
    first_name="Fatima",
)
WEEK = Share(label="Voor mijn gesprek bij de bakker", period=Period.WEEK, ticked=ALL)


async def a_sharer(counter: Counter, new_conversation: NewConversation, share: Share = WEEK) -> str:
    conversation = await new_conversation()
    await counter.passports.add(conversation, TOLD)
    await counter.shared_passports.share(conversation, "sleutel", share)
    return conversation


async def names_at(counter: Counter, key: str = "sleutel") -> list[str]:
    shared = await counter.shared_passports.look(key)
    return [told.name for told in (*shared.skills, *shared.wishes)]


async def test_a_link_shows_what_was_ticked_and_no_name_of_a_coach(
    counter: Counter, new_conversation: NewConversation
) -> None:
    await a_sharer(counter, new_conversation)
    shared = await counter.shared_passports.look("sleutel")
    assert shared.first_name == "Fatima"
    welds, cooks = shared.skills
    assert (welds.name, welds.words, welds.level, welds.years) == (
        "lassen",
        "las al jaren",
        Level.ERVAREN,
        10,
    )
    assert (cooks.source, cooks.added_by, cooks.words) == (Source.COACH, "", "")
    assert [wish.name for wish in shared.wishes] == ["plannen"]


async def test_a_link_shows_nothing_that_was_not_ticked(
    counter: Counter, new_conversation: NewConversation
) -> None:
    few = replace(WEEK, ticked=Ticked(skill_ids=frozenset({WELDING})))
    await a_sharer(counter, new_conversation, few)
    shared = await counter.shared_passports.look("sleutel")
    [welds] = shared.skills
    assert (welds.words, welds.level, welds.years) == ("", None, None)
    assert (shared.first_name, shared.wishes) == ("", ())


async def test_what_is_taken_out_of_the_passport_is_gone_from_the_link_at_once(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await a_sharer(counter, new_conversation)
    await counter.passports.remove(conversation, [WELDING, PLANNING])
    assert await names_at(counter) == ["koken"]
    await counter.passports.restore(conversation, [WELDING])
    assert await names_at(counter) == ["lassen", "koken"]


async def test_what_is_added_later_does_not_show(counter: Counter, new_conversation: NewConversation) -> None:
    conversation = await a_sharer(counter, new_conversation)
    await counter.passports.add(conversation, [Told(skill_id="vaardigheid/solderen", words="solderen")])
    assert "solderen" not in await names_at(counter)


@pytest.mark.parametrize("period", list(Period), ids=lambda period: f"{period.value}-days")
async def test_a_link_ends_after_the_days_that_were_chosen(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock, period: Period
) -> None:
    conversation = await a_sharer(counter, new_conversation, replace(WEEK, period=period))
    clock.advance(days=period.value, seconds=-1)
    assert await names_at(counter)
    clock.advance(seconds=1)
    with pytest.raises(UnknownLinkError):
        await counter.shared_passports.look("sleutel")
    assert await counter.shared_passports.links(conversation) == []


async def test_a_link_that_is_withdrawn_shows_nothing_any_more_and_twice_is_fine(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await a_sharer(counter, new_conversation)
    [link] = await counter.shared_passports.links(conversation)
    for _ in range(2):
        await counter.shared_passports.withdraw(conversation, link.id)
    with pytest.raises(UnknownLinkError):
        await counter.shared_passports.look("sleutel")


async def test_nobody_sees_or_withdraws_the_link_of_another(
    counter: Counter, new_conversation: NewConversation
) -> None:
    mine = await a_sharer(counter, new_conversation)
    yours = await new_conversation()
    [link] = await counter.shared_passports.links(mine)
    assert await counter.shared_passports.links(yours) == []
    assert await counter.shared_passports.link(yours, "sleutel") is None
    await counter.shared_passports.withdraw(yours, link.id)
    assert await counter.shared_passports.link(mine, "sleutel") == link


async def test_a_look_counts_and_only_its_day_is_kept(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await a_sharer(counter, new_conversation)
    await asyncio.gather(*(counter.shared_passports.look("sleutel") for _ in range(5)))
    clock.advance(days=1)
    await counter.shared_passports.look("sleutel")
    await counter.shared_passports.look("sleutel", counts=False)
    [link] = await counter.shared_passports.links(conversation)
    assert (link.looks, link.last_look) == (6, date(2026, 11, 24))


async def test_the_same_form_sent_at_once_makes_one_link(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await a_sharer(counter, new_conversation)
    other = replace(WEEK, label="anders")
    await asyncio.gather(
        *(counter.shared_passports.share(conversation, "nieuw", share) for share in (WEEK, other) * 3)
    )
    assert len(await counter.shared_passports.links(conversation)) == 2


async def test_there_is_an_end_to_how_many_links_one_person_has(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    first, second = await two_conversations()
    await counter.passports.add(first, TOLD)
    for number in range(MOST_LINKS):
        await counter.shared_passports.share((first, second)[number % 2], f"sleutel {number}", WEEK)
    with pytest.raises(TooManyLinksError):
        await counter.shared_passports.share(first, "nog een", WEEK)
    [*_, oldest] = await counter.shared_passports.links(second)
    await counter.shared_passports.withdraw(second, oldest.id)
    await counter.shared_passports.share(first, "nog een", WEEK)


async def test_a_key_is_kept_nowhere(counter: Counter, new_conversation: NewConversation) -> None:
    conversation = await new_conversation()
    await counter.passports.add(conversation, TOLD)
    await counter.shared_passports.share(conversation, "een-heel-geheime-sleutel", WEEK)
    assert not any("een-heel-geheime-sleutel" in value for value in await every_stored_value(counter))


async def test_a_person_reads_in_their_export_what_they_share(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await a_sharer(counter, new_conversation)
    await counter.shared_passports.look("sleutel")
    [exported] = (await counter.conversations.export(conversation))["shared_passports"]
    assert exported == {
        "label": "Voor mijn gesprek bij de bakker",
        "first_name": "Fatima",
        "skills": [COOKING, WELDING, PLANNING],
        "with_experience": True,
        "with_words": True,
        "created_at": "2026-11-23T09:00:00+00:00",
        "expires_at": "2026-11-30T09:00:00+00:00",
        "looks": 1,
        "last_look": "2026-11-23",
    }


async def test_who_erases_the_conversation_ends_the_link_and_leaves_no_name(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await a_sharer(counter, new_conversation)
    await counter.conversations.erase(conversation)
    with pytest.raises(UnknownLinkError):
        await counter.shared_passports.look("sleutel")
    stored = await every_stored_value(counter)
    assert not any("Fatima" in value or "bakker" in value for value in stored)
    with pytest.raises(UnknownConversationError):
        await counter.shared_passports.share(conversation, "nieuw", WEEK)


async def test_retention_deletes_links_whose_time_is_over_and_no_others(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await a_sharer(counter, new_conversation)
    await counter.shared_passports.share(conversation, "langer", replace(WEEK, period=Period.MONTH))
    clock.advance(days=9)
    assert outcome(await run(counter), "gedeelde_paspoorten").deleted == 1
    async with counter.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(SharedPassportRow)) == 1
    assert await names_at(counter, "langer")


async def test_retention_deletes_visits_and_links_that_are_over(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation = await new_conversation()
    await counter.visits.begin(conversation)
    clock.advance(days=1)
    assert outcome(await run(counter), "bezoeken").deleted == 1
