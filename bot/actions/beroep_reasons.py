"""Why an occupation was shown: what somebody has of it already, and what they would still learn."""

from rasa_sdk.interfaces import Tracker

from bot.actions.beroep_forms import occupation_pressed
from bot.actions.beroep_results import capitalised, names, profile_in
from bot.actions.results import chosen
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.courses.model import UnknownCourseError
from counter.occupations.model import main_skills, step_to
from counter.occupations.reading import meant_by
from skills_taxonomy import Occupation


class ExplainAction(CounterAction):
    """Tells why an occupation, or a course beside it, was shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_waarom"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Name what is shared and what is missing; ask which one is meant when that is not clear."""
        del domain
        turn = Turn.of(tracker)
        if "cursus" in turn.entities:
            await self._explain_course(dispatcher, turn.entities["cursus"])
            return []
        occupation = self._meant(tracker)
        if occupation is None:
            shown = tracker.get_slot("beroep_resultaten") or []
            titles = [self.counter.taxonomy.occupation(occupation_id).name for occupation_id in shown]
            dispatcher.utter_message(
                response="utter_beroep_waarom_welke",
                buttons=[
                    {"title": title, "payload": f'/waarom_deze{{"beroep":"{title}"}}'} for title in titles
                ],
            )
            return []
        profile, _ = await profile_in(tracker, self.counter)
        step = step_to(occupation.id, profile, self.counter.taxonomy)
        dispatcher.utter_message(
            response="utter_beroep_waarom_kan" if step.shared else "utter_beroep_waarom_gevraagd",
            titel=capitalised(occupation.name),
            naam_beroep=occupation.name,
            kan=names(main_skills(step.shared, self.counter.taxonomy)),
        )
        if step.missing:
            missing = main_skills(step.missing, self.counter.taxonomy)
            dispatcher.utter_message(response="utter_beroep_waarom_leert", leert=names(missing))
        return []

    def _meant(self, tracker: Tracker) -> Occupation | None:
        turn, taxonomy = Turn.of(tracker), self.counter.taxonomy
        shown = tracker.get_slot("beroep_resultaten") or []
        if (pressed := occupation_pressed(turn, taxonomy)) is not None:
            return pressed
        named = None if turn.is_pressed else meant_by(turn.text, taxonomy).occupation_id
        if named is None and isinstance(turn.entities.get("keuze"), int):
            named = chosen(shown, turn.entities["keuze"])
        if named is None and len(shown) == 1:
            named = shown[0]
        return taxonomy.occupation(named) if named else None

    async def _explain_course(self, dispatcher: Dispatcher, course_id: str) -> None:
        try:
            course = await self.counter.courses.get(course_id)
        except UnknownCourseError:
            dispatcher.utter_message(response="utter_cursus_geen_keuze")
            return
        dispatcher.utter_message(
            response="utter_beroep_waarom_cursus", titel=course.title, vaardigheden=", ".join(course.skills)
        )
