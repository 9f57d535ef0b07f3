"""The lists of open-hiring jobs: sign up, see one's place, leave."""

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Tracker

from bot.actions.asking import is_resumed, tell_interruption
from bot.actions.open_hiring_offers import answer_day
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.calendar import local_date
from counter.open_hiring.model import (
    AlreadyOnListError,
    QueuePlace,
    SignUp,
    SignUpState,
    UnknownJobError,
)

ANSWERS_OF_ONE_SIGN_UP = ("open_hiring_baan", "open_hiring_akkoord", "onderdeel")
RESPONSE_TO_STATE = {
    SignUpState.WAITING: "utter_open_hiring_status_wacht",
    SignUpState.OFFERED: "utter_open_hiring_status_aanbod",
    SignUpState.ACCEPTED: "utter_open_hiring_status_aangenomen",
    SignUpState.PASSED: "utter_open_hiring_status_doorgegeven",
    SignUpState.EXPIRED: "utter_open_hiring_status_verlopen",
    SignUpState.LEFT: "utter_open_hiring_status_af",
    SignUpState.STARTED: "utter_open_hiring_status_begonnen",
    SignUpState.ABSENT: "utter_open_hiring_status_niet_begonnen",
    SignUpState.ENDED: "utter_open_hiring_status_gesloten",
}
# Who only has a number cannot answer for the person whose number it is.
RESPONSE_TO_NUMBER = {**RESPONSE_TO_STATE, SignUpState.OFFERED: "utter_open_hiring_status_aan_de_beurt"}
# What still matters; the rest is shown only when there is nothing else.
CURRENT = frozenset({SignUpState.WAITING, SignUpState.OFFERED, SignUpState.ACCEPTED})


class BeginSignUpAction(CounterAction):
    """Starts a sign-up, or goes on with the one that was set aside."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_aanmelden_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Begin; without any job to choose there is nothing to sign up for yet."""
        del domain
        if tracker.active_loop_name == "open_hiring_aanmelden_formulier":
            return []
        is_any_job = (
            tracker.get_slot("open_hiring_resultaten")
            or tracker.get_slot("open_hiring_baan")
            or "baan" in Turn.of(tracker).entities
        )
        if not is_any_job:
            dispatcher.utter_message(response="utter_open_hiring_geen_keuze")
            return [FollowupAction("action_listen")]
        tell_interruption(dispatcher, tracker)
        dispatcher.utter_message(response="utter_open_hiring_aanmelden_beginnen")
        return []


class AskJobAction(CounterAction):
    """Asks which of the jobs shown last is meant."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_open_hiring_aanmelden_formulier_open_hiring_baan"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask, with a button for each job."""
        del domain
        shown = tracker.get_slot("open_hiring_resultaten") or []
        jobs = [await self.counter.open_hiring.get(job_id) for job_id in shown]
        buttons = [{"title": job.title, "payload": f'/gegeven_opgeven{{"baan":"{job.id}"}}'} for job in jobs]
        dispatcher.utter_message(response="utter_open_hiring_welke", buttons=buttons)
        return []


class AskAgreementAction(CounterAction):
    """Shows what will be sent, and asks whether it is right."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_open_hiring_aanmelden_formulier_open_hiring_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; the summary itself is not repeated to somebody who has just seen it."""
        del domain
        if tracker.get_slot("herhaling") is None and not is_resumed(tracker):
            job = await self.counter.open_hiring.get(tracker.slots["open_hiring_baan"])
            dispatcher.utter_message(
                response="utter_open_hiring_samenvatting",
                titel=job.title,
                werkgever=job.employer,
                nodig=", ".join(job.practical_needs),
            )
        dispatcher.utter_message(response="utter_open_hiring_klopt_dit")
        return []


class SignUpAction(CounterAction):
    """Puts the person on the list."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_aanmelden"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Sign up, and show the receipt."""
        del domain
        forgotten = [SlotSet(slot) for slot in ANSWERS_OF_ONE_SIGN_UP]
        try:
            place = await self.counter.open_hiring.sign_up(_command(tracker))
        except UnknownJobError:
            # It closed while the question was open.
            dispatcher.utter_message(response="utter_open_hiring_net_gesloten")
            return forgotten
        except AlreadyOnListError as error:
            place = error.place
            dispatcher.utter_message(response="utter_open_hiring_al_aangemeld")
        else:
            if place.state is SignUpState.OFFERED:
                dispatcher.utter_message(response="utter_open_hiring_aangemeld_meteen")
            else:
                dispatcher.utter_message(response="utter_open_hiring_aangemeld", plek=place.position)
        is_offered = place.state is SignUpState.OFFERED
        show_place(
            dispatcher,
            RESPONSE_TO_STATE[place.state] if is_offered else "utter_open_hiring_ontvangst_kaart",
            place,
        )
        return forgotten


def _command(tracker: Tracker) -> SignUp:
    turn, slots = Turn.of(tracker), tracker.slots
    return SignUp(
        conversation_id=turn.conversation_id,
        message_id=turn.message_id,
        job_id=slots["open_hiring_baan"],
    )


def show_place(dispatcher: Dispatcher, response: str, place: QueuePlace) -> None:
    """Show a place on a list as a card."""
    dispatcher.utter_message(
        response=response,
        titel=place.job.title,
        werkgever=place.job.employer,
        nummer=place.number,
        plek=place.position or "",
        aangemeld=written(local_date(place.signed_up_at)),
        antwoord=answer_day(place),
    )


class ShowPlacesAction(CounterAction):
    """Tells where the person stands: on all lists, or on the one with a number."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_status_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the places; those that are over only when there is no other or when asked for."""
        del domain
        number = Turn.of(tracker).entities.get("aanvraagnummer", "")
        own = await self.counter.open_hiring.places_of(tracker.sender_id)
        current = [place for place in own if place.state in CURRENT]
        shown = [place for place in own if place.number == number] if number else current or own
        for place in shown:
            show_place(dispatcher, RESPONSE_TO_STATE[place.state], place)
        if shown:
            dispatcher.utter_message(response="utter_open_hiring_status_verder")
        elif number:
            await self._show_elsewhere(dispatcher, number)
        else:
            dispatcher.utter_message(response="utter_open_hiring_geen_plek")
        return []

    async def _show_elsewhere(self, dispatcher: Dispatcher, number: str) -> None:
        """Show the state and the place and nothing else: this may be somebody else's sign-up."""
        place = await self.counter.open_hiring.place_by_number(number)
        if place is None:
            dispatcher.utter_message(response="utter_open_hiring_onbekend_nummer", nummer=number)
            return
        dispatcher.utter_message(
            response=RESPONSE_TO_NUMBER[place.state],
            titel="",
            werkgever="",
            nummer=number,
            plek=place.position or "",
            aangemeld="",
        )


class LeaveListAction(CounterAction):
    """Takes the person off the list when they are sure."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_afmelden"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Leave the list, or stay."""
        del domain
        number = tracker.get_slot("open_hiring_nummer")
        if number is None:
            dispatcher.utter_message(response="utter_open_hiring_niets_af_te_melden")
        elif not tracker.get_slot("open_hiring_afmelden_akkoord"):
            dispatcher.utter_message(response="utter_open_hiring_niet_afgemeld")
        else:
            await self.counter.open_hiring.leave(number, tracker.sender_id)
            dispatcher.utter_message(response="utter_open_hiring_afgemeld", nummer=number)
        return [SlotSet("open_hiring_nummer"), SlotSet("open_hiring_afmelden_akkoord")]
