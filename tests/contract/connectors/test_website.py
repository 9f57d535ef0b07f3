"""The public HTTP contract: closed by default, problems in Dutch, true to its description."""

import asyncio
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestClient

from connectors.website import views
from counter.passport.model import Told
from tests.support.public import PUBLIC

Client = TestClient[web.Request, web.Application]


async def opened(client: Client, headers: dict[str, str] | None = None) -> tuple[str, dict[str, str]]:
    response = await client.post("/api/conversations", json={"channel": "website"}, headers=headers)
    assert response.status == 201
    body = await response.json()
    return f"/api/conversations/{body['id']}", {"Authorization": f"Bearer {body['token']}"}


async def problem(response: Any) -> str:
    assert response.content_type == "application/problem+json"
    body = await response.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert body["status"] == response.status
    return str(body["type"]).removeprefix("urn:loket:problem:")


async def test_every_route_that_is_not_public_asks_who_it_is(client: Client) -> None:
    walked = 0
    own_page = {"Origin": str(client.make_url("/").origin())}
    for route in client.app.router.routes():
        resource = route.resource
        assert resource is not None
        name = f"{route.method} {resource.canonical}"
        if route.method == "HEAD" or name in PUBLIC:
            continue
        path = resource.canonical.replace("{id}", "een-gesprek")
        response = await client.request(
            route.method, path, json={"text": "hoi"}, headers=own_page, allow_redirects=False
        )
        # A page sends its reader on to a door; who may then go where: staff_entrance/test_roles.py and
        # test_personal.py.
        doors = ("/login", "/mijn?")
        is_sent_on = response.status == 303 and response.headers["Location"].startswith(doors)
        assert response.status == 401 or (is_sent_on and not path.startswith("/api/")), name
        walked += 1
    assert walked >= 14


async def test_the_token_of_one_conversation_does_not_open_another(client: Client) -> None:
    one, _ = await opened(client)
    _, other_headers = await opened(client)
    for method, path in [
        ("GET", "/messages"),
        ("POST", "/messages"),
        ("POST", "/code"),
        ("GET", "/export"),
        ("GET", "/passport"),
        ("POST", "/ratings"),
        ("GET", "/stream"),
        ("DELETE", ""),
    ]:
        response = await client.request(method, one + path, headers=other_headers, json={"text": "hoi"})
        assert response.status == 404, (method, path)
        assert await problem(response) == "unknown-conversation"


async def test_a_message_is_stored_before_it_is_acknowledged(client: Client) -> None:
    path, headers = await opened(client)
    response = await client.post(f"{path}/messages", json={"text": "hoi", "client_id": "1"}, headers=headers)
    assert (response.status, await response.json()) == (202, {"seq": 1})
    again = await client.post(f"{path}/messages", json={"text": "hoi", "client_id": "1"}, headers=headers)
    assert (again.status, await again.json()) == (202, {"seq": 1})
    page = await (await client.get(f"{path}/messages", headers=headers)).json()
    assert [(message["seq"], message["from"], message["text"]) for message in page["messages"]] == [
        (1, "person", "hoi")
    ]
    assert (page["owner"], page["typing"]) == ("bot", True)


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        ({"text": ""}, 422, "empty-message"),
        ({"text": " \u0000 "}, 422, "empty-message"),
        ({}, 422, "empty-message"),
        ({"text": 5}, 400, "bad-request"),
        ([], 400, "bad-request"),
        ({"payload": '/voucher_aanvragen{"x":1}'}, 422, "payload-not-offered"),
        ({"payload": "/restart"}, 422, "payload-not-offered"),
        ({"text": "a" * 70_000}, 413, "message-too-large"),
    ],
)
async def test_a_wrong_message_gets_a_dutch_problem_and_is_not_stored(
    client: Client, body: object, status: int, name: str
) -> None:
    path, headers = await opened(client)
    response = await client.post(f"{path}/messages", json=body, headers=headers)
    assert response.status == status
    assert await problem(response) == name
    assert (await (await client.get(f"{path}/messages", headers=headers)).json())["messages"] == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"text": "\xff"}', b"null"])
async def test_bytes_that_are_no_json_get_a_problem(client: Client, body: bytes) -> None:
    path, headers = await opened(client)
    response = await client.post(
        f"{path}/messages", data=body, headers={**headers, "Content-Type": "application/json"}
    )
    assert response.status == 400
    assert await problem(response) == "bad-request"


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 5000])
async def test_a_made_up_token_opens_nothing(client: Client, token: str) -> None:
    path, _ = await opened(client)
    response = await client.get(f"{path}/messages", headers={"Authorization": f"Bearer {token}"})
    assert response.status in {401, 404}
    response = await client.post(
        "/api/conversations", json={"channel": "website"}, headers={"Authorization": f"Bearer x{token}"}
    )
    assert response.status == 401


async def test_only_the_bot_may_call_actions(client: Client) -> None:
    for headers in ({}, {"Authorization": "Bearer fout"}, {"Authorization": "geheim é"}):
        response = await client.post("/actions", json={"next_action": "x"}, headers=headers)
        assert response.status == 401
    response = await client.post(
        "/actions",
        json={"next_action": "action_die_niet_bestaat", "tracker": {}},
        headers={"Authorization": "Bearer geheim"},
    )
    assert response.status == 404


async def test_a_long_poll_ends_as_soon_as_something_is_said(client: Client) -> None:
    path, headers = await opened(client)

    async def read() -> Any:
        response = await client.get(f"{path}/messages?wait=20", headers=headers)
        return await response.json()

    reading = asyncio.create_task(read())
    await asyncio.sleep(0.1)
    await client.post(f"{path}/messages", json={"text": "hoi"}, headers=headers)
    async with asyncio.timeout(5):
        assert [message["text"] for message in (await reading)["messages"]] == ["hoi"]


async def test_a_browser_streams_with_its_token_as_a_subprotocol(client: Client) -> None:
    path, headers = await opened(client)
    token = headers["Authorization"].removeprefix("Bearer ")
    async with client.ws_connect(f"{path}/stream", protocols=["loket.v1", f"bearer.{token}"]) as socket:
        assert socket.protocol == "loket.v1"
        assert (await socket.receive_json(timeout=5))["messages"] == []
        await client.post(f"{path}/messages", json={"text": "hoi"}, headers=headers)
        frame = await socket.receive_json(timeout=5)
        assert [message["text"] for message in frame["messages"]] == ["hoi"]


async def test_a_person_takes_everything_away_also_from_earlier_conversations(client: Client) -> None:
    path, headers = await opened(client)
    await client.post(f"{path}/messages", json={"text": "eerste"}, headers=headers)
    later, later_headers = await opened(client, headers)
    await client.post(f"{later}/messages", json={"text": "tweede"}, headers=later_headers)
    export = await (await client.get(f"{later}/export", headers=later_headers)).json()
    said = [message["text"] for talk in export["conversations"] for message in talk["messages"]]
    assert said == ["eerste", "tweede"]


@pytest.mark.parametrize(
    ("query", "content_type", "name", "begins"),
    [
        ("", "application/pdf", "skillspaspoort.pdf", b"%PDF-"),
        ("?format=pdf", "application/pdf", "skillspaspoort.pdf", b"%PDF-"),
        ("?format=json", "application/ld+json", "skillspaspoort.json", b"{"),
        ("?format=europass", "application/ld+json", "skillspaspoort-europass.json", b"{"),
        ("?format=gegevens", "application/json", "skillspaspoort-gegevens.json", b"{"),
    ],
)
async def test_a_person_takes_their_skills_passport_away(
    client: Client, query: str, content_type: str, name: str, begins: bytes
) -> None:
    path, headers = await opened(client)
    welding = Told(skill_id="vaardigheid/lassen", words="lassen")
    await client.app[views.PASSPORTS].add(path.rsplit("/", 1)[1], [welding])
    response = await client.get(f"{path}/passport{query}", headers=headers)
    assert (response.status, response.content_type) == (200, content_type)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (await response.read()).startswith(begins)


async def test_an_empty_passport_is_told_of_rather_than_given(client: Client) -> None:
    path, headers = await opened(client)
    response = await client.get(f"{path}/passport", headers=headers)
    assert (response.status, await problem(response)) == (404, "empty-passport")
    response = await client.get(f"{path}/passport?format=docx", headers=headers)
    assert (response.status, await problem(response)) == (400, "bad-request")


async def test_without_a_bot_nothing_is_erased_and_the_person_is_told(client: Client) -> None:
    path, headers = await opened(client)
    response = await client.delete(path, headers=headers)
    assert response.status == 503
    assert await problem(response) == "bot-unavailable"
    assert (await client.get(f"{path}/messages", headers=headers)).status == 200


async def test_it_lives_but_is_not_ready_without_a_bot(client: Client) -> None:
    assert (await client.get("/healthz")).status == 200
    response = await client.get("/readyz")
    assert (response.status, (await response.json())["bot"]) == (503, False)


async def test_the_metrics_count_what_came_in(client: Client) -> None:
    path, headers = await opened(client)
    await client.post(f"{path}/messages", json={"text": "hoi"}, headers=headers)
    metrics = await (await client.get("/metrics")).text()
    assert 'loket_messages_received_total{channel="website"} 1.0' in metrics


async def test_pages_allow_no_foreign_script_and_no_frame(client: Client) -> None:
    for page in ("/", "/privacy", "/toegankelijkheid"):
        response = await client.get(page)
        assert response.status == 200
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/beroepen-en-vaardigheden?zoek=lasster", "/beroepen/lasser"),
        ("/beroepen-en-vaardigheden?zoek=qqqq", "Ik vind niets"),
        ("/beroepen-en-vaardigheden?sector=bouw", "Beroepen in bouw"),
        ("/beroepen-en-vaardigheden?sector=bouw&deel=x", "Beroepen in bouw"),
        ("/", 'href="/beroepen-en-vaardigheden"><img'),
        ("/beroepen/lasser", "/vaardigheden/lassen"),
        ("/vaardigheden/lassen", "/beroepen/lasser"),
        ("/overstappen", "Van welk beroep?"),
        ("/overstappen?van=lasser&naar=kok", "Dit leer je"),
        ("/overstappen?van=lasser&naar=lasser", "twee keer hetzelfde"),
        ("/overstappen?van=lasser&naar=qqqq", "ken ik niet"),
        ("/vacatures", "Er zijn hier nu geen banen"),
        ("/vacatures?plaats=Zaandam&deel=x", "Er zijn hier nu geen banen"),
    ],
)
async def test_people_read_about_occupations_and_skills(client: Client, path: str, said: str) -> None:
    response = await client.get(path)
    assert response.status == 200
    assert said in await response.text()


@pytest.mark.parametrize("path", ["/beroepen/heks", "/vaardigheden/esco-toveren", "/groepen/isco-C0"])
async def test_who_follows_an_old_link_can_search(client: Client, path: str) -> None:
    response = await client.get(path)
    assert response.status == 404
    assert 'name="zoek"' in await response.text()


async def test_an_unknown_address_is_a_problem_and_no_leak(client: Client) -> None:
    for path in ("/bestaat-niet", "/static/../app/settings.py", "/static/%2e%2e/routes.py"):
        response = await client.get(path)
        assert response.status == 404
        assert await problem(response) == "not-found"
    response = await client.put("/api/conversations")
    assert response.status == 405
    assert await problem(response) == "method-not-allowed"


async def test_the_description_names_every_public_call_and_no_other(client: Client) -> None:
    description = await (await client.get("/api/openapi.json")).json()
    described = {
        f"{method.upper()} {path}"
        for path, calls in description["paths"].items()
        for method in calls
        if method != "parameters"
    }
    served = {
        f"{route.method} {route.resource.canonical}"
        for route in client.app.router.routes()
        if route.resource is not None
        and route.resource.canonical.startswith(("/api/conversations", "/api/taxonomy"))
        and route.method != "HEAD"
    }
    assert described == served


async def test_every_file_of_the_page_comes_from_this_counter(client: Client) -> None:
    page = await (await client.get("/")).text()
    assert "http://" not in page
    assert "https://" not in page


async def test_a_conversation_goes_on_elsewhere_and_is_closed_here(client: Client) -> None:
    path, headers = await opened(client)
    await client.post(f"{path}/messages", json={"text": "hoi"}, headers=headers)
    given = await client.post(f"{path}/code", headers=headers)
    assert given.status == 201
    code = await given.json()
    [way] = code["ways"]
    assert way["channel"] == "website"
    assert way["url"].endswith(f"/#code={code['code']}")
    assert way["qr"].startswith("data:image/svg+xml")
    waiting = asyncio.create_task(client.get(f"{path}/messages?after=99&wait=20", headers=headers))
    stream = await client.ws_connect(f"{path}/stream?after=99", headers=headers)
    await stream.receive_json()
    typed = code["code"].lower().replace("-", " ")
    response = await client.post("/api/conversations", json={"channel": "website", "code": typed})
    assert response.status == 201
    moved = await response.json()
    assert f"/api/conversations/{moved['id']}" == path
    # Whoever still listened on the old side hears no more than that it went on elsewhere.
    assert await problem(await waiting) == "conversation-moved"
    assert (await stream.receive()).type is WSMsgType.CLOSE
    for method, call in (("GET", "/messages"), ("POST", "/messages"), ("POST", "/code"), ("GET", "/export")):
        old = await client.request(method, path + call, headers=headers, json={"text": "ik weer"})
        assert (old.status, await problem(old)) == (410, "conversation-moved")
    new = {"Authorization": f"Bearer {moved['token']}"}
    page = await (await client.get(f"{path}/messages", headers=new)).json()
    assert [message["from"] for message in page["messages"]] == ["person", "system"]


@pytest.mark.parametrize("code", ["BCDF-2345", "onzin", "", "é" * 3000])
async def test_a_code_that_opens_nothing_is_refused(client: Client, code: str) -> None:
    response = await client.post("/api/conversations", json={"channel": "website", "code": code})
    assert (response.status, await problem(response)) == (404, "unknown-code")


async def test_who_guesses_codes_must_wait(client: Client) -> None:
    for _ in range(10):
        await client.post("/api/conversations", json={"channel": "website", "code": "BCDF-2345"})
    response = await client.post("/api/conversations", json={"channel": "website", "code": "BCDF-2346"})
    assert (response.status, await problem(response)) == (429, "too-many-codes")
    assert int(response.headers["Retry-After"]) > 0
    # Opening a conversation of one's own is no guess.
    await opened(client)


async def test_who_floods_is_asked_to_wait_and_nothing_is_half_stored(client: Client) -> None:
    path, headers = await opened(client)
    answers = [
        await client.post(f"{path}/messages", json={"text": f"bericht {number}"}, headers=headers)
        for number in range(32)
    ]
    assert [response.status for response in answers] == [202] * 30 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert await problem(answers[-1]) == "too-fast"
    page = await (await client.get(f"{path}/messages", headers=headers)).json()
    assert len(page["messages"]) == 30
