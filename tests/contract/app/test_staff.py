"""What an administrator does with staff from the command line."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app import __main__ as program
from app.commands import counter_of
from app.doctor import examine
from app.settings import Settings
from app.staff import add_samples, open_or_close, print_staff, reset_member
from counter.services import Counter
from counter.staff import passwords
from counter.staff.model import Duty, Role, WrongCredentialsError
from skills_taxonomy import Taxonomy
from tests.support.staff import CHEAP


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy.load()


@pytest.fixture
def settings(database_url: str, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> Settings:
    # Loading it takes a second, and every command does.
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    monkeypatch.setattr(passwords, "PARAMETERS", CHEAP)
    return Settings(
        database_url=database_url, internal_token="geheim", samples=True, bot_url="http://127.0.0.1:9"
    )


@pytest.fixture
async def counter(settings: Settings) -> AsyncIterator[Counter]:
    async with counter_of(settings) as counter:
        yield counter


async def add(settings: Settings, *arguments: str) -> int:
    options = program._parser().parse_args(["staff", "add", *arguments])
    return await program._carry_out(settings, options)


SANNE = ("Sanne", "--name", "Sanne", "--role", "coach", "--role", "redacteur", "--organisation", "UWV")


async def test_somebody_new_logs_in_with_the_password_that_is_printed_once(
    settings: Settings, counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--email", "Sanne@UWV.example", "--region", "Groot Amsterdam", "--language", "ar")
    assert await add(settings, *SANNE, *more, "--skill", "techniek") == 0
    password = capsys.readouterr().out.splitlines()[1].strip()
    opened = await counter.logins.log_in("sanne", password, device="")
    assert opened.duty is Duty.CHANGE_PASSWORD
    [member] = await counter.staff.members()
    assert (member.username, member.roles) == ("sanne", {Role.COACH, Role.EDITOR})
    assert (member.regions, member.languages, member.skills) == (("Groot Amsterdam",), ("ar",), ("techniek",))
    assert await add(settings, *SANNE) == 1
    assert "al in gebruik" in capsys.readouterr().err


async def test_staff_are_listed_closed_and_given_a_new_password(
    settings: Settings, counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    await print_staff(settings)
    assert "nog geen medewerkers" in capsys.readouterr().out
    await add(settings, *SANNE)
    assert await open_or_close(settings, "sanne", is_active=False) == 0
    await print_staff(settings)
    assert "Sanne (coach, redacteur, UWV)  uit" in capsys.readouterr().out
    assert await open_or_close(settings, "sanne", is_active=True) == 0
    capsys.readouterr()
    assert await reset_member(settings, "sanne") == 0
    password = capsys.readouterr().out.splitlines()[1].strip()
    await counter.logins.log_in("sanne", password, device="")


async def test_a_name_that_is_wrong_is_told_in_words(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await reset_member(settings, "niemand") == 1
    assert await open_or_close(settings, "niemand", is_active=True) == 1
    assert await add(settings, "Met Spatie", *SANNE[1:]) == 1
    assert capsys.readouterr().err.count("niemand") == 2


async def test_a_newcomer_gets_a_coach_and_an_administrator_once(
    settings: Settings, counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await add_samples(settings) == 0
    lines = capsys.readouterr().out.splitlines()
    for username, role in (("coach", Role.COACH), ("beheerder", Role.ADMINISTRATOR)):
        [password] = [line.split()[1] for line in lines if line.split()[0] == username]
        opened = await counter.logins.log_in(username, password, device="")
        assert opened.duty is Duty.CHANGE_PASSWORD
        assert [one.username for one in await counter.staff.members(role)] == [username]
    assert all(account.is_sample for account in await counter.staff.accounts())
    await add_samples(settings)
    assert capsys.readouterr().out == ""


async def test_the_doctor_says_who_can_log_in(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    await examine(settings)
    assert "[let op] Er kan nog niemand inloggen." in capsys.readouterr().out
    await add_samples(settings)
    await examine(settings)
    assert "[let op] Voorbeelden kunnen inloggen: beheerder, coach." in capsys.readouterr().out
    for username in ("coach", "beheerder"):
        await open_or_close(settings, username, is_active=False)
    await add(settings, *SANNE)
    await examine(settings)
    assert "[goed] Er kan 1 medewerker inloggen." in capsys.readouterr().out


async def test_without_samples_nobody_is_made_up(
    settings: Settings, counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    await add_samples(replace(settings, samples=False))
    assert capsys.readouterr().out == ""
    assert await counter.staff.accounts() == ()
    with pytest.raises(WrongCredentialsError):
        await counter.logins.log_in("coach", "", device="")
