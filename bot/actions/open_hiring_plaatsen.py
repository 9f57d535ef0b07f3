"""Open hiring for employers: offer a job, which an adviser checks, and see how it stands."""

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import tell_interruption
from bot.actions.ondernemers_forms import employer_of
from bot.actions.ondernemers_leads import known_employer
from bot.actions.open_hiring_beheren import show_own_job
from bot.actions.open_hiring_plaatsen_form import ValidateOfferForm
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.calendar import local_date
from counter.employers.model import Employer, LeadTopic
from counter.job_drafts.model import JobDraftReceipt, JobDraftState, SubmitJob, parse_hours
from counter.people.contact import parse_email, parse_phone
from counter.services import Counter

# The firm, the name and the contact stay: they are not asked twice in one conversation.
ANSWERS_OF_ONE_OFFER = (
    "open_hiring_plaatsen_titel",
    "open_hiring_plaatsen_plaats",
    "open_hiring_plaatsen_uren",
    "open_hiring_plaatsen_nodig",
    "open_hiring_plaatsen_aantal",
    "open_hiring_plaatsen_akkoord",
    "onderdeel",
)
RESPONSE_TO_STATE = {
    JobDraftState.IN_REVIEW: "utter_open_hiring_plaatsen_status_controle",
    JobDraftState.APPROVED: "utter_open_hiring_plaatsen_status_goedgekeurd",
    JobDraftState.REJECTED: "utter_open_hiring_plaatsen_status_afgekeurd",
    JobDraftState.WITHDRAWN: "utter_open_hiring_plaatsen_status_ingetrokken",
}


class BeginOfferAction(CounterAction):
    """Starts offering a job, or goes on with the one that was set aside."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_plaatsen_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Begin with what was told: in this sentence, or when it was said that staff is needed."""
        del domain
        if tracker.active_loop_name == "open_hiring_plaatsen_formulier":
            return []
        tell_interruption(dispatcher, tracker)
        is_begun = tracker.get_slot("open_hiring_plaatsen_titel") is not None
        dispatcher.utter_message(
            response="utter_open_hiring_plaatsen_verder"
            if is_begun
            else "utter_open_hiring_plaatsen_beginnen"
        )
        told = {name: value for name, value in self._told(tracker).items() if value is not None}
        return [
            *await known_employer(self.counter, tracker),
            *(SlotSet(f"open_hiring_plaatsen_{name}", value) for name, value in told.items()),
        ]

    def _told(self, tracker: Tracker) -> dict[str, object]:
        turn, slot = Turn.of(tracker), tracker.get_slot
        is_offered = slot("ondernemers_onderwerp") == LeadTopic.PERSONEEL_ZOEKEN
        work = turn.entities.get("beroep") or (slot("beroep") if is_offered else None)
        return {
            "titel": self._title(str(work)) if work else None,
            "uren": turn.text if "uren" in turn.entities and parse_hours(turn.text) else None,
            "aantal": turn.entities.get("aantal") or (slot("ondernemers_aantal") if is_offered else None),
        }

    def _title(self, work: str) -> str:
        """Return the occupation by its own name: of three "lassers" each is a "lasser"."""
        matches = self.counter.taxonomy.search_occupations(work, 1)
        is_known = matches and not matches[0].kind.is_loose
        return matches[0].concept.name if is_known else work


class AskAgreementAction(CounterAction):
    """Shows what will be sent, and asks whether it is right."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_open_hiring_plaatsen_formulier_open_hiring_plaatsen_akkoord"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; the summary itself is not repeated to somebody who has just seen it."""
        del domain
        if tracker.get_slot("herhaling") is None:
            dispatcher.utter_message(
                response="utter_open_hiring_plaatsen_samenvatting",
                nodig=", ".join(tracker.slots["open_hiring_plaatsen_nodig"]),
                kvk=tracker.get_slot("kvk_nummer") or "",
            )
        dispatcher.utter_message(response="utter_open_hiring_plaatsen_klopt_dit")
        return []


class SubmitOfferAction(CounterAction):
    """Sends the job to an adviser."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_plaatsen_indienen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Submit, and show the receipt."""
        del domain
        receipt = await self.counter.job_drafts.submit(_command(tracker))
        dispatcher.utter_message(response="utter_open_hiring_plaatsen_ontvangen")
        show_draft(dispatcher, "utter_open_hiring_plaatsen_ontvangst_kaart", receipt)
        return [SlotSet(slot) for slot in ANSWERS_OF_ONE_OFFER]


def _command(tracker: Tracker) -> SubmitJob:
    turn, slots = Turn.of(tracker), tracker.slots
    hours = parse_hours(slots["open_hiring_plaatsen_uren"]) or (0, 0)
    return SubmitJob(
        conversation_id=turn.conversation_id,
        message_id=turn.message_id,
        employer=employer_of(tracker) or Employer(),
        title=slots["open_hiring_plaatsen_titel"],
        place=slots["open_hiring_plaatsen_plaats"],
        hours_min=hours[0],
        hours_max=hours[1],
        practical_needs=tuple(slots["open_hiring_plaatsen_nodig"]),
        open_places=slots["open_hiring_plaatsen_aantal"],
        name=slots["naam"],
        phone=parse_phone(slots["contact"]),
        email=parse_email(slots["contact"]),
    )


def show_draft(dispatcher: Dispatcher, response: str, receipt: JobDraftReceipt) -> None:
    """Show a job that was offered as a card."""
    dispatcher.utter_message(
        response=response,
        titel=receipt.title,
        waar=receipt.place,
        nummer=receipt.number,
        verstuurd=written(local_date(receipt.submitted_at)),
        antwoord=written(receipt.answer_before),
    )


class ShowDraftsAction(CounterAction):
    """Tells how jobs stand that were offered: the person's own, or the one with a number."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_plaatsen_status_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show them; of somebody else's only the state."""
        del domain
        number = Turn.of(tracker).entities.get("aanvraagnummer", "")
        own = await self.counter.job_drafts.of_person(tracker.sender_id)
        shown = [receipt for receipt in own if number in {"", receipt.number}]
        public = {job.number: job for job in await self.counter.employer_jobs.jobs_of(tracker.sender_id)}
        for receipt in shown:
            if receipt.number in public:
                show_own_job(dispatcher, public[receipt.number])
            else:
                show_draft(dispatcher, RESPONSE_TO_STATE[receipt.state], receipt)
        if shown:
            dispatcher.utter_message(response="utter_open_hiring_plaatsen_status_verder")
        elif number:
            await self._show_elsewhere(dispatcher, number)
        else:
            dispatcher.utter_message(response="utter_open_hiring_plaatsen_geen_baan")
        return []

    async def _show_elsewhere(self, dispatcher: Dispatcher, number: str) -> None:
        receipt = await self.counter.job_drafts.by_number(number)
        if receipt is None:
            dispatcher.utter_message(response="utter_open_hiring_plaatsen_onbekend_nummer", nummer=number)
            return
        dispatcher.utter_message(
            response=RESPONSE_TO_STATE[receipt.state],
            titel="",
            waar="",
            nummer=number,
            verstuurd="",
            antwoord=written(receipt.answer_before),
        )


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        BeginOfferAction(counter),
        ValidateOfferForm(counter),
        AskAgreementAction(counter),
        SubmitOfferAction(counter),
        ShowDraftsAction(counter),
    ]
