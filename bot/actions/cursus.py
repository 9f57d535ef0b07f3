"""Courses: find, refine, look at one, and how to pay."""

from collections.abc import Sequence

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import tell_interruption
from bot.actions.cursus_compare import LEAST, compared, show_side_by_side
from bot.actions.cursus_form import ValidateCourseForm, topic_named
from bot.actions.cursus_melding import AskAlertAction, StopAlertsAction
from bot.actions.cursus_results import hit_of, price, query_of, show_card, show_results, wishes
from bot.actions.results import PAGE, chosen, place_named
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.accounts.amounts import in_euros
from counter.accounts.model import CENTS
from counter.courses.model import Course, UnknownCourseError
from counter.schemes.model import VoucherKind
from counter.services import Counter

# What a person can ask of a course besides its topic; the extractor fills these slots.
CRITERIA = ("vorm", "niveau", "reisafstand")


class BeginSearchAction(CounterAction):
    """Starts a search with a clean sheet, unless the turn only adds to the search just shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Clear what belongs to an earlier search."""
        del domain
        tell_interruption(dispatcher, tracker)
        turn = Turn.of(tracker)
        is_criterion = any(name in turn.entities for name in (*CRITERIA, "plaats", "postcode"))
        is_shown = tracker.get_slot("getoond") == "cursussen"
        if is_shown and is_criterion and await topic_named(self.counter, turn) is None:
            return []
        stale = [name for name in CRITERIA if name not in turn.entities]
        return [SlotSet(slot) for slot in (*stale, "cursus_onderwerp", "cursus_plaats")]


class SearchAction(CounterAction):
    """Shows the first courses found."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_zoeken"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Search and show."""
        del domain
        return await show_results(self.counter.courses, dispatcher, query_of(tracker))


class ShowMoreAction(CounterAction):
    """Shows the next courses of the same search."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_meer_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the next page, or tell that there is none."""
        del domain
        query, offset = query_of(tracker), (tracker.get_slot("cursus_vanaf") or 0) + PAGE
        if (await self.counter.courses.search(query, limit=1, offset=offset)).hits:
            return await show_results(self.counter.courses, dispatcher, query, offset)
        dispatcher.utter_message(response="utter_cursus_geen_meer")
        return []


class RefineAction(CounterAction):
    """Understands what is said right after results: another wish, or one of the courses shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_bijstellen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the course that was pointed at, or search anew with what was corrected."""
        turn = Turn.of(tracker)
        if "keuze" in turn.entities:
            return await ShowDetailsAction(self.counter).run(dispatcher, tracker, domain)
        corrected = await self._corrected(turn)
        if not corrected and not any(name in turn.entities for name in CRITERIA):
            return [FollowupAction("action_terugval")]
        tracker.slots.update(corrected)
        events = await show_results(self.counter.courses, dispatcher, query_of(tracker))
        return [*(SlotSet(slot, value) for slot, value in corrected.items()), *events]

    async def _corrected(self, turn: Turn) -> dict[str, str]:
        if place := place_named(self.counter.gazetteer, turn):
            return {"cursus_plaats": place}
        if any(name in turn.entities for name in CRITERIA) or turn.is_pressed:
            return {}
        topic = await topic_named(self.counter, turn)
        return {"cursus_onderwerp": topic} if topic else {}


class CourseAction(CounterAction):
    """An action about one course."""

    async def course_meant(self, tracker: Tracker) -> Course | None:
        """Return the course of the button, the one pointed at, or the one looked at last."""
        entities, shown = Turn.of(tracker).entities, tracker.get_slot("cursus_resultaten") or []
        course_id = entities.get("cursus")
        if course_id is None and "keuze" in entities:
            course_id = chosen(shown, entities["keuze"])
        elif course_id is None:
            course_id = tracker.get_slot("cursus_gekozen") or (shown[0] if len(shown) == 1 else None)
        if course_id is None:
            return None
        try:
            return await self.counter.courses.get(course_id)
        except UnknownCourseError:
            return None

    async def ask_which(self, dispatcher: Dispatcher, tracker: Tracker, payload: str) -> Events:
        """Ask which of the courses shown is meant, with a button for each."""
        shown = tracker.get_slot("cursus_resultaten") or []
        courses = [await self.counter.courses.get(course_id) for course_id in shown]
        buttons = [
            {"title": course.title, "payload": f'/{payload}{{"cursus":"{course.id}"}}'} for course in courses
        ]
        if buttons:
            dispatcher.utter_message(response="utter_cursus_welke", buttons=buttons)
        else:
            dispatcher.utter_message(response="utter_cursus_geen_keuze")
        return []


class ShowDetailsAction(CourseAction):
    """Shows all there is to know of one course."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_details_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the course."""
        del domain
        if (several := compared(tracker)) is not None:
            return await self._compare(dispatcher, several)
        course = await self.course_meant(tracker)
        if course is None:
            return await self.ask_which(dispatcher, tracker, "cursus_details")
        if course.listing.closed_at is not None:
            dispatcher.utter_message(
                response="utter_cursus_gesloten", titel=course.title, aanbieder=course.provider
            )
            return []
        others = await self.counter.courses.offerings(course)
        show_card(dispatcher, "utter_cursus_details_kaart", course, others=others)
        return [SlotSet("cursus_gekozen", course.id), SlotSet("getoond", "cursussen")]

    async def _compare(self, dispatcher: Dispatcher, course_ids: Sequence[str]) -> Events:
        courses = [await self.counter.courses.get(course_id) for course_id in course_ids]
        if len(courses) < LEAST:
            dispatcher.utter_message(response="utter_cursus_naast_elkaar_welke")
            return []
        show_side_by_side(dispatcher, courses)
        return [SlotSet("cursus_resultaten", list(course_ids)), SlotSet("getoond", "cursussen")]


class ExplainMatchAction(CourseAction):
    """Tells why a course was shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_waarom"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Name what of the person's wishes the course answers, and what one learns there."""
        del domain
        course = await self.course_meant(tracker)
        if course is None:
            return await self.ask_which(dispatcher, tracker, "waarom_deze")
        return await self.explain(dispatcher, tracker, course)

    async def explain(self, dispatcher: Dispatcher, tracker: Tracker, course: Course) -> Events:
        """Tell it of this course."""
        query = query_of(tracker)
        hit = await hit_of(self.counter.courses, query, course.id)
        matched = hit.matched if hit else ()
        dispatcher.utter_message(
            response="utter_cursus_waarom" if matched else "utter_cursus_waarom_niet_precies",
            wensen=wishes(query),
            titel=course.title,
            woorden=", ".join(matched),
        )
        if course.skills:
            dispatcher.utter_message(
                response="utter_cursus_waarom_leert", vaardigheden=", ".join(course.skills)
            )
        return [SlotSet("cursus_gekozen", course.id)]


class ExplainPaymentAction(CourseAction):
    """Tells how a course may be paid, and offers to apply for a voucher."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_bekostigen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Explain; with the price when a course is meant."""
        del domain
        schemes = await self.counter.vouchers.schemes()
        scheme = next(scheme for scheme in schemes if scheme.kind is VoucherKind.OPLEIDING)
        course = await self.course_meant(tracker)
        most = in_euros(scheme.amount_eur * CENTS)
        if scheme.is_sample:
            dispatcher.utter_message(response="utter_voucher_voorbeeld")
        if course is None:
            dispatcher.utter_message(response="utter_cursus_bekostigen", bedrag=most)
        else:
            is_priced = course.price_eur is not None
            dispatcher.utter_message(
                response="utter_cursus_bekostigen_met_cursus" if is_priced else "utter_cursus_prijs_onbekend",
                id=course.id,
                titel=course.title,
                prijs=price(course),
                bedrag=most,
            )
        return [SlotSet("cursus_gekozen", course.id)] if course else []


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        BeginSearchAction(counter),
        ValidateCourseForm(counter),
        SearchAction(counter),
        ShowMoreAction(counter),
        RefineAction(counter),
        ShowDetailsAction(counter),
        ExplainMatchAction(counter),
        ExplainPaymentAction(counter),
        AskAlertAction(counter),
        StopAlertsAction(counter),
    ]
