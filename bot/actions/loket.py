"""The counter itself: where it is, and when it is open."""

from rasa_sdk.interfaces import Action, Tracker

from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from bot.actions.werk_naar_werk import region_named
from counter.opening.wording import moment_in_words, time_in_words, week_in_words
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region
from counter.services import Counter


def region_of(gazetteer: Gazetteer, tracker: Tracker) -> Region | None:
    """Return the region the person named now, or else earlier; None when it is none of ours, or unknown."""
    known = region_named(gazetteer, Turn.of(tracker)) or tracker.get_slot("coach_regio")
    known = known or tracker.get_slot("regio")
    if known is None and (place := gazetteer.find(tracker.get_slot("plaats") or "")):
        return place.region
    return region_called(known)


def region_called(name: str | None) -> Region | None:
    """Return the region with this name; None when it is none of ours."""
    return Region(name) if name in set(Region) else None


def show_office(counter: Counter, dispatcher: Dispatcher, region: Region | None) -> None:
    """Show the counter of a region as a card."""
    office = counter.opening.office(region)
    dispatcher.utter_message(
        response="utter_loket_contact",
        loket_naam=office.name,
        loket_adres=office.address,
        loket_telefoon=office.phone,
        loket_tijden=", ".join(week_in_words(office)),
    )


class ShowOfficeAction(CounterAction):
    """Tells where the counter of the person's region is, and whether it is open now."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_loket_contact_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show it."""
        del domain
        region, now, opening = (
            region_of(self.counter.gazetteer, tracker),
            self.counter.clock(),
            self.counter.opening,
        )
        show_office(self.counter, dispatcher, region)
        if closing := opening.closing(region, now):
            dispatcher.utter_message(response="utter_loket_open", tot=time_in_words(closing))
        else:
            again = moment_in_words(opening.next_opening(region, now), now)
            dispatcher.utter_message(response="utter_loket_dicht", weer_open=again)
        return []


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [ShowOfficeAction(counter)]
