"""My data: see everything the counter keeps."""

from collections.abc import Mapping

from rasa_sdk.interfaces import Action, Tracker

from bot.actions.gegevens_account import ShowAccountAction
from bot.actions.gegevens_correction import (
    AskAgreementAction,
    AskValueAction,
    BeginCorrectionAction,
    CorrectAction,
    ValidateCorrectionForm,
)
from bot.actions.gegevens_erasure import EraseAction, ExplainErasureAction, ValidateErasureForm
from bot.actions.gegevens_transcript import DownloadAction, GiveTranscriptAction, asks_for_transcript
from bot.actions.own_pages import link_to
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.calendar import local_date
from counter.people.correcting import readable
from counter.people.model import Detail, Kept, Overview, Subject
from counter.services import Counter

_PAGE = "gegevens"


class ShowDataAction(CounterAction):
    """Shows what is known of the person, and what is kept, over all their conversations."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gegevens_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show it as two cards; who asks for the conversation they are having is given that alone."""
        if asks_for_transcript(Turn.of(tracker).text):
            return await GiveTranscriptAction(self.counter).run(dispatcher, tracker, domain)
        overview = await self.counter.people.overview(Turn.of(tracker).conversation_id)
        known = {detail: _known(detail, overview, tracker) for detail in Detail}
        if any(known.values()):
            dispatcher.utter_message(
                response="utter_gegevens_over_jou",
                jouw_naam=known[Detail.NAME],
                jouw_telefoon=known[Detail.PHONE],
                jouw_email=known[Detail.EMAIL],
                jouw_postcode=known[Detail.POSTCODE],
                jouw_leeftijd=known[Detail.AGE],
                eerder=", ".join(_earlier(overview, known)),
            )
        kept = overview.kept
        dispatcher.utter_message(
            response="utter_gegevens_bewaard",
            gesprekken=overview.conversations,
            berichten=overview.messages,
            sinds=written(local_date(overview.since)),
            voucheraanvragen=_counted(kept[Subject.VOUCHERS]),
            aanmeldingen=_counted(kept[Subject.OPEN_HIRING]),
            coachvragen=_counted(kept[Subject.REFERRALS]),
            paspoort=_counted(kept[Subject.PASSPORT]),
            overige=_counted(kept[Subject.OTHER]),
            link=await link_to(self.counter, Turn.of(tracker), _PAGE),
        )
        dispatcher.utter_message(
            response="utter_gegevens_verder" if any(known.values()) else "utter_gegevens_nog_onbekend"
        )
        return []


def _known(detail: Detail, overview: Overview, tracker: Tracker) -> str:
    """Return a detail as it is used, else as it was said in this conversation."""
    said = tracker.get_slot(detail.value)
    used = overview.values(detail, is_used=True) or ((str(said),) if said else ())
    return ", ".join(readable(detail, value) for value in used)


def _earlier(overview: Overview, known: Mapping[Detail, str]) -> list[str]:
    """Return what was given with something that is closed, and is different by now."""
    return [
        value
        for detail in Detail
        for value in (readable(detail, old) for old in overview.values(detail, is_used=False))
        if value not in known[detail].split(", ")
    ]


def _counted(kept: Kept) -> str:
    """Return how many there are and their numbers: "2: V-7KQ4-M2XR, V-3PX4-DH01"."""
    if not kept.count:
        return ""
    return f"{kept.count}: {', '.join(kept.numbers)}" if kept.numbers else str(kept.count)


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        ShowDataAction(counter),
        BeginCorrectionAction(counter),
        ValidateCorrectionForm(counter),
        AskValueAction(),
        AskAgreementAction(counter),
        CorrectAction(counter),
        ExplainErasureAction(counter),
        ValidateErasureForm(),
        EraseAction(counter),
        DownloadAction(counter),
        GiveTranscriptAction(counter),
        ShowAccountAction(counter),
    ]
