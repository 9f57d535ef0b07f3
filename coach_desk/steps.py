"""The steps a coach takes with a case: each a page with one form, and back to the case."""

from collections.abc import Awaitable, Mapping
from datetime import timedelta

from aiohttp import web

from coach_desk.access import DESK, PRESENCE
from coach_desk.actions import done
from coach_desk.card import facts_of
from coach_desk.sheet import card_of, checked, moment_in, show_case
from connectors.website.views import GATEWAY
from counter.calendar import local_moment
from counter.desk.card import Card
from counter.desk.model import MAX_LABEL_LENGTH, MAX_LABELS, MomentPassedError, NobodyThereError, Outcome
from counter.people.contact import parse_phone
from counter.people.model import Detail
from counter.referrals.model import Slot
from counter.staff.model import Role, StaffMember
from counter.tasks.model import (
    MAX_QUESTION_LENGTH,
    MAX_QUESTIONS,
    Assignment,
    NothingToDoError,
    QuestionTooLongError,
    TaskFlow,
    TooManyQuestionsError,
)
from counter.tasks.written import parse_written
from staff_entrance.access import STAFF, staff_of
from staff_entrance.forms import form_of

# How long a call takes when no end is given.
CALL = timedelta(minutes=30)
# What Noor does when somebody is given back to her, besides the flows.
GO_ON, ASK = "verder", "vragen"
_TOO_MUCH: Mapping[type[Exception], str] = {
    NothingToDoError: "niets",
    TooManyQuestionsError: "te_veel",
    QuestionTooLongError: "te_lange_vraag",
}


async def show_offer(request: web.Request) -> web.Response:
    """Ask to whom somebody is offered: who is there now comes first."""
    return await _offer_form(request, {})


async def offer(request: web.Request) -> web.Response:
    """Offer somebody to a colleague or to another organisation, which must accept."""
    me, form = await staff_of(request), await form_of(request)
    kind, _, to = form.get("aan", "").partition(":")
    why, error = checked(form.get("waarom", ""), is_required=False)
    colleagues, organisations = await _others(request, me)
    to_coach = next((one for one in colleagues if kind == "coach" and one.id == to), None)
    to_organisation = to if kind == "organisatie" and to in organisations else None
    if to_coach is None and to_organisation is None:
        error = "niemand"
    if error is not None:
        return await _offer_form(request, form, error=error)
    desk = request.app[DESK]
    return await done(
        request, desk.offer(_number(request), me, to_coach=to_coach, to_organisation=to_organisation, why=why)
    )


async def _offer_form(
    request: web.Request, form: Mapping[str, str], *, error: str | None = None
) -> web.Response:
    colleagues, organisations = await _others(request, await staff_of(request))
    there = await request.app[PRESENCE].present()
    return await show_case(
        request,
        "coach_aanbieden.html",
        await card_of(request),
        error=error,
        form=form,
        present=[one for one in colleagues if one.id in there],
        absent=[one for one in colleagues if one.id not in there],
        organisations=organisations,
    )


async def _others(request: web.Request, me: StaffMember) -> tuple[list[StaffMember], list[str]]:
    """Return the other coaches, and the other organisations that coaches work for."""
    coaches = [one for one in await request.app[STAFF].members(Role.COACH) if one.id != me.id]
    return coaches, sorted({one.organisation for one in coaches} - {me.organisation})


async def take_back(request: web.Request) -> web.Response:
    """Take an offer back."""
    return await done(request, request.app[DESK].take_back(_number(request), await staff_of(request)))


async def release(request: web.Request) -> web.Response:
    """Put somebody back in line."""
    return await done(request, request.app[DESK].release(_number(request), await staff_of(request)))


async def calm(request: web.Request) -> web.Response:
    """Note that there is no need any more, or was none."""
    return await done(request, request.app[DESK].calm(_number(request), await staff_of(request)))


async def show_decline(request: web.Request) -> web.Response:
    """Ask why somebody is not accepted."""
    return await _form(request, "coach_weigeren.html", {})


async def decline(request: web.Request) -> web.Response:
    """Say no to somebody who was offered."""
    me, form = await staff_of(request), await form_of(request)
    why, error = checked(form.get("waarom", ""))
    if error is not None:
        return await _form(request, "coach_weigeren.html", form, error)
    return await done(request, request.app[DESK].decline(_number(request), me, why=why))


async def show_call(request: web.Request) -> web.Response:
    """Ask when to call, and on which number."""
    card = await card_of(request)
    phones = facts_of(card).get(Detail.PHONE, ("",))
    return await _form(request, "coach_bellen.html", {"telefoon": phones[0]}, card=card)


async def plan_call(request: web.Request) -> web.Response:
    """Agree to call at a moment."""
    me, form = await staff_of(request), await form_of(request)
    start, phone = moment_in(form.get("dag", ""), form.get("van", "")), parse_phone(form.get("telefoon", ""))
    if start is None:
        return await _form(request, "coach_bellen.html", form, "geen_moment")
    end = moment_in(form.get("dag", ""), form["tot"]) if form.get("tot") else start + CALL
    if end is None or end <= start:
        return await _form(request, "coach_bellen.html", form, "einde")
    if phone is None:
        return await _form(request, "coach_bellen.html", form, "geen_nummer")
    slot = Slot(start=start, end=end)
    work = request.app[DESK].plan_call_back(_number(request), me, slot, phone=phone)
    return await _carry_out(request, "coach_bellen.html", form, work)


async def show_reminder(request: web.Request) -> web.Response:
    """Ask when a coach wants to think of this again."""
    card = await card_of(request)
    local = None if card.remind_at is None else local_moment(card.remind_at)
    form = {} if local is None else {"dag": f"{local:%Y-%m-%d}", "van": f"{local:%H:%M}"}
    return await _form(request, "coach_herinneren.html", form, card=card)


async def remind(request: web.Request) -> web.Response:
    """Remember the coach at a moment, or no more."""
    me, form = await staff_of(request), await form_of(request)
    desk, number = request.app[DESK], _number(request)
    if form.get("doe") == "weg":
        return await done(request, desk.remind(number, me, None))
    at = moment_in(form.get("dag", ""), form.get("van", ""))
    if at is None:
        return await _form(request, "coach_herinneren.html", form, "geen_moment")
    return await _carry_out(request, "coach_herinneren.html", form, desk.remind(number, me, at))


async def show_close(request: web.Request) -> web.Response:
    """Ask how the help ended."""
    return await _form(request, "coach_afronden.html", {})


async def close(request: web.Request) -> web.Response:
    """End the help."""
    me, form = await staff_of(request), await form_of(request)
    if form.get("uitkomst") not in list(Outcome):
        return await _form(request, "coach_afronden.html", form, "geen_uitkomst")
    return await done(request, request.app[DESK].close(_number(request), me, Outcome(form["uitkomst"])))


async def show_labels(request: web.Request) -> web.Response:
    """Ask by which words coaches find it again."""
    card = await card_of(request)
    return await _form(request, "coach_labels.html", {"labels": ", ".join(card.labels)}, card=card)


async def label(request: web.Request) -> web.Response:
    """Give a case these labels and no others."""
    me, form = await staff_of(request), await form_of(request)
    text, error = checked(form.get("labels", ""), is_required=False)
    labels = tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in text.split(",")))))
    if len(labels) > MAX_LABELS or any(len(one) > MAX_LABEL_LENGTH for one in labels):
        error = "te_veel_labels"
    if error is not None:
        return await _form(request, "coach_labels.html", form, error)
    return await done(request, request.app[DESK].label(_number(request), me, labels))


async def show_hand_back(request: web.Request) -> web.Response:
    """Ask what Noor does next."""
    return await _form(request, "coach_teruggeven.html", {"wat": GO_ON, "terug": "ja"})


async def hand_back(request: web.Request) -> web.Response:
    """Let Noor go on where she was, or do something first."""
    me, form = await staff_of(request), await form_of(request)
    text, error = checked(form.get("vragen", ""), is_required=form.get("wat") == ASK)
    if error is not None:
        return await _form(request, "coach_teruggeven.html", form, error)
    try:
        assignment = _assignment(form, text)
    except tuple(_TOO_MUCH) as problem:
        return await _form(request, "coach_teruggeven.html", form, _TOO_MUCH[type(problem)])
    card = await card_of(request)
    facts = {detail: values[0] for detail, values in facts_of(card).items() if detail in card.corrected}
    work = _hand_back(request, me, assignment, facts)
    return await _carry_out(request, "coach_teruggeven.html", form, work)


async def _hand_back(
    request: web.Request, me: StaffMember, assignment: Assignment | None, facts: Mapping[Detail, str]
) -> None:
    there = await request.app[DESK].hand_back(_number(request), me, assignment=assignment, facts=facts)
    # Noor begins by herself; without this the person would wait for the next sweep.
    request.app[GATEWAY].attend(there)


def _assignment(form: Mapping[str, str], text: str) -> Assignment | None:
    """Return what Noor must do; None when she just goes on.

    Who wrote questions wants them asked, whatever stands above them.

    Raises:
        NothingToDoError: nothing was chosen that she can do, or both questions and something else.
        TooManyQuestionsError: nobody answers this many.
        QuestionTooLongError: one is too long.
    """
    what, returns = form.get("wat", ""), form.get("terug") == "ja"
    if what == GO_ON and not text:
        return None
    flow = TaskFlow(what) if what in list(TaskFlow) else None
    questions = parse_written(text) if text or what == ASK else ()
    return Assignment(questions=questions, flow=flow, returns=returns)


async def _carry_out(
    request: web.Request, template: str, form: Mapping[str, str], work: Awaitable[None]
) -> web.Response:
    """Do it and show the case; show the form again when the form was wrong."""
    try:
        return await done(request, work)
    except MomentPassedError:
        return await _form(request, template, form, "geweest")
    except NobodyThereError:
        return await _form(request, template, form, "gewist")


async def _form(
    request: web.Request,
    template: str,
    form: Mapping[str, str],
    error: str | None = None,
    *,
    card: Card | None = None,
) -> web.Response:
    return await show_case(
        request,
        template,
        card or await card_of(request),
        error=error,
        form=form,
        outcomes=list(Outcome),
        flows=list(TaskFlow),
        most_labels=MAX_LABELS,
        longest_label=MAX_LABEL_LENGTH,
        most_questions=MAX_QUESTIONS,
        longest_question=MAX_QUESTION_LENGTH,
    )


def _number(request: web.Request) -> str:
    return request.match_info["number"]
