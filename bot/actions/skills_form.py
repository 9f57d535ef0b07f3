"""Telling what one can: what is heard becomes groups of skills, and each group is agreed with or not."""

from collections.abc import Iterable, Sequence

from rasa_sdk.interfaces import Tracker

from bot.actions.asking import ReadingForm
from bot.actions.forms import ANSWERS, Slots
from bot.actions.results import chosen
from bot.actions.skills_groups import (
    CHANGED,
    CHOOSING,
    CROSSED_OUT,
    FORM,
    as_slot,
    groups_of,
    names_of,
    skill_pressed,
    story_of,
)
from bot.actions.turn import Dispatcher, Events, Turn
from counter.passport.model import EntryKind, Group, Passport, Told, in_groups
from counter.passport.reading import Story, hints, read_change, read_story
from counter.services import Counter

# What people say when they tell of themselves; any of these answers "Wat kun je goed?".
TELLING = frozenset({"skills_vertellen", "skills_wijzigen"})
# Resembles telling often enough to look for skills in it, when that is what was asked.
NEARLY_TELLING = frozenset(
    {"overstappen", "orienteren", "ontslag_dreigt", "skills_paspoort", "cursus_zoeken"}
)


class ValidateSkillsForm(ReadingForm):
    """Takes what somebody tells, and what they say of each group that comes of it."""

    slots = ("skills_voorstel", "skills_akkoord")
    besides = frozenset({"skills_stap", "skills_suggesties", "skills_doel"})
    own_intents = ReadingForm.own_intents | TELLING

    def __init__(self, counter: Counter) -> None:
        self._taxonomy = counter.taxonomy
        self._passports = counter.passports

    def name(self) -> str:
        """Return the name in the domain."""
        return f"validate_{FORM}"

    def is_answer(self, turn: Turn, tracker: Tracker) -> bool:
        """Take any words with skills in them for a story, when that was asked."""
        if super().is_answer(turn, tracker):
            return True
        is_story = self.requested(tracker) == "skills_voorstel" and turn.intent in NEARLY_TELLING
        return is_story and not turn.is_pressed and bool(read_story(turn.text, self._taxonomy).told)

    def is_worth_repeating(self, asked: str, events: Events) -> bool:
        """Tell whether the question is about other skills than before."""
        del asked
        is_other = any(event["name"] in {"skills_voorstel", "skills_stap"} for event in events)
        return is_other or any(event["name"] == "skills_suggesties" and event["value"] for event in events)

    async def read(self, dispatcher: Dispatcher, tracker: Tracker) -> Slots:
        """Read a story, or what somebody says of the skills that came from one."""
        passport = await self._passports.of(tracker.sender_id)
        if tracker.get_slot("skills_voorstel") is None:
            return await self._told(dispatcher, tracker, passport)
        if self.requested(tracker) == "skills_akkoord" and (groups := groups_of(tracker)):
            return await self._answered(dispatcher, tracker, passport, groups)
        return {}

    async def _told(self, dispatcher: Dispatcher, tracker: Tracker, passport: Passport) -> Slots:
        """Take the skills of a story; tell of those that are left out, and why."""
        turn = Turn.of(tracker)
        if turn.intent not in TELLING | ANSWERS and self.requested(tracker) is None:
            return {}
        story = story_of(turn, self._taxonomy)
        new = [told for told in story.told if _is_news(told, passport)]
        aim = {"skills_doel": story.aims[0]} if story.aims else {}
        if new:
            return {"skills_voorstel": as_slot(in_groups(new)), "skills_suggesties": None, **aim}
        await self._explain_nothing(dispatcher, turn, story, passport)
        is_unknown = not story.told and not story.denied and not turn.is_pressed
        hinted = list(hints(turn.text, self._taxonomy)) if is_unknown else []
        return {"skills_suggesties": hinted or None, **aim}

    async def _explain_nothing(
        self, dispatcher: Dispatcher, turn: Turn, story: Story, passport: Passport
    ) -> None:
        if set(story.denied) & set(passport.shown_ids):
            await self._take_out_of_passport(dispatcher, turn, passport)
        elif story.denied:
            denied = [self._taxonomy.skill(skill_id).name for skill_id in story.denied]
            dispatcher.utter_message(response="utter_skills_niet", weg=", ".join(denied))
        if story.told:
            told = ", ".join(names_of(story.told, self._taxonomy))
            dispatcher.utter_message(response="utter_skills_staat_er_al", namen=told)

    async def _answered(
        self, dispatcher: Dispatcher, tracker: Tracker, passport: Passport, groups: Sequence[Group]
    ) -> Slots:
        """Take what somebody says of the group that was shown: right, wrong, or partly so."""
        turn, group = Turn.of(tracker), groups[0]
        is_choosing = tracker.get_slot("skills_stap") == CHOOSING
        if turn.intent == "overslaan":
            self._tell(dispatcher, "utter_skills_niet", group.told)
            return await self._settled(tracker, groups, ())
        if changed := self._changed(turn, groups, passport, is_choosing=is_choosing):
            is_other = changed[0].crossed_out != group.crossed_out
            step = CROSSED_OUT if is_other and changed[0].crossed_out else CHANGED
            return {"skills_voorstel": as_slot(changed), "skills_stap": step}
        if await self._take_out_of_passport(dispatcher, turn, passport):
            return {}
        answer, is_one = turn.yes_or_no, len(group.told) == 1
        if answer is False and is_one:
            self._tell(dispatcher, "utter_skills_niet", group.told)
        if answer or (answer is False and is_one):
            return await self._settled(tracker, groups, group.kept if answer else ())
        return {"skills_stap": CHOOSING} if answer is False and not is_choosing else {}

    async def _settled(self, tracker: Tracker, groups: Sequence[Group], agreed: Sequence[Told]) -> Slots:
        """Keep what was agreed with, and go on to the next group; after the last the form ends."""
        if agreed:
            await self._passports.add(tracker.sender_id, agreed)
        rest = groups[1:]
        return {
            "skills_voorstel": as_slot(rest),
            "skills_stap": None,
            "skills_akkoord": None if rest else True,
        }

    async def _take_out_of_passport(self, dispatcher: Dispatcher, turn: Turn, passport: Passport) -> bool:
        """Take out what somebody agreed with before, and now names as wrong; false when that is nothing."""
        if turn.is_pressed:
            return False
        shown = [entry.told for entry in (*passport.skills, *passport.wishes)]
        change = read_change(turn.text, present=shown, removed=(), taxonomy=self._taxonomy)
        if change.removed:
            await self._passports.remove(turn.conversation_id, change.removed)
            self._tell(dispatcher, "utter_skills_uit_paspoort", passport.told(change.removed))
        return bool(change.removed)

    def _tell(self, dispatcher: Dispatcher, response: str, told: Iterable[Told]) -> None:
        dispatcher.utter_message(response=response, weg=", ".join(names_of(told, self._taxonomy)))

    def _changed(
        self, turn: Turn, groups: Sequence[Group], passport: Passport, *, is_choosing: bool
    ) -> tuple[Group, ...] | None:
        """Return the groups with what was changed in the first, or None when nothing was."""
        group, later = groups[0], groups[1:]
        pointed_at = skill_pressed(turn, self._taxonomy)
        if pointed_at is None and is_choosing and isinstance(turn.entities.get("keuze"), int):
            pointed_at = chosen([told.skill_id for told in group.kept], turn.entities["keuze"])
        if pointed_at is not None:
            is_out = pointed_at in group.crossed_out
            return (group.with_again([pointed_at]) if is_out else group.without([pointed_at]), *later)
        if turn.is_pressed:
            return None
        crossed_out = [told for told in group.told if told.skill_id in group.crossed_out]
        # Whatever is named when the question was what is wrong, is wrong.
        text = f"haal weg {turn.text}" if is_choosing else turn.text
        change = read_change(text, present=group.kept, removed=crossed_out, taxonomy=self._taxonomy)
        added = [told for told in change.added if _is_news(told, passport)]
        if not change:
            # "Ik was ook kok" is no change to these skills, but brings others.
            added += [told for told in read_story(turn.text, self._taxonomy).told if told.occupation_id]
        if not added and not change.removed and not change.restored:
            return None
        same = [told for told in added if told.kind is group.kind and told.occupation_id is None]
        group = group.without(change.removed).with_again(change.restored).with_more(same)
        return (group, *later, *in_groups(told for told in added if told not in same))


def _is_news(told: Told, passport: Passport) -> bool:
    if told.kind is EntryKind.SKILL:
        return told.skill_id not in passport.skill_ids
    return told.skill_id not in passport.shown_ids
