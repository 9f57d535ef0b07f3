"""Adding to the passport in one's own words: what was understood is shown, and enters it after a yes."""

from http import HTTPStatus

from aiohttp import web

from connectors.screening import MAX_CHARACTERS, clean, refusal
from connectors.website.personal.access import visit_of
from connectors.website.personal.passport import lines_of, told_on_page
from connectors.website.personal.showing import form_of, render, ticked_in
from connectors.website.views import PASSPORTS
from counter.clock import utc_now
from counter.passport.model import Entry, EntryKind, Passport, Told
from counter.passport.naming import skill_name
from counter.passport.reading import Story, hints, read_story
from skills_taxonomy import Occupation, Taxonomy
from skills_taxonomy.http import TAXONOMY


async def ask(request: web.Request) -> web.Response:
    """Ask what somebody can do or would like to learn."""
    return _page(request, words="")


async def understand(request: web.Request) -> web.Response:
    """Show what was understood of somebody's words, to agree with; or keep what they agreed with."""
    form, conversation_id = await form_of(request), visit_of(request).conversation_id
    words = clean(form.get("woorden", ""))
    error = "leeg" if not words else refusal(words)
    if error is not None:
        return _page(request, words=words, error=error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    taxonomy, passports = request.app[TAXONOMY], request.app[PASSPORTS]
    story, passport = read_story(words, taxonomy), await passports.of(conversation_id)
    if form.get("doe") != "akkoord":
        return _proposal(request, words, story, passport)
    # What is agreed with is read again: a page cannot put words in somebody's mouth.
    agreed = [told for told in story.told if told.skill_id in await ticked_in(request, "vaardigheid")]
    if not agreed:
        return _proposal(request, words, story, passport, error="niets")
    await passports.add(conversation_id, agreed)
    return told_on_page("erbij", [told.skill_id for told in agreed])


def _proposal(
    request: web.Request, words: str, story: Story, passport: Passport, *, error: str | None = None
) -> web.Response:
    taxonomy = request.app[TAXONOMY]
    new = [told for told in story.told if not _is_in(told, passport)]
    return _page(
        request,
        words=words,
        error=error,
        understood=lines_of((Entry(told=told, added_at=utc_now()) for told in new), taxonomy),
        known=[skill_name(told, taxonomy) for told in story.told if told not in new],
        denied=[taxonomy.skill(skill_id).name for skill_id in story.denied],
        suggestions=[] if story.told or story.denied else _suggestions(words, taxonomy),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


def _is_in(told: Told, passport: Passport) -> bool:
    """Tell whether a passport says this; who can do what they wanted to learn has something new."""
    return told.skill_id in (passport.skill_ids if told.kind is EntryKind.SKILL else passport.shown_ids)


def _suggestions(words: str, taxonomy: Taxonomy) -> list[tuple[str, bool]]:
    """Return what somebody may have meant: the name, and whether it is work."""
    found = [taxonomy.concept(concept_id) for concept_id in hints(words, taxonomy)]
    return [(concept.name, isinstance(concept, Occupation)) for concept in found]


def _page(
    request: web.Request,
    *,
    words: str,
    error: str | None = None,
    status: int = HTTPStatus.OK,
    **found: object,
) -> web.Response:
    context = {
        "words": words,
        "error": error,
        "max_characters": MAX_CHARACTERS,
        "understood": (),
        "known": (),
        "denied": (),
        "suggestions": (),
        "is_read": bool(found),
        **found,
    }
    return render(request, "mijn-paspoort-erbij.html", context, status=status)
