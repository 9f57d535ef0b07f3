"""The skills passport: see it, change it, and why something is in it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.beroep_reasons import ExplainAction as ExplainOccupationAction
from bot.actions.beroep_wishes import SHOWS_WORK, show_wished, wish_of
from bot.actions.own_pages import link_to
from bot.actions.results import chosen
from bot.actions.skills_groups import (
    FORM,
    groups_of,
    names_of,
    skill_buttons,
    skill_pressed,
    story_of,
)
from bot.actions.terugval import CatchLooseAnswerAction
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.occupations.wishes import Wish
from counter.passport.model import Entry, EntryKind, Passport, Told, by_words
from counter.passport.naming import occupation_name, skill_name
from counter.passport.reading import Change, read_change
from skills_taxonomy import Taxonomy

# The card's facts by name: an editor arranges them, and empty ones are not shown.
FACTS = (
    ("bron_1", "skills_1"),
    ("bron_2", "skills_2"),
    ("bron_3", "skills_3"),
    ("bron_4", "skills_4"),
    ("bron_5", "skills_5"),
    ("bron_6", "skills_6"),
)
MOST_BUTTONS = 10
# The person's own page with the passport.
PAGE = "paspoort"
TAKING_OUT = "weghalen"
_ADDS = re.compile(r"\bvoeg\b|toevoegen|\berbij\b|\bnoteer\b")
_CHANGES = re.compile(r"verkeerd|\bfout|aanpas|wijzig|verander|weghal|verwijder")
_ASKS_WHAT_IT_IS = re.compile(r"\bwat (?:is|zijn|houdt|betekent|heb ik aan)\b")


def show_card(dispatcher: Dispatcher, passport: Passport, taxonomy: Taxonomy, link: str) -> None:
    """Show the passport: what the person said, the skills that came from it, and where all of it is."""
    said = [entry for entry in passport.skills if not entry.told.added_by]
    added = [entry for entry in passport.skills if entry.told.added_by]
    sources = list(by_words(said).items())
    shown, rest = sources[: len(FACTS)], sources[len(FACTS) :]
    facts: dict[str, Any] = dict.fromkeys((name for pair in FACTS for name in pair), "")
    for (source, skills), (words, entries) in zip(FACTS, shown, strict=False):
        facts[source] = f"“{words}”"
        facts[skills] = _joined(taxonomy, entries)
    dispatcher.utter_message(
        response="utter_skills_paspoort_kaart",
        **facts,
        skills_verder=_joined(taxonomy, (entry for _, entries in rest for entry in entries)),
        coach=", ".join(dict.fromkeys(entry.told.added_by for entry in added)),
        skills_coach=_joined(taxonomy, added),
        wensen=_joined(taxonomy, passport.wishes),
        link=link,
    )


def _joined(taxonomy: Taxonomy, entries: Iterable[Entry]) -> str:
    return ", ".join(names_of((entry.told for entry in entries), taxonomy))


def offer_next(dispatcher: Dispatcher, passport: Passport, taxonomy: Taxonomy, aim: str | None) -> None:
    """Offer what fits: the work somebody named, what they would like to learn, or anything."""
    if aim:
        dispatcher.utter_message(
            response="utter_skills_verder_doel", naam_beroep=taxonomy.occupation(aim).name
        )
    elif passport.wishes:
        wish = skill_name(passport.wishes[-1].told, taxonomy)
        dispatcher.utter_message(response="utter_skills_verder_wens", wens=wish)
    else:
        dispatcher.utter_message(response="utter_skills_verder")


class ShowPassportAction(CounterAction):
    """Shows the passport, changes it when the sentence says how, and makes one where there is none."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_skills_paspoort_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show it."""
        turn = Turn.of(tracker)
        passport = await self.counter.passports.of(turn.conversation_id)
        if not turn.is_pressed and self._wants_change(turn, passport):
            return await ChangePassportAction(self.counter).run(dispatcher, tracker, domain)
        if not turn.is_pressed and _ASKS_WHAT_IT_IS.search(turn.text.lower()):
            dispatcher.utter_message(response="utter_skills_paspoort_uitleg")
        if not passport.is_empty:
            link = await link_to(self.counter, turn, PAGE)
            show_card(dispatcher, passport, self.counter.taxonomy, link)
            if tracker.active_loop_name is None:
                offer_next(dispatcher, passport, self.counter.taxonomy, None)
        elif passport.removed:
            _show_emptied(dispatcher, passport, self.counter.taxonomy)
        elif tracker.active_loop_name is None:
            dispatcher.utter_message(response="utter_skills_paspoort_leeg")
            return [SlotSet("skills_voorstel"), FollowupAction(FORM)]
        else:
            dispatcher.utter_message(response="utter_skills_paspoort_leeg")
        is_telling = tracker.active_loop_name == FORM
        return [SlotSet("getoond", "skills"), *([] if is_telling else [SlotSet("skills_stap")])]

    def _wants_change(self, turn: Turn, passport: Passport) -> bool:
        """Tell whether a sentence about the passport changes it; "mail mijn paspoort" adds no skill."""
        change = _change(turn, passport, self.counter.taxonomy)
        is_about_adding = bool(_ADDS.search(turn.text.lower()))
        is_about_changing = bool(_CHANGES.search(turn.text.lower())) and not passport.is_empty
        return bool(change.removed or change.restored) or is_about_adding or is_about_changing


def _show_emptied(dispatcher: Dispatcher, passport: Passport, taxonomy: Taxonomy) -> None:
    removed = [entry.told for entry in passport.removed]
    buttons = skill_buttons(removed[:MOST_BUTTONS], taxonomy, "skills_wijzigen")
    dispatcher.utter_message(response="utter_skills_paspoort_alles_weg", buttons=buttons)


def _change(turn: Turn, passport: Passport, taxonomy: Taxonomy) -> Change:
    """Return what a turn wants to be otherwise; a button takes out what is in, and puts in what is not."""
    shown = [entry.told for entry in (*passport.skills, *passport.wishes)]
    removed = [entry.told for entry in passport.removed]
    if (pressed := skill_pressed(turn, taxonomy, (*shown, *removed))) is not None:
        if pressed in passport.shown_ids:
            return Change(removed=(pressed,))
        if pressed in passport.removed_ids:
            return Change(restored=(pressed,))
        return Change(added=(Told(skill_id=pressed, words=taxonomy.skill(pressed).name),))
    if turn.is_pressed:
        return Change()
    return read_change(turn.text, present=shown, removed=removed, taxonomy=taxonomy)


def _wish_for_work(tracker: Tracker, change: Change, taxonomy: Taxonomy) -> Wish | None:
    """Return the work somebody would rather see than what was shown, when this turn changes no passport.

    Under a list of occupations "toch liever lassen" is no skill to add; under the passport it is.
    """
    shown = tracker.get_slot("getoond")
    if change.removed or change.restored or (change.added and shown not in SHOWS_WORK):
        return None
    return wish_of(tracker, taxonomy) if shown in {*SHOWS_WORK, "skills"} else None


class ChangePassportAction(CounterAction):
    """Takes skills out of the passport, puts them back, or adds new ones."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_skills_wijzigen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Change it and show how to undo that; ask what to change when nothing was understood."""
        turn, taxonomy = Turn.of(tracker), self.counter.taxonomy
        passport = await self.counter.passports.of(turn.conversation_id)
        change = _change(turn, passport, taxonomy)
        if tracker.get_slot("skills_stap") == TAKING_OUT and not turn.is_pressed:
            change = self._taken_out(turn, passport) or change
        elif (wish := _wish_for_work(tracker, change, taxonomy)) is not None:
            return await show_wished(dispatcher, tracker, self.counter, wish)
        if change:
            await self._carry_out(dispatcher, turn.conversation_id, passport, change)
        elif change.absent:
            absent = [taxonomy.skill(skill_id).name for skill_id in change.absent]
            dispatcher.utter_message(response="utter_skills_stond_er_niet", weg=", ".join(absent))
        elif turn.intent != "gegeven_opgeven" and self._wants_to_tell(turn):
            return [SlotSet("skills_voorstel"), FollowupAction(FORM)]
        elif turn.intent == "gegeven_opgeven":
            return await CatchLooseAnswerAction(self.counter).run(dispatcher, tracker, domain)
        else:
            return self._ask(dispatcher, passport)
        return [SlotSet("skills_stap"), SlotSet("getoond", "skills")]

    def _wants_to_tell(self, turn: Turn) -> bool:
        """Tell whether there is more to hear: other work, or something that is not said yet."""
        is_adding = not turn.is_pressed and bool(_ADDS.search(turn.text.lower()))
        return is_adding or bool(story_of(turn, self.counter.taxonomy).told)

    def _taken_out(self, turn: Turn, passport: Passport) -> Change:
        """Return what goes, now that this was asked: "lassen" is enough, or "de tweede"."""
        pointed_at = turn.entities.get("keuze")
        if isinstance(pointed_at, int):
            skill_id = chosen(passport.shown_ids, pointed_at)
            return Change(removed=(skill_id,)) if skill_id else Change()
        shown = [entry.told for entry in (*passport.skills, *passport.wishes)]
        return read_change(f"haal weg {turn.text}", present=shown, removed=(), taxonomy=self.counter.taxonomy)

    async def _carry_out(
        self, dispatcher: Dispatcher, conversation_id: str, passport: Passport, change: Change
    ) -> None:
        passports = self.counter.passports
        if change.removed:
            await passports.remove(conversation_id, change.removed)
            self._tell(dispatcher, "utter_skills_weggehaald", passport.told(change.removed))
        if change.restored:
            await passports.restore(conversation_id, change.restored)
        if change.added:
            await passports.add(conversation_id, change.added)
        wished = [told for told in change.added if told.kind is EntryKind.WISH]
        learned = [told for told in change.added if told.kind is EntryKind.SKILL]
        for response, told in (
            ("utter_skills_erbij", (*passport.told(change.restored), *learned)),
            ("utter_skills_wens_erbij", tuple(wished)),
        ):
            if told:
                self._tell(dispatcher, response, told)

    def _tell(self, dispatcher: Dispatcher, response: str, told: Sequence[Told]) -> None:
        names = ", ".join(names_of(told, self.counter.taxonomy))
        dispatcher.utter_message(
            response=response,
            weg=names,
            erbij=names,
            buttons=skill_buttons(told[:MOST_BUTTONS], self.counter.taxonomy, "skills_wijzigen"),
        )

    def _ask(self, dispatcher: Dispatcher, passport: Passport) -> Events:
        if passport.is_empty:
            dispatcher.utter_message(response="utter_skills_wat_wijzigen")
            return []
        shown = passport.told(passport.shown_ids)
        buttons = skill_buttons(shown[:MOST_BUTTONS], self.counter.taxonomy, "skills_wijzigen")
        dispatcher.utter_message(response="utter_skills_wat_weg", buttons=buttons)
        return [SlotSet("skills_stap", TAKING_OUT), SlotSet("getoond", "skills")]


class ExplainEntryAction(CounterAction):
    """Answers "waarom staat dit erin?" with what the person said."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_skills_waarom"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Name the person's words; ask which skill is meant when that is not clear."""
        turn, taxonomy = Turn.of(tracker), self.counter.taxonomy
        if turn.is_pressed and "beroep" in turn.entities:
            # A card with an occupation, further up in the conversation.
            return await ExplainOccupationAction(self.counter).run(dispatcher, tracker, domain)
        told = await self._told(tracker)
        meant = self._meant(turn, told)
        for one in meant:
            self._explain(dispatcher, one)
        if meant:
            return []
        if turn.is_pressed or not taxonomy.extract(turn.text):
            buttons = skill_buttons(told[:MOST_BUTTONS], taxonomy, "waarom_deze")
            dispatcher.utter_message(response="utter_skills_waarom_algemeen", buttons=buttons)
        else:
            dispatcher.utter_message(response="utter_skills_waarom_niet_erin")
        return []

    async def _told(self, tracker: Tracker) -> list[Told]:
        """Return what can be asked about: the group being agreed with, or else the passport."""
        if tracker.active_loop_name == FORM and (groups := groups_of(tracker)):
            return list(groups[0].told)
        passport = await self.counter.passports.of(tracker.sender_id)
        return [entry.told for entry in (*passport.skills, *passport.wishes)]

    def _meant(self, turn: Turn, told: Sequence[Told]) -> list[Told]:
        if len(told) == 1:
            return list(told)
        pressed, pointed_at = skill_pressed(turn, self.counter.taxonomy, told), turn.entities.get("keuze")
        if pressed is None and isinstance(pointed_at, int):
            pressed = chosen([one.skill_id for one in told], pointed_at)
        if pressed is not None or turn.is_pressed:
            return [one for one in told if one.skill_id == pressed]
        # Whatever a change would take out is what a question of why is about.
        found = read_change(f"haal weg {turn.text}", present=told, removed=(), taxonomy=self.counter.taxonomy)
        return [one for one in told if one.skill_id in found.removed][:2]

    def _explain(self, dispatcher: Dispatcher, told: Told) -> None:
        taxonomy = self.counter.taxonomy
        if told.added_by:
            response = "utter_skills_waarom_coach"
        elif told.kind is EntryKind.WISH:
            response = "utter_skills_waarom_wens"
        else:
            response = "utter_skills_waarom_beroep" if told.occupation_id else "utter_skills_waarom_verteld"
        dispatcher.utter_message(
            response=response,
            skill=skill_name(told, taxonomy),
            woorden=told.words,
            coach=told.added_by,
            naam_beroep=occupation_name(told, taxonomy),
        )
