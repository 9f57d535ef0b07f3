"""Somebody who saw a list of work would rather have something else: "toch liever iets met schepen"."""

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.beroep_forms import examples_of, sectors_in
from bot.actions.beroep_results import profile_in, remembered, show_steps
from bot.actions.turn import Dispatcher, Events, Turn
from counter.occupations.model import named_in, nearby
from counter.occupations.wishes import Wish, read_loose_wish, read_wish, wished
from counter.services import Counter
from skills_taxonomy import Taxonomy

# What `getoond` is while a list of occupations was shown last.
SHOWS_WORK = frozenset({"overstap", "beroepen", "werk_naar_werk"})
# Entities that say what work is; "antwoord" is a yes or a no, which may stand before a wish or within it.
WORK = frozenset({"sector", "beroep", "vaardigheid", "antwoord"})


def wish_of(tracker: Tracker, taxonomy: Taxonomy, *, loose: bool = False) -> Wish | None:
    """Return the other work this turn wishes for, or None; `loose` takes bare words too."""
    if Turn.of(tracker).is_pressed:
        return None
    text, sectors = _about_work(tracker), sectors_in(tracker)
    wish = read_wish(text, sectors)
    return read_loose_wish(text, sectors, taxonomy) if wish is None and loose else wish


def wishes_known_work(tracker: Tracker, taxonomy: Taxonomy) -> bool:
    """Tell whether this turn wishes for other work that can be shown: not so "iets lichters"."""
    wish = wish_of(tracker, taxonomy)
    return wish is not None and (wish.sector is not None or bool(wished(wish.words, taxonomy)))


def _about_work(tracker: Tracker) -> str:
    """Return the words of a turn without what it says of places, hours and the like: "liever in Alkmaar"."""
    text = Turn.of(tracker).text
    for entity in tracker.latest_message.get("entities") or ():
        if entity["entity"] not in WORK and "start" in entity:
            blank = " " * (entity["end"] - entity["start"])
            text = text[: entity["start"]] + blank + text[entity["end"] :]
    return text


def then_listen(tracker: Tracker, events: Events) -> Events:
    """Return the events, and after a list of another kind the wait for what is said next.

    A rule that holds under one list ends where another is shown: Rasa would find none that says to wait.
    """
    is_other = tracker.get_slot("getoond") != "overstap" and SlotSet("getoond", "overstap") in events
    return [*events, FollowupAction("action_listen")] if is_other else events


async def show_wished(dispatcher: Dispatcher, tracker: Tracker, counter: Counter, wish: Wish) -> Events:
    """Show the work that was wished for, what lies nearest to somebody first; say so when there is none."""
    taxonomy, sector = counter.taxonomy, wish.sector
    profile, own = await profile_in(tracker, counter)
    named = named_in(sector, wish.words, taxonomy) if sector else wished(wish.words, taxonomy)
    besides = own - named
    steps = nearby(profile, taxonomy, sector=sector, named=named, besides=besides)
    if sector is None:
        # What merely lies near was just shown, and is not what they want.
        steps = tuple(step for step in steps if step.occupation.id in named)
    elif not steps:
        steps = nearby(profile, taxonomy, sector=sector, named=examples_of(sector, taxonomy), besides=besides)
    if not steps:
        dispatcher.utter_message(response="utter_beroep_wens_onbekend", wens=wish.words)
        return []
    is_near = sector is not None and not named and any(step.shared for step in steps)
    show_steps(
        dispatcher,
        taxonomy,
        steps,
        response="utter_beroep_verwant_sector" if is_near else "utter_beroep_wens",
        sector_gevraagd=sector.value if sector else "",
        wens=wish.words,
    )
    return [
        SlotSet("beroep_naar", sector.value if sector else ""),
        *remembered([step.occupation.id for step in steps], wish=None if sector else wish.words),
    ]
