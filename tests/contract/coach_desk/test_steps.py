"""What a coach does with a case: done once, and refused with a reason and everything that was typed."""

from datetime import timedelta

import pytest

from counter.calendar import local_moment
from counter.clock import utc_now
from counter.referrals.states import ReferralState
from counter.services import Counter
from counter.staff.model import Role, StaffMember
from counter.tasks.model import Item, TaskFlow
from tests.contract.coach_desk.conftest import Asker, Client, NewCoach
from tests.support.staff import an_administrator, send

TOMORROW = f"{local_moment(utc_now() + timedelta(days=1)):%Y-%m-%d}"
STEPS = (
    "aanbieden intrekken weigeren loslaten bellen herinneren afronden labels teruggeven "
    "samenvatting gegevens vaardigheden bewaren"
).split()


@pytest.fixture
async def sanne(new_coach: NewCoach, counter: Counter, asker: Asker) -> tuple[Client, StaffMember]:
    """Give Sanne, who has Fatima."""
    client, me = await new_coach("sanne", organisation="Loket Haarlem")
    await counter.desk.claim(asker.number, me)
    return client, me


async def take(client: Client, asker: Asker, step: str, **fields: str) -> tuple[int, str]:
    """Send the form of a step; returns the status, and where the browser goes or what it shows."""
    response = await send(client, f"/coach/{asker.number}/{step}", **fields)
    return response.status, response.headers.get("Location") or await response.text()


async def state(counter: Counter, asker: Asker) -> tuple[ReferralState, str | None]:
    card = await counter.cards.card(asker.number, an_administrator())
    return card.state, card.receipt.coach


@pytest.mark.parametrize("step", STEPS)
async def test_nobody_but_coaches_takes_a_step(
    server: object, new_coach: NewCoach, asker: Asker, step: str
) -> None:
    del server
    editor, _ = await new_coach("eddie", Role.EDITOR)
    assert (await take(editor, asker, step))[0] == 403


async def test_every_form_opens_and_has_one_heading(sanne: tuple[Client, StaffMember], asker: Asker) -> None:
    for step in STEPS:
        if step in {"intrekken", "loslaten"}:
            continue
        response = await sanne[0].get(f"/coach/{asker.number}/{step}")
        text = await response.text()
        assert response.status == 200, step
        assert text.count("<h1") == 1, step
        assert "Fatima" in text, step
    assert (await sanne[0].get("/coach/C-BEST-AATN/bellen")).status == 404


async def test_a_colleague_accepts_and_the_first_coach_is_told_who_has_it(
    sanne: tuple[Client, StaffMember], new_coach: NewCoach, counter: Counter, asker: Asker
) -> None:
    karim, him = await new_coach("karim", organisation="UWV Zaandam")
    status, to = await take(sanne[0], asker, "aanbieden", aan=f"coach:{him.id}", waarom="weet van techniek")
    assert (status, to) == (303, f"/coach/{asker.number}")
    assert await state(counter, asker) == (ReferralState.OFFERED, "Sanne")
    page = await (await karim.get(f"/coach/{asker.number}")).text()
    assert "weet van techniek" in page
    assert "Neem niet aan" in page
    assert (await take(karim, asker, "overnemen"))[0] == 303
    assert await state(counter, asker) == (ReferralState.WITH_COACH, "Karim")
    status, page = await take(sanne[0], asker, "loslaten")
    assert status == 403
    assert "Karim van UWV Zaandam" in page


async def test_an_organisation_declines_with_a_reason_and_the_person_stays(
    sanne: tuple[Client, StaffMember], new_coach: NewCoach, counter: Counter, asker: Asker
) -> None:
    karim, _ = await new_coach("karim", organisation="UWV Zaandam")
    assert (await take(sanne[0], asker, "aanbieden", aan="organisatie:UWV Zaandam"))[0] == 303
    status, page = await take(karim, asker, "weigeren", waarom="")
    assert status == 422
    assert "tekstvak" in page
    assert (await take(karim, asker, "weigeren", waarom="geen plek deze week"))[0] == 303
    assert await state(counter, asker) == (ReferralState.WITH_COACH, "Sanne")
    assert "geen plek deze week" in await (await sanne[0].get(f"/coach/{asker.number}")).text()
    assert (await take(karim, asker, "weigeren", waarom="nog een keer"))[0] == 403


async def test_an_offer_is_taken_back_by_who_made_it_alone(
    sanne: tuple[Client, StaffMember], new_coach: NewCoach, counter: Counter, asker: Asker
) -> None:
    karim, him = await new_coach("karim", organisation="UWV Zaandam")
    await take(sanne[0], asker, "aanbieden", aan=f"coach:{him.id}")
    assert (await take(karim, asker, "intrekken"))[1].endswith("niet_van_jou")
    for _ in range(2):
        assert (await take(sanne[0], asker, "intrekken"))[1] == f"/coach/{asker.number}"
    assert await state(counter, asker) == (ReferralState.WITH_COACH, "Sanne")


@pytest.mark.parametrize("to", ["", "coach:niemand", "organisatie:Verzonnen", "organisatie:Loket Haarlem"])
async def test_nobody_is_offered_to_nobody(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker, to: str
) -> None:
    status, page = await take(sanne[0], asker, "aanbieden", aan=to, waarom="bewaar dit")
    assert status == 422
    assert "Kies <a" in page
    assert await state(counter, asker) == (ReferralState.WITH_COACH, "Sanne")


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"dag": TOMORROW, "van": "", "telefoon": "0612345678"}, "dag"),
        ({"dag": "morgen", "van": "10:00", "telefoon": "0612345678"}, "dag"),
        ({"dag": "2020-01-01", "van": "10:00", "telefoon": "0612345678"}, "al geweest"),
        ({"dag": TOMORROW, "van": "10:00", "tot": "09:00", "telefoon": "0612345678"}, "eindtijd"),
        ({"dag": TOMORROW, "van": "10:00", "telefoon": "12"}, "telefoonnummer"),
    ],
)
async def test_a_call_that_cannot_be_is_refused_and_what_was_typed_stays(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker, fields: dict[str, str], word: str
) -> None:
    status, page = await take(sanne[0], asker, "bellen", **fields)
    assert status == 422
    assert word in page
    assert f'value="{fields["telefoon"]}"' in page
    assert await state(counter, asker) == (ReferralState.WITH_COACH, "Sanne")


async def test_a_call_is_planned_and_a_reminder_comes_and_goes(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    assert (await take(sanne[0], asker, "herinneren", dag=TOMORROW, van="09:00"))[0] == 303
    assert (await counter.cards.card(asker.number, an_administrator())).remind_at is not None
    assert "dag" in (await take(sanne[0], asker, "herinneren", dag="", van=""))[1]
    assert (await take(sanne[0], asker, "herinneren", doe="weg"))[0] == 303
    assert (await counter.cards.card(asker.number, an_administrator())).remind_at is None
    assert (await take(sanne[0], asker, "bellen", dag=TOMORROW, van="10:00", telefoon="06 87654321"))[
        0
    ] == 303
    call_back = (await counter.cards.card(asker.number, an_administrator())).receipt.call_back
    assert call_back is not None
    assert call_back.end - call_back.start == timedelta(minutes=30)


async def test_a_case_is_closed_once_with_its_outcome(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    assert "Kies" in (await take(sanne[0], asker, "afronden", uitkomst="onzin"))[1]
    assert (await take(sanne[0], asker, "afronden", uitkomst="doorverwezen"))[1] == f"/coach/{asker.number}"
    card = await counter.cards.card(asker.number, an_administrator())
    assert (card.state, card.outcome) == (ReferralState.CLOSED, "doorverwezen")
    assert "melding=" in (await take(sanne[0], asker, "afronden", uitkomst="geholpen"))[1]
    assert (await counter.cards.card(asker.number, an_administrator())).outcome == "doorverwezen"


async def test_a_person_who_cancels_meanwhile_is_gone_for_every_step(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    await counter.referrals.cancel(asker.number, asker.conversation.id)
    for step, fields in (
        ("loslaten", {}),
        ("afronden", {"uitkomst": "geholpen"}),
        ("teruggeven", {"wat": "verder"}),
        ("bellen", {"dag": TOMORROW, "van": "10:00", "telefoon": "0612345678"}),
    ):
        status, to = await take(sanne[0], asker, step, **fields)
        assert (status, to) == (303, f"/coach/{asker.number}?melding=niet_van_jou"), step
    assert (await state(counter, asker))[0] is ReferralState.CANCELLED


@pytest.mark.parametrize("chosen", ["vragen", "verder"])
async def test_somebody_is_handed_back_with_questions_and_comes_back(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker, chosen: str
) -> None:
    text = "vraag postcode en beschikbaarheid"
    assert (await take(sanne[0], asker, "teruggeven", wat=chosen, vragen=text, terug="ja"))[0] == 303
    [task] = (await counter.cards.card(asker.number, an_administrator())).tasks
    assert [question.item for question in task.questions] == [Item.POSTCODE, Item.AVAILABILITY]
    assert task.returns
    assert await state(counter, asker) == (ReferralState.HANDED_BACK, "Sanne")
    await counter.tasks.finish(asker.conversation.id, "klaar", ["1506 AB", None])
    card = await counter.cards.card(asker.number, an_administrator())
    assert card.state is ReferralState.OFFERED
    page = await (await sanne[0].get(f"/coach/{asker.number}")).text()
    assert "1506 AB" in page


async def test_somebody_is_handed_back_for_a_flow_or_just_to_go_on(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    status, page = await take(sanne[0], asker, "teruggeven", wat="vragen", vragen="\n".join("abcdefgh"))
    assert status == 422
    assert "hooguit 6" in page
    assert (await take(sanne[0], asker, "teruggeven", wat="vragen", vragen=" "))[0] == 422
    assert (await take(sanne[0], asker, "teruggeven", wat="dansen"))[0] == 422
    both = {"wat": TaskFlow.INTEREST_TEST.value, "vragen": "Wat wil je?"}
    assert (await take(sanne[0], asker, "teruggeven", **both))[0] == 422
    assert (await take(sanne[0], asker, "teruggeven", wat=TaskFlow.INTEREST_TEST.value))[0] == 303
    card = await counter.cards.card(asker.number, an_administrator())
    [task] = card.tasks
    assert (task.flow, task.returns, card.receipt.is_open) == (TaskFlow.INTEREST_TEST, False, False)


async def test_labels_are_few_and_short_and_set_twice_the_same(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    for _ in range(2):
        assert (await take(sanne[0], asker, "labels", labels="techniek,  Bèta , techniek"))[0] == 303
    assert (await counter.cards.card(asker.number, an_administrator())).labels == ("Bèta", "techniek")
    assert (await take(sanne[0], asker, "labels", labels="a" * 31))[0] == 422
    assert (await take(sanne[0], asker, "labels", labels="bsn 111222333"))[0] == 422
    assert (await take(sanne[0], asker, "labels", labels=""))[0] == 303
    assert (await counter.cards.card(asker.number, an_administrator())).labels == ()


async def test_the_summary_is_the_coachs_own_and_holds_no_bsn(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    page = await (await sanne[0].get(f"/coach/{asker.number}/samenvatting")).text()
    assert "Fatima wil een mens spreken, over ontslag." in page
    status, page = await take(sanne[0], asker, "samenvatting", tekst="bsn 111222333")
    assert status == 422
    assert "burgerservicenummer" in page
    assert (await take(sanne[0], asker, "samenvatting", tekst="Wil de zorg in."))[0] == 303
    assert (await counter.cards.card(asker.number, an_administrator())).summary == "Wil de zorg in."


async def test_somebody_is_kept_longer_by_their_coach_for_a_reason(
    sanne: tuple[Client, StaffMember], new_coach: NewCoach, counter: Counter, asker: Asker
) -> None:
    why = {"grond": "hulp", "waarom": "De cursus begint in maart.", "dag": TOMORROW}
    karim, _ = await new_coach("karim", organisation="Loket Haarlem")
    for client, fields, word in (
        (karim, why, "niet (meer)"),
        (sanne[0], {**why, "grond": "zomaar"}, "Kies"),
        (sanne[0], {**why, "dag": "2020-01-01"}, "die nog komt"),
        (sanne[0], {**why, "waarom": "bsn 111222333"}, "burgerservicenummer"),
    ):
        status, page = await take(client, asker, "bewaren", **fields)
        assert status == 422
        assert word in page
    assert await counter.preservations.preserved_until(asker.conversation.id) is None
    assert (await take(sanne[0], asker, "bewaren", **why))[0] == 303
    until = await counter.preservations.preserved_until(asker.conversation.id)
    assert until is not None
    assert until.isoformat() == TOMORROW
    assert "wordt bewaard" in await (await sanne[0].get(f"/coach/{asker.number}/bewaren")).text()
