"""A person's turn, read once from Rasa's untyped tracker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from counter.services import Counter

type Dispatcher = CollectingDispatcher
type Domain = DomainDict
type Events = list[dict[str, Any]]

# A Dutch question begins with one of these, or with its verb.
_QUESTION_STARTS = frozenset(
    """
    hoe hoelang hoeveel waar waarom waarvoor wanneer wat welk welke wie ben bent doen doet heb hebben heeft
    is kan kost krijg krijgen krijgt kun kunnen mag mogen moet moeten telt worden wordt
    """.split()
)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What a person just said. `message_id` makes effects of this turn happen once."""

    conversation_id: str
    message_id: str
    intent: str
    confidence: float
    text: str
    entities: Mapping[str, Any]
    channel: str = "website"
    may_be_in_need: bool = False
    """This may be a cry for help; the classifier puts that reading right behind its fallback."""

    @classmethod
    def of(cls, tracker: Tracker) -> Self:
        """Read the latest turn; of an entity said twice the last value counts.

        Raises:
            KeyError: the message did not come through the gateway, so it has no id.
        """
        message = tracker.latest_message
        readings = [ranked["name"] for ranked in message.get("intent_ranking") or ()]
        return cls(
            conversation_id=tracker.sender_id,
            message_id=message["metadata"]["message_id"],
            intent=(message.get("intent") or {}).get("name") or "",
            confidence=(message.get("intent") or {}).get("confidence", 1.0),
            text=message.get("text") or "",
            entities={found["entity"]: found["value"] for found in message.get("entities") or ()},
            channel=message["metadata"].get("channel", cls.channel),
            may_be_in_need=readings[:2] == ["nlu_fallback", "in_nood"],
        )

    @property
    def is_pressed(self) -> bool:
        """Tell whether a button was pressed; its text is a payload, not somebody's words."""
        return self.text.startswith("/")

    @property
    def is_question(self) -> bool:
        """Tell whether the words ask something; many people leave out the question mark."""
        first = next(iter(self.text.lower().split()), "")
        return self.text.rstrip().endswith("?") or first in _QUESTION_STARTS

    @property
    def is_yes_or_no(self) -> bool:
        """Tell whether these words are a yes or a no and nothing else; "Jan" only resembles one."""
        return self.intent in {"bevestigen", "ontkennen"} and "antwoord" in self.entities

    @property
    def yes_or_no(self) -> bool | None:
        """Return the answer to a yes-or-no question, or None when this is no answer to one."""
        answers = {"bevestigen": True, "ontkennen": False, "ja": True, "nee": False}
        return answers.get(self.intent, answers.get(self.entities.get("antwoord", "")))


class CounterAction(Action):
    """An action that needs the counter's services."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter


def said_last(tracker: Tracker) -> str | None:
    """Return the response Noor gave last, before this turn."""
    is_answered = False
    for event in reversed(tracker.events):
        if event["event"] == "user":
            is_answered = True
        elif event["event"] == "bot" and is_answered:
            name: str | None = event["metadata"].get("utter_action")
            return name
    return None


def written(day: date) -> str:
    """Write a date the Dutch way, in figures."""
    return f"{day.day}-{day.month}-{day.year}"
