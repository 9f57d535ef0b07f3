"""A unit of work happens or does not, and whoever breaks off in it holds nobody up."""

import asyncio
import threading
from pathlib import Path

from sqlalchemy import event, text

from counter.database import Database

# Far less than a writer waits for a lock, far more than a unit of work needs.
PATIENCE_SECONDS = 10


async def add_one(database: Database) -> None:
    async with database.session() as session:
        await session.execute(text("UPDATE catalogues SET version = version + 1 WHERE name = 'courses'"))
        # Rows nobody has fetched yet are what keeps a dropped connection open.
        await session.execute(text("SELECT name FROM catalogues"))
        await session.execute(text("UPDATE catalogues SET version = version + 1 WHERE name = 'courses'"))


async def version(database: Database) -> int:
    async with database.reading() as session:
        return int(await session.scalar(text("SELECT version FROM catalogues WHERE name = 'courses'")) or 0)


async def test_work_cancelled_at_any_moment_is_whole_or_undone_and_holds_nobody_up(
    database: Database,
) -> None:
    for moment in range(60):
        units = [asyncio.create_task(add_one(database)) for _ in range(3)]
        for _ in range(moment):
            await asyncio.sleep(0.0002)
        for unit in units:
            unit.cancel()
        await asyncio.gather(*units, return_exceptions=True)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await add_one(database)
        assert await version(database) % 2 == 0


async def test_who_came_first_writes_first(tmp_path: Path) -> None:
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path}/line.db")
    written: list[int] = []

    async def write(number: int) -> None:
        async with database.session() as session:
            await session.execute(text("SELECT 1"))
            written.append(number)

    await asyncio.gather(*(write(number) for number in range(100)))
    await database.close()
    assert written == list(range(100))


def test_programs_that_open_a_new_database_together_all_get_in(tmp_path: Path) -> None:
    errors: list[Exception] = []

    async def open_and_write(url: str, together: threading.Barrier) -> None:
        database = Database.open(url)
        event.listen(database.engine.sync_engine, "connect", lambda *_: together.wait(), insert=True)
        try:
            async with database.session() as session:
                await session.execute(text("CREATE TABLE IF NOT EXISTS doors (id INTEGER)"))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is asserted below
            errors.append(error)
        await database.close()

    def start(url: str, together: threading.Barrier) -> threading.Thread:
        program = threading.Thread(target=lambda: asyncio.run(open_and_write(url, together)))
        program.start()
        return program

    # They get in each other's way about once in twenty times.
    for attempt in range(80):
        together = threading.Barrier(4)
        for program in [start(f"sqlite+aiosqlite:///{tmp_path}/{attempt}.db", together) for _ in range(4)]:
            program.join()
    assert errors == []
