"""Open hiring for employers: how many wait for a job, who comes, and what became of it."""

from collections.abc import Awaitable, Callable, Mapping

from rasa_sdk.interfaces import Action, Tracker

from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.open_hiring.employers import Comer, OwnJob
from counter.open_hiring.model import (
    JobClosedError,
    NoFreePlaceError,
    NotAcceptedError,
    PlaceFreedError,
    UnknownJobError,
    UnknownPlaceError,
)
from counter.services import Counter

type _Tell = Callable[[str, str], Awaitable[Comer]]

# What costs somebody a place, or ends a list, is asked about first.
_SURE = "_zeker"
_ASKED_FIRST = frozenset({"niet_gekomen", "plek_weg", "sluiten"})


class ManageJobAction(CounterAction):
    """Does what an employer's button says about a job of their own, or about who took a place of it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_beheren"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Do it, and tell what came of it."""
        del domain
        turn = Turn.of(tracker)
        number, step = str(turn.entities.get("aanvraagnummer", "")), str(turn.entities.get("stap", ""))
        if step in _ASKED_FIRST:
            dispatcher.utter_message(response=f"utter_open_hiring_beheren_zeker_{step}", nummer=number)
            return []
        step = step.removesuffix(_SURE)
        try:
            if step in self._about_people:
                await self._tell_of_somebody(dispatcher, turn, number, step)
            else:
                await self._change_job(dispatcher, turn, number, step)
        except NotAcceptedError:
            dispatcher.utter_message(response="utter_open_hiring_beheren_al_verteld", nummer=number)
        except JobClosedError:
            dispatcher.utter_message(response="utter_open_hiring_beheren_al_dicht")
        except (UnknownJobError, UnknownPlaceError):
            dispatcher.utter_message(response="utter_open_hiring_beheren_onbekend")
        return []

    @property
    def _about_people(self) -> Mapping[str, _Tell]:
        jobs = self.counter.employer_jobs
        return {"begonnen": jobs.started, "niet_gekomen": jobs.absent, "plek_weg": jobs.gone}

    async def _tell_of_somebody(self, dispatcher: Dispatcher, turn: Turn, number: str, step: str) -> None:
        comer = await self._about_people[step](number, turn.conversation_id)
        dispatcher.utter_message(response=f"utter_open_hiring_beheren_{step}", wie=comer.name)

    async def _change_job(self, dispatcher: Dispatcher, turn: Turn, number: str, step: str) -> None:
        jobs, conversation_id = self.counter.employer_jobs, turn.conversation_id
        seen, outcome = int(turn.entities.get("aantal") or 0), step
        try:
            match step:
                case "plek_vrij":
                    await jobs.free_place(number, conversation_id, freed_before=seen)
                case "plek_minder":
                    await jobs.withdraw_place(number, conversation_id, free_before=seen)
                case "openhouden":
                    await jobs.keep_open(number, conversation_id)
                case "sluiten":
                    await jobs.close(number, conversation_id)
                case _:
                    raise UnknownJobError(number)
        except PlaceFreedError:
            outcome = "net_veranderd"
        except NoFreePlaceError:
            outcome = "geen_vrije_plek"
        dispatcher.utter_message(response=f"utter_open_hiring_beheren_{outcome}")
        if step != "sluiten":
            for own in await jobs.jobs_of(conversation_id):
                if own.number == number:
                    show_own_job(dispatcher, own)


def show_own_job(dispatcher: Dispatcher, own: OwnJob) -> None:
    """Show how a job stands as a card, and a card for each who took a place of it."""
    dispatcher.utter_message(
        response="utter_open_hiring_beheren_baan" if own.is_open else "utter_open_hiring_beheren_baan_dicht",
        titel=own.job.title,
        nummer=own.number,
        wachten=own.waiting,
        aangeboden=own.offered,
        vrij=own.free,
        stand=own.freed,
        tot=own.ends or "",
    )
    for comer in own.comers:
        dispatcher.utter_message(
            response="utter_open_hiring_beheren_mens_begonnen"
            if comer.is_started
            else "utter_open_hiring_beheren_mens",
            wie=comer.name,
            bereik=", ".join(filter(None, (comer.phone, comer.email))),
            nummer=comer.number,
        )


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [ManageJobAction(counter)]
