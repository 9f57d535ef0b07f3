"""What is kept no longer is gone, what must be kept is told, and a conversation can be taken along."""

from datetime import timedelta

from sqlalchemy import update

from counter.calendar import local_date
from counter.clock import utc_now
from counter.conversations.storage import ConversationRow
from counter.preservations.model import Ground, Preserve
from counter.services import Counter
from tests.conversation.test_privacy import stored_words
from tests.support.running import RunningLoket
from tests.support.talking import Conversation

SECRET = "grutto88442"


async def test_of_who_was_silent_for_a_year_nothing_is_left_in_any_table_nor_in_rasa(
    conversation: Conversation, counter: Counter, loket: RunningLoket
) -> None:
    await conversation.says(f"ik heet {SECRET}")
    assert SECRET in await stored_words(counter, loket)
    async with counter.database.session() as session:
        await session.execute(
            update(ConversationRow)
            .where(ConversationRow.id == conversation.id)
            .values(last_message_at=utc_now() - timedelta(days=367))
        )
    assert "gesprekken" in loket.command("retention", "run")
    left = await stored_words(counter, loket)
    assert SECRET not in left
    assert conversation.id not in left


async def test_who_must_be_kept_for_a_claim_hears_why_and_goes_on_talking(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("hoi")
    await counter.preservations.preserve(
        Preserve(
            conversation_id=conversation.id,
            ground=Ground.CLAIM,
            why="bezwaar",
            by="anja",
            until=local_date(utc_now()) + timedelta(days=30),
        )
    )
    answer = await conversation.says("wis alles")
    assert answer.responses == ["utter_gegevens_wissen_moet_blijven"]
    assert (await conversation.says("ja")).responses != ["utter_gegevens_wissen_bezig"]
    assert (await conversation.says("wat kun je?")).responses[0] == "utter_gesprek_hulp"
    # On the ground of help alone the own wish is stronger.
    await counter.preservations.release(conversation.id, by="anja")
    assert (await conversation.says("wis alles")).responses[0] == "utter_gegevens_wissen_uitleg"


async def test_who_asks_for_the_conversation_on_the_website_hears_where_it_is(
    conversation: Conversation,
) -> None:
    await conversation.says("hoi")
    answer = await conversation.says("stuur mij ons gesprek")
    assert answer.responses == ["utter_gegevens_gesprek_website"]
    shown = await conversation.presses(answer, "Mijn gegevens bekijken")
    assert "utter_gegevens_bewaard" in shown.responses
    again = await conversation.presses(shown, "Ons gesprek als tekst")
    assert again.responses == ["utter_gegevens_gesprek_website"]
