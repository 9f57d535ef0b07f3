"""What counts as an answer in the form that looks for a course."""

from rasa_sdk.interfaces import Tracker

from bot.actions.asking import AsksPlace
from bot.actions.forms import Slots
from bot.actions.turn import Dispatcher, Domain, Turn
from counter.courses.model import Form
from counter.services import Counter

# People name what they want to learn in ways that resemble these.
TALK_OF_LEARNING = frozenset({"cursus_zoeken", "skills_vertellen", "beroep_verkennen", "overstappen"})
MAX_TOPIC_LENGTH = 80


async def topic_named(counter: Counter, turn: Turn) -> str | None:
    """Return what a sentence or a button wants to learn about."""
    if turn.is_pressed:
        return turn.entities.get("vaardigheid") or turn.entities.get("beroep")
    if turn.entities.keys() == {"keuze"}:
        # "De tweede" of nothing.
        return None
    return await counter.courses.topic_in(turn.text)


class ValidateCourseForm(AsksPlace):
    """Asks what somebody wants to learn and where."""

    slots = ("cursus_onderwerp", "cursus_plaats")
    bare_answers = frozenset(slots)
    own_intents = AsksPlace.own_intents | {"cursus_zoeken"}
    place_slot = "cursus_plaats"
    extract_cursus_plaats = AsksPlace.extract_place
    validate_cursus_plaats = AsksPlace.validate_place

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_cursus_formulier"

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take talk of work and skills as a topic when that was asked, but no pressed button."""
        is_topic = self.requested(tracker) == "cursus_onderwerp" and turn.intent in TALK_OF_LEARNING
        return (is_topic and not turn.is_pressed) or super().is_answer(turn, tracker)

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask no place of somebody who learns online."""
        del dispatcher, domain
        is_online = tracker.get_slot("vorm") == Form.ONLINE
        return [slot for slot in domain_slots if slot != "cursus_plaats" or not is_online]

    async def extract_cursus_onderwerp(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take the topic of a sentence, or of the button that starts the search."""
        del dispatcher, domain
        turn = Turn.of(tracker)
        if turn.intent == "cursus_zoeken" or self.requested(tracker) == "cursus_onderwerp":
            topic = await topic_named(self.counter, turn)
            return {"cursus_onderwerp": topic} if topic else {}
        return {}

    def validate_cursus_onderwerp(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a few words."""
        del dispatcher, tracker, domain
        topic = str(value or "")
        return {"cursus_onderwerp": topic if 0 < len(topic) <= MAX_TOPIC_LENGTH else None}
