"""What somebody can: tell it, agree with what was heard, and go on from there."""

import re

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import tell_interruption
from bot.actions.own_pages import link_to
from bot.actions.skills_form import ValidateSkillsForm
from bot.actions.skills_groups import FORM, AskAgreementAction, AskStoryAction, groups_of, story_of
from bot.actions.skills_passport import (
    PAGE,
    ChangePassportAction,
    ExplainEntryAction,
    ShowPassportAction,
    offer_next,
    show_card,
)
from bot.actions.terugval import CatchLooseAnswerAction
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, said_last
from counter.passport.naming import skill_name
from counter.services import Counter

# What the form holds while it runs; what was agreed with is in the passport by then.
SAYS_I = re.compile(r"\b(?:ik|kan|kon|heb|was)\b")
OWN_SLOTS = ("skills_voorstel", "skills_akkoord", "skills_stap", "skills_suggesties")


class BeginAction(CounterAction):
    """Starts telling, or goes on with what was heard before something came between."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_skills_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Say what happens with what is told; to who tells at once that is shown instead."""
        del domain
        if tracker.active_loop_name == FORM:
            return []
        tell_interruption(dispatcher, tracker)
        turn = Turn.of(tracker)
        if groups_of(tracker) and turn.is_pressed and not turn.entities:
            dispatcher.utter_message(response="utter_skills_hervatten")
            return []
        if turn.is_pressed and not turn.entities:
            dispatcher.utter_message(response="utter_skills_beginnen")
        return [SlotSet(slot) for slot in OWN_SLOTS]


class FinishAction(CounterAction):
    """Shows the passport as it has become, and where to go from there."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_skills_klaar"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show it, or say kindly that there is nothing in it."""
        del domain
        passport = await self.counter.passports.of(tracker.sender_id)
        if passport.is_empty:
            dispatcher.utter_message(response="utter_skills_niets_goedgekeurd")
        else:
            link = await link_to(self.counter, Turn.of(tracker), PAGE)
            show_card(dispatcher, passport, self.counter.taxonomy, link)
            offer_next(dispatcher, passport, self.counter.taxonomy, tracker.get_slot("skills_doel"))
        return [*(SlotSet(slot) for slot in OWN_SLOTS), SlotSet("getoond", "skills")]


class AcceptOfferAction(CounterAction):
    """Takes a typed "ja" to what Noor offered beside the passport."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_skills_aanbod_aannemen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Do what was offered last; a yes to anything else is only friendly."""
        offered = said_last(tracker)
        if offered == "utter_skills_verder_wens":
            passport = await self.counter.passports.of(tracker.sender_id)
            if passport.wishes:
                wish = skill_name(passport.wishes[-1].told, self.counter.taxonomy)
                return [
                    SlotSet("cursus_onderwerp", wish),
                    SlotSet("cursus_plaats"),
                    FollowupAction("cursus_formulier"),
                ]
        if offered in {"utter_skills_verder", "utter_skills_verder_doel"}:
            is_aim = offered == "utter_skills_verder_doel"
            goal = (tracker.get_slot("skills_doel") if is_aim else None) or ""
            return [SlotSet("beroep_naar", goal), FollowupAction("beroep_overstappen_formulier")]
        return await CatchLooseAnswerAction(self.counter).run(dispatcher, tracker, domain)


class CatchLooseSkillAction(CounterAction):
    """Takes a skill that answers no question: "ik kan lassen" tells it, a mere "lassen" may be anything."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_skills_los_opvangen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Start telling, or ask what is meant."""
        turn = Turn.of(tracker)
        story = story_of(turn, self.counter.taxonomy)
        if SAYS_I.search(turn.text.lower()) and (story.told or story.denied):
            return [*(SlotSet(slot) for slot in OWN_SLOTS), FollowupAction(FORM)]
        if not story.told:
            return await CatchLooseAnswerAction(self.counter).run(dispatcher, tracker, domain)
        skill = self.counter.taxonomy.skill(story.told[0].skill_id)
        dispatcher.utter_message(response="utter_skills_los", skill=skill.name)
        return []


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        BeginAction(counter),
        ValidateSkillsForm(counter),
        AskStoryAction(counter),
        AskAgreementAction(counter),
        FinishAction(counter),
        AcceptOfferAction(counter),
        CatchLooseSkillAction(counter),
        ShowPassportAction(counter),
        ChangePassportAction(counter),
        ExplainEntryAction(counter),
    ]
