"""How staff come in: closed by default, told nothing they need not know, where they wanted to go."""

from typing import Any

import pyotp
import pytest
from aiohttp import hdrs

from counter.clock import utc_now
from counter.services import Counter
from counter.staff.model import FREE_TRIES, Role
from tests.contract.staff_entrance.conftest import Client
from tests.support.staff import PASSWORD, enrol, hire, new_member, send


async def get(client: Client, path: str) -> Any:
    return await client.get(path, allow_redirects=False)


async def log_in(client: Client, username: str = "sanne", password: str = PASSWORD, **more: str) -> Any:
    return await send(client, "/login", gebruikersnaam=username, wachtwoord=password, **more)


async def test_a_coach_logs_in_and_goes_where_she_wanted(client: Client, counter: Counter) -> None:
    await hire(counter, new_member())
    sent_on = await get(client, "/account?tab=1")
    assert (sent_on.status, sent_on.headers["Location"]) == (303, "/login?naar=%2Faccount%3Ftab%3D1")
    response = await log_in(client, naar="/account?tab=1")
    assert (response.status, response.headers["Location"]) == (303, "/account?tab=1")
    page = await get(client, "/account")
    assert page.status == 200
    assert "Sanne" in await page.text()


async def test_the_key_is_for_us_alone(client: Client, counter: Counter) -> None:
    await hire(counter, new_member())
    plain = (await log_in(client)).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in plain.split(";")}
    behind_tls = await client.post(
        "/login",
        data={"gebruikersnaam": "sanne", "wachtwoord": PASSWORD},
        headers={hdrs.ORIGIN: str(client.make_url("/").origin()), "X-Forwarded-Proto": "https"},
        allow_redirects=False,
    )
    assert "Secure" in behind_tls.headers["Set-Cookie"]


@pytest.mark.parametrize(("username", "password"), [("sanne", "fout"), ("niemand", PASSWORD), ("", "")])
async def test_who_is_wrong_is_not_told_what_is_wrong(
    client: Client, counter: Counter, username: str, password: str
) -> None:
    await hire(counter, new_member())
    response = await log_in(client, username, password)
    assert response.status == 422
    assert "klopt niet" in await response.text()
    assert hdrs.SET_COOKIE not in response.headers


@pytest.mark.parametrize("username", ["sanne", "niemand"])
async def test_who_guesses_must_wait_whether_the_name_exists_or_not(
    client: Client, counter: Counter, username: str
) -> None:
    await hire(counter, new_member())
    for _ in range(FREE_TRIES):
        assert (await log_in(client, username, "fout")).status == 422
    response = await log_in(client, username, PASSWORD)
    assert response.status == 429
    assert "Wacht 1 minuut" in await response.text()
    assert 0 < int(response.headers["Retry-After"]) <= 30


async def test_a_password_for_one_time_must_be_changed_first(client: Client, counter: Counter) -> None:
    one_time = await counter.staff.add(new_member())
    response = await log_in(client, password=one_time)
    assert response.headers["Location"] == "/account/wachtwoord?naar=%2Fcoach"
    assert (await get(client, "/account")).headers["Location"].startswith("/account/wachtwoord?")
    changed = await send(client, "/account/wachtwoord", huidig=one_time, nieuw=PASSWORD)
    assert changed.headers["Location"] == "/account?wachtwoord"
    assert (await get(client, "/account")).status == 200


async def test_an_administrator_cannot_do_without_a_second_step(client: Client, counter: Counter) -> None:
    await hire(counter, new_member("bea", Role.ADMINISTRATOR))
    response = await log_in(client, "bea")
    assert response.headers["Location"] == "/account/tweede-stap?naar=%2Fcoach"
    assert (await get(client, "/inzicht")).headers["Location"].startswith("/account/tweede-stap?")
    page = await (await get(client, "/account/tweede-stap")).text()
    secret = page.partition('name="sleutel" value="')[2].partition('"')[0]
    code = pyotp.TOTP(secret).now()
    codes = await send(client, "/account/tweede-stap", sleutel=secret, code=code)
    assert (await codes.text()).count("<li>") == 10
    assert (await get(client, "/account")).status == 200


async def test_with_a_second_step_the_password_alone_opens_nothing(client: Client, counter: Counter) -> None:
    secret, papers = await enrol(counter, await hire(counter, new_member()), utc_now())
    response = await log_in(client)
    assert response.headers["Location"] == "/login/code?naar=%2Fcoach"
    half_way = response.cookies["loket_medewerker"].value
    assert (await get(client, "/account")).headers["Location"].startswith("/login?")
    # The code that began it is used; the one before is older.
    used = await send(client, "/login/code", code=pyotp.TOTP(secret).now())
    assert used.status == 422
    let_in = await send(client, "/login/code", code=papers[0].lower())
    assert let_in.headers["Location"] == "/coach"
    assert let_in.cookies["loket_medewerker"].value != half_way
    assert (await get(client, "/account")).status == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/login",
        "/",
        "/coach/../login",
        "/accountx",
    ],
)
async def test_nobody_is_sent_to_another_site(client: Client, counter: Counter, elsewhere: str) -> None:
    await hire(counter, new_member())
    assert (await log_in(client, naar=elsewhere)).headers["Location"] == "/coach"


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
async def test_a_form_of_another_site_is_refused(
    client: Client, counter: Counter, headers: dict[str, str]
) -> None:
    await hire(counter, new_member())
    fields = {"gebruikersnaam": "sanne", "wachtwoord": PASSWORD}
    response = await client.post("/login", data=fields, headers=headers, allow_redirects=False)
    assert response.status == 403
    assert hdrs.SET_COOKIE not in response.headers


async def test_who_logs_out_is_out_for_good(client: Client, counter: Counter) -> None:
    await hire(counter, new_member())
    key = (await log_in(client)).cookies["loket_medewerker"].value
    assert (await send(client, "/logout")).headers["Location"] == "/login"
    again = await client.get("/account", cookies={"loket_medewerker": key}, allow_redirects=False)
    assert again.status == 303


async def test_who_leaves_is_out_at_once(client: Client, counter: Counter) -> None:
    await hire(counter, new_member())
    await log_in(client)
    await counter.staff.deactivate("sanne")
    assert (await get(client, "/account")).status == 303


@pytest.mark.parametrize("path", ["/login", "/account", "/coach/iets"])
async def test_no_copy_is_kept_of_a_page_of_staff(client: Client, path: str) -> None:
    response = await get(client, path)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"


async def test_without_an_organisation_there_is_no_such_button(client: Client) -> None:
    assert "organisatie" not in await (await get(client, "/login")).text()
    assert (await get(client, "/login/organisatie")).status == 404
