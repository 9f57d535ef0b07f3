"""Rasa's custom actions: each reads slots, calls one service of the counter, names one response."""

from collections.abc import Iterable
from itertools import chain

from rasa_sdk.interfaces import Action

from bot.actions import (
    beroep,
    coach,
    cursus,
    gegevens,
    gesprek,
    leerwerkplek,
    loket,
    ondernemers,
    open_hiring,
    open_hiring_beheren,
    open_hiring_plaatsen,
    orienteren,
    skills,
    taak,
    terugval,
    voucher,
    werk_naar_werk,
)
from bot.actions.known_concepts import OnKnownConcepts
from bot.actions.taak_endings import beside_tasks
from counter.services import Counter

CAPABILITIES = (
    gesprek,
    orienteren,
    skills,
    beroep,
    cursus,
    open_hiring,
    open_hiring_beheren,
    open_hiring_plaatsen,
    voucher,
    coach,
    taak,
    loket,
    ondernemers,
    leerwerkplek,
    werk_naar_werk,
    gegevens,
    terugval,
)
"""Each has `actions(counter)`, which builds its actions."""


def all_actions(counter: Counter) -> list[Action]:
    """Build every action of the bot."""
    built: Iterable[Action] = chain.from_iterable(capability.actions(counter) for capability in CAPABILITIES)
    return [OnKnownConcepts(beside_tasks(action, counter), counter.taxonomy) for action in built]
