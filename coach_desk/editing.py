"""What a coach puts right about somebody: the summary, their details, their skills."""

from collections.abc import Iterable, Mapping

from aiohttp import web

from coach_desk.access import CARDS, DESK, PASSPORTS, PEOPLE, TAXONOMY
from coach_desk.actions import done
from coach_desk.card import card_context
from coach_desk.sheet import card_of, checked, show_case
from counter.conversations.model import UnknownConversationError
from counter.desk.card import Card
from counter.passport.model import Entry, EntryKind, Source, Told
from counter.passport.naming import skill_name
from counter.people.correcting import parse
from counter.people.model import Detail
from counter.staff.model import StaffEvent, StaffMember
from skills_taxonomy import Level, Taxonomy
from staff_entrance.access import STAFF, go_on_to, staff_of
from staff_entrance.forms import form_of

# What a coach can put right; who somebody is otherwise, they say themselves.
CORRECTABLE = (Detail.NAME, Detail.PHONE, Detail.EMAIL, Detail.POSTCODE)
MOST_FOUND = 8


async def show_summary(request: web.Request) -> web.Response:
    """Show what the card says in short, to put it better."""
    return await _summary(request, None)


async def summarise(request: web.Request) -> web.Response:
    """Keep what a coach says in short."""
    me, form = await staff_of(request), await form_of(request)
    text, error = checked(form.get("tekst", ""))
    if error is not None:
        return await _summary(request, text, error)
    return await done(request, request.app[DESK].summarise(request.match_info["number"], me, text))


async def _summary(request: web.Request, typed: str | None, error: str | None = None) -> web.Response:
    card = await card_of(request)
    context = await card_context(request, card)
    shown = card.summary if typed is None else typed
    return await show_case(request, "coach_samenvatting.html", error=error, typed=shown, **context)


async def show_details(request: web.Request) -> web.Response:
    """Show the details that can be put right."""
    return await _details(request, {})


async def correct(request: web.Request) -> web.Response:
    """Put a detail right wherever it is in use."""
    me, form, card = await staff_of(request), await form_of(request), await card_of(request)
    if card.conversation_id is None or not _is_with(card, me):
        return await _details(request, form, "niet_van_jou")
    if form.get("soort") not in CORRECTABLE:
        return await _details(request, form, "geen_soort")
    detail = Detail(form["soort"])
    text, error = checked(form.get("waarde", ""))
    value = None if error else parse(detail, text)
    if value is None:
        return await _details(request, form, "geen_waarde")
    numbers = await request.app[PEOPLE].correct(card.conversation_id, detail, value)
    if not numbers:
        return await _details(request, form, "nergens")
    await _record(request, me, card, f"{detail.value} {', '.join(numbers)}")
    return go_on_to(f"/coach/{card.number}/gegevens?gewijzigd")


async def _details(request: web.Request, form: Mapping[str, str], error: str | None = None) -> web.Response:
    card = await card_of(request)
    return await show_case(
        request,
        "coach_gegevens.html",
        card,
        error=error,
        form=form,
        known=[known for known in card.details if known.detail in CORRECTABLE],
        choices=CORRECTABLE,
        is_done="gewijzigd" in request.query,
    )


async def show_skills(request: web.Request) -> web.Response:
    """Show the passport, and what is found for a skill that a coach looks for."""
    return await _skills(request)


async def change_skills(request: web.Request) -> web.Response:
    """Add a skill, take it out, put it back, or say how well somebody does it."""
    me, form, card = await staff_of(request), await form_of(request), await card_of(request)
    if card.conversation_id is None or not _is_with(card, me):
        return await _skills(request, "niet_van_jou")
    skill_id, what = form.get("vaardigheid", ""), form.get("doe", "")
    is_new = what in {"erbij", "leerwens"}
    if skill_id not in (request.app[TAXONOMY].skills if is_new else _in_passport(card)):
        return await _skills(request, "niet_gevonden")
    await _change(request, what, card.conversation_id, skill_id, form, me)
    await _record(request, me, card, f"{what} {skill_id}")
    return go_on_to(f"/coach/{card.number}/vaardigheden?gewijzigd")


def _in_passport(card: Card) -> frozenset[str]:
    return frozenset((*card.passport.shown_ids, *card.passport.removed_ids))


async def _change(
    request: web.Request,
    what: str,
    conversation_id: str,
    skill_id: str,
    form: Mapping[str, str],
    me: StaffMember,
) -> None:
    passports, taxonomy = request.app[PASSPORTS], request.app[TAXONOMY]
    match what:
        case "erbij" | "leerwens":
            told = Told(
                skill_id=skill_id,
                words=taxonomy.skill(skill_id).name,
                kind=EntryKind.WISH if what == "leerwens" else EntryKind.SKILL,
                source=Source.COACH,
                added_by=me.name,
            )
            await passports.add(conversation_id, [told])
        case "weg":
            await passports.remove(conversation_id, [skill_id])
        case "terug":
            await passports.restore(conversation_id, [skill_id])
        case "niveau":
            level = Level(form["niveau"]) if form.get("niveau") in list(Level) else None
            await passports.rate(conversation_id, skill_id, level, coach=me.name)
        case _:
            raise web.HTTPBadRequest


async def _skills(request: web.Request, error: str | None = None) -> web.Response:
    card, taxonomy = await card_of(request), request.app[TAXONOMY]
    sought = request.query.get("zoek", "")[:200]
    found = [] if not sought.strip() else taxonomy.search_skills(sought, MOST_FOUND)
    return await show_case(
        request,
        "coach_vaardigheden.html",
        card,
        error=error,
        sought=sought,
        found=[match.concept for match in found if match.concept.id not in card.passport.shown_ids],
        entries=_named((*card.passport.skills, *card.passport.wishes), taxonomy),
        removed=_named(card.passport.removed, taxonomy),
        levels=list(Level),
        is_done="gewijzigd" in request.query,
    )


def _named(entries: Iterable[Entry], taxonomy: Taxonomy) -> list[tuple[str, Entry]]:
    return [(skill_name(entry.told, taxonomy), entry) for entry in entries]


async def read_back(request: web.Request) -> web.Response:
    """Show an earlier conversation of the same person."""
    card = await card_of(request)
    talk = next((one for one in card.talks if one.id == request.match_info["talk"]), None)
    if talk is None:
        raise web.HTTPNotFound
    try:
        messages = await request.app[CARDS].talk(card.number, talk.id, await staff_of(request))
    except UnknownConversationError as error:  # erased since
        raise web.HTTPNotFound from error
    return await show_case(request, "coach_teruglezen.html", card, talk=talk, messages=messages)


def _is_with(card: Card, me: StaffMember) -> bool:
    return card.coach_id == me.id and card.receipt.is_open


async def _record(request: web.Request, me: StaffMember, card: Card, detail: str) -> None:
    await request.app[STAFF].record(
        me.id,
        StaffEvent.CORRECTED,
        person_id=card.person_id,
        conversation_id=card.conversation_id,
        detail=detail,
    )
