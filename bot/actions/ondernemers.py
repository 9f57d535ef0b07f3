"""For firms: the directory of initiatives; what they ask an adviser is in `ondernemers_leads`."""

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.ondernemers_forms import TOPIC_OF_INTENT, ValidateLeadForm, as_need
from bot.actions.ondernemers_leads import (
    FORM,
    AskAgreementAction,
    AskNeedAction,
    AskTopicAction,
    BeginAction,
    OfferAction,
    SubmitAction,
    begin_lead,
)
from bot.actions.results import PAGE, chosen, place_named, with_distance
from bot.actions.terugval import CatchLooseAnswerAction
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.employers.model import LeadTopic
from counter.initiatives.model import Initiative, InitiativeHit, InitiativeSearch, Relaxation
from counter.places.model import Region
from counter.services import Counter

# Under this theme the directory keeps what helps firms renew.
RENEWAL = "innovatie"
OFFERS_OF_CONTACT = frozenset(
    {"utter_ondernemers_initiatieven_verder", "utter_ondernemers_initiatieven_meer"}
)
ALL_INITIATIVES = 10_000
_WHERE = frozenset({"plaats", "regio", "postcode"})
_BEFORE_WHERE = frozenset("aan bij buurt de het in nabij naar omgeving regio rond rondom te uit van".split())


def where_named(counter: Counter, turn: Turn) -> str | None:
    """Return the place or the region that a turn names."""
    return place_named(counter.gazetteer, turn) or turn.entities.get("regio")


def question_of(tracker: Tracker) -> str | None:
    """Return a typed sentence without the place it names, which is no subject."""
    if Turn.of(tracker).is_pressed:
        return None
    message = tracker.latest_message
    text: str = message["text"]
    for found in sorted(message["entities"], key=lambda entity: entity.get("start", 0), reverse=True):
        if found["entity"] in _WHERE and "start" in found:
            text = text[: found["start"]] + text[found["end"] :]
    words = text.split()
    while words and words[-1].lower() in _BEFORE_WHERE:
        words.pop()
    return " ".join(words) or None


class InitiativeAction(CounterAction):
    """An action that shows initiatives; where and what is looked for stands in slots."""

    async def search(self, tracker: Tracker, *, limit: int = PAGE, offset: int = 0) -> InitiativeSearch:
        """Search with what was asked; who wants to renew and asks nothing we know gets all that helps."""
        where, question = (
            tracker.get_slot("ondernemers_zoekplaats"),
            tracker.get_slot("ondernemers_zoekvraag"),
        )
        region = Region(where) if where in set(Region) else None
        place = None if region else where
        found = await self.counter.initiatives.search(
            region=region, place=place, text=question, limit=limit, offset=offset
        )
        is_answered = found.words and Relaxation.VRAAG not in found.relaxed
        if is_answered or tracker.get_slot("ondernemers_zoekdoel") != LeadTopic.VERNIEUWEN:
            return found
        return await self.counter.initiatives.search(
            region=region, place=place, theme=RENEWAL, limit=limit, offset=offset
        )

    async def show_results(self, dispatcher: Dispatcher, tracker: Tracker, offset: int = 0) -> Events:
        """Show one page, and remember what was shown."""
        found = await self.search(tracker, offset=offset)
        if not found.hits:
            dispatcher.utter_message(response="utter_ondernemers_initiatieven_geen")
            return []
        where, goal = tracker.get_slot("ondernemers_zoekplaats"), tracker.slots["ondernemers_zoekdoel"]
        dispatcher.utter_message(
            response=_introduction(found, tracker, offset=offset),
            wensen=", ".join(filter(None, (*found.words, where))),
            waar=where or "",
            totaal=found.total,
        )
        for hit in found.hits:
            _show_card(dispatcher, hit, goal)
        is_more = offset + len(found.hits) < found.total
        dispatcher.utter_message(
            response="utter_ondernemers_initiatieven_meer"
            if is_more
            else "utter_ondernemers_initiatieven_verder",
            onderwerp=goal,
        )
        return [
            SlotSet("ondernemers_resultaten", [hit.initiative.id for hit in found.hits]),
            SlotSet("ondernemers_vanaf", offset),
            SlotSet("getoond", "initiatieven"),
        ]


def _introduction(found: InitiativeSearch, tracker: Tracker, *, offset: int) -> str:
    if offset:
        return "utter_ondernemers_initiatieven_volgende"
    is_unanswered = tracker.get_slot("ondernemers_zoekvraag") and not found.words
    if is_unanswered or Relaxation.VRAAG in found.relaxed:
        return "utter_ondernemers_initiatieven_andere"
    if Relaxation.REGIO in found.relaxed:
        return "utter_ondernemers_initiatieven_verderop"
    if found.words:
        return "utter_ondernemers_initiatieven_gevonden"
    if tracker.get_slot("ondernemers_zoekdoel") == LeadTopic.VERNIEUWEN:
        return "utter_ondernemers_initiatieven_vernieuwen"
    return "utter_ondernemers_initiatieven_alle"


def _show_card(dispatcher: Dispatcher, hit: InitiativeHit, goal: str) -> None:
    initiative = hit.initiative
    dispatcher.utter_message(
        response="utter_ondernemers_initiatief_kaart_voorbeeld"
        if initiative.is_sample
        else "utter_ondernemers_initiatief_kaart",
        id=initiative.id,
        titel=initiative.name,
        soort=initiative.kind,
        omschrijving=initiative.description,
        waar=with_distance(initiative.place, hit.distance_km),
        streek=initiative.region.value,
        link=initiative.url or "",
        onderwerp=goal,
    )


class FindInitiativesAction(InitiativeAction):
    """Shows the campuses, fieldlabs and partnerships that fit a question."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_initiatieven_zoeken"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Search with the question of this turn, near the place named now or earlier."""
        del domain
        turn, slot, question = Turn.of(tracker), tracker.get_slot, question_of(tracker)
        if not (await self.counter.initiatives.search(text=question, limit=1)).words:
            # "Ik wil innoveren" asks nothing yet.
            question = None
        looked_for = {
            "ondernemers_zoekdoel": TOPIC_OF_INTENT[turn.intent].value,
            "ondernemers_zoekvraag": question,
            "ondernemers_zoekplaats": where_named(self.counter, turn) or slot("plaats") or slot("regio"),
        }
        tracker.slots.update(looked_for)
        shown = await self.show_results(dispatcher, tracker)
        return [*(SlotSet(name, value) for name, value in looked_for.items()), *shown]


class ShowMoreInitiativesAction(InitiativeAction):
    """Shows the next initiatives of the same search."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_initiatieven_meer_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the next page, or tell that there is none."""
        del domain
        offset = (tracker.get_slot("ondernemers_vanaf") or 0) + PAGE
        if (await self.search(tracker, limit=1, offset=offset)).hits:
            return await self.show_results(dispatcher, tracker, offset)
        dispatcher.utter_message(
            response="utter_ondernemers_initiatieven_geen_meer",
            onderwerp=tracker.get_slot("ondernemers_zoekdoel"),
        )
        return []


class RefineInitiativesAction(InitiativeAction):
    """Understands what is said right after results: another place, or one of the initiatives shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_initiatieven_bijstellen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Begin a lead about the initiative that was pointed at, or search anew elsewhere."""
        del domain
        turn = Turn.of(tracker)
        if initiative := await pointed_at(self.counter, tracker):
            goal = LeadTopic(tracker.slots["ondernemers_zoekdoel"])
            begun = await begin_lead(self.counter, dispatcher, tracker, goal, initiative.name)
            return [*begun, FollowupAction(FORM)]
        where = where_named(self.counter, turn)
        if where is None:
            return [FollowupAction("action_terugval")]
        tracker.slots["ondernemers_zoekplaats"] = where
        shown = await self.show_results(dispatcher, tracker)
        return [SlotSet("ondernemers_zoekplaats", where), *shown]


class ExplainInitiativeAction(InitiativeAction):
    """Tells why an initiative was shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_initiatief_waarom"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Name the words of the question it answers, and where it is."""
        del domain
        shown = tracker.get_slot("ondernemers_resultaten") or []
        initiative = await pointed_at(self.counter, tracker)
        if initiative is None and len(shown) == 1:
            initiative = await self.counter.initiatives.get(shown[0])
        if initiative is None:
            dispatcher.utter_message(response="utter_ondernemers_welk_initiatief")
            return []
        found = await self.search(tracker, limit=ALL_INITIATIVES)
        hit = next((hit for hit in found.hits if hit.initiative.id == initiative.id), None)
        matched = hit.matched if hit else ()
        dispatcher.utter_message(
            response="utter_ondernemers_initiatief_waarom"
            if matched
            else "utter_ondernemers_initiatief_waarom_niet_precies",
            titel=initiative.name,
            woorden=", ".join(matched),
        )
        dispatcher.utter_message(
            response="utter_ondernemers_initiatief_waar",
            themas=", ".join(initiative.themes),
            streek=initiative.region.value,
        )
        return []


class AcceptContactAction(CounterAction):
    """Takes a "ja" right after the offer to bring somebody in contact; any other "ja" answers nothing."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ondernemers_contact_aannemen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Begin the lead."""
        said = next((event for event in reversed(tracker.events) if event["event"] == "bot"), None)
        if said is None or said["metadata"].get("utter_action") not in OFFERS_OF_CONTACT:
            loose: Events = await CatchLooseAnswerAction(self.counter).run(dispatcher, tracker, domain)
            return loose
        goal, need = (
            LeadTopic(tracker.slots["ondernemers_zoekdoel"]),
            tracker.get_slot("ondernemers_zoekvraag"),
        )
        begun = await begin_lead(self.counter, dispatcher, tracker, goal, as_need(need or ""))
        return [*begun, FollowupAction(FORM)]


async def pointed_at(counter: Counter, tracker: Tracker) -> Initiative | None:
    """Return the initiative of the button, or the one that "de tweede" means."""
    entities, shown = Turn.of(tracker).entities, tracker.get_slot("ondernemers_resultaten") or []
    initiative_id = entities.get("initiatief")
    if initiative_id is None and isinstance(choice := entities.get("keuze"), int):
        initiative_id = chosen(shown, choice)
    return await counter.initiatives.get(str(initiative_id)) if initiative_id in shown else None


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        OfferAction(counter),
        BeginAction(counter),
        ValidateLeadForm(counter),
        AskTopicAction(counter),
        AskNeedAction(counter),
        AskAgreementAction(counter),
        SubmitAction(counter),
        FindInitiativesAction(counter),
        ShowMoreInitiativesAction(counter),
        RefineInitiativesAction(counter),
        ExplainInitiativeAction(counter),
        AcceptContactAction(counter),
    ]
