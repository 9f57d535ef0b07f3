"""Which occupation somebody means, and from which one to which: what counts as an answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from rasa_sdk.interfaces import Tracker

from bot.actions.asking import ReadingForm
from bot.actions.forms import Slots
from bot.actions.results import chosen
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.occupations.reading import Meant, Move, meant_by, read_move
from counter.services import Counter
from skills_taxonomy import Occupation, Sector, Taxonomy

MOVE_FORM = "beroep_overstappen_formulier"
# People name work in sentences that resemble these; when work was asked they are the answer.
TALK_OF_WORK = frozenset({"skills_vertellen", "overstappen", "orienteren", "ontslag_dreigt"})
# A button's value of `antwoord`: whatever lies near.
NEARBY = "verwant"
MOST_OPTIONS = 6


def occupation_pressed(turn: Turn, taxonomy: Taxonomy) -> Occupation | None:
    """Return the occupation whose button was pressed, or None."""
    name = turn.entities.get("beroep") if turn.is_pressed else None
    return next((one for one in taxonomy.occupations.values() if one.name == name), None)


def sector_of(name: object) -> Sector | None:
    """Return the sector with this name, or None."""
    return next((sector for sector in Sector if sector == name), None)


def sector_named(turn: Turn) -> Sector | None:
    """Return the sector a turn names, or None."""
    return sector_of(turn.entities.get("sector"))


def move_of(tracker: Tracker, taxonomy: Taxonomy) -> Move:
    """Return what a turn says of a change of work, by words or by button."""
    turn = Turn.of(tracker)
    if not turn.is_pressed:
        return read_move(turn.text, taxonomy, sectors_in(tracker))
    pressed = occupation_pressed(turn, taxonomy)
    return Move(
        goal=Meant(occupation_id=pressed.id if pressed else None),
        sector=sector_named(turn),
        asks_nearby=turn.entities.get("antwoord") == NEARBY,
    )


def sectors_in(tracker: Tracker) -> Mapping[int, str]:
    """Return the sectors in a turn, by where they stand."""
    found = tracker.latest_message.get("entities") or ()
    return {entity.get("start", 0): entity["value"] for entity in found if entity["entity"] == "sector"}


def candidates_for(slot: str | None, tracker: Tracker) -> list[str]:
    """Return the occupations that somebody may have meant with their answer to a question."""
    candidates: dict[str, list[str]] = tracker.get_slot("beroep_kandidaten") or {}
    return candidates.get(slot or "", [])


def explored(tracker: Tracker, taxonomy: Taxonomy) -> Meant:
    """Return the occupation a question is about, or else a few of the sector it names."""
    turn = Turn.of(tracker)
    pressed = occupation_pressed(turn, taxonomy)
    if pressed is not None:
        return Meant(occupation_id=pressed.id)
    meant = Meant() if turn.is_pressed else meant_by(turn.text, taxonomy)
    sector = sector_named(turn)
    return Meant(options=examples_of(sector, taxonomy)) if sector and not meant.occupation_id else meant


def examples_of(sector: Sector, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return a few occupations of a sector, spread over the alphabet."""
    in_sector = sorted(one.id for one in taxonomy.occupations.values() if one.sector is sector)
    return tuple(in_sector[:: -(-len(in_sector) // MOST_OPTIONS)])


class AsksOccupation(ReadingForm):
    """A form whose every question is for an occupation; words that fit several give a choice."""

    besides = frozenset({"beroep_kandidaten"})

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.taxonomy = counter.taxonomy

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take talk of work that names an occupation, and any single word."""
        if super().is_answer(turn, tracker):
            return True
        is_talk = turn.intent in TALK_OF_WORK and not turn.is_pressed
        return is_talk and meant_by(turn.text, self.taxonomy) != Meant()

    def is_worth_repeating(self, asked: str, events: Events) -> bool:
        """Tell whether there is something else to choose from than before."""
        del asked
        return any(event["name"] == "beroep_kandidaten" and any(event["value"].values()) for event in events)

    def named(self, slot: str, tracker: Tracker) -> Slots:
        """Return the slot filled with the occupation that answers its question, or what to choose from."""
        meant = self._meant(slot, tracker)
        if meant.occupation_id is not None:
            return {slot: meant.occupation_id}
        is_new = list(meant.options) != candidates_for(slot, tracker)
        return {"beroep_kandidaten": {slot: list(meant.options)}} if is_new else {}

    def _meant(self, slot: str, tracker: Tracker) -> Meant:
        turn, options = Turn.of(tracker), candidates_for(slot, tracker)
        if (pressed := occupation_pressed(turn, self.taxonomy)) is not None:
            return Meant(occupation_id=pressed.id)
        choice = turn.entities.get("keuze")
        if isinstance(choice, int) and (occupation_id := chosen(options, choice)):
            return Meant(occupation_id=occupation_id)
        return explored(tracker, self.taxonomy) if slot == "beroep_gekozen" else self._answered(turn)

    def _answered(self, turn: Turn) -> Meant:
        return Meant() if turn.is_pressed else meant_by(turn.text, self.taxonomy)


class ValidateOccupationForm(AsksOccupation):
    """Asks which occupation somebody wants to know about."""

    slots = ("beroep_gekozen",)
    bare_answers = frozenset(slots)
    own_intents = AsksOccupation.own_intents | {"beroep_verkennen"}

    def name(self) -> str:
        """Return the name in the domain."""
        return "validate_beroep_formulier"

    async def read(self, dispatcher: Dispatcher, tracker: Tracker) -> Slots:
        """Take the occupation named; the action that starts the form has looked already."""
        del dispatcher
        is_asked = self.requested(tracker) == "beroep_gekozen"
        return self.named("beroep_gekozen", tracker) if is_asked else {}


class ValidateMoveForm(AsksOccupation):
    """Asks from which work to which, as far as that was not said."""

    slots = ("beroep_van", "beroep_naar")
    bare_answers = frozenset(slots)
    own_intents = AsksOccupation.own_intents | {"overstappen"}

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{MOVE_FORM}"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Dispatcher, tracker: Tracker, domain: Domain
    ) -> list[str]:
        """Ask no work of somebody whose skills are known."""
        del dispatcher, domain
        passport = await self.counter.passports.of(tracker.sender_id)
        return ["beroep_naar"] if passport.skills else domain_slots

    async def read(self, dispatcher: Dispatcher, tracker: Tracker) -> Slots:
        """Take the whole move when somebody tells it at once, or else the answer to the question."""
        del dispatcher
        move, asked = move_of(tracker, self.taxonomy), self.requested(tracker)
        if Turn.of(tracker).intent == "overstappen" or is_whole(move):
            is_bare = _slots_of(replace(move, named=Meant())) == _slots_of(Move())
            if asked is None or not is_bare:
                return _slots_of(move)
        if asked is None:
            return {}
        if self.is_skipped(asked, tracker):
            return {asked: ""}
        return self._wanted(move, tracker) if asked == "beroep_naar" else self.named(asked, tracker)

    def _wanted(self, move: Move, tracker: Tracker) -> Slots:
        """Return the work somebody wants, a sector, or whatever lies near."""
        if move.asks_nearby:
            return {"beroep_naar": ""}
        named, sector = self.named("beroep_naar", tracker), sector_named(Turn.of(tracker))
        return {"beroep_naar": sector.value} if sector and "beroep_naar" not in named else named


def is_whole(move: Move) -> bool:
    """Tell whether a move says both from where and where to."""
    return move.origin.occupation_id is not None and (move.goal.occupation_id or move.sector) is not None


def _slots_of(move: Move) -> Slots:
    """Return what a move fills, and for each question still open what may have been meant."""
    # Who only names an occupation when they speak of moving has it now.
    origin = move.origin.occupation_id or move.named.occupation_id
    found: Slots = {"beroep_van": origin, "beroep_naar": move.goal.occupation_id}
    if found["beroep_naar"] is None and move.sector:
        found["beroep_naar"] = move.sector.value
    elif move.goal == Meant() and move.asks_nearby:
        found["beroep_naar"] = ""
    options = {"beroep_van": list(move.origin.options), "beroep_naar": list(move.goal.options)}
    return {slot: value for slot, value in found.items() if value is not None} | {
        "beroep_kandidaten": options
    }


class AskOccupationAction(CounterAction):
    """Asks for an occupation, with those that somebody may have meant as buttons."""

    form: ClassVar[str]
    slot: ClassVar[str]
    question: ClassVar[str]

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{self.form}_{self.slot}"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask."""
        del domain
        options = candidates_for(self.slot, tracker)
        if not options:
            dispatcher.utter_message(response=self.question)
            return []
        names = [self.counter.taxonomy.occupation(option).name for option in options[:MOST_OPTIONS]]
        dispatcher.utter_message(
            response=self.response_to_options(tracker),
            sector=tracker.get_slot("sector") or "",
            buttons=[{"title": name, "payload": f'/gegeven_opgeven{{"beroep":"{name}"}}'} for name in names],
        )
        return []

    def response_to_options(self, tracker: Tracker) -> str:
        """Return the response that goes with what can be chosen from."""
        del tracker
        return "utter_beroep_bedoel_je"


class AskWhichOccupationAction(AskOccupationAction):
    """Asks which occupation somebody wants to know about."""

    form, slot, question = "beroep_formulier", "beroep_gekozen", "utter_beroep_welk"

    def response_to_options(self, tracker: Tracker) -> str:
        """Tell a choice from a sector from a guess at what was meant."""
        options = candidates_for(self.slot, tracker)
        sectors = {self.counter.taxonomy.occupation(option).sector for option in options}
        is_sector = len(options) > 1 and sectors == {tracker.get_slot("sector")}
        return "utter_beroep_in_sector" if is_sector else "utter_beroep_bedoel_je"


class AskOriginAction(AskOccupationAction):
    """Asks what work somebody does or did."""

    form, slot, question = MOVE_FORM, "beroep_van", "utter_beroep_wat_doe_je"


class AskGoalAction(AskOccupationAction):
    """Asks what work somebody wants."""

    form, slot, question = MOVE_FORM, "beroep_naar", "utter_beroep_waarheen"
