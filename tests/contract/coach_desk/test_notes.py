"""A private note reaches colleagues, and nobody else: not the person, no channel, no file."""

import ast
import json
from pathlib import Path

from aiohttp import WSMsgType
from sqlalchemy import text

import connectors
from counter.database import Base
from counter.services import Counter
from tests.contract.coach_desk.conftest import Asker, Client, NewCoach, open_page
from tests.contract.coach_desk.test_typing import stream_of
from tests.support.staff import an_administrator, send

NOTE = "Klinkt moe; rustig aan met haar"


async def test_a_note_stands_on_the_page_of_every_coach(
    coach: Client, new_coach: NewCoach, asker: Asker
) -> None:
    other, _ = await new_coach("piet")
    page = await open_page(other, list="wachtrij", case=asker.number)
    assert (await send(coach, f"/coach/{asker.number}/notitie", tekst=NOTE)).status == 303
    await page.until(lambda page: NOTE in page.parts.get("notes", ""))


async def test_a_note_is_written_once(coach: Client, asker: Asker, counter: Counter) -> None:
    page = await open_page(coach, list="wachtrij", case=asker.number)
    for _ in range(2):
        assert await page.notes(NOTE, "een") == {"is": "noted", "client_id": "een"}
    assert [
        note.text for note in (await counter.desk_reader.case(asker.number, an_administrator())).notes
    ] == [NOTE]


async def test_nothing_a_person_can_open_holds_a_note(coach: Client, asker: Asker, counter: Counter) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    stream = await stream_of(coach, asker)
    page = await open_page(coach, list="mijn", case=asker.number)
    await page.notes(NOTE)
    await send(coach, f"/coach/{asker.number}/notitie", tekst=NOTE)
    await page.says("Dag Fatima")
    seen = []
    while "Dag Fatima" not in "".join(seen):
        message = await stream.receive(timeout=10)
        assert message.type is WSMsgType.TEXT
        seen.append(message.data)
    for path in ("/messages", "/export"):
        response = await coach.get(f"{asker.path}{path}", headers=asker.headers)
        assert response.status == 200
        seen.append(await response.text())
    seen.append(json.dumps(await counter.conversations.export(asker.conversation.id), ensure_ascii=False))
    assert NOTE not in "".join(seen)
    assert "moe" not in "".join(seen)


async def test_a_note_is_kept_in_one_table_alone(coach: Client, asker: Asker, counter: Counter) -> None:
    await send(coach, f"/coach/{asker.number}/notitie", tekst=NOTE)
    holding = []
    async with counter.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            rows = await session.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608 - our own tables
            if any(NOTE in str(row) for row in rows):
                holding.append(table.name)
    assert holding == ["private_notes"]


def test_no_channel_knows_of_notes() -> None:
    """What delivers messages imports nothing of the desk, so that no path leads from a note to it."""
    folder = Path(connectors.__file__).parent
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("counter.desk"), file
