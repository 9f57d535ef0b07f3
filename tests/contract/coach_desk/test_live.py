"""The desk, live: what happens is on the page without anybody asking, whichever process did it."""

import asyncio

import pytest
from aiohttp import WSServerHandshakeError, hdrs

from counter.conversations.model import Content, Sender
from counter.services import Counter
from tests.contract.coach_desk.conftest import Asker, Client, NewAsker, NewCoach, open_page
from tests.support.staff import send


async def said(counter: Counter, asker: Asker, sender: Sender) -> list[str]:
    transcript = await counter.conversations.transcript(asker.conversation.id)
    return [message.content.text for message in transcript.messages if message.sender is sender]


async def test_who_asks_appears_in_line_by_itself(coach: Client, new_asker: NewAsker) -> None:
    page = await open_page(coach, list="wachtrij")
    await page.until(lambda page: page.counts)
    assert page.order == []
    asker = await new_asker()
    await page.until(lambda page: page.order == [asker.number])
    assert "Fatima" in page.lines[asker.number]
    assert (page.counts["wachtrij"], page.attention) == (1, 1)


async def test_only_what_is_different_is_sent_again(coach: Client, new_asker: NewAsker) -> None:
    first = await new_asker("Fatima")
    page = await open_page(coach, list="wachtrij")
    await page.until(lambda page: page.order)
    second = await new_asker("Joop")
    await page.until(lambda page: len(page.order) == 2)
    assert page.order == [first.number, second.number]
    assert list(page.frames[-1]["lines"]) == [second.number]


async def test_a_coach_who_looks_sees_that_another_takes_the_person(
    coach: Client, new_coach: NewCoach, asker: Asker
) -> None:
    other, _ = await new_coach("piet")
    page = await open_page(other, list="wachtrij", case=asker.number)
    await page.until(lambda page: "head" in page.parts)
    assert "Neem over" in page.parts["head"]
    await send(coach, f"/coach/{asker.number}/overnemen")
    await page.until(lambda page: "bij een coach: Sanne" in page.parts["head"])
    assert "Neem over" not in page.parts["head"]
    await page.until(lambda page: page.order == [])


async def test_both_sides_talk(coach: Client, asker: Asker, counter: Counter) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(coach, list="mijn", case=asker.number, first="1")
    await page.until(lambda page: page.messages)
    assert await page.says("Dag Fatima") == {"is": "said", "client_id": "een"}
    assert await said(counter, asker, Sender.COACH) == ["Dag Fatima"]
    response = await coach.post(f"{asker.path}/messages", json={"text": "Hallo!"}, headers=asker.headers)
    assert response.status == 202
    await page.until(lambda page: any("Hallo!" in html for html in page.messages.values()))
    await page.until(lambda page: "op jouw antwoord" in page.lines.get(asker.number, ""))


async def test_what_another_process_says_is_there_within_seconds(
    coach: Client, asker: Asker, counter: Counter
) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(coach, list="mijn", case=asker.number, first="1")
    await page.until(lambda page: page.messages)
    await counter.conversations.receive(asker.conversation.id, Content(text="Van elders"))
    await page.until(lambda page: any("Van elders" in html for html in page.messages.values()))


async def test_what_was_sent_before_the_line_was_lost_is_said_once(
    coach: Client, asker: Asker, counter: Counter
) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(coach, list="mijn", case=asker.number)
    await page.socket.send_json({"do": "say", "text": "Dag Fatima", "client_id": "een"})
    await page.socket.close()
    again = await open_page(coach, list="mijn", case=asker.number)
    assert await again.says("Dag Fatima", "een") == {"is": "said", "client_id": "een"}
    assert await said(counter, asker, Sender.COACH) == ["Dag Fatima"]


async def test_a_page_that_comes_back_gets_what_it_missed(coach: Client, asker: Asker) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(coach, list="mijn", case=asker.number, first="1")
    await page.until(lambda page: page.messages)
    await page.socket.close()
    for text in ("een", "twee"):
        await coach.post(f"{asker.path}/messages", json={"text": text}, headers=asker.headers)
    again = await open_page(coach, list="mijn", case=asker.number, first="1")
    await again.until(lambda page: page.messages)
    assert list(again.messages) == sorted(again.messages)
    assert "twee" in list(again.messages.values())[-1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("BSN 111222333", "burgerservicenummer"),
        ("NL91ABNA0417164300", "rekeningnummer"),
        ("a" * 2001, "te lang"),
    ],
)
async def test_what_must_not_be_kept_is_refused_in_dutch(
    coach: Client, asker: Asker, counter: Counter, text: str, reason: str
) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(coach, list="mijn", case=asker.number)
    for answer in (await page.says(text, "een"), await page.notes(text, "twee")):
        assert answer["is"] == "refused"
        assert reason in answer["html"]
    assert await said(counter, asker, Sender.COACH) == []


async def test_only_who_has_a_person_talks_with_them(
    coach: Client, new_coach: NewCoach, asker: Asker, counter: Counter
) -> None:
    other, _ = await new_coach("piet")
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(other, list="wachtrij", case=asker.number)
    answer = await page.says("Ik ook!")
    assert "Je hebt dit gesprek niet" in answer["html"]
    assert await said(counter, asker, Sender.COACH) == []


async def test_coaches_see_who_else_looks(coach: Client, new_coach: NewCoach, asker: Asker) -> None:
    other, _ = await new_coach("piet")
    page = await open_page(coach, list="wachtrij")
    await page.until(lambda page: page.order)
    look = await open_page(other, list="wachtrij", case=asker.number)
    await page.until(lambda page: "kijkt mee: Piet" in page.lines[asker.number])
    await look.socket.close()
    await page.until(lambda page: "kijkt mee" not in page.lines[asker.number])


async def test_a_page_ends_with_its_session(coach: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach_desk.socket.SESSION_CHECK", 0.2)
    page = await open_page(coach, list="wachtrij")
    await page.until(lambda page: page.counts)
    await send(coach, "/logout")
    async with asyncio.timeout(5):
        async for _ in page.socket:
            pass
    assert page.socket.close_code == 4401


async def test_a_page_of_another_site_gets_no_line(coach: Client) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await coach.ws_connect("/api/staff/desk", headers={hdrs.ORIGIN: "https://evil.example"})
    assert refused.value.status == 403


async def test_what_is_no_frame_of_ours_changes_nothing(coach: Client, asker: Asker) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(coach, list="mijn", case=asker.number)
    for frame in (
        "{",
        "[]",
        "null",
        '{"do": "say"}',
        '{"do": "say", "text": 1, "client_id": 2}',
        '{"do": "x"}',
    ):
        await page.socket.send_str(frame)
    assert (await page.says("Dag"))["is"] == "said"
