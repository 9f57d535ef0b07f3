"""Occupations: what one is, what is between two, which lie near, and why one was shown."""

import re

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import tell_interruption
from bot.actions.beroep_forms import (
    MOVE_FORM,
    AskGoalAction,
    AskOriginAction,
    AskWhichOccupationAction,
    ValidateMoveForm,
    ValidateOccupationForm,
    explored,
    is_whole,
    move_of,
    sector_of,
    sectors_in,
)
from bot.actions.beroep_reasons import ExplainAction
from bot.actions.beroep_results import (
    capitalised,
    remembered,
    show_nearby,
    show_occupation,
    show_step,
)
from bot.actions.beroep_wishes import SHOWS_WORK, show_wished, then_listen, wish_of, wishes_known_work
from bot.actions.results import chosen, place_named
from bot.actions.skills import CatchLooseSkillAction
from bot.actions.terugval import CatchLooseAnswerAction
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, said_last
from counter.occupations.reading import meant_by
from counter.services import Counter
from skills_taxonomy import Occupation

_ASKS_WAGE = re.compile(r"verdien|salaris|\bloon|betaalt|\bgeld\b")
_ASKS_DEMAND = re.compile(r"kansrijk|veel (?:vraag|werk|banen|kans)|toekomst|werkgarantie|zo aan de slag")
_POINTS_BACK = re.compile(r"\b(?:dit|dat|deze|die) (?:beroep|werk|baan|functie)\b")


class BeginExploringAction(CounterAction):
    """Finds the occupation that a question is about, so that only an unknown one is asked."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Look for it in the words, among what was shown, or in the sector that was named."""
        del domain
        if tracker.active_loop_name != "beroep_formulier":
            tell_interruption(dispatcher, tracker)
        if is_whole(move_of(tracker, self.counter.taxonomy)):
            # "Hoe groot is de stap van kok naar bakker" asks of both, and is no question about one.
            return [SlotSet("beroep_van"), SlotSet("beroep_naar"), FollowupAction(MOVE_FORM)]
        turn, shown = Turn.of(tracker), tracker.get_slot("beroep_resultaten") or []
        self._answer_in_general(dispatcher, turn)
        if not turn.is_pressed and _POINTS_BACK.search(turn.text.lower()) and len(shown) == 1:
            return [SlotSet("beroep_gekozen", shown[0])]
        meant = explored(tracker, self.counter.taxonomy)
        if meant.unknown:
            dispatcher.utter_message(response="utter_beroep_onbekend")
        return [
            SlotSet("beroep_gekozen", meant.occupation_id),
            SlotSet("beroep_kandidaten", {"beroep_gekozen": list(meant.options)}),
        ]

    @staticmethod
    def _answer_in_general(dispatcher: Dispatcher, turn: Turn) -> None:
        text = turn.text.lower()
        if turn.is_pressed:
            return
        if _ASKS_WAGE.search(text):
            dispatcher.utter_message(response="utter_beroep_loon")
        elif _ASKS_DEMAND.search(text):
            dispatcher.utter_message(response="utter_beroep_vraag_naar_werk")


class ShowOccupationAction(CounterAction):
    """Shows the occupation that was asked about."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show it."""
        del domain
        chosen_id = tracker.get_slot("beroep_gekozen")
        if chosen_id is None:
            # The taxonomy was replaced since it was chosen.
            return [FollowupAction("beroep_formulier")]
        occupation = self.counter.taxonomy.occupation(chosen_id)
        await show_occupation(dispatcher, self.counter, occupation)
        return [SlotSet("beroep_gekozen"), *remembered([occupation.id])]


class BeginMoveAction(CounterAction):
    """Starts a comparison; the work somebody comes from stays known."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_overstappen_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Clear where somebody wanted to before."""
        if tracker.active_loop_name == MOVE_FORM:
            return []
        if tracker.get_slot("getoond") in SHOWS_WORK and wishes_known_work(tracker, self.counter.taxonomy):
            # Under a list "ik wil toch liever met mijn handen werken" asks for another list.
            events = await RefineAction(self.counter).run(dispatcher, tracker, domain)
            return [*events, FollowupAction("action_listen")]
        tell_interruption(dispatcher, tracker)
        # Who would rather not say is asked again: they may want to now.
        is_skipped = tracker.get_slot("beroep_van") == ""
        stale = ["beroep_naar", "beroep_kandidaten", *(["beroep_van"] if is_skipped else [])]
        return [SlotSet(slot) for slot in stale]


class ShowMoveAction(CounterAction):
    """Shows the way to the work somebody wants, or the work that lies near."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_overstap_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show it."""
        del domain
        return await self.show(dispatcher, tracker)

    async def show(self, dispatcher: Dispatcher, tracker: Tracker, *, is_corrected: bool = False) -> Events:
        """Show what goes with the slots as they are; a corrected result has been introduced."""
        goal = tracker.get_slot("beroep_naar") or ""
        if goal in self.counter.taxonomy.occupations:
            return await show_step(dispatcher, tracker, self.counter, goal, is_introduced=is_corrected)
        return await show_nearby(dispatcher, tracker, self.counter, sector=sector_of(goal))


class CatchLooseOccupationAction(CounterAction):
    """Takes an occupation that answers no question: two are a move, one alone may be anything."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_los_opvangen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Start the comparison, or offer what can be done with an occupation."""
        taxonomy = self.counter.taxonomy
        if is_whole(move_of(tracker, taxonomy)):
            return [SlotSet("beroep_van"), SlotSet("beroep_naar"), FollowupAction(MOVE_FORM)]
        found = taxonomy.extract(Turn.of(tracker).text)
        if found and not any(isinstance(one.concept, Occupation) for one in found):
            # "Koken" is said of the work too, but what people do there is a skill.
            return await CatchLooseSkillAction(self.counter).run(dispatcher, tracker, domain)
        meant = meant_by(Turn.of(tracker).text, taxonomy)
        if meant.occupation_id is None:
            return await CatchLooseAnswerAction(self.counter).run(dispatcher, tracker, domain)
        occupation = taxonomy.occupation(meant.occupation_id)
        dispatcher.utter_message(
            response="utter_beroep_los", titel=capitalised(occupation.name), naam_beroep=occupation.name
        )
        return []


class AcceptOfferAction(CounterAction):
    """Takes a typed "ja" to "Zit er iets bij?" and to "Zal ik laten zien wat erop lijkt?"."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_aanbod_aannemen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask which, or show what lies near; a yes to anything else is only friendly."""
        offered = said_last(tracker)
        if offered == "utter_beroep_zelfde":
            return [SlotSet("beroep_naar", ""), FollowupAction(MOVE_FORM)]
        if offered == "utter_beroep_verwant_verder":
            shown = tracker.get_slot("beroep_resultaten") or []
            titles = [self.counter.taxonomy.occupation(occupation_id).name for occupation_id in shown]
            buttons = [{"title": title, "payload": f'/overstappen{{"beroep":"{title}"}}'} for title in titles]
            dispatcher.utter_message(response="utter_beroep_welk_dan", buttons=buttons)
            return []
        return await CatchLooseAnswerAction(self.counter).run(dispatcher, tracker, domain)


class ShowMoreAction(CounterAction):
    """Shows the next nearest occupations."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_meer_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show them."""
        del domain
        goal = tracker.get_slot("beroep_naar") or ""
        return await show_nearby(dispatcher, tracker, self.counter, sector=sector_of(goal), is_more=True)


class RefineAction(ShowMoveAction):
    """Understands what is said right after occupations: one of them, other work, or a place."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_beroep_bijstellen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the occupation that was pointed at, or the result of the correction."""
        return then_listen(tracker, await self._refined(dispatcher, tracker, domain))

    async def _refined(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        turn = Turn.of(tracker)
        shown = tracker.get_slot("beroep_resultaten") or []
        if isinstance(turn.entities.get("keuze"), int):
            occupation_id = chosen(shown, turn.entities["keuze"])
            if occupation_id is not None:
                await show_occupation(
                    dispatcher, self.counter, self.counter.taxonomy.occupation(occupation_id)
                )
                return remembered([occupation_id])
        corrected = self._corrected(tracker)
        place = place_named(self.counter.gazetteer, turn)
        if not corrected:
            wish = wish_of(tracker, self.counter.taxonomy, loose=place is None)
            if wish is not None:
                return await show_wished(dispatcher, tracker, self.counter, wish)
            if place is None:
                return await self._ask_what_then(dispatcher, tracker, domain)
        tracker.slots.update(corrected)
        self._acknowledge(dispatcher, tracker, corrected)
        events = await self.show(dispatcher, tracker, is_corrected=True)
        return [*(SlotSet(slot, value) for slot, value in corrected.items()), *events]

    async def _ask_what_then(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask what work somebody wants who only says no to a sector; anything else is only friendly."""
        if sectors_in(tracker):
            dispatcher.utter_message(response="utter_beroep_wens_vragen")
            return []
        return await CatchLooseAnswerAction(self.counter).run(dispatcher, tracker, domain)

    def _acknowledge(self, dispatcher: Dispatcher, tracker: Tracker, corrected: dict[str, str]) -> None:
        """Say what was understood of a correction, for the result may look much like the one before."""
        occupations = self.counter.taxonomy.occupations
        if corrected.get("beroep_naar") in occupations:
            name = occupations[corrected["beroep_naar"]].name
            dispatcher.utter_message(response="utter_beroep_ander_doel", naam_beroep=name)
        elif "beroep_van" in corrected:
            name = occupations[corrected["beroep_van"]].name
            dispatcher.utter_message(response="utter_beroep_ander_begin", naam_beroep=name)
        elif not corrected:
            dispatcher.utter_message(
                response="utter_beroep_andere_plaats",
                plaats=place_named(self.counter.gazetteer, Turn.of(tracker)),
            )

    def _corrected(self, tracker: Tracker) -> dict[str, str]:
        move = move_of(tracker, self.counter.taxonomy)
        goal = move.goal.occupation_id or move.named.occupation_id
        corrected = {"beroep_van": move.origin.occupation_id, "beroep_naar": goal}
        return {slot: value for slot, value in corrected.items() if value}


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    needing = (
        BeginExploringAction,
        ValidateOccupationForm,
        AskWhichOccupationAction,
        ShowOccupationAction,
        BeginMoveAction,
        ValidateMoveForm,
        AskOriginAction,
        AskGoalAction,
        ShowMoveAction,
        CatchLooseOccupationAction,
        AcceptOfferAction,
        ShowMoreAction,
        RefineAction,
        ExplainAction,
    )
    return [action(counter) for action in needing]
