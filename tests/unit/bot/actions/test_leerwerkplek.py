"""Work and learn: what is searched, what is never shown, and what is offered when nothing fits."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.leerwerkplek import (
    DIRECTION,
    PLACE,
    RESULTS,
    ExplainMatchAction,
    RefineAction,
    SearchAction,
    ValidateWorkAndLearnForm,
    sector_of,
)
from bot.actions.turn import Events
from counter.courses.catalogue import CourseCatalogue
from counter.courses.model import Course, CourseQuery, CourseSearch, Form, Level, UnknownCourseError
from counter.open_hiring.catalogue import JobCatalogue
from counter.open_hiring.model import Job, JobQuery, JobSearch, UnknownJobError
from tests.unit.bot.actions.conftest import GAZETTEER, TAXONOMY

TODAY = date(2026, 11, 23)


def a_course(course_id: str, place: str, *topics: str) -> Course:
    return Course(
        id=course_id,
        title=f"Cursus {course_id}",
        provider="Voorbeeldschool",
        place=place,
        form=Form.DEELTIJD,
        level=Level.MBO2,
        topics=topics,
        is_sample=True,
    )


COURSES = (
    a_course("zorg-hoorn", "Hoorn", "zorg", "bbl"),
    a_course("zorg-klas", "Hoorn", "zorg"),
    a_course("bouw-hoorn", "Hoorn", "bouw", "leren en werken"),
)
JOBS = tuple(
    Job(
        id=f"baan-{sector}",
        title=f"Baan {sector}",
        employer="Voorbeeldbedrijf",
        place="Hoorn",
        sector=sector,
        hours_min=24,
        hours_max=32,
        wage_text="minimumloon",
        tasks="Je werkt.",
        practical_needs=("je kunt staan",),
        is_sample=True,
    )
    for sector in ("zorg", "bouw")
)


class FakeCourses:
    """The real catalogue over a few courses."""

    def __init__(self, courses: tuple[Course, ...] = COURSES) -> None:
        self._courses = courses
        self._catalogue = CourseCatalogue(courses, GAZETTEER)

    async def search(self, query: CourseQuery, limit: int = 3, offset: int = 0) -> CourseSearch:
        return self._catalogue.search(query, today=TODAY, limit=limit, offset=offset)

    async def topic_in(self, text: str) -> str | None:
        return self._catalogue.topic_in(text)

    async def get(self, course_id: str) -> Course:
        found = next((course for course in self._courses if course.id == course_id), None)
        if found is None:
            raise UnknownCourseError(course_id)
        return found


class FakeJobs:
    """The real catalogue over a few jobs."""

    def __init__(self, jobs: tuple[Job, ...] = JOBS) -> None:
        self._jobs = jobs
        self._catalogue = JobCatalogue(jobs, GAZETTEER)

    async def search(self, query: JobQuery, limit: int = 3, offset: int = 0) -> JobSearch:
        return self._catalogue.search(query, limit=limit, offset=offset)

    async def get(self, job_id: str) -> Job:
        found = next((job for job in self._jobs if job.id == job_id), None)
        if found is None:
            raise UnknownJobError(job_id)
        return found


@pytest.fixture
def counter(counter: SimpleNamespace) -> SimpleNamespace:
    counter.courses, counter.open_hiring = FakeCourses(), FakeJobs()
    return counter


def changes(events: Events) -> dict:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


@pytest.mark.parametrize(
    ("direction", "sector"),
    [("zorg", "zorg"), ("lasser", "techniek"), ("timmerman", "bouw"), ("banaan", None)],
)
def test_a_direction_lies_in_a_sector_when_it_is_certain(direction: str, sector: str | None) -> None:
    assert sector_of(TAXONOMY, direction) == sector


async def test_only_courses_at_an_employer_and_jobs_of_the_sector_are_shown(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("leerwerkplek_zoeken", slots={DIRECTION: "zorg", PLACE: "Hoorn"})
    events = changes(await SearchAction(counter).run(dispatcher, tracker, {}))
    assert events[RESULTS] == ["cursus zorg-hoorn", "baan baan-zorg"]
    assert said() == [
        "utter_leerwerkplek_gevonden",
        "utter_cursus_kaart_voorbeeld",
        "utter_leerwerkplek_banen",
        "utter_open_hiring_kaart_voorbeeld",
        "utter_leerwerkplek_verder",
    ]


async def test_for_work_without_a_course_the_sector_is_searched(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("leerwerkplek_zoeken", slots={DIRECTION: "timmerman", PLACE: "Hoorn"})
    events = changes(await SearchAction(counter).run(dispatcher, tracker, {}))
    assert events[RESULTS] == ["cursus bouw-hoorn", "baan baan-bouw"]
    assert said()[0] == "utter_leerwerkplek_sector"


async def test_a_course_about_something_else_is_never_offered_instead(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    tracker = turn("leerwerkplek_zoeken", slots={DIRECTION: "banaan", PLACE: ""})
    events = changes(await SearchAction(counter).run(dispatcher, tracker, {}))
    assert not [one for one in events[RESULTS] if one.startswith("cursus")]
    assert said()[0] == "utter_leerwerkplek_geen_richting"


async def test_with_nothing_at_all_a_coach_is_offered(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    counter.courses, counter.open_hiring = FakeCourses(()), FakeJobs(())
    await SearchAction(counter).run(dispatcher, turn("x", slots={DIRECTION: "", PLACE: ""}), {})
    assert said() == ["utter_leerwerkplek_niets"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("iets met hout", "hout"), ('"bouw" {x}', "bouw"), ("12", None), ("?!", None)],
)
async def test_of_own_words_only_what_a_button_can_carry_is_kept(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    turn: Callable[..., Tracker],
    text: str,
    value: str | None,
) -> None:
    tracker = turn(
        "gegeven_opgeven",
        text,
        slots={DIRECTION: None, PLACE: "Hoorn", "herhaling": None},
        form="leerwerkplek_formulier",
        asked=DIRECTION,
    )
    found = changes(await ValidateWorkAndLearnForm(counter).run(dispatcher, tracker, {}))
    assert found[DIRECTION] == value


async def test_pointing_shows_a_course_and_signs_up_for_a_job(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    slots = {RESULTS: ["cursus zorg-hoorn", "baan baan-zorg"]}
    course = turn("gegeven_opgeven", "de eerste", entities={"keuze": 1}, slots=slots)
    assert changes(await RefineAction(counter).run(dispatcher, course, {})) == {
        "cursus_gekozen": "zorg-hoorn"
    }
    job = turn("gegeven_opgeven", "de laatste", entities={"keuze": -1}, slots=slots)
    events = await RefineAction(counter).run(dispatcher, job, {})
    assert changes(events) == {"open_hiring_baan": "baan-zorg"}
    assert events[-1]["name"] == "open_hiring_aanmelden_formulier"
    nothing = turn("gegeven_opgeven", "32 uur", entities={"uren": 32}, slots=slots)
    [event] = await RefineAction(counter).run(dispatcher, nothing, {})
    assert event["name"] == "action_terugval"
    assert said() == ["utter_cursus_details_kaart_voorbeeld"]


async def test_why_is_told_by_the_flow_a_thing_belongs_to(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    slots = {RESULTS: ["cursus zorg-hoorn", "baan baan-zorg"], "cursus_onderwerp": "zorg", "sector": "zorg"}
    for entities in ({"keuze": 1}, {"baan": "baan-zorg"}, {"cursus": "weg"}, {}):
        await ExplainMatchAction(counter).run(
            dispatcher, turn("waarom_deze", "waarom", entities=entities, slots=slots), {}
        )
    assert said() == [
        "utter_cursus_waarom",
        "utter_open_hiring_waarom",
        "utter_open_hiring_nodig",
        "utter_leerwerkplek_waarom",
        "utter_leerwerkplek_waarom",
    ]
