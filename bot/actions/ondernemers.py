"""For businesses: the directory of initiatives; the other questions go to an adviser."""

from rasa_sdk.interfaces import Action, Tracker

from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.places.model import Region
from counter.services import Counter


class FindInitiativesAction(CounterAction):
    """Shows the campuses, fieldlabs and partnerships that fit a question."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_initiatieven_zoeken"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Search the directory; say so when the question had to be widened."""
        del domain
        turn = Turn.of(tracker)
        found = await self.counter.initiatives.search(
            region=self._region(tracker), text=None if turn.is_pressed else turn.text
        )
        if not found.hits:
            dispatcher.utter_message(response="utter_ondernemers_initiatieven_geen")
            return []
        dispatcher.utter_message(
            response="utter_ondernemers_initiatieven_ruimer"
            if found.relaxed
            else "utter_ondernemers_initiatieven"
        )
        for hit in found.hits:
            initiative = hit.initiative
            dispatcher.utter_message(
                response="utter_ondernemers_initiatief_kaart",
                titel=initiative.name,
                soort=initiative.kind,
                omschrijving=initiative.description,
                initiatief_plaats=initiative.place,
                initiatief_regio=initiative.region.value,
                link=initiative.url or "",
            )
        dispatcher.utter_message(response="utter_ondernemers_initiatieven_verder")
        return []

    def _region(self, tracker: Tracker) -> Region | None:
        region = tracker.get_slot("regio")
        if region in set(Region):
            return Region(region)
        place = self.counter.gazetteer.find(tracker.get_slot("plaats") or "")
        return place.region if place else None


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [FindInitiativesAction(counter)]
