"""Searching for courses with what the person told, and showing what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from rapidfuzz.distance import OSA
from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.results import DEFAULT_RADIUS_KM, PAGE, with_distance
from bot.actions.turn import Dispatcher, Events, written
from counter.courses.model import Course, CourseHit, CourseQuery, CourseSearch, Form, Level, Relaxation
from counter.courses.service import CourseService

# Letters; further apart they are two words.
MOST_SLIPS = 2
# By whether something is still wanted, and whether there is more to show.
GO_ON = {
    (False, False): "utter_cursus_verder",
    (False, True): "utter_cursus_verder_meer",
    (True, False): "utter_cursus_verder_melding",
    (True, True): "utter_cursus_verder_melding_meer",
}
# More make a card too long to read.
OTHERS_NAMED = 3


def query_of(tracker: Tracker) -> CourseQuery:
    """Return what the person is looking for."""
    slot = tracker.get_slot
    form = _member(Form, slot("vorm"))
    return CourseQuery(
        topic=slot("cursus_onderwerp"),
        place=None if form is Form.ONLINE else slot("cursus_plaats") or None,
        radius_km=slot("reisafstand") or DEFAULT_RADIUS_KM,
        level=_member(Level, slot("niveau")),
        form=form,
    )


def _member[Value: StrEnum](values: type[Value], name: str | None) -> Value | None:
    return next((value for value in values if value == name), None)


def wishes(query: CourseQuery) -> str:
    """Return what is looked for, in the person's own order of words."""
    named = (query.topic, query.form, level_name(query.level), query.place)
    return ", ".join(str(wish) for wish in named if wish)


def as_meant(query: CourseQuery, matched: Iterable[str]) -> CourseQuery:
    """Return the query with a slip in its topic put right by the words that were found for it."""
    topic = (query.topic or "").casefold()
    near = {word: OSA.distance(topic, word.casefold()) for word in matched}
    nearest = min(near, key=near.__getitem__, default=None)
    if nearest is None or not 0 < near[nearest] <= MOST_SLIPS:
        return query
    return replace(query, topic=nearest)


async def show_results(
    courses: CourseService, dispatcher: Dispatcher, query: CourseQuery, offset: int = 0
) -> Events:
    """Search, show one page, and remember what was shown."""
    search = await courses.search(query, limit=PAGE, offset=offset)
    is_more = offset + len(search.hits) < search.total
    _introduce(dispatcher, query, search, offset=offset, is_more=is_more)
    for hit in search.hits:
        show_card(dispatcher, "utter_cursus_kaart", hit.course, hit.distance_km, hit.others)
    if search.hits:
        # Who wanted something else can hear of it once it is there.
        is_wanting = bool(search.relaxed and query.topic)
        dispatcher.utter_message(response=GO_ON[is_wanting, is_more])
    return [
        SlotSet("cursus_resultaten", [hit.course.id for hit in search.hits]),
        SlotSet("cursus_vanaf", offset),
        SlotSet("cursus_gekozen"),
        SlotSet("getoond", "cursussen"),
    ]


def _introduce(
    dispatcher: Dispatcher, query: CourseQuery, search: CourseSearch, *, offset: int, is_more: bool
) -> None:
    if not search.hits:
        response = "utter_cursus_niets"
    elif offset:
        response = "utter_cursus_volgende"
    elif Relaxation.ONDERWERP in search.relaxed:
        response = "utter_cursus_ander_onderwerp"
    elif search.relaxed:
        response = "utter_cursus_ruimer"
    else:
        response = "utter_cursus_gevonden_meer" if is_more else "utter_cursus_gevonden"
    dispatcher.utter_message(
        response=response,
        wensen=wishes(as_meant(query, search.hits[0].matched) if search.hits else query),
        onderwerp=query.topic,
        totaal=search.total,
        aantal=len(search.hits),
        losgelaten=", ".join(search.relaxed),
    )


def show_card(
    dispatcher: Dispatcher,
    response: str,
    course: Course,
    distance_km: float | None = None,
    others: Sequence[Course] = (),
) -> None:
    """Show a course as a card, with its `others`: other offerings; of a sample the card says so."""
    seen_on = course.listing.seen_on
    dispatcher.utter_message(
        response=f"{response}_voorbeeld" if course.is_sample else response,
        id=course.id,
        titel=course.title,
        aanbieder=course.provider,
        omschrijving=course.description,
        vaardigheden=", ".join(course.skills),
        waar=with_distance(course.place, distance_km) if course.place else "",
        lesvorm=course.form.value,
        lesniveau=level_name(course.level),
        start=written(course.start) if course.start else "",
        prijs=price(course),
        uren_totaal=course.hours_total or "",
        uren_per_week=course.hours_per_week or "",
        url=course.url or "",
        aanmelden_tot=written(course.last_day) if course.last_day else "",
        ook=_others_named(others),
        bijgewerkt=written(seen_on) if seen_on else "",
    )


def _others_named(others: Sequence[Course]) -> str:
    """Return where and when else: "Alkmaar 1-9-2027, online, +2"."""
    named = [
        f"{other.place or other.form.value} {written(other.start) if other.start else ''}".rstrip()
        for other in others[:OTHERS_NAMED]
    ]
    left = len(others) - len(named)
    return ", ".join([*named, f"+{left}"] if left else named)


def price(course: Course) -> str:
    """Return the price, or nothing when it is not known."""
    return "" if course.price_eur is None else f"€ {course.price_eur:,}".replace(",", ".")


def level_name(level: Level | None) -> str:
    """Return a level as people write it: "mbo 2"."""
    return "" if level is None else level.value.replace("mbo", "mbo ")


async def hit_of(courses: CourseService, query: CourseQuery, course_id: str) -> CourseHit | None:
    """Return how this course came out of the search, or None when it did not."""
    search = await courses.search(query, limit=10_000)
    return next((hit for hit in search.hits if hit.course.id == course_id), None)
