"""The desk without JavaScript: every page, and every form on it."""

from counter.conversations.model import Owner, Sender
from counter.services import Counter
from tests.contract.coach_desk.conftest import Asker, Client, NewAsker, NewCoach
from tests.support.staff import send


async def page(client: Client, path: str) -> str:
    response = await client.get(path)
    assert (response.status, response.content_type) == (200, "text/html"), await response.text()
    return await response.text()


async def said(counter: Counter, asker: Asker, sender: Sender) -> list[str]:
    transcript = await counter.conversations.transcript(asker.conversation.id)
    return [message.content.text for message in transcript.messages if message.sender is sender]


async def test_who_asks_stands_in_line(coach: Client, asker: Asker) -> None:
    html = await page(coach, "/coach")
    assert asker.number in html
    assert "Fatima" in html
    assert "vraagt een mens: ontslag" in html


async def test_every_list_opens_also_when_it_is_empty(coach: Client) -> None:
    for path in ("/coach", "/coach/mijn", "/coach/terugbellen", "/coach/afgerond"):
        assert "data-lines" in await page(coach, path)


async def test_a_coach_takes_somebody_over_and_talks_with_them(
    coach: Client, asker: Asker, counter: Counter
) -> None:
    answer = await send(coach, f"/coach/{asker.number}/overnemen")
    assert (answer.status, answer.headers["Location"]) == (303, f"/coach/{asker.number}")
    html = await page(coach, f"/coach/{asker.number}")
    assert "Schrijf aan Fatima" in html
    await send(coach, f"/coach/{asker.number}/bericht", tekst="Dag Fatima", nummer="een")
    await send(coach, f"/coach/{asker.number}/bericht", tekst="Dag Fatima", nummer="een")
    assert await said(counter, asker, Sender.COACH) == ["Dag Fatima"]
    assert "Dag Fatima" in await page(coach, f"/coach/{asker.number}")
    transcript = await counter.conversations.transcript(asker.conversation.id)
    assert transcript.owner is Owner.COACH


async def test_the_second_coach_is_told_who_was_first(
    coach: Client, new_coach: NewCoach, asker: Asker
) -> None:
    other, _ = await new_coach("piet")
    await send(coach, f"/coach/{asker.number}/overnemen")
    answer = await send(other, f"/coach/{asker.number}/overnemen")
    html = await page(other, answer.headers["Location"])
    assert "Sanne heeft dit gesprek al overgenomen." in html
    assert "Sanne praat met deze persoon. Jij leest mee." in html


async def test_a_refused_text_comes_back_with_the_reason(
    coach: Client, asker: Asker, counter: Counter
) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    for path in ("bericht", "notitie"):
        answer = await send(coach, f"/coach/{asker.number}/{path}", tekst="BSN 111222333 graag")
        assert answer.status == 422
        html = await answer.text()
        assert "burgerservicenummer (BSN)" in html
        assert "BSN 111222333 graag" in html
    assert await said(counter, asker, Sender.COACH) == []


async def test_a_coach_says_where_they_are(coach: Client) -> None:
    await send(coach, "/coach/aanwezigheid", aanwezigheid="afwezig")
    assert '<option value="afwezig" selected>' in await page(coach, "/coach")


async def test_a_receipt_number_in_the_search_opens_the_case(coach: Client, asker: Asker) -> None:
    answer = await coach.get(f"/coach?zoek={asker.number.lower()}", allow_redirects=False)
    assert answer.headers["Location"] == f"/coach/{asker.number}"


async def test_a_list_shows_what_was_chosen_alone(coach: Client, new_asker: NewAsker) -> None:
    await new_asker("Fatima", topic="ontslag")
    await new_asker("Joop", topic="bijscholen")
    html = await page(coach, "/coach?onderwerp=bijscholen")
    assert "Joop" in html
    assert "Fatima" not in html


async def test_what_people_write_is_shown_as_text(coach: Client, new_asker: NewAsker) -> None:
    asker = await new_asker("<b>Eva</b>", topic="<script>")
    for path in ("/coach", f"/coach/{asker.number}"):
        html = await page(coach, path)
        assert "<b>Eva" not in html
        assert "<script>" not in html


async def test_that_somebody_looked_is_kept(coach: Client, asker: Asker, counter: Counter) -> None:
    await page(coach, f"/coach/{asker.number}")
    export = await counter.conversations.export(asker.conversation.id)
    assert len(export["looks"]) == 1


async def test_a_number_nobody_has_is_not_found(coach: Client) -> None:
    answer = await coach.get("/coach/C-0000-0000")
    assert (answer.status, answer.content_type) == (404, "text/html")
    assert "Dit nummer kennen we niet" in await answer.text()
    assert (await send(coach, "/coach/C-0000-0000/overnemen")).status == 404
