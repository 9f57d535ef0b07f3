"""`./loket doctor` says what works, what does not, and what to do about it."""

from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import update

from app import doctor
from app.doctor import examine
from app.settings import Settings
from counter.accounts.storage import AccountRow
from counter.database import Database
from tests.support.databases import Databases


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    # Port 9 is `discard`: no bot answers there.
    return Settings(
        database_url=database_url,
        internal_token="geheim",
        bot_url="http://127.0.0.1:9",
        taxonomy_folder=tmp_path / "taxonomy",
    )


async def test_a_bot_that_does_not_answer_is_a_fault_with_a_remedy(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await examine(settings) == 1
    told = capsys.readouterr().out
    assert "[goed] De database antwoordt en is bijgewerkt." in told
    assert "[fout] De bot antwoordt niet op http://127.0.0.1:9. Draait ./loket run?" in told


async def test_when_everything_works_there_is_no_fault(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    async def answer(request: web.Request) -> web.Response:
        del request
        return web.Response()

    bot = web.Application()
    bot.router.add_get("/", answer)
    async with TestServer(bot) as server:
        healthy = Settings(
            database_url=settings.database_url,
            internal_token="geheim",
            bot_url=f"http://127.0.0.1:{server.port}",
            taxonomy_folder=settings.taxonomy_folder,
        )
        assert await examine(healthy) == 0
    assert "[fout]" not in capsys.readouterr().out


async def test_books_that_do_not_add_up_are_a_fault(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await examine(settings)
    told = capsys.readouterr().out
    assert "[goed] Het grootboek van de vouchers klopt." in told
    assert "Dit zijn nog voorbeelden van regelingen: Oriëntatievoucher" in told
    async with database.session() as session:
        await session.execute(update(AccountRow).values(balance_cents=AccountRow.balance_cents + 1))
    assert await examine(settings) == 1
    assert "[fout] Het grootboek van de vouchers klopt niet: available/" in capsys.readouterr().out


async def test_an_empty_database_is_no_fault_but_told(
    databases: Databases, backend: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await examine(
        Settings(database_url=databases.empty(backend), internal_token="x", bot_url=settings.bot_url)
    )
    assert "[let op] De database is nog niet bijgewerkt." in capsys.readouterr().out


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_a_database_that_is_not_there_is_a_fault(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = "postgresql+asyncpg://niemand@127.0.0.1:9/niets"
    assert await examine(Settings(database_url=nowhere, internal_token="x", bot_url=settings.bot_url)) == 1
    assert "[fout] De database antwoordt niet" in capsys.readouterr().out


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_an_index_of_another_version_is_a_fault(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.taxonomy_folder.mkdir()
    (settings.taxonomy_folder / "current").write_text("1-letters-oud")
    await examine(settings)
    assert "[fout] De index van ESCO past niet bij deze versie." in capsys.readouterr().out


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_a_disk_that_is_nearly_full_is_told(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_ROOM", 2**80)
    await examine(settings)
    assert "[let op] Op de schijf is" in capsys.readouterr().out


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_wrong_opening_hours_are_a_fault_with_their_line(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tijden.toml"
    file.write_text('[loket]\nmaandag = "9 tot 5"\n')
    assert await examine(replace(settings, opening_hours=file)) == 1
    assert (
        f"[fout] De openingstijden ({file}, regel 1) kloppen niet: naam ontbreekt" in capsys.readouterr().out
    )


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_sample_opening_hours_are_no_fault_but_told(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await examine(settings)
    assert "[let op] De openingstijden zijn een voorbeeld." in capsys.readouterr().out
