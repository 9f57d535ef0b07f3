"""The person's skills passport: see it, change it, and take it along."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import web

from connectors.website.incoming import PassportFormat
from connectors.website.personal.access import to, visit_of
from connectors.website.personal.showing import form_of, render
from connectors.website.views import PASSPORTS, passport_file
from counter.calendar import local_date
from counter.passport.facts import facts_of, number
from counter.passport.model import LONGEST, EmptyPassportError, Entry, EntryKind, Passport, Standing
from counter.passport.naming import occupation_name, skill_name
from counter.passport.texts import load_texts
from skills_taxonomy import Level, Taxonomy
from skills_taxonomy.http import TAXONOMY

PAGE = "/mijn/paspoort"
# What a form came to, told on the page that follows it.
DONE = ("bewaard", "weg", "terug", "erbij")


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry as its person reads it."""

    entry: Entry
    name: str
    facts: tuple[str, ...]
    occupation: str
    """The work it comes with, when it is that which they named."""
    years: str
    """As it stands in the form."""


def lines_of(entries: Iterable[Entry], taxonomy: Taxonomy) -> list[Line]:
    """Return entries as their person reads them."""
    texts = load_texts("facts")
    return [
        Line(
            entry=entry,
            name=skill_name(entry.told, taxonomy),
            facts=facts_of(entry.told, texts),
            occupation=occupation_name(entry.told, taxonomy),
            years="" if entry.told.years is None else number(entry.told.years),
        )
        for entry in entries
    ]


async def show(request: web.Request) -> web.Response:
    """Show what somebody can do and wants to learn, from whom that is known, and what just changed."""
    passport = await request.app[PASSPORTS].of(visit_of(request).conversation_id)
    return _page(request, passport)


async def change(request: web.Request) -> web.Response:
    """Do what a form asks of one skill: keep how well and how long, take it out, or put it back.

    Raises:
        HTTPBadRequest: it asks something else.
    """
    form, passports = await form_of(request), request.app[PASSPORTS]
    conversation_id, skill_id = visit_of(request).conversation_id, form.get("vaardigheid", "")
    match form.get("doe"):
        case "weg":
            await passports.remove(conversation_id, [skill_id])
            return told_on_page("weg", [skill_id])
        case "terug":
            await passports.restore(conversation_id, [skill_id])
            return told_on_page("terug", [skill_id])
        case "bewaar":
            try:
                standing = parse_standing(form)
            except ValueError:
                passport = await passports.of(conversation_id)
                return _page(request, passport, wrong=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            await passports.change(conversation_id, skill_id, standing)
            return told_on_page("bewaard", [skill_id])
    raise web.HTTPBadRequest


async def download(request: web.Request) -> web.Response:
    """Give the passport as a file, in the format that is asked; an empty one is told of on its page.

    Raises:
        HTTPNotFound: there is no such format.
    """
    if request.match_info["soort"] not in list(PassportFormat):
        raise web.HTTPNotFound
    format_ = PassportFormat(request.match_info["soort"])
    try:
        return await passport_file(request, visit_of(request).conversation_id, format_)
    except EmptyPassportError:
        return to(PAGE)


def parse_standing(form: Mapping[str, str]) -> Standing:
    """Return what a form says of a skill.

    Raises:
        ValueError: the years are no number, or more than anybody did anything.
    """
    level = form.get("niveau", "")
    return Standing(
        kind=EntryKind.WISH if form.get("soort") == EntryKind.WISH else EntryKind.SKILL,
        level=Level(level) if level in list(Level) else None,
        years=_years(form.get("jaren", "")),
    )


def _years(text: str) -> float | None:
    """Return a number of years as somebody types it; None when they say nothing."""
    typed = text.strip().removesuffix("jaar").strip().replace(",", ".")
    if not typed:
        return None
    years = round(float(typed), 2)
    # Also what is no number at all is not in between.
    if not 0 < years <= LONGEST:
        raise ValueError
    return years


def told_on_page(what: str, skill_ids: Sequence[str]) -> web.Response:
    """Send the browser to the passport, which tells what changed."""
    return to(f"{PAGE}?{urlencode({'gedaan': what, 'wat': skill_ids}, doseq=True, safe='/')}")


def _page(
    request: web.Request,
    passport: Passport,
    *,
    wrong: Mapping[str, str] | None = None,
    status: int = HTTPStatus.OK,
) -> web.Response:
    taxonomy, done = request.app[TAXONOMY], request.query.get("gedaan")
    changed = [entry for skill_id in request.query.getall("wat", ()) if (entry := passport.entry(skill_id))]
    context = {
        "skills": lines_of(passport.skills, taxonomy),
        "wishes": lines_of(passport.wishes, taxonomy),
        "removed": lines_of(passport.removed, taxonomy),
        "done": done if done in DONE and wrong is None else None,
        "changed": lines_of(changed, taxonomy),
        "levels": list(Level),
        "wrong": wrong or {},
        "day_of": local_date,
    }
    return render(request, "mijn-paspoort.html", context, status=status)
