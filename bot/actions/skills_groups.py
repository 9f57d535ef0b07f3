"""Skills as the conversation handles them: kept in slots, named, on buttons, and shown by the group."""

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.passport.model import EntryKind, Group, Told
from counter.passport.naming import occupation_name, skill_name
from counter.passport.reading import Story, read_story, skills_of
from skills_taxonomy import Level, Taxonomy

FORM = "skills_formulier"
CHOOSING, CHANGED, CROSSED_OUT = "kiezen", "gewijzigd", "doorgestreept"


def groups_of(tracker: Tracker) -> tuple[Group, ...]:
    """Return what is still to be agreed with."""
    return tuple(map(_group, tracker.get_slot("skills_voorstel") or ()))


def as_slot(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """Return groups as Rasa can keep them."""
    return [
        {
            "skills": [[told.skill_id, told.words, told.level, told.years] for told in group.told],
            "soort": group.kind.value,
            "beroep": group.occupation_id,
            "weg": sorted(group.crossed_out),
        }
        for group in groups
    ]


def _group(kept: Mapping[str, Any]) -> Group:
    told = tuple(
        Told(
            skill_id=skill_id,
            words=words,
            kind=EntryKind(kept["soort"]),
            occupation_id=kept["beroep"],
            level=Level(level) if level else None,
            years=years,
        )
        # Conversations that were under way before this was asked know of neither.
        for skill_id, words, level, years in ((*one, None, None)[:4] for one in kept["skills"])
    )
    return Group(told=told, crossed_out=frozenset(kept["weg"]))


def names_of(told: Iterable[Told], taxonomy: Taxonomy) -> list[str]:
    """Return how skills are called."""
    return [skill_name(one, taxonomy) for one in told]


def skill_buttons(told: Iterable[Told], taxonomy: Taxonomy, intent: str) -> list[dict[str, str]]:
    """Return a button for each skill."""
    return [
        {"title": name, "payload": f'/{intent}{{"vaardigheid":"{name}"}}'}
        for name in names_of(told, taxonomy)
    ]


def skill_pressed(turn: Turn, taxonomy: Taxonomy, told: Iterable[Told] = ()) -> str | None:
    """Return the skill whose button was pressed, or None; `told` are skills that had a button."""
    name = turn.entities.get("vaardigheid") if turn.is_pressed else None
    called = {skill_name(one, taxonomy): one.skill_id for one in told}
    if name in called:
        return called[name]
    return next((skill.id for skill in taxonomy.skills.values() if skill.name == name), None)


def story_of(turn: Turn, taxonomy: Taxonomy) -> Story:
    """Return what a turn tells: the words typed, or the occupation or skill of the button pressed."""
    if not turn.is_pressed:
        return read_story(turn.text, taxonomy)
    if (skill_id := skill_pressed(turn, taxonomy)) is not None:
        return Story(told=(Told(skill_id=skill_id, words=taxonomy.skill(skill_id).name),))
    name = turn.entities.get("beroep")
    occupation = next((one for one in taxonomy.occupations.values() if one.name == name), None)
    return (
        Story(told=tuple(skills_of(occupation, taxonomy, words=occupation.name))) if occupation else Story()
    )


class AskStoryAction(CounterAction):
    """Asks what somebody can, or whether they meant one of a few things."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_skills_voorstel"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask."""
        del domain
        suggested = tracker.get_slot("skills_suggesties")
        if not suggested:
            dispatcher.utter_message(response="utter_skills_vertel")
            return []
        buttons = [_hint_button(concept_id, self.counter.taxonomy) for concept_id in suggested]
        dispatcher.utter_message(response="utter_skills_bedoel_je", buttons=buttons)
        return []


def _hint_button(concept_id: str, taxonomy: Taxonomy) -> dict[str, str]:
    occupation = taxonomy.occupations.get(concept_id)
    kind, name = (
        ("beroep", occupation.name) if occupation else ("vaardigheid", taxonomy.skill(concept_id).name)
    )
    return {"title": name, "payload": f'/skills_vertellen{{"{kind}":"{name}"}}'}


class AskAgreementAction(CounterAction):
    """Shows the first group and asks whether it is right."""

    def name(self) -> str:
        """Return the name in the domain."""
        return f"action_ask_{FORM}_skills_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; somebody who has just seen the group is only asked in other words."""
        del domain
        group, step = groups_of(tracker)[0], tracker.get_slot("skills_stap")
        if step == CHOOSING:
            buttons = skill_buttons(group.kept, self.counter.taxonomy, "skills_wijzigen")
            dispatcher.utter_message(response="utter_skills_wat_niet", buttons=buttons)
        elif step in {CHANGED, CROSSED_OUT}:
            if step == CROSSED_OUT and not tracker.get_slot("herhaling"):
                self._show_crossed_out(dispatcher, group)
            kept = names_of(group.kept, self.counter.taxonomy)
            dispatcher.utter_message(
                response="utter_skills_groep_gewijzigd" if kept else "utter_skills_groep_niets_over",
                over=", ".join(kept),
            )
        else:
            if not tracker.get_slot("herhaling"):
                self._show(dispatcher, group)
            is_wish = group.kind is EntryKind.WISH
            dispatcher.utter_message(
                response="utter_skills_klopt_wens" if is_wish else "utter_skills_klopt_dit"
            )
        return [SlotSet("getoond", "skills")]

    def _show(self, dispatcher: Dispatcher, group: Group) -> None:
        taxonomy = self.counter.taxonomy
        if group.kind is EntryKind.WISH:
            response = "utter_skills_groep_wens"
        else:
            response = "utter_skills_groep_beroep" if group.occupation_id else "utter_skills_groep_verteld"
        dispatcher.utter_message(
            response=response,
            lijst="\n".join(names_of(group.kept, taxonomy)),
            naam_beroep=occupation_name(group.told[0], taxonomy),
        )

    def _show_crossed_out(self, dispatcher: Dispatcher, group: Group) -> None:
        crossed_out = [told for told in group.told if told.skill_id in group.crossed_out]
        dispatcher.utter_message(
            response="utter_skills_doorgestreept",
            weg=", ".join(names_of(crossed_out, self.counter.taxonomy)),
            buttons=skill_buttons(crossed_out, self.counter.taxonomy, "skills_wijzigen"),
        )
