"""The course of a conversation: greet, say goodbye, stop, start over, explain, go on, stay calm."""

from rasa_sdk.events import ActiveLoop, AllSlotsReset, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, said_last
from counter.services import Counter

# Forms with answers of their own, which are thrown away when the form is stopped.
DISCARDED = (
    "cursus",
    "open_hiring",
    "voucher",
    "coach",
    "ondernemers",
    "gegevens",
    "werk_naar_werk",
    "leerwerkplek",
    "skills",
    "beroep",
    "taak",
)
# Forms that end in words of their own, for they keep what was given before, or change nothing.
STOPPED = {
    "skills_formulier": "utter_skills_gestopt",
    "gegevens_wijzigen_formulier": "utter_gegevens_gestopt",
    "gegevens_wissen_formulier": "utter_gegevens_gestopt",
    "taak_formulier": "utter_taak_vragen_gestopt",
}
# Under a list "ik wil er toch af" sounds like stopping.
LISTS_SHOWN = frozenset({"utter_open_hiring_status_verder"})
# The first and the second answer to abuse, and the two that take turns from the third time on.
CALM = ("utter_gesprek_gescholden", "utter_gesprek_gescholden_weer")
CALM_AND_SHORT = ("utter_gesprek_gescholden_kort", "utter_gesprek_gescholden_kort_anders")
END_FORM: Events = [ActiveLoop(None), SlotSet("requested_slot", None)]


def explanation_of(tracker: Tracker, domain: Domain) -> str | None:
    """Return the response that puts the open question in other words, or None when none is open."""
    form = tracker.active_loop_name
    if form is None:
        return None
    candidates = (f"utter_uitleg_{tracker.get_slot('requested_slot')}", f"utter_uitleg_{form}")
    return next((name for name in candidates if name in domain["responses"]), "utter_uitleg_algemeen")


class GreetAction(Action):
    """Introduces Noor once; later greetings are shorter."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_groeten"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Greet."""
        del domain
        if tracker.active_loop_name is not None:
            dispatcher.utter_message(response="utter_gesprek_groet_terug")
        elif tracker.get_slot("begroet"):
            dispatcher.utter_message(response="utter_gesprek_weer_welkom")
        else:
            dispatcher.utter_message(response="utter_groeten")
            dispatcher.utter_message(response="utter_gesprek_openen")
            return [SlotSet("begroet", value=True)]
        return []


class SayGoodbyeAction(Action):
    """Says goodbye without asking on; the answers stay, so the form can be taken up again."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_afscheid_nemen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Say goodbye."""
        del tracker, domain
        dispatcher.utter_message(response="utter_gesprek_afscheid")
        return [*END_FORM]


class StopAction(Action):
    """Ends the form that runs, and says what is kept."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_stoppen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Stop."""
        del domain
        form = tracker.active_loop_name
        if form is None and said_last(tracker) in LISTS_SHOWN:
            dispatcher.utter_message(response="utter_gesprek_van_de_lijst")
            return []
        if form is None:
            dispatcher.utter_message(response="utter_gesprek_niets_te_stoppen")
            dispatcher.utter_message(response="utter_gesprek_menu")
            return []
        if form == "interessetest_formulier":
            dispatcher.utter_message(response="utter_gesprek_gestopt_test")
            return [*END_FORM]
        if form in STOPPED:
            dispatcher.utter_message(response=STOPPED[form])
        else:
            dispatcher.utter_message(response="utter_gesprek_gestopt")
            dispatcher.utter_message(response="utter_gesprek_menu")
        stem = next(stem for stem in DISCARDED if form.startswith(stem))
        return [*END_FORM, *(SlotSet(slot, None) for slot in tracker.slots if slot.startswith(stem))]


class StartOverAction(Action):
    """Forgets every answer; what was submitted stands, for it is the counter's."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_opnieuw_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Start over."""
        del tracker, domain
        dispatcher.utter_message(response="utter_gesprek_opnieuw")
        dispatcher.utter_message(response="utter_gesprek_menu")
        return [ActiveLoop(None), AllSlotsReset()]


class ExplainAction(Action):
    """Puts the open question in other words, or says what Noor is for."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_uitleggen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Explain."""
        explanation = explanation_of(tracker, domain)
        if explanation is not None:
            dispatcher.utter_message(response=explanation)
        else:
            dispatcher.utter_message(response="utter_gesprek_anders_gezegd")
            dispatcher.utter_message(response="utter_gesprek_menu")
        return []


class DeclineAction(Action):
    """Says that this is not what Noor is for, each time in other words than the last."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_buiten_bereik"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Decline."""
        del domain
        is_repeated = said_last(tracker) == "utter_gesprek_buiten_bereik"
        dispatcher.utter_message(
            response="utter_gesprek_buiten_bereik_weer" if is_repeated else "utter_gesprek_buiten_bereik"
        )
        return []


class TakeAlongAction(CounterAction):
    """Gives a code with which the conversation, form and all, goes on on another device or in another app.

    A message that is handled again after a crash gets the answer it was given, with the code that was
    shown: see `GatewayInput`. A code that was made and never shown opens nothing once there is a next.
    """

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_meenemen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Give it, and say where to use it."""
        del domain
        code = await self.counter.continuations.issue(tracker.sender_id)
        dispatcher.utter_message(response="utter_gesprek_meenemen", code=code.text)
        return []


class ResumeAction(CounterAction):
    """Takes the conversation up after a coach: a form that was left goes on by itself, with its question."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_hervatten"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Say where we were; what the coach had Noor ask earlier, the coach has asked by now."""
        del domain
        form = tracker.active_loop_name
        is_outdated = form == "taak_formulier" and not await self.counter.tasks.current(tracker.sender_id)
        if form is not None and not is_outdated:
            dispatcher.utter_message(response="utter_gesprek_hervat")
            return []
        dispatcher.utter_message(response="utter_gesprek_hervat_vrij")
        return [*END_FORM]


class StayCalmAction(Action):
    """Answers abuse without a lesson, shorter each time; a person is offered every time."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gesprek_schelden_opvangen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Answer, and count."""
        del domain
        earlier = tracker.get_slot("gesprek_gescholden") or 0
        answers = CALM if earlier < len(CALM) else CALM_AND_SHORT
        dispatcher.utter_message(response=answers[earlier % len(answers)])
        return [SlotSet("gesprek_gescholden", earlier + 1)]


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        GreetAction(),
        SayGoodbyeAction(),
        StopAction(),
        StartOverAction(),
        ExplainAction(),
        DeclineAction(),
        TakeAlongAction(counter),
        ResumeAction(counter),
        StayCalmAction(),
    ]
