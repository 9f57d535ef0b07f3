"""Skills passports on both databases: one a person, in every conversation, until they erase it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from counter.conversations.model import UnknownConversationError
from counter.passport.model import EmptyPassportError, EntryKind, Source, Standing, Told
from counter.passport.storage import PassportEntryRow
from counter.services import Counter
from skills_taxonomy import Level, UnknownConceptError
from tests.contract.counter.conftest import SettableClock

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]

WELDING = Told(skill_id="vaardigheid/lassen", words="lassen")
COOKING = Told(skill_id="vaardigheid/koken", words="chef", occupation_id="beroep/kok")
WANTS_WELDING = Told(skill_id="vaardigheid/lassen", words="leren lassen", kind=EntryKind.WISH)


async def export_of(counter: Counter, conversation_id: str) -> list[dict[str, Any]]:
    exported: list[dict[str, Any]] = (await counter.conversations.export(conversation_id))["passport"]
    return exported


async def test_a_passport_that_was_never_made_is_empty(
    counter: Counter, new_conversation: NewConversation
) -> None:
    assert (await counter.passports.of(await new_conversation())).is_empty


async def test_what_was_told_stands_in_it_in_order_with_the_persons_words(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    await counter.passports.add(conversation_id, [COOKING, WELDING])
    passport = await counter.passports.of(conversation_id)
    assert [entry.told for entry in passport.skills] == [COOKING, WELDING]
    assert {entry.added_at for entry in passport.skills} == {counter.clock()}


async def test_a_later_conversation_of_the_same_person_has_it(
    counter: Counter, two_conversations: TwoConversations, new_conversation: NewConversation
) -> None:
    first, second = await two_conversations()
    await counter.passports.add(first, [WELDING])
    assert (await counter.passports.of(second)).skill_ids == (WELDING.skill_id,)
    assert (await counter.passports.of(await new_conversation())).is_empty


async def test_the_same_again_changes_nothing(
    counter: Counter, new_conversation: NewConversation, clock: SettableClock
) -> None:
    conversation_id = await new_conversation()
    first = await counter.passports.add(conversation_id, [COOKING])
    clock.advance(days=1)
    again = Told(skill_id=COOKING.skill_id, words="ik kook graag")
    assert await counter.passports.add(conversation_id, [again, COOKING]) == first


async def test_a_skill_told_in_two_messages_at_once_is_in_it_once(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    one, other = await two_conversations()
    await asyncio.gather(*(counter.passports.add(place, [WELDING, COOKING]) for place in (one, other) * 5))
    assert sorted((await counter.passports.of(one)).skill_ids) == [COOKING.skill_id, WELDING.skill_id]


async def test_a_wish_that_came_true_becomes_a_skill_and_never_the_other_way(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    wishing = await counter.passports.add(conversation_id, [WANTS_WELDING])
    assert ([entry.told for entry in wishing.wishes], wishing.skills) == ([WANTS_WELDING], ())
    able = await counter.passports.add(conversation_id, [WELDING])
    assert ([entry.told for entry in able.skills], able.wishes) == ([WELDING], ())
    assert await counter.passports.add(conversation_id, [WANTS_WELDING]) == able


async def test_a_skill_taken_out_can_be_put_back_with_its_words(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    before = await counter.passports.add(conversation_id, [COOKING, WELDING])
    without = await counter.passports.remove(conversation_id, [COOKING.skill_id])
    assert (without.skill_ids, without.removed_ids) == ((WELDING.skill_id,), (COOKING.skill_id,))
    assert await counter.passports.restore(conversation_id, [COOKING.skill_id]) == before


async def test_a_skill_taken_out_and_told_again_is_back_in_the_new_words(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    await counter.passports.add(conversation_id, [COOKING])
    await counter.passports.remove(conversation_id, [COOKING.skill_id])
    again = Told(skill_id=COOKING.skill_id, words="kook graag")
    assert [entry.told for entry in (await counter.passports.add(conversation_id, [again])).skills] == [again]


async def test_nobody_changes_anothers_passport(counter: Counter, new_conversation: NewConversation) -> None:
    mine, yours = await new_conversation(), await new_conversation()
    await counter.passports.add(mine, [WELDING])
    await counter.passports.remove(yours, [WELDING.skill_id])
    assert (await counter.passports.of(mine)).skill_ids == (WELDING.skill_id,)


async def test_a_skill_that_the_taxonomy_lacks_is_refused_with_the_rest(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    made_up = Told(skill_id="vaardigheid/toveren", words="toveren")
    with pytest.raises(UnknownConceptError):
        await counter.passports.add(conversation_id, [WELDING, made_up])
    assert (await counter.passports.of(conversation_id)).is_empty


async def test_a_conversation_that_is_not_there_has_no_passport(counter: Counter) -> None:
    with pytest.raises(UnknownConversationError):
        await counter.passports.of("bestaat-niet")


async def test_it_can_be_taken_away_to_read_and_for_other_programs(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    for take in (counter.passports.pdf, counter.passports.credentials):
        with pytest.raises(EmptyPassportError):
            await take(conversation_id)
    await counter.passports.add(conversation_id, [WELDING])
    assert (await counter.passports.pdf(conversation_id)).startswith(b"%PDF-")
    assert "lassen" in json.dumps(await counter.passports.credentials(conversation_id))


async def test_who_takes_everything_away_takes_the_passport_too(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    await counter.passports.add(conversation_id, [COOKING, WELDING])
    await counter.passports.remove(conversation_id, [WELDING.skill_id])
    exported = await export_of(counter, conversation_id)
    assert [(entry["skill"], entry["words"], entry["occupation"]) for entry in exported] == [
        (COOKING.skill_id, "chef", "beroep/kok"),
        (WELDING.skill_id, "lassen", None),
    ]
    assert [entry["removed_at"] is None for entry in exported] == [True, False]


async def test_who_erases_a_conversation_erases_what_was_told_in_it(
    counter: Counter, two_conversations: TwoConversations
) -> None:
    first, second = await two_conversations()
    await counter.passports.add(first, [WELDING])
    await counter.passports.add(second, [COOKING])
    await counter.conversations.erase(first)
    assert [entry["skill"] for entry in await export_of(counter, second)] == [COOKING.skill_id]
    assert (await counter.passports.of(second)).skill_ids == (COOKING.skill_id,)


async def test_a_skill_that_the_taxonomy_has_lost_stays_under_the_name_it_had(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    await counter.passports.add(conversation_id, [COOKING, WELDING])
    lost, work = "http://data.europa.eu/esco/skill/weg", "http://data.europa.eu/esco/occupation/weg"
    async with counter.database.session() as session:
        row = update(PassportEntryRow).where(PassportEntryRow.skill_id == COOKING.skill_id)
        await session.execute(row.values(skill_id=lost, occupation_id=work))
    assert [one.name for one in (await counter.passports.of(conversation_id)).told([lost])] == ["koken"]
    assert (await counter.passports.pdf(conversation_id)).startswith(b"%PDF-")
    badges = (await counter.passports.credentials(conversation_id))["verifiableCredential"]
    assert [badge["name"].split(": ")[-1] for badge in badges] == ["koken", "lassen"]
    exported = {entry["skill"]: entry["name"] for entry in await export_of(counter, conversation_id)}
    assert exported == {lost: "koken", WELDING.skill_id: "lassen"}
    assert (await counter.passports.remove(conversation_id, [lost])).removed_ids == (lost,)
    assert lost in (await counter.passports.restore(conversation_id, [lost])).skill_ids


async def test_what_a_coach_adds_bears_the_name_of_the_coach_and_a_level(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    await counter.passports.add(
        conversation_id, [COOKING, replace(WELDING, source=Source.COACH, added_by="Sanne")]
    )
    await counter.passports.rate(conversation_id, COOKING.skill_id, Level.ERVAREN, coach="Sanne")
    cooks, welds = (await counter.passports.of(conversation_id)).skills
    assert (cooks.told.source, cooks.told.level, cooks.told.rated_by) == (Source.TOLD, Level.ERVAREN, "Sanne")
    assert (welds.told.source, welds.told.added_by) == (Source.COACH, "Sanne")
    said = ("source", "added_by", "level", "rated_by")
    assert [[entry[name] for name in said] for entry in await export_of(counter, conversation_id)] == [
        ["told", "", "ervaren", "Sanne"],
        ["coach", "Sanne", None, ""],
    ]
    await counter.passports.rate(conversation_id, COOKING.skill_id, None, coach="Sanne")
    [unrated, _] = (await counter.passports.of(conversation_id)).skills
    assert (unrated.told.level, unrated.told.rated_by) == (None, "")


async def test_a_person_says_how_well_and_how_long_and_the_coach_is_no_longer_who_said_it(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    await counter.passports.add(conversation_id, [replace(WELDING, years=3)])
    await counter.passports.rate(conversation_id, WELDING.skill_id, Level.GEVORDERD, coach="Sanne")
    same = Standing(kind=EntryKind.SKILL, level=Level.GEVORDERD, years=0.5)
    [welds] = (await counter.passports.change(conversation_id, WELDING.skill_id, same)).skills
    assert (welds.told.rated_by, welds.told.years) == ("Sanne", 0.5)
    other = Standing(kind=EntryKind.WISH, level=Level.BEGINNER)
    changed = await counter.passports.change(conversation_id, WELDING.skill_id, other)
    [wish] = changed.wishes
    assert (wish.told.level, wish.told.rated_by, wish.told.years) == (Level.BEGINNER, "", None)
    assert (wish.told.words, wish.added_at) == ("lassen", welds.added_at)
    assert await counter.passports.change(conversation_id, WELDING.skill_id, other) == changed


async def test_what_is_not_in_a_passport_is_not_changed_into_it(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation_id = await new_conversation()
    before = await counter.passports.add(conversation_id, [WELDING])
    standing = Standing(kind=EntryKind.SKILL, level=Level.ERVAREN)
    assert await counter.passports.change(conversation_id, COOKING.skill_id, standing) == before
    removed = await counter.passports.remove(conversation_id, [WELDING.skill_id])
    assert await counter.passports.change(conversation_id, WELDING.skill_id, standing) == removed
