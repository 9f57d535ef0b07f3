"""Who may not see somebody: no page, no step and no line, and a friendly word about who helps."""

import inspect
import re
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from aiohttp import WSServerHandshakeError, web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from counter.clock import utc_now
from counter.desk.model import Outcome
from counter.desk.service import DeskService
from counter.desk.sight import NotForYouError
from counter.referrals.model import Slot
from counter.services import Counter
from counter.staff.model import Role, StaffEvent, StaffMember
from counter.staff.storage import StaffEventRow
from tests.contract.coach_desk.conftest import Asker, Client, NewAsker, NewCoach, open_page
from tests.contract.counter.test_job_drafts import a_job as a_draft
from tests.contract.counter.test_vouchers import an_application
from tests.support.staff import a_coach, send

ELSEWHERE = "Werkplein Zaanstad"
# A receipt number of a referral, an application or an offered job.
OF_SOMEBODY = re.compile(r"\{number(:[^}]*)?\}")


@pytest.fixture
async def sanne(new_coach: NewCoach, counter: Counter, asker: Asker) -> tuple[Client, StaffMember]:
    """Give Sanne of UWV Haarlem, who has Fatima."""
    client, me = await new_coach("sanne")
    await counter.desk.claim(asker.number, me)
    return client, me


@pytest.fixture
async def outsider(new_coach: NewCoach) -> tuple[Client, StaffMember]:
    """Give Els, who works elsewhere."""
    return await new_coach("els", organisation=ELSEWHERE)


async def kept(counter: Counter, event: StaffEvent) -> list[tuple[str | None, str]]:
    """Return who did this, and with which number."""
    async with counter.database.reading() as session:
        rows = await session.scalars(
            select(StaffEventRow).where(StaffEventRow.event == event.value).order_by(StaffEventRow.id)
        )
        return [(row.staff_id, row.detail) for row in rows]


def ways(server: TestServer, numbers: dict[str, str], talk: str) -> Iterator[tuple[str, str]]:
    """Yield the method and the address of everything at the desk that bears somebody's number."""
    assert isinstance(server.app, web.Application)
    for route in server.app.router.routes():
        pattern = "" if route.resource is None else route.resource.canonical
        regex = "" if route.resource is None else str(route.resource.get_info().get("pattern", ""))
        if not pattern.startswith("/coach/") or "{number}" not in pattern or route.method == "HEAD":
            continue
        kind = next(kind for kind in numbers if f"{kind}\\-" in regex or f"{kind}-" in regex)
        yield route.method, pattern.replace("{number}", numbers[kind]).replace("{talk}", talk)


async def test_whatever_bears_the_number_of_somebody_is_closed_to_who_may_not_see_them(
    server: TestServer,
    sanne: tuple[Client, StaffMember],
    outsider: tuple[Client, StaffMember],
    counter: Counter,
    asker: Asker,
) -> None:
    voucher = await counter.vouchers.apply(an_application(asker.conversation.id))
    draft = await counter.job_drafts.submit(a_draft(asker.conversation.id, message_id="b"))
    numbers = {"C": asker.number, "V": voucher.number, "B": draft.number}
    everything = list(ways(server, numbers, asker.conversation.id))
    assert len(everything) > 30
    for method, address in everything:
        if method == "POST":
            fields = {"tekst": "Hoi", "besluit": "awarded", "reden": "Mag.", "aan": "organisatie:UWV Haarlem"}
            answer = await send(outsider[0], address, **fields)
        else:
            answer = await outsider[0].get(address, allow_redirects=False)
        page = await answer.text()
        assert answer.status == 403, (method, address)
        assert "Fatima" not in page, (method, address)
        assert "Sanne van UWV Haarlem" in page, (method, address)
    refused = await kept(counter, StaffEvent.REFUSED)
    assert refused == [(outsider[1].id, asker.number)] * len(everything)
    assert await kept(counter, StaffEvent.LOOKED) == []
    # And it is all there for who has her.
    assert (await sanne[0].get(f"/coach/{asker.number}")).status == 200


async def test_no_use_case_of_the_desk_does_anything_for_who_may_not_see_somebody(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    start = utc_now() + timedelta(hours=1)
    given = {
        "number": asker.number,
        "coach": a_coach("Els", organisation=ELSEWHERE),
        "text": "Dag",
        "client_id": "een",
        "labels": ["zorg"],
        "summary": "Kort",
        "at": start,
        "to_coach": sanne[1],
        "slot": Slot(start=start, end=start + timedelta(hours=1)),
        "phone": "+31612345678",
        "outcome": Outcome.HELPED,
    }
    before = await counter.conversations.transcript(asker.conversation.id)
    methods = [name for name, _ in inspect.getmembers(DeskService, inspect.isfunction) if name[0] != "_"]
    assert len(methods) > 10
    for name in methods:
        use_case = getattr(counter.desk, name)
        parameters = inspect.signature(use_case).parameters
        with pytest.raises(NotForYouError):
            await use_case(**{each: given[each] for each in parameters if each in given})
    assert await counter.conversations.transcript(asker.conversation.id) == before
    assert (await counter.cards.card(asker.number, sanne[1])).labels == ()


async def test_the_page_says_who_helps_and_how_to_ask_for_them(
    sanne: tuple[Client, StaffMember], outsider: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    answer = await outsider[0].get(f"/coach/{asker.number}")
    page = await answer.text()
    assert (answer.status, answer.content_type) == (403, "text/html")
    assert "Dit gesprek is bij iemand anders" in page
    assert "Vraag een collega of een organisatie" in page
    await counter.desk.close(asker.number, sanne[1], Outcome.HELPED)
    page = await (await outsider[0].get(f"/coach/{asker.number}")).text()
    assert "Dit gesprek is klaar. UWV Haarlem hielp deze persoon." in page


async def test_a_number_in_the_search_tells_who_helps_as_well(
    sanne: tuple[Client, StaffMember], outsider: tuple[Client, StaffMember], asker: Asker
) -> None:
    del sanne
    answer = await outsider[0].get(f"/coach?zoek={asker.number}")
    assert answer.status == 403
    assert "Sanne van UWV Haarlem" in await answer.text()


async def test_whom_nobody_has_every_coach_may_open(
    outsider: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    assert (await outsider[0].get(f"/coach/{asker.number}")).status == 200
    assert await kept(counter, StaffEvent.LOOKED) == [(outsider[1].id, asker.number)]


async def test_a_colleague_of_the_same_organisation_reads_and_does_nothing(
    sanne: tuple[Client, StaffMember], new_coach: NewCoach, counter: Counter, asker: Asker
) -> None:
    del sanne
    piet, _ = await new_coach("piet")
    page = await (await piet.get(f"/coach/{asker.number}")).text()
    assert "Sanne praat met deze persoon. Jij leest mee." in page
    assert "Bewaar voor collega" not in page
    answer = await send(piet, f"/coach/{asker.number}/notitie", tekst="Ik ken haar")
    assert answer.status == 422
    assert "niet (meer)" in await answer.text()
    answer = await send(piet, f"/coach/{asker.number}/labels", labels="zorg")
    assert answer.headers["Location"].endswith("?melding=niet_van_jou")
    case = await counter.desk_reader.case(asker.number, a_coach("Piet", organisation="UWV Haarlem"))
    assert (case.notes, case.line.labels) == ((), ())


async def test_what_noor_does_for_a_coach_stays_with_that_coach(
    sanne: tuple[Client, StaffMember],
    new_coach: NewCoach,
    outsider: tuple[Client, StaffMember],
    counter: Counter,
    asker: Asker,
) -> None:
    piet, _ = await new_coach("piet")
    fields = {"wat": "vragen", "vragen": "Wat is je postcode?", "terug": "ja"}
    assert (await send(sanne[0], f"/coach/{asker.number}/teruggeven", **fields)).status == 303
    assert (await outsider[0].get(f"/coach/{asker.number}")).status == 403
    page = await (await piet.get(f"/coach/{asker.number}")).text()
    assert "Deze persoon komt terug bij Sanne. Jij leest mee." in page
    assert "Neem over" not in page
    answer = await send(piet, f"/coach/{asker.number}/overnemen")
    assert answer.headers["Location"].endswith("?melding=al_overgenomen")
    assert "Neem over" in await (await sanne[0].get(f"/coach/{asker.number}")).text()
    assert (await counter.cards.card(asker.number, sanne[1])).coach_id is None


async def test_an_administrator_looks_at_everybody_and_it_is_kept(
    sanne: tuple[Client, StaffMember], new_coach: NewCoach, counter: Counter, asker: Asker
) -> None:
    del sanne
    client, me = await new_coach("chef", Role.ADMINISTRATOR, organisation="Provincie")
    secret = pyotp.random_base32()
    await counter.credentials.enrol(me, secret, pyotp.TOTP(secret).at(utc_now()))
    answer = await client.get(f"/coach/{asker.number}")
    assert answer.status == 200
    assert "Fatima" in await answer.text()
    assert await kept(counter, StaffEvent.LOOKED) == [(me.id, asker.number)]
    answer = await send(client, f"/coach/{asker.number}/notitie", tekst="Zo kan het niet")
    assert answer.status == 422


async def test_who_is_offered_somebody_looks_and_the_former_organisation_no_more_after_it(
    sanne: tuple[Client, StaffMember],
    new_coach: NewCoach,
    outsider: tuple[Client, StaffMember],
    counter: Counter,
    asker: Asker,
) -> None:
    third, _ = await new_coach("joris", organisation="Leerwerkloket")
    await counter.desk.offer(asker.number, sanne[1], to_organisation=ELSEWHERE)
    assert (await outsider[0].get(f"/coach/{asker.number}")).status == 200
    assert (await third.get(f"/coach/{asker.number}")).status == 403
    assert asker.number in await (await outsider[0].get("/coach")).text()
    assert asker.number not in await (await third.get("/coach")).text()
    assert (await send(outsider[0], f"/coach/{asker.number}/overnemen")).status == 303
    answer = await sanne[0].get(f"/coach/{asker.number}")
    assert answer.status == 403
    assert f"Els van {ELSEWHERE}" in await answer.text()


async def test_a_line_is_refused_like_the_page(
    sanne: tuple[Client, StaffMember], outsider: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    del sanne
    with pytest.raises(WSServerHandshakeError) as refused:
        await open_page(outsider[0], list="wachtrij", case=asker.number)
    assert refused.value.status == 403
    assert await kept(counter, StaffEvent.REFUSED) == [(outsider[1].id, asker.number)]


async def test_a_page_that_was_open_shows_nothing_more_of_who_went_elsewhere(
    sanne: tuple[Client, StaffMember], outsider: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    page = await open_page(sanne[0], list="mijn", case=asker.number, first="1")
    await page.until(lambda page: "head" in page.parts)
    await counter.desk.offer(asker.number, sanne[1], to_organisation=ELSEWHERE)
    await counter.desk.claim(asker.number, outsider[1])
    # At once, before any look at the desk: what the person writes now is for somebody else.
    await sanne[0].post(f"{asker.path}/messages", json={"text": "Geheim"}, headers=asker.headers)
    await page.until(lambda page: any(frame["is"] == "lost" for frame in page.frames))
    [lost] = [frame for frame in page.frames if frame["is"] == "lost"]
    assert f"Els van {ELSEWHERE}" in lost["html"]
    assert "Fatima" not in lost["html"]
    await sanne[0].post(f"{asker.path}/messages", json={"text": "Nog meer"}, headers=asker.headers)
    await page.socket.send_json({"do": "say", "text": "Nog iets", "client_id": "twee"})
    await page.socket.send_json({"do": "typing"})
    await page.quiet(2.5)
    assert not any("Geheim" in html or "Nog meer" in html for html in page.messages.values())
    after = page.frames[page.frames.index(lost) :]
    assert {frame["is"] for frame in after} <= {"lost", "lists"}
    transcript = await counter.conversations.transcript(asker.conversation.id)
    assert all(message.content.text != "Nog iets" for message in transcript.messages)


async def test_what_is_over_is_found_by_who_helped_and_nobody_else(
    sanne: tuple[Client, StaffMember],
    new_coach: NewCoach,
    outsider: tuple[Client, StaffMember],
    counter: Counter,
    asker: Asker,
) -> None:
    piet, _ = await new_coach("piet")
    await counter.desk.close(asker.number, sanne[1], Outcome.HELPED)
    for client, is_seen in ((sanne[0], True), (piet, True), (outsider[0], False)):
        for address in ("/coach/afgerond", "/coach/afgerond?zoek=Fat"):
            page = await (await client.get(address)).text()
            assert (asker.number in page) is is_seen, address


async def test_the_words_to_choose_by_tell_nothing_of_whom_a_coach_may_not_see(
    sanne: tuple[Client, StaffMember],
    outsider: tuple[Client, StaffMember],
    counter: Counter,
    asker: Asker,
    new_asker: NewAsker,
) -> None:
    await counter.desk.label(asker.number, sanne[1], ["schulden"])
    await new_asker("Joop", topic="bijscholen")
    page = await (await outsider[0].get("/coach")).text()
    assert "bijscholen" in page
    assert "schulden" not in page
    assert "ontslag" not in page
