"""What a conversation remembers of occupations and skills, held against the taxonomy in use.

A conversation outlives a taxonomy: an index may be lost, or replaced by a release without what was
talked about. Whatever the taxonomy no longer knows was then never said, so Noor asks it again; what
stands in a passport stays (see `counter.passport.naming`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.utils import call_potential_coroutine

from bot.actions.turn import Dispatcher, Domain, Events
from skills_taxonomy import Sector, Taxonomy

type _Still = Callable[[Any, Taxonomy], Any]
"""Returns what is still known of a slot's value, or None when that is nothing."""


def _is_known(concept_id: object, taxonomy: Taxonomy) -> bool:
    return concept_id in taxonomy.occupations or concept_id in taxonomy.skills


def _one(value: object, taxonomy: Taxonomy) -> object:
    # An empty text says that somebody would rather not tell.
    return value if value == "" or value in set(Sector) or _is_known(value, taxonomy) else None


def _many(value: list[str], taxonomy: Taxonomy) -> list[str] | None:
    return [one for one in value if _is_known(one, taxonomy)] or None


def _by_slot(value: Mapping[str, list[str]], taxonomy: Taxonomy) -> dict[str, list[str]]:
    return {slot: _many(options, taxonomy) or [] for slot, options in value.items()}


def _groups(value: list[dict[str, Any]], taxonomy: Taxonomy) -> list[dict[str, Any]] | None:
    groups = [
        {
            **group,
            "skills": [told for told in group["skills"] if told[0] in taxonomy.skills],
            "weg": [skill_id for skill_id in group["weg"] if skill_id in taxonomy.skills],
        }
        for group in value
    ]
    return [group for group in groups if group["skills"]] or None


CONCEPT_SLOTS: Mapping[str, _Still] = {
    "beroep_van": _one,
    "beroep_naar": _one,
    "beroep_gekozen": _one,
    "beroep_kandidaten": _by_slot,
    "beroep_resultaten": _many,
    "beroep_gezien": _many,
    "skills_doel": _one,
    "skills_suggesties": _many,
    "skills_voorstel": _groups,
    "werk_naar_werk_resultaten": _many,
}
"""Every slot that holds ids of concepts; the other slots hold names, which are looked up each time."""


def outdated_in(tracker: Tracker, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return what slots become that hold something the taxonomy does not know."""
    became: dict[str, Any] = {}
    for slot, still in CONCEPT_SLOTS.items():
        # Rasa sends an action no slots but those it may need.
        value = tracker.slots.get(slot)
        # What is empty names nothing: no groups left to agree with stays that.
        if value and (now := still(value, taxonomy)) != value:
            became[slot] = now
    return became


class OnKnownConcepts(Action):
    """Runs an action on what the taxonomy in use knows."""

    def __init__(self, action: Action, taxonomy: Taxonomy) -> None:
        self._action = action
        self._taxonomy = taxonomy

    def name(self) -> str:
        """Return the name in the domain."""
        name: str = self._action.name()
        return name

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Empty what is no longer known, for this action and for those after it, and run it."""
        became = outdated_in(tracker, self._taxonomy)
        tracker.slots.update(became)
        events = await call_potential_coroutine(self._action.run(dispatcher, tracker, domain))
        return [*(SlotSet(slot, value) for slot, value in became.items()), *(events or ())]
