"""What an administrator sees of retention: preview, run, report, who is kept, and what the doctor says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import prometheus_client
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import update

from app import chores, retention_commands
from app.doctor import examine
from app.retention import RetentionMetrics
from app.settings import Settings
from counter.calendar import local_date
from counter.clock import utc_now
from counter.conversations.storage import ConversationRow
from counter.database import Database
from counter.places.gazetteer import load_gazetteer
from counter.preservations.model import Ground
from counter.retention.model import NotForgottenError
from counter.retention.storage import RunRow
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.support.words import plain_words


@dataclass
class Bot:
    """The door of the bot, which forgets or breaks off."""

    url: str = ""
    status: int = 204


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    told = Bot()

    async def forget(request: web.Request) -> web.Response:
        del request
        return web.Response(status=told.status)

    app = web.Application()
    app.router.add_delete("/webhooks/gateway/conversations/{id}", forget)
    async with TestServer(app) as server:
        told.url = str(server.make_url("/"))
        yield told


@pytest.fixture
def settings(database_url: str, bot: Bot, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        internal_token="geheim",
        bot_url=bot.url,
        taxonomy_folder=tmp_path / "taxonomy",
    )


@pytest.fixture
def counter(database: Database) -> Counter:
    return open_counter(database, Taxonomy.load(), load_gazetteer(), utc_now, wording=plain_words)


@pytest.fixture
async def silent(counter: Counter) -> str:
    """Give a conversation that nobody used for two years."""
    opened = await counter.conversations.open("website")
    async with counter.database.session() as session:
        long_ago = utc_now() - timedelta(days=731)
        await session.execute(update(ConversationRow).values(last_message_at=long_ago))
    return opened.id


async def test_an_administrator_sees_what_will_go_has_it_go_and_sees_that_it_went(
    settings: Settings, silent: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await retention_commands.preview(settings) == 0
    told = capsys.readouterr().out
    assert "gesprekken, na 12 maanden (voorbeeld: de eigenaar beslist): 1" in told
    assert silent not in told
    assert await retention_commands.run(settings) == 0
    assert "gesprekken: 1 moesten weg, 1 gewist" in capsys.readouterr().out
    assert await retention_commands.report(settings, days=7) == 0
    assert "gesprekken: 1 moesten weg, 1 gewist" in capsys.readouterr().out


async def test_a_difference_is_shown_by_the_run_the_report_and_the_doctor(
    settings: Settings, silent: str, bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    bot.status = 500
    assert await retention_commands.run(settings) == 1
    assert "LET OP: 1 staan er nog" in capsys.readouterr().out
    assert await retention_commands.report(settings, days=7) == 1
    capsys.readouterr()
    assert await examine(settings) == 1
    told = capsys.readouterr().out
    assert "bleven 1 dingen staan die weg moesten: ./loket retention report." in told
    assert silent not in told
    bot.status = 204
    assert await retention_commands.run(settings) == 0
    await examine(settings)
    assert "[goed] De bewaartermijnen zijn gevolgd op" in capsys.readouterr().out


async def test_somebody_is_kept_and_let_go_by_number_and_everybody_sees_it(
    settings: Settings, silent: str, capsys: pytest.CaptureFixture[str]
) -> None:
    until = local_date(utc_now()) + timedelta(days=30)
    kept = retention_commands.preserve(
        settings, silent, until=until, why="bezwaar over voucher", ground=Ground.CLAIM, by="anja"
    )
    assert await kept == 0
    capsys.readouterr()
    await retention_commands.preview(settings)
    told = capsys.readouterr().out
    assert f"tot en met {until} (bezwaar): bezwaar over voucher [anja, " in told
    assert "Langer bewaard: 1" in told
    assert await retention_commands.run(settings) == 0
    assert "0 moesten weg, 0 gewist, 1 langer bewaard" in capsys.readouterr().out
    assert await retention_commands.release(settings, silent, by="anja") == 0
    assert await retention_commands.release(settings, silent, by="anja") == 1
    assert await retention_commands.run(settings) == 0


@pytest.mark.parametrize(
    ("number", "until", "told"),
    [
        ("C-0000-0000", date(2099, 1, 1), "C-0000-0000 ken ik niet."),
        ("", date(2099, 1, 1), "hooguit een jaar verder."),
    ],
)
async def test_a_wrong_number_and_a_day_too_far_say_what_is_wrong(
    settings: Settings,
    silent: str,
    capsys: pytest.CaptureFixture[str],
    number: str,
    until: date,
    told: str,
) -> None:
    kept = retention_commands.preserve(
        settings, number or silent, until=until, why="traject", ground=Ground.HELP, by="anja"
    )
    assert await kept == 1
    assert told in capsys.readouterr().err


async def test_the_doctor_says_that_the_job_never_ran_or_not_lately(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await examine(settings)
    assert "[let op] Er is nog nooit gewist volgens de bewaartermijnen." in capsys.readouterr().out
    long_ago = utc_now() - timedelta(days=3)
    async with database.session() as session:
        session.add(RunRow(day=local_date(long_ago), began_at=long_ago, ended_at=long_ago))
    await examine(settings)
    assert "[fout] De bewaartermijnen zijn voor het laatst gevolgd op" in capsys.readouterr().out


async def test_the_doctor_says_that_the_rules_are_wrong(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "termijnen.toml"
    rules.write_text("[gesprekken]\n")
    wrong = Settings(
        database_url=settings.database_url,
        internal_token="x",
        bot_url=settings.bot_url,
        retention_rules=rules,
    )
    assert await examine(wrong) == 1
    assert "[fout] De bewaartermijnen kloppen niet" in capsys.readouterr().out


async def test_the_job_deletes_by_itself_and_prometheus_sees_it(
    counter: Counter, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "RETENTION_INTERVAL", 0.01)
    # Whatever time these tests run at.
    monkeypatch.setattr("counter.retention.service.NIGHT", 0)
    monkeypatch.setattr("counter.retention.service.RETRY", timedelta(0))
    registry = prometheus_client.CollectorRegistry()
    forgotten: list[str] = []
    is_away = True

    async def forget(conversation_id: str) -> None:
        if is_away:
            raise NotForgottenError
        forgotten.append(conversation_id)

    def gauge(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(f"loket_retention_{name}", labels)

    async def until(name: str, value: float) -> None:
        async with asyncio.timeout(20):
            while True:
                if gauge(name, rule="gesprekken") == value:
                    return
                await asyncio.sleep(0.01)

    job = asyncio.create_task(chores.keep_no_longer(counter.retention, forget, RetentionMetrics(registry)))
    await until("difference", 1)
    assert gauge("seconds_since_complete_run") == float("inf")
    is_away = False
    await until("deleted", 1)
    job.cancel()
    with suppress(asyncio.CancelledError):
        await job
    assert forgotten == [silent]
    assert (gauge("due", rule="gesprekken"), gauge("difference", rule="gesprekken")) == (1, 0)
    assert 0 <= (gauge("seconds_since_complete_run") or 0) < 60
