"""Canned answers: what a new counter begins with, and who may change what."""

from counter.services import Counter
from counter.staff.model import Role
from tests.contract.coach_desk.conftest import Asker, Client, NewCoach
from tests.support.staff import send


async def test_a_new_counter_has_answers_to_begin_with(coach: Client, counter: Counter) -> None:
    answers = await counter.canned_answers.of("niemand")
    assert len(answers) == 12
    html = await (await coach.get("/coach/antwoorden")).text()
    assert all(answer.name in html for answer in answers)


async def test_an_answer_on_the_page_of_a_case_is_filled_in(coach: Client, asker: Asker) -> None:
    html = await (await coach.get(f"/coach/{asker.number}")).text()
    assert "Dag Fatima, ik ben Sanne." in html


async def test_what_is_shared_everybody_sees_and_ones_own_nobody_else(
    coach: Client, new_coach: NewCoach, counter: Counter
) -> None:
    other, piet = await new_coach("piet")
    await send(coach, "/coach/antwoorden", naam="Van mij", tekst="Hoi", voor="mij")
    await send(coach, "/coach/antwoorden", naam="Van ons", tekst="Dag", voor="iedereen")
    html = await (await other.get("/coach/antwoorden")).text()
    assert "Van ons" in html
    assert "Van mij" not in html
    shared = next(answer for answer in await counter.canned_answers.of(piet.id) if answer.name == "Van ons")
    await send(other, f"/coach/antwoorden/{shared.id}", naam="Van ons", tekst="Goedendag")
    changed = next(answer for answer in await counter.canned_answers.of(piet.id) if answer.name == "Van ons")
    assert changed.text == "Goedendag"
    await send(other, f"/coach/antwoorden/{shared.id}", doe="weg")
    assert "Van ons" not in [answer.name for answer in await counter.canned_answers.of(piet.id)]


async def test_nobody_changes_the_own_answer_of_another(
    coach: Client, new_coach: NewCoach, counter: Counter
) -> None:
    other, piet = await new_coach("piet")
    own = await counter.canned_answers.add(piet.id, "Van Piet", "Hoi", is_shared=False)
    for form in ({"doe": "weg"}, {"naam": "x", "tekst": "y"}):
        assert (await send(coach, f"/coach/antwoorden/{own.id}", **form)).status == 404
    assert own in await counter.canned_answers.of(piet.id)
    assert (await send(other, f"/coach/antwoorden/{own.id}", doe="weg")).status == 303


async def test_an_answer_with_a_bank_account_is_refused_and_comes_back(coach: Client) -> None:
    answer = await send(coach, "/coach/antwoorden", naam="Betaal", tekst="Op NL91ABNA0417164300")
    assert answer.status == 422
    html = await answer.text()
    assert "rekeningnummer" in html
    assert "Op NL91ABNA0417164300" in html


async def test_editors_look_after_answers_and_see_no_case(new_coach: NewCoach, asker: Asker) -> None:
    editor, _ = await new_coach("redacteur", Role.EDITOR)
    assert (await editor.get("/coach/antwoorden")).status == 200
    assert (await editor.get(f"/coach/{asker.number}")).status == 403
