"""The interest test: begin or go on, take the answers, show and explain the result."""

from collections.abc import Iterable, Mapping

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.beroep_reasons import ExplainAction as ExplainOccupationAction
from bot.actions.forms import INTERRUPTIONS, FormValidation
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, said_last
from counter.orientation.model import STATEMENTS, Answer, SuggestedOccupation, reasons, score
from counter.services import Counter
from skills_taxonomy import Occupation, Taxonomy

REASONS_SHOWN = 2
# Under these somebody who asks what suits them asks it of what they just told.
PASSPORT_SHOWN = frozenset({"utter_skills_verder", "utter_skills_verder_wens", "utter_skills_verder_doel"})
# What people type instead of pressing a button; "ja" and "nee" are intents already.
_A_BIT = ("beetje", "soms", "misschien", "gaat wel", "niet echt", "weet niet", "weet ik niet")
# "De tweede" means the second button.
_BUTTONS = (Answer.YES, Answer.A_BIT, Answer.NO)


def answer_of(turn: Turn) -> Answer | None:
    """Return what a turn says about a statement, or None when it says nothing about it."""
    if turn.is_pressed:
        pressed = turn.entities.get("antwoord")
        return Answer(pressed) if pressed in list(Answer) else None
    choice = turn.entities.get("keuze")
    if isinstance(choice, int) and 1 <= choice <= len(_BUTTONS):
        return _BUTTONS[choice - 1]
    if any(words in turn.text.lower() for words in _A_BIT):
        return Answer.A_BIT
    return {True: Answer.YES, False: Answer.NO, None: None}[turn.yes_or_no]


def answers_of(tracker: Tracker) -> Mapping[str, Answer]:
    """Return the statements answered so far."""
    given = {statement: tracker.get_slot(statement) for statement in STATEMENTS}
    return {statement: Answer(answer) for statement, answer in given.items() if answer is not None}


class ValidateInterestTestForm(FormValidation):
    """Takes the answer to the statement that was asked."""

    slots = tuple(STATEMENTS)

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_interessetest_formulier"

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take "een beetje" whatever intent it resembles."""
        is_given = turn.intent not in INTERRUPTIONS and answer_of(turn) is not None
        return is_given or super().is_answer(turn, tracker)

    async def get_extraction_events(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Extract the answer; twelve slots differ in nothing, so they need no method each."""
        del dispatcher, domain
        statement, answer = self.requested(tracker), answer_of(Turn.of(tracker))
        if statement is None or answer is None:
            return []
        return [SlotSet(statement, answer.value)]

    async def get_validation_events(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Accept it: only an answer is ever extracted."""
        del dispatcher, domain
        return [
            SlotSet(slot, value) for slot, value in tracker.slots_to_validate().items() if slot in self.slots
        ]


class PointTheWayAction(Action):
    """Answers who does not know what they want; beside a passport that is asked of the passport."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_orienteren_wegwijs_maken"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Look for work that fits what was just told, or else offer the test."""
        del domain
        if said_last(tracker) in PASSPORT_SHOWN:
            return [SlotSet("beroep_naar", ""), FollowupAction("beroep_overstappen_formulier")]
        dispatcher.utter_message(response="utter_orienteren_uitleg")
        return []


class BeginAction(Action):
    """Begins the test, goes on with it, or does it anew once it was finished."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_orienteren_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Say which it is."""
        del domain
        done = len(answers_of(tracker))
        if done == len(STATEMENTS):
            dispatcher.utter_message(response="utter_orienteren_test_opnieuw")
            return [SlotSet(statement, None) for statement in STATEMENTS]
        if done:
            dispatcher.utter_message(response="utter_orienteren_test_verder", aantal=done)
        else:
            dispatcher.utter_message(response="utter_orienteren_test_beginnen")
        return []


def known_of(
    suggested: Iterable[SuggestedOccupation], taxonomy: Taxonomy
) -> list[tuple[SuggestedOccupation, Occupation]]:
    """Return the suggestions with their occupations; an index older than the test may lack one."""
    found = ((suggestion, taxonomy.occupations.get(suggestion.id)) for suggestion in suggested)
    return [(suggestion, occupation) for suggestion, occupation in found if occupation]


class ShowResultAction(CounterAction):
    """Shows the worlds, the type, and three occupations."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_orienteren_uitslag_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show them, or say kindly that no direction stands out."""
        del domain
        result = score(answers_of(tracker))
        if result.mentality is None:
            dispatcher.utter_message(response="utter_orienteren_geen_richting")
            return []
        dispatcher.utter_message(response=f"utter_orienteren_type_{_slug(result.mentality)}")
        for world in result.worlds:
            dispatcher.utter_message(response=f"utter_orienteren_wereld_{_slug(world)}")
        known = known_of(result.occupations, self.counter.taxonomy)
        for suggestion, occupation in known:
            dispatcher.utter_message(
                response=f"utter_orienteren_beroep_{suggestion.because[0]}",
                naam_beroep=occupation.name,
                titel=occupation.name[0].upper() + occupation.name[1:],
                uitleg=occupation.description,
                sector=occupation.sector.value,
            )
        dispatcher.utter_message(response="utter_orienteren_verder")
        shown = [occupation.id for _, occupation in known]
        return [SlotSet("getoond", "beroepen"), SlotSet("beroep_resultaten", shown)]


class ExplainAction(CounterAction):
    """Answers "waarom deze?" with what the person said in the test."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_orienteren_uitleggen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Name the statements that led there, the strongest first."""
        answers = answers_of(tracker)
        known = known_of(score(answers).occupations, self.counter.taxonomy)
        suggestions = {occupation.name: suggestion.id for suggestion, occupation in known}
        turn = Turn.of(tracker)
        name = turn.entities.get("beroep") or _chosen(list(suggestions), turn.entities.get("keuze"))
        chosen = suggestions.get(name) if name else None
        if turn.is_pressed and name and chosen is None:
            # A card that came from elsewhere, further up in the conversation.
            return await ExplainOccupationAction(self.counter).run(dispatcher, tracker, domain)
        if chosen:
            dispatcher.utter_message(response="utter_orienteren_waarom_beroep", naam_beroep=name)
        else:
            dispatcher.utter_message(response="utter_orienteren_waarom_algemeen")
        for statement in reasons(answers, chosen)[:REASONS_SHOWN]:
            dispatcher.utter_message(response=f"utter_orienteren_reden_{statement}")
        return []


def _chosen(names: list[str], choice: object) -> str | None:
    if not isinstance(choice, int):
        return None
    # The extractor counts from 1; -1 is the last.
    position = choice - 1 if choice > 0 else choice
    return names[position] if -len(names) <= position < len(names) else None


def _slug(value: str) -> str:
    return value.replace("-", "_")


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        PointTheWayAction(),
        ValidateInterestTestForm(),
        BeginAction(),
        ShowResultAction(counter),
        ExplainAction(counter),
    ]
