"""A cry for help on the desk: marked in every list, told what to do, and taken away by the coach alone."""

import html

from coach_desk.wording import words
from counter.conversations.model import Content
from counter.referrals.model import Reason
from counter.services import Counter
from tests.contract.coach_desk.conftest import Asker, Client, NewAsker, NewCoach, open_page
from tests.support.staff import send

MARK = '<strong class="need">Nood</strong>'


async def cries(counter: Counter, asker: Asker) -> None:
    said = await counter.conversations.receive(asker.conversation.id, Content(text="Ik wil niet meer leven"))
    await counter.watch.call_for_help(asker.conversation.id, said.message)


async def page_of(client: Client, path: str) -> str:
    response = await client.get(path)
    assert response.status == 200
    return html.unescape(await response.text())


async def test_the_coach_sees_at_once_that_somebody_is_in_need_and_what_to_do(
    coach: Client, asker: Asker, counter: Counter
) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    page = await open_page(coach, list="mijn", case=asker.number, first="1")
    await page.until(lambda page: page.messages and "need" in page.parts)
    assert (page.need, page.parts["need"]) == (0, "")
    await cries(counter, asker)
    await page.until(lambda page: MARK in page.lines.get(asker.number, "") and page.parts["need"])
    assert page.need == 1
    shown = html.unescape(page.parts["need"])
    for line in (words()["in_nood"]["kop"], words()["in_nood"]["termijn"], *words()["in_nood"]["stappen"]):
        assert line in shown


async def test_without_javascript_the_mark_the_notice_and_the_title_are_there(
    coach: Client, asker: Asker, counter: Counter
) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    assert MARK not in await page_of(coach, "/coach/mijn")
    await cries(counter, asker)
    shown = await page_of(coach, "/coach/mijn")
    assert MARK in shown
    assert "<title>Nood! (1) Mijn gesprekken" in shown
    shown = await page_of(coach, f"/coach/{asker.number}")
    assert words()["in_nood"]["kop"] in shown
    assert f'action="/coach/{asker.number}/nood-voorbij"' in shown


async def test_a_colleague_who_looks_reads_what_to_do_and_cannot_end_it(
    coach: Client, new_coach: NewCoach, asker: Asker, counter: Counter
) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    await cries(counter, asker)
    piet, _ = await new_coach("piet")
    shown = await page_of(piet, f"/coach/{asker.number}")
    assert words()["in_nood"]["kop"] in shown
    assert words()["in_nood"]["termijn"] not in shown
    assert "nood-voorbij" not in shown
    response = await send(piet, f"/coach/{asker.number}/nood-voorbij")
    assert response.headers["Location"].endswith("melding=niet_van_jou")
    assert MARK in await page_of(coach, "/coach/mijn")


async def test_the_coach_takes_the_mark_away(coach: Client, asker: Asker, counter: Counter) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    await cries(counter, asker)
    await send(coach, f"/coach/{asker.number}/nood-voorbij")
    assert MARK not in await page_of(coach, "/coach/mijn")
    assert words()["in_nood"]["kop"] not in await page_of(coach, f"/coach/{asker.number}")


async def test_what_is_over_is_not_marked(coach: Client, asker: Asker, counter: Counter) -> None:
    await send(coach, f"/coach/{asker.number}/overnemen")
    await cries(counter, asker)
    await send(coach, f"/coach/{asker.number}/afronden", uitkomst="geholpen")
    shown = await page_of(coach, "/coach/afgerond")
    assert asker.number in shown
    assert MARK not in shown


async def test_who_is_in_need_in_the_line_alarms_every_coach(coach: Client, new_asker: NewAsker) -> None:
    calm = await new_asker("Joop")
    page = await open_page(coach, list="wachtrij")
    await page.until(lambda page: page.order == [calm.number])
    assert page.need == 0
    asker = await new_asker("Fatima", reason=Reason.IN_NEED)
    await page.until(lambda page: page.order == [asker.number, calm.number])
    assert MARK in page.lines[asker.number]
    assert MARK not in page.lines[calm.number]
    assert page.need == 1
