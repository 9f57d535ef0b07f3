"""From work to work: somebody may lose their job. A kind word, the region's team, rights, other work."""

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import RephrasingForm, tell_interruption
from bot.actions.beroep_wishes import show_wished, then_listen, wish_of
from bot.actions.forms import Slots
from bot.actions.results import chosen, place_named
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region
from counter.services import Counter
from skills_taxonomy import MatchKind, Occupation, Taxonomy

FORM = "werk_naar_werk_formulier"
OCCUPATION, REGION, RESULTS, CHOICES = (
    "werk_naar_werk_beroep",
    "werk_naar_werk_regio",
    "werk_naar_werk_resultaten",
    "werk_naar_werk_keuzes",
)
OCCUPATIONS_SHOWN = 3
SKILLS_NAMED = 3


def nearest(taxonomy: Taxonomy, occupation: Occupation, count: int = OCCUPATIONS_SHOWN) -> list[Occupation]:
    """Return the occupations whose skills are most like those of this one, the likest first."""
    return [near.occupation for near in taxonomy.nearest_occupations(occupation.id, count)]


def occupations_called(taxonomy: Taxonomy, name: str | None) -> list[Occupation]:
    """Return what somebody may mean by this name: one when it is certain, more of "monteur"."""
    matches = taxonomy.search_occupations(name, OCCUPATIONS_SHOWN) if name else []
    if matches and matches[0].kind is MatchKind.EXACT:
        return [matches[0].concept]
    # A mere word in common is another occupation.
    return [match.concept for match in matches if not match.kind.is_loose]


def occupation_called(taxonomy: Taxonomy, name: str | None) -> Occupation | None:
    """Return the likeliest occupation of this name, or None."""
    return next(iter(occupations_called(taxonomy, name)), None)


def occupation_told(taxonomy: Taxonomy, turn: Turn) -> str | None:
    """Return the occupation that a turn names, also where it is part of a story."""
    named = turn.entities.get("beroep")
    if turn.is_pressed or len(occupations_called(taxonomy, named)) == 1:
        return named
    # A word that may be several occupations is one of them where the sentence around it tells which.
    found = (one.concept.name for one in taxonomy.extract(turn.text) if isinstance(one.concept, Occupation))
    return next(found, named)


def region_named(gazetteer: Gazetteer, turn: Turn) -> str | None:
    """Return the region that was named, or that of the place that was."""
    if "regio" in turn.entities:
        return str(turn.entities["regio"])
    place = gazetteer.find(place_named(gazetteer, turn) or "")
    return place.region.value if place else None


class BeginAction(CounterAction):
    """Answers the worry first, and starts with a clean sheet."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_werk_naar_werk_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Say something kind, and the one thing that cannot wait: sign nothing yet."""
        del domain
        if tracker.active_loop_name == FORM:
            return []
        tell_interruption(dispatcher, tracker)
        dispatcher.utter_message(response="utter_werk_naar_werk_meeleven")
        return [SlotSet(OCCUPATION), SlotSet(REGION), SlotSet(CHOICES)]


class ValidateWorkToWorkForm(RephrasingForm):
    """Asks what work somebody does and where they live, once; both may be skipped."""

    slots = (OCCUPATION, REGION)
    free_text = frozenset({OCCUPATION})
    bare_answers = frozenset(slots)
    own_intents = RephrasingForm.own_intents | {"ontslag_dreigt"}

    def __init__(self, counter: Counter) -> None:
        self._gazetteer = counter.gazetteer
        self._taxonomy = counter.taxonomy

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    def extract_werk_naar_werk_beroep(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Take the occupation named now, or else earlier in the conversation."""
        del dispatcher, domain
        turn, is_start = Turn.of(tracker), self.requested(tracker) is None
        choices = tracker.get_slot(CHOICES) or []
        if choices and "keuze" in turn.entities:
            return {OCCUPATION: chosen(choices, turn.entities["keuze"])}
        if (is_start or "beroep" in turn.entities) and (told := occupation_told(self._taxonomy, turn)):
            return {OCCUPATION: told}
        if self.is_skipped(OCCUPATION, tracker):
            return {OCCUPATION: ""}
        if is_start and tracker.get_slot(OCCUPATION) is None:
            return {OCCUPATION: tracker.get_slot("beroep")}
        return self.words_for(OCCUPATION, tracker)

    def validate_werk_naar_werk_beroep(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept an occupation; let a vague one be chosen, and ask nobody about it a third time."""
        del dispatcher, domain
        if value is None:
            return {OCCUPATION: None}
        meant = occupations_called(self._taxonomy, str(value))
        if len(meant) > 1 and not tracker.get_slot(CHOICES):
            return {OCCUPATION: None, CHOICES: [occupation.name for occupation in meant]}
        return {OCCUPATION: meant[0].name if meant else ""}

    def extract_werk_naar_werk_regio(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Slots:
        """Take the region named, or that of the place named, now or earlier in the conversation."""
        del dispatcher, domain
        if region := region_named(self._gazetteer, Turn.of(tracker)):
            return {REGION: region}
        if self.is_skipped(REGION, tracker):
            return {REGION: ""}
        if self.requested(tracker) != REGION and tracker.get_slot(REGION) is None:
            return {REGION: tracker.get_slot("regio") or tracker.get_slot("plaats")}
        return self.words_for(REGION, tracker)

    def validate_werk_naar_werk_regio(
        self, value: object, dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> Slots:
        """Accept a region, or a place that lies in one."""
        del dispatcher, tracker, domain
        if value == "" or value in set(Region):
            return {REGION: value}
        place = self._gazetteer.find(str(value)) if value else None
        return {REGION: place.region.value if place else None}


class AskOccupationAction(Action):
    """Asks what work somebody does; of a vague answer which it is, with a button for each."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_{OCCUPATION}"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask."""
        del domain
        choices = tracker.get_slot(CHOICES) or []
        if not choices:
            dispatcher.utter_message(response="utter_werk_naar_werk_vraag_beroep")
            return []
        buttons = [
            {"title": name[0].upper() + name[1:], "payload": f'/gegeven_opgeven{{"beroep":"{name}"}}'}
            for name in choices
        ]
        dispatcher.utter_message(response="utter_werk_naar_werk_welk_beroep", buttons=buttons)
        return []


class WorkToWorkAction(CounterAction):
    """An action that shows the way from work to work."""

    def show_team(self, dispatcher: Dispatcher, region: str | None) -> None:
        """Show the region's team as a card; of a sample the card says so."""
        if region not in set(Region):
            return
        team = self.counter.mobility_teams[Region(str(region))]
        response = "utter_werk_naar_werk_team"
        dispatcher.utter_message(
            response=f"{response}_voorbeeld" if team.is_sample else response,
            titel=team.name,
            uitleg=team.help,
            team_plaats=team.place,
            team_telefoon=team.phone or "",
            link=team.url or "",
        )

    def show_occupations(self, dispatcher: Dispatcher, name: str | None) -> Events:
        """Show the occupations that are close, and remember them for "waarom deze?"."""
        occupation = occupation_called(self.counter.taxonomy, name)
        close = nearest(self.counter.taxonomy, occupation) if occupation else []
        if occupation is None or not close:
            dispatcher.utter_message(response="utter_werk_naar_werk_geen_beroep")
        else:
            dispatcher.utter_message(response="utter_werk_naar_werk_beroepen", beroep_nu=occupation.name)
        for other in close:
            dispatcher.utter_message(
                response="utter_werk_naar_werk_beroep_kaart",
                titel=other.name[0].upper() + other.name[1:],
                naam_beroep=other.name,
                uitleg=other.description,
                sector=other.sector.value,
            )
        return [SlotSet(RESULTS, [other.id for other in close]), SlotSet("getoond", "werk_naar_werk")]


class ShowWaysAction(WorkToWorkAction):
    """Shows the team, rights in plain words, close occupations, and how to get a person quickly."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_werk_naar_werk_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show them."""
        del domain
        self.show_team(dispatcher, tracker.get_slot(REGION))
        dispatcher.utter_message(response="utter_werk_naar_werk_rechten")
        events = self.show_occupations(dispatcher, tracker.get_slot(OCCUPATION))
        dispatcher.utter_message(response="utter_werk_naar_werk_verder")
        return events


class RefineAction(WorkToWorkAction):
    """Understands what is said right after: another place, another occupation, or one of those shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_werk_naar_werk_bijstellen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show what the correction changes, and nothing else again."""
        turn = Turn.of(tracker)
        if wish := wish_of(tracker, self.counter.taxonomy):
            return then_listen(tracker, await show_wished(dispatcher, tracker, self.counter, wish))
        events: Events = []
        if region := region_named(self.counter.gazetteer, turn):
            self.show_team(dispatcher, region)
            events.append(SlotSet(REGION, region))
        if occupation := turn.entities.get("beroep"):
            events += [SlotSet(OCCUPATION, occupation), *self.show_occupations(dispatcher, occupation)]
        if events:
            dispatcher.utter_message(response="utter_werk_naar_werk_verder")
            return events
        if "keuze" in turn.entities:
            return await ExplainLikenessAction(self.counter).run(dispatcher, tracker, domain)
        return [FollowupAction("action_terugval")]


class ExplainLikenessAction(CounterAction):
    """Answers "waarom deze?" with the skills both occupations take, and those to learn."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_werk_naar_werk_waarom"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Compare the person's occupation with the one that is meant."""
        del domain
        taxonomy = self.counter.taxonomy
        own = occupation_called(taxonomy, tracker.get_slot(OCCUPATION))
        other = self._meant(tracker)
        if own is None or other is None:
            dispatcher.utter_message(response="utter_werk_naar_werk_waarom_algemeen")
            return []
        comparison = taxonomy.compare(own.needs, other.id)
        dispatcher.utter_message(
            response="utter_werk_naar_werk_waarom",
            beroep_nu=own.name,
            beroep_straks=other.name,
            gedeeld=", ".join(skill.name for skill in comparison.shared[:SKILLS_NAMED]),
        )
        if comparison.missing_essential:
            missing = [skill.name for skill in comparison.missing_essential[:SKILLS_NAMED]]
            dispatcher.utter_message(
                response="utter_werk_naar_werk_nog_leren", mist=", ".join(missing), vaardigheid=missing[0]
            )
        return []

    def _meant(self, tracker: Tracker) -> Occupation | None:
        entities, shown = Turn.of(tracker).entities, tracker.get_slot(RESULTS) or []
        if "beroep" in entities:
            return occupation_called(self.counter.taxonomy, entities["beroep"])
        occupation_id = chosen(shown, entities["keuze"]) if "keuze" in entities else None
        if occupation_id is None and len(shown) == 1:
            occupation_id = shown[0]
        return self.counter.taxonomy.occupation(occupation_id) if occupation_id else None


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        BeginAction(counter),
        ValidateWorkToWorkForm(counter),
        AskOccupationAction(),
        ShowWaysAction(counter),
        RefineAction(counter),
        ExplainLikenessAction(counter),
    ]
