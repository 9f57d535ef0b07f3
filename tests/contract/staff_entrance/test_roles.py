"""Who may go where: every address of staff, role by role, whether or not something answers there."""

import pytest
from aiohttp import hdrs

from counter.clock import utc_now
from counter.services import Counter
from counter.staff.model import Role
from staff_entrance.access import AREAS
from tests.contract.staff_entrance.conftest import Client
from tests.support.staff import PASSWORD, enrol, hire, new_member, send

# What each role may open; `/api/staff/anders` stands for what nobody gave to a role yet.
OPEN = {
    Role.COACH: {"/account", "/coach", "/coach/antwoorden", "/api/staff/coach", "/api/staff/desk"},
    Role.EDITOR: {"/account", "/coach/antwoorden", "/redactie", "/api/staff/content"},
    Role.ADMINISTRATOR: {*AREAS, "/api/staff/anders"},
}
PLACES = sorted({*AREAS, "/api/staff/anders"})


async def log_in(client: Client, counter: Counter, role: Role) -> None:
    opened = await hire(counter, new_member("sanne", role))
    response = await send(client, "/login", gebruikersnaam="sanne", wachtwoord=PASSWORD)
    assert response.status == 303
    if role is Role.ADMINISTRATOR:
        await enrol(counter, opened, utc_now())


@pytest.mark.parametrize("role", Role)
async def test_each_role_opens_its_own_places_alone(client: Client, counter: Counter, role: Role) -> None:
    await log_in(client, counter, role)
    own_page = {hdrs.ORIGIN: str(client.make_url("/").origin())}
    for place in PLACES:
        for method in ("GET", "POST", "DELETE"):
            for path in (place, f"{place}/iets"):
                response = await client.request(method, path, headers=own_page, allow_redirects=False)
                is_refused = response.status == 403
                is_open = any(place == area for area in OPEN[role])
                assert is_refused != is_open, (role, method, path, response.status)


@pytest.mark.parametrize("place", PLACES)
async def test_nobody_comes_in_without_a_session(client: Client, place: str) -> None:
    for path in (place, f"{place}/iets"):
        response = await client.get(path, allow_redirects=False)
        if path.startswith("/api/"):
            assert response.status == 401
            assert response.content_type == "application/problem+json"
        else:
            assert response.status == 303
            assert response.headers["Location"].startswith("/login?naar=%2F")


async def test_a_stream_is_refused_rather_than_sent_on(client: Client) -> None:
    headers = {hdrs.UPGRADE: "websocket", hdrs.ORIGIN: str(client.make_url("/").origin())}
    assert (await client.get("/coach/stroom", headers=headers)).status == 401
    strange = {**headers, hdrs.ORIGIN: "https://evil.example"}
    assert (await client.get("/coach/stroom", headers=strange)).status == 403


async def test_who_is_refused_reads_why_in_dutch(client: Client, counter: Counter) -> None:
    await log_in(client, counter, Role.COACH)
    page = await client.get("/redactie")
    assert (page.status, page.content_type) == (403, "text/html")
    assert "Dit hoort niet bij je rol" in await page.text()
    answer = await client.get("/api/staff/content")
    assert (await answer.json())["title"] == "Dit hoort niet bij je rol"
