"""What Noor does when she does not understand: ask otherwise, then offer choices, then a person."""

from collections.abc import Iterator

from rasa_sdk.events import FollowupAction
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.coach_call_back import FORM as CALL_BACK_FORM
from bot.actions.coach_waiting import is_about_moments
from bot.actions.gesprek import explanation_of
from bot.actions.languages import language_written
from bot.actions.open_hiring_offers import answer_bare_yes_or_no
from bot.actions.turn import Dispatcher, Domain, Events, Turn
from counter.services import Counter

READINGS_OFFERED = 2
SECOND_MISS, THIRD_MISS = 2, 3
SAID_AT_A_MISS = ("utter_terugval_", "utter_uitleg_")
UNASKED = {
    "bevestigen": "utter_gesprek_bevestigd",
    "ontkennen": "utter_gesprek_ontkend",
    "overslaan": "utter_gesprek_ontkend",
}


class FallBackAction(Action):
    """Takes the next step of a ladder; an understood turn brings Noor back to its foot."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_terugval"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Answer a turn that was not understood."""
        turn = Turn.of(tracker)
        if language := language_written(turn.text):
            dispatcher.utter_message(response=f"utter_coach_taal_{language}")
            return self._then_listen(turn)
        if turn.may_be_in_need:
            dispatcher.utter_message(response="utter_terugval_nood")
            return self._then_listen(turn)
        miss = misses(tracker)
        if miss > THIRD_MISS:
            # Nobody gets the same message twice in a row: the last two steps take turns.
            miss = SECOND_MISS if miss % 2 == 0 else THIRD_MISS
        if explanation := explanation_of(tracker, domain):
            steps = (explanation, "utter_terugval_formulier", "utter_terugval_formulier_mens")
            dispatcher.utter_message(response=steps[miss - 1])
        elif miss == 1:
            self._offer_readings(dispatcher, tracker, domain)
        else:
            dispatcher.utter_message(
                response="utter_terugval_menu" if miss == SECOND_MISS else "utter_terugval_mens"
            )
        return self._then_listen(turn)

    def _then_listen(self, turn: Turn) -> Events:
        # As Rasa's core fallback there is no rule that says to listen: Rasa would fall back again.
        return [] if turn.intent == "nlu_fallback" else [FollowupAction("action_listen")]

    @staticmethod
    def _offer_readings(dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> None:
        readings = list(_readings(tracker, domain))[:READINGS_OFFERED]
        if readings:
            dispatcher.utter_message(response="utter_terugval_bedoel_je", buttons=readings)
        else:
            dispatcher.utter_message(response="utter_terugval_herformuleren")


class CatchLooseAnswerAction(FallBackAction):
    """Takes a yes, a no or a fact that answers no question of Rasa's; within a form that is a miss."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_terugval_los_antwoord_opvangen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Thank for it when nothing was asked, else explain the question."""
        if tracker.active_loop_name is not None:
            return await super().run(dispatcher, tracker, domain)
        if is_about_moments(tracker):
            return [FollowupAction(CALL_BACK_FORM)]
        turn = Turn.of(tracker)
        events = await answer_bare_yes_or_no(self._counter, dispatcher, turn)
        if events is None:
            dispatcher.utter_message(response=UNASKED.get(turn.intent, "utter_gegevens_genoteerd"))
        return events or []

    def _then_listen(self, turn: Turn) -> Events:
        # A rule leads here, and lets the form ask again.
        del turn
        return []


def misses(tracker: Tracker) -> int:
    """Return how many turns in a row were not understood, with the present one."""
    count, is_miss = 1, False
    earlier = tracker.events[: _start_of_turn(tracker)]
    for event in reversed(earlier):
        if event["event"] == "bot":
            is_miss |= (event["metadata"].get("utter_action") or "").startswith(SAID_AT_A_MISS)
        elif event["event"] == "user":
            if not is_miss:
                break
            count, is_miss = count + 1, False
    return count


def _start_of_turn(tracker: Tracker) -> int:
    return max((i for i, event in enumerate(tracker.events) if event["event"] == "user"), default=0)


def _readings(tracker: Tracker, domain: Domain) -> Iterator[dict[str, str]]:
    """Yield the likeliest intents that have a label in the domain, as buttons."""
    for ranked in tracker.latest_message.get("intent_ranking") or ():
        label = domain["responses"].get(f"utter_label_{ranked['name']}")
        if label:
            yield {"title": label[0]["text"], "payload": f"/{ranked['name']}"}


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [FallBackAction(), CatchLooseAnswerAction(counter)]
