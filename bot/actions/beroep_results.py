"""Showing occupations: one by itself, one beside what somebody can, and the nearest ones."""

from collections.abc import Iterable, Sequence
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.cursus_results import show_card as show_course
from bot.actions.results import DEFAULT_RADIUS_KM
from bot.actions.turn import Dispatcher, Events
from counter.catalogue.words import subject_words
from counter.courses.model import Course, CourseHit, CourseQuery, Relaxation
from counter.courses.teaching import skills_of
from counter.occupations.model import Step, main_skills, named_in, nearby, profile_of, step_to
from counter.occupations.wishes import wished
from counter.open_hiring.model import JobQuery
from counter.open_hiring.model import Relaxation as JobRelaxation
from counter.passport.model import Passport
from counter.services import Counter
from skills_taxonomy import Occupation, Sector, Skill, Taxonomy

COURSES_SHOWN = 2
COURSES_LOOKED_AT = 5
# From here on somebody has most of what is asked.
NEARLY_THERE = 0.5


def names(skills: Iterable[Skill]) -> str:
    """Return how skills are called, as one text."""
    return ", ".join(skill.name for skill in skills)


def remembered(shown: Sequence[str], *, seen: Sequence[str] = (), wish: str | None = None) -> Events:
    """Return what is kept of the occupations that were shown, and of the words that wished for them."""
    return [
        SlotSet("beroep_resultaten", list(shown)),
        SlotSet("beroep_gezien", [*seen, *shown]),
        SlotSet("beroep_kandidaten"),
        SlotSet("beroep_wens", wish),
        SlotSet("getoond", "overstap"),
    ]


def origin_of(tracker: Tracker, counter: Counter) -> Occupation | None:
    """Return the work somebody does or did, as far as they told."""
    origin = tracker.get_slot("beroep_van")
    return counter.taxonomy.occupation(origin) if origin else None


async def profile_in(tracker: Tracker, counter: Counter) -> tuple[tuple[str, ...], set[str]]:
    """Return what somebody can, and the occupations that are their own."""
    origin = origin_of(tracker, counter)
    passport: Passport = await counter.passports.of(tracker.sender_id)
    own = {entry.told.occupation_id for entry in passport.skills if entry.told.occupation_id}
    return profile_of(origin, passport.skill_ids, counter.taxonomy), own | ({origin.id} if origin else set())


async def show_occupation(dispatcher: Dispatcher, counter: Counter, occupation: Occupation) -> None:
    """Show what an occupation is, what it takes, and how one gets there."""
    taxonomy = counter.taxonomy
    dispatcher.utter_message(
        response="utter_beroep_kaart",
        titel=capitalised(occupation.name),
        uitleg=occupation.description,
        nodig=names(main_skills(map(taxonomy.skill, occupation.essential), taxonomy)),
        handig=names(main_skills(map(taxonomy.skill, occupation.optional), taxonomy)),
        soort_werk=occupation.sector.value,
    )
    courses = await counter.courses.search(CourseQuery(topic=occupation.name), limit=1)
    jobs = await counter.open_hiring.search(JobQuery(sector=occupation.sector.value), limit=1)
    found_courses = 0 if Relaxation.ONDERWERP in courses.relaxed else courses.total
    found_jobs = 0 if JobRelaxation.SECTOR in jobs.relaxed else jobs.total
    dispatcher.utter_message(
        response=_route(courses=found_courses, jobs=found_jobs),
        cursussen=found_courses,
        banen=found_jobs,
        naam_beroep=occupation.name,
        soort_werk=occupation.sector.value,
    )


def _route(*, courses: int, jobs: int) -> str:
    if courses and jobs:
        return "utter_beroep_route"
    if courses:
        return "utter_beroep_route_cursus"
    return "utter_beroep_route_baan" if jobs else "utter_beroep_route_coach"


async def show_step(
    dispatcher: Dispatcher, tracker: Tracker, counter: Counter, goal_id: str, *, is_introduced: bool = False
) -> Events:
    """Show what is between somebody and an occupation, and the courses that bridge it."""
    profile, _ = await profile_in(tracker, counter)
    origin = origin_of(tracker, counter)
    if origin is not None and origin.id == goal_id:
        dispatcher.utter_message(response="utter_beroep_zelfde")
        return remembered([goal_id])
    step = step_to(goal_id, profile, counter.taxonomy)
    if not is_introduced:
        dispatcher.utter_message(response=_size_of(step) if profile else "utter_beroep_stap_onbekend")
    dispatcher.utter_message(
        response="utter_beroep_overstap_kaart" if origin else "utter_beroep_doel_kaart",
        naam_nu=origin.name if origin else "",
        **_shown(step, counter.taxonomy),
    )
    courses = await bridging(counter, main_skills(step.missing, counter.taxonomy), tracker.get_slot("plaats"))
    for course in courses:
        show_course(dispatcher, "utter_beroep_cursus_kaart", course)
    if courses:
        response = "utter_beroep_overstap_verder"
    else:
        response = "utter_beroep_overstap_geen_cursus" if step.missing else "utter_beroep_overstap_kan_nu"
    dispatcher.utter_message(response=response, **_shown(step, counter.taxonomy))
    return remembered([goal_id])


def _size_of(step: Step) -> str:
    asked = len(step.occupation.essential)
    if not step.missing:
        return "utter_beroep_stap_klaar"
    if not step.shared:
        return "utter_beroep_stap_ver"
    is_near = asked - len(step.missing) >= NEARLY_THERE * asked
    return "utter_beroep_stap_dichtbij" if is_near else "utter_beroep_stap_deels"


def _shown(step: Step, taxonomy: Taxonomy) -> dict[str, Any]:
    return {
        "titel": capitalised(step.occupation.name),
        "naam_beroep": step.occupation.name,
        "uitleg": step.occupation.description,
        "kan": names(main_skills(step.shared, taxonomy)),
        "leert": names(main_skills(step.missing, taxonomy)),
        "soort_werk": step.occupation.sector.value,
    }


async def bridging(counter: Counter, missing: Sequence[Skill], place: str | None) -> list[Course]:
    """Return the courses that teach most of what is missing, near the place somebody named."""
    # What an occupation needs most stands first, so a course that teaches it counts most.
    taught: dict[str, tuple[int, Course]] = {}
    for weight, skill in enumerate(reversed(missing), start=1):
        query = CourseQuery(topic=skill.name, place=place, radius_km=DEFAULT_RADIUS_KM)
        named = await counter.courses.search(query, limit=COURSES_LOOKED_AT)
        linked = await counter.courses.teaching(skill.id, place=place, radius_km=DEFAULT_RADIUS_KM)
        hits = {hit.course.id: hit for hit in (*linked[:COURSES_LOOKED_AT], *named.hits)}
        for hit in hits.values():
            if skill.id in skills_of(hit.course) or _teaches(hit, skill):
                sum_so_far, _ = taught.get(hit.course.id, (0, hit.course))
                taught[hit.course.id] = (sum_so_far + weight, hit.course)
    best = sorted(taught.values(), key=lambda found: -found[0])
    return [course for worth, course in best[:COURSES_SHOWN] if worth * 2 >= best[0][0]]


def _teaches(hit: CourseHit, skill: Skill) -> bool:
    """Tell whether a course names this skill, or every word of it: half a name is about something else."""
    return skill.name in hit.course.skills or len(hit.matched) >= len(subject_words(skill.name)) > 0


async def show_nearby(
    dispatcher: Dispatcher,
    tracker: Tracker,
    counter: Counter,
    *,
    sector: Sector | None,
    is_more: bool = False,
) -> Events:
    """Show the occupations nearest to what somebody can."""
    profile, own = await profile_in(tracker, counter)
    seen = (tracker.get_slot("beroep_gezien") or []) if is_more else []
    besides = own | set(seen)
    wish = tracker.get_slot("beroep_wens") if is_more and sector is None else None
    if sector is not None:
        named = named_in(sector, words_for(sector, tracker), counter.taxonomy)
    else:
        named = wished(wish, counter.taxonomy, nearly=0) if wish else frozenset()
    steps = nearby(profile, counter.taxonomy, sector=sector, named=named, besides=besides)
    response = "utter_beroep_verwant_sector" if sector else "utter_beroep_verwant"
    if any(step.occupation.id in named for step in steps):
        response = "utter_beroep_verwant_genoemd"
    if not steps and sector and not is_more:
        steps = nearby(profile, counter.taxonomy, besides=besides)
        response = "utter_beroep_verwant_andere_sector"
    if not steps:
        dispatcher.utter_message(
            response="utter_beroep_geen_meer" if profile else "utter_beroep_eerst_vertellen"
        )
        return []
    show_steps(
        dispatcher,
        counter.taxonomy,
        steps,
        response="utter_beroep_verwant_meer" if is_more else response,
        sector_gevraagd=sector.value if sector else "",
    )
    return remembered([step.occupation.id for step in steps], seen=seen, wish=wish)


def show_steps(
    dispatcher: Dispatcher,
    taxonomy: Taxonomy,
    steps: Iterable[Step],
    *,
    response: str,
    **facts: Any,  # noqa: ANN401 - as the dispatcher takes them
) -> None:
    """Show occupations under a response that introduces them, and ask on."""
    dispatcher.utter_message(response=response, **facts)
    for step in steps:
        dispatcher.utter_message(response="utter_beroep_verwant_kaart", **_shown(step, taxonomy))
    dispatcher.utter_message(response="utter_beroep_verwant_verder")


def words_for(sector: Sector, tracker: Tracker) -> str:
    """Return the words with which somebody last named a sector: "windmolens"; none for a button."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            said = event.get("parse_data") or {}
            text = said.get("text") or ""
            for entity in said.get("entities") or ():
                if entity["entity"] == "sector" and entity["value"] == sector.value:
                    return "" if text.startswith("/") else text[entity["start"] : entity["end"]]
    return ""


def capitalised(name: str) -> str:
    """Return a name as a title begins."""
    return name[0].upper() + name[1:]
