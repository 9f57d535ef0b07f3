"""Somebody's own account: what they change, what is told, and where else they are logged in."""

from typing import Any

import pytest

from counter.clock import utc_now
from counter.services import Counter
from counter.staff.model import PasswordFault, Role
from tests.contract.staff_entrance.conftest import Client
from tests.support.staff import PASSWORD, enrol, hire, new_member, send


async def come_in(client: Client) -> None:
    response = await send(client, "/login", gebruikersnaam="sanne", wachtwoord=PASSWORD)
    assert response.status == 303


async def change(client: Client, new: str, present: str = PASSWORD) -> Any:
    return await send(client, "/account/wachtwoord", huidig=present, nieuw=new)


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        ("raadhuis", PasswordFault.TOO_SHORT),
        ("x" * 300, PasswordFault.TOO_LONG),
        ("dit is sanne haar woord", PasswordFault.HOLDS_NAME),
        ("aaaaaaaaaaaaaaaaa", PasswordFault.REPEATS),
        (PASSWORD, PasswordFault.SAME),
    ],
)
async def test_every_reason_a_password_is_refused_is_told(
    client: Client, counter: Counter, new: str, fault: PasswordFault
) -> None:
    words = {
        PasswordFault.TOO_SHORT: "is te kort",
        PasswordFault.TOO_LONG: "is te lang",
        PasswordFault.HOLDS_NAME: "Je gebruikersnaam staat in",
        PasswordFault.REPEATS: "te vaak hetzelfde teken",
        PasswordFault.SAME: "Dit is het wachtwoord dat je nu hebt",
    }
    await hire(counter, new_member())
    await come_in(client)
    response = await change(client, new)
    page = await response.text()
    assert response.status == 422
    assert words[fault] in page
    assert new not in page


async def test_the_present_password_is_asked_again(client: Client, counter: Counter) -> None:
    await hire(counter, new_member())
    await come_in(client)
    assert (await change(client, "vier andere losse woorden", "fout")).status == 422
    assert (await change(client, "vier andere losse woorden")).status == 303


async def test_somebody_logs_out_elsewhere(client: Client, counter: Counter) -> None:
    opened = await hire(counter, new_member())
    await come_in(client)
    page = await (await client.get("/account")).text()
    assert page.count("Log hier uit") == 1
    other = page.partition('name="sessie" value="')[2].partition('"')[0]
    response = await send(client, "/account/sessies", sessie=other)
    assert response.headers["Location"] == "/account?uitgelogd"
    assert await counter.logins.session(opened.token) is None
    assert (await client.get("/account?uitgelogd")).status == 200
    await counter.logins.log_in("sanne", PASSWORD, device="")
    await send(client, "/account/sessies", doe="andere")
    assert "Log hier uit" not in await (await client.get("/account")).text()
    assert (await send(client, "/account/sessies")).status == 400


async def test_codes_on_paper_and_going_on_without_ask_for_the_password(
    client: Client, counter: Counter
) -> None:
    opened = await hire(counter, new_member())
    await come_in(client)
    await enrol(counter, opened, utc_now())
    for path in ("/account/tweede-stap/codes", "/account/tweede-stap/uit"):
        refused = await send(client, path, wachtwoord="fout")
        assert refused.status == 422
        assert "Je wachtwoord klopt niet" in await refused.text()
    codes = await send(client, "/account/tweede-stap/codes", wachtwoord=PASSWORD)
    assert (await codes.text()).count("<li>") == 10
    off = await send(client, "/account/tweede-stap/uit", wachtwoord=PASSWORD)
    assert off.headers["Location"] == "/account?tweede-stap-uit"
    assert "De tweede stap is uit" in await (await client.get(off.headers["Location"])).text()


async def test_an_administrator_reads_that_it_cannot_be_switched_off(
    client: Client, counter: Counter
) -> None:
    opened = await hire(counter, new_member("sanne", Role.ADMINISTRATOR))
    await come_in(client)
    await enrol(counter, opened, utc_now())
    assert "Zet de tweede stap uit" not in await (await client.get("/account/tweede-stap")).text()
    refused = await send(client, "/account/tweede-stap/uit", wachtwoord=PASSWORD)
    assert refused.status == 403
    assert "kan niet zonder tweede stap" in await refused.text()


@pytest.mark.parametrize("secret", ["", "kort", "<script>", "A" * 31 + "1"])
async def test_a_key_that_is_not_ours_is_refused(client: Client, counter: Counter, secret: str) -> None:
    await hire(counter, new_member())
    await come_in(client)
    response = await send(client, "/account/tweede-stap", sleutel=secret, code="123456")
    assert response.status == 400
    assert not (await counter.staff.accounts())[0].has_second_factor


async def test_a_wrong_first_code_keeps_the_picture(client: Client, counter: Counter) -> None:
    await hire(counter, new_member())
    await come_in(client)
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    response = await send(client, "/account/tweede-stap", sleutel=secret, code="12345")
    assert response.status == 422
    assert f'value="{secret}"' in await response.text()
