"""Noor's answers over HTTP: rated without what must not be kept, and said in easier words."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from connectors.website import access
from counter.conversations.model import Content

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def talk(client: Client) -> tuple[str, dict[str, str]]:
    """Give the path and the headers of a conversation in which Noor answered at 2."""
    opened = await (await client.post("/api/conversations", json={"channel": "website"})).json()
    path, headers = f"/api/conversations/{opened['id']}", {"Authorization": f"Bearer {opened['token']}"}
    await client.post(f"{path}/messages", json={"text": "hoi"}, headers=headers)
    await client.app[access.CONVERSATIONS].answer(opened["id"], 1, [Content(text="Hoi!")])
    return path, headers


async def export(client: Client, talk: tuple[str, dict[str, str]]) -> list[dict[str, Any]]:
    path, headers = talk
    everything = await (await client.get(f"{path}/export", headers=headers)).json()
    ratings: list[dict[str, Any]] = everything["ratings"]
    return ratings


async def test_a_thought_is_kept_in_the_persons_own_words(
    client: Client, talk: tuple[str, dict[str, str]]
) -> None:
    path, headers = talk
    body = {"seq": 2, "helpful": False, "reason": " te \u0007moeilijk "}
    for _ in range(2):
        response = await client.post(f"{path}/ratings", json=body, headers=headers)
        assert response.status == 200
        assert await response.json() == {"seq": 2, "helpful": False, "reason": "te moeilijk"}
    assert [(one["seq"], one["helpful"], one["reason"]) for one in await export(client, talk)] == [
        (2, False, "te moeilijk")
    ]


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        ([], 400, "bad-request"),
        ({"seq": 2}, 400, "bad-request"),
        ({"seq": "2", "helpful": True}, 400, "bad-request"),
        ({"seq": True, "helpful": True}, 400, "bad-request"),
        ({"seq": 10**12, "helpful": True}, 400, "bad-request"),
        ({"seq": 2, "helpful": "ja"}, 400, "bad-request"),
        ({"seq": 2, "helpful": True, "reason": 5}, 400, "bad-request"),
        ({"seq": 1, "helpful": True}, 422, "not-an-answer"),
        ({"seq": 2, "helpful": False, "reason": "mijn bsn is 111222333"}, 422, "bsn-not-kept"),
        ({"seq": 2, "helpful": False, "reason": "NL91 ABNA 0417 1643 00"}, 422, "iban-not-kept"),
        ({"seq": 2, "helpful": False, "reason": "a" * 501}, 422, "reason-too-long"),
        ({"seq": 2, "helpful": False, "reason": "a" * 2001}, 422, "reason-too-long"),
    ],
)
async def test_what_must_not_be_kept_is_refused_in_dutch(
    client: Client, talk: tuple[str, dict[str, str]], body: object, status: int, name: str
) -> None:
    path, headers = talk
    response = await client.post(f"{path}/ratings", json=body, headers=headers)
    assert response.status == status
    assert (await response.json())["type"] == f"urn:loket:problem:{name}"
    assert await export(client, talk) == []


async def test_easier_words_come_with_the_answer_that_has_them(
    client: Client, talk: tuple[str, dict[str, str]]
) -> None:
    path, headers = talk
    await client.post(f"{path}/messages", json={"text": "leg uit"}, headers=headers)
    replies = [Content(text="Een lang antwoord.", simpler="Kort."), Content(text="Een ander.")]
    await client.app[access.CONVERSATIONS].answer(path.rsplit("/", 1)[1], 3, replies)
    page = await (await client.get(f"{path}/messages?after=3", headers=headers)).json()
    assert [message.get("simpler") for message in page["messages"]] == ["Kort.", None]
