"""Work and learn at the same time: courses at an employer, and jobs one can begin without a letter."""

import re
from dataclasses import replace

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import AsksPlace, tell_interruption
from bot.actions.cursus import ExplainMatchAction as ExplainCourseAction
from bot.actions.cursus_results import show_card as show_course
from bot.actions.forms import Slots
from bot.actions.open_hiring import ExplainMatchAction as ExplainJobAction
from bot.actions.open_hiring import show_card as show_job
from bot.actions.results import DEFAULT_RADIUS_KM, chosen, place_named
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from bot.actions.werk_naar_werk import occupations_called
from counter.courses.model import CourseQuery, CourseSearch, Relaxation, UnknownCourseError
from counter.open_hiring.model import JobQuery, JobSearch, UnknownJobError
from counter.services import Counter
from skills_taxonomy import Sector, Taxonomy

DIRECTION, PLACE, RESULTS, OFFSET = (
    "leerwerkplek_richting",
    "leerwerkplek_plaats",
    "leerwerkplek_resultaten",
    "leerwerkplek_vanaf",
)
# Of each of the two kinds; together no more than somebody can take in.
PAGE = 2
MAX_DIRECTION_LENGTH = 60
# The most precise word first: "lasser in de techniek" is about welding.
NAMES_DIRECTION = ("beroep", "vaardigheid", "sector")


def direction_named(turn: Turn) -> str | None:
    """Return the occupation, skill or sector that was named."""
    return next((str(turn.entities[name]) for name in NAMES_DIRECTION if name in turn.entities), None)


def sector_of(taxonomy: Taxonomy, direction: str) -> str | None:
    """Return the sector a direction is, or lies in; None when it may lie in several."""
    if direction in set(Sector):
        return direction
    sectors = {occupation.sector.value for occupation in occupations_called(taxonomy, direction)}
    return sectors.pop() if len(sectors) == 1 else None


class BeginAction(CounterAction):
    """Starts a search with a clean sheet."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_leerwerkplek_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Clear what belongs to an earlier search."""
        del domain
        if tracker.active_loop_name == "leerwerkplek_formulier":
            return []
        tell_interruption(dispatcher, tracker)
        return [SlotSet(DIRECTION), SlotSet(PLACE)]


class ValidateWorkAndLearnForm(AsksPlace):
    """Asks in what direction and where; both may be anything."""

    slots = (DIRECTION, PLACE)
    bare_answers = frozenset(slots)
    free_text = frozenset({DIRECTION})
    own_intents = AsksPlace.own_intents | {"leerwerkplek_zoeken"}
    place_slot = PLACE
    extract_leerwerkplek_plaats = AsksPlace.extract_place
    validate_leerwerkplek_plaats = AsksPlace.validate_place

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_leerwerkplek_formulier"

    def extract_leerwerkplek_richting(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take what was named, else the person's own words when that was asked."""
        del dispatcher, domain
        if named := direction_named(Turn.of(tracker)):
            return {DIRECTION: named}
        if self.is_skipped(DIRECTION, tracker):
            return {DIRECTION: ""}
        return self.words_for(DIRECTION, tracker)

    async def validate_leerwerkplek_richting(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a few words; only what a button can carry is kept of them."""
        del dispatcher, tracker, domain
        if value == "":
            return {DIRECTION: ""}
        topic = await self.counter.courses.topic_in(str(value or "")) or str(value or "")
        words = " ".join(re.sub(r"[^\w\s-]", " ", topic).split())
        is_direction = 0 < len(words) <= MAX_DIRECTION_LENGTH and any(map(str.isalpha, words))
        return {DIRECTION: words if is_direction else None}


class WorkAndLearnAction(CounterAction):
    """An action that shows places to work and learn."""

    async def show_results(
        self, dispatcher: Dispatcher, tracker: Tracker, direction: str, place: str, *, offset: int = 0
    ) -> Events:
        """Search both kinds, show some of each, and remember what was shown."""
        sector = sector_of(self.counter.taxonomy, direction)
        radius = tracker.get_slot("reisafstand") or DEFAULT_RADIUS_KM
        query = CourseQuery(
            topic=direction or None, place=place or None, radius_km=radius, is_work_based=True
        )
        courses = await self.counter.courses.search(query, limit=PAGE, offset=offset)
        is_widened = Relaxation.ONDERWERP in courses.relaxed and sector not in {None, direction}
        if is_widened:
            # Somebody who wants to be a carpenter may like to build; not to care for children.
            courses = await self.counter.courses.search(
                replace(query, topic=sector), limit=PAGE, offset=offset
            )
        jobs = await self.counter.open_hiring.search(
            JobQuery(place=place or None, radius_km=radius, sector=sector), limit=PAGE, offset=offset
        )
        wishes = ", ".join(filter(None, (direction, place)))
        if Relaxation.ONDERWERP in courses.relaxed:
            courses = replace(courses, hits=(), total=0)
            if not offset:
                dispatcher.utter_message(response="utter_leerwerkplek_geen_richting", richting=direction)
        self._show_courses(
            dispatcher, courses, wishes, sector=sector if is_widened else None, is_next=offset > 0
        )
        self._show_jobs(dispatcher, jobs, wishes)
        self._ask_on(dispatcher, courses, jobs, wishes, offset=offset)
        course_ids = [hit.course.id for hit in courses.hits]
        job_ids = [hit.job.id for hit in jobs.hits]
        return [
            SlotSet(DIRECTION, direction),
            SlotSet(PLACE, place),
            SlotSet(OFFSET, offset),
            SlotSet(RESULTS, [*(f"cursus {one}" for one in course_ids), *(f"baan {one}" for one in job_ids)]),
            SlotSet("getoond", "leerwerkplekken"),
            # What was looked for, in the words of the flows that explain a course or a job.
            SlotSet("cursus_onderwerp", direction or None),
            SlotSet("cursus_plaats", place),
            SlotSet("cursus_resultaten", course_ids),
            SlotSet("cursus_gekozen"),
            SlotSet("open_hiring_plaats", place),
            SlotSet("open_hiring_uren", 0),
            SlotSet("open_hiring_resultaten", job_ids),
            SlotSet("sector", sector),
        ]

    @staticmethod
    def _ask_on(
        dispatcher: Dispatcher, courses: CourseSearch, jobs: JobSearch, wishes: str, *, offset: int
    ) -> None:
        is_more = offset + PAGE < max(courses.total, jobs.total)
        response = "utter_leerwerkplek_verder_meer" if is_more else "utter_leerwerkplek_verder"
        is_any = courses.hits or jobs.hits
        dispatcher.utter_message(response=response if is_any else "utter_leerwerkplek_niets", wensen=wishes)

    @staticmethod
    def _show_courses(
        dispatcher: Dispatcher, found: CourseSearch, wishes: str, *, sector: str | None, is_next: bool
    ) -> None:
        if not found.hits:
            return
        if is_next:
            dispatcher.utter_message(response="utter_leerwerkplek_volgende")
        elif sector:
            dispatcher.utter_message(response="utter_leerwerkplek_sector", wensen=wishes, sector=sector)
        elif found.relaxed:
            dispatcher.utter_message(
                response="utter_leerwerkplek_ruimer", wensen=wishes, losgelaten=", ".join(found.relaxed)
            )
        elif wishes:
            dispatcher.utter_message(response="utter_leerwerkplek_gevonden", wensen=wishes)
        else:
            dispatcher.utter_message(response="utter_leerwerkplek_alles_gevonden")
        for hit in found.hits:
            show_course(dispatcher, "utter_cursus_kaart", hit.course, hit.distance_km)

    @staticmethod
    def _show_jobs(dispatcher: Dispatcher, found: JobSearch, wishes: str) -> None:
        if not found.hits:
            return
        dispatcher.utter_message(
            response="utter_leerwerkplek_banen_ruimer" if found.relaxed else "utter_leerwerkplek_banen",
            wensen=wishes,
            losgelaten=", ".join(found.relaxed),
        )
        for hit in found.hits:
            show_job(dispatcher, hit)


class SearchAction(WorkAndLearnAction):
    """Shows the first places found."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_leerwerkplek_zoeken"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Search and show."""
        del domain
        return await self.show_results(
            dispatcher, tracker, tracker.get_slot(DIRECTION) or "", tracker.get_slot(PLACE) or ""
        )


class ShowMoreAction(WorkAndLearnAction):
    """Shows the next places of the same search."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_leerwerkplek_meer_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the next ones; when there are none, a person is offered."""
        del domain
        offset = (tracker.get_slot(OFFSET) or 0) + PAGE
        return await self.show_results(
            dispatcher,
            tracker,
            tracker.get_slot(DIRECTION) or "",
            tracker.get_slot(PLACE) or "",
            offset=offset,
        )


class RefineAction(WorkAndLearnAction):
    """Understands what is said right after results: another wish, or one of the places shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_leerwerkplek_bijstellen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Search anew with what was corrected, show the course pointed at, or sign up for the job."""
        del domain
        turn = Turn.of(tracker)
        place, direction = place_named(self.counter.gazetteer, turn), direction_named(turn)
        if place or direction or "reisafstand" in turn.entities:
            return await self.show_results(
                dispatcher,
                tracker,
                direction or tracker.get_slot(DIRECTION) or "",
                place or tracker.get_slot(PLACE) or "",
            )
        shown = tracker.get_slot(RESULTS) or []
        picked = chosen(shown, turn.entities["keuze"]) if "keuze" in turn.entities else None
        if picked is None:
            return [FollowupAction("action_terugval")]
        kind, _, item = picked.partition(" ")
        if kind == "baan":
            return [SlotSet("open_hiring_baan", item), FollowupAction("open_hiring_aanmelden_formulier")]
        show_course(dispatcher, "utter_cursus_details_kaart", await self.counter.courses.get(item))
        return [SlotSet("cursus_gekozen", item)]


class ExplainMatchAction(CounterAction):
    """Answers "waarom deze?" for a course or a job that was shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_leerwerkplek_waarom"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Leave it to the flow the thing belongs to."""
        del domain
        kind, _, item = self._meant(tracker).partition(" ")
        try:
            if kind == "cursus":
                course = await self.counter.courses.get(item)
                return await ExplainCourseAction(self.counter).explain(dispatcher, tracker, course)
            if kind == "baan":
                job = await self.counter.open_hiring.get(item)
                return await ExplainJobAction(self.counter).explain(dispatcher, tracker, job)
        except (UnknownCourseError, UnknownJobError):
            pass  # gone from the catalogue since it was shown
        dispatcher.utter_message(response="utter_leerwerkplek_waarom")
        return []

    @staticmethod
    def _meant(tracker: Tracker) -> str:
        """Return the kind and the id of what is meant, or nothing."""
        entities, shown = Turn.of(tracker).entities, tracker.get_slot(RESULTS) or []
        for kind in ("cursus", "baan"):
            if kind in entities:
                return f"{kind} {entities[kind]}"
        if "keuze" in entities:
            return chosen(shown, entities["keuze"]) or ""
        return str(shown[0]) if len(shown) == 1 else ""


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        BeginAction(counter),
        ValidateWorkAndLearnForm(counter),
        SearchAction(counter),
        ShowMoreAction(counter),
        RefineAction(counter),
        ExplainMatchAction(counter),
    ]
