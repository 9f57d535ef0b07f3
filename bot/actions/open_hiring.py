"""Open hiring: find jobs, refine, and why one was shown; nothing is asked about the past."""

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.interfaces import Action, Tracker

from bot.actions.asking import tell_interruption
from bot.actions.open_hiring_forms import (
    ValidateJobSearchForm,
    ValidateLeaveForm,
    ValidateSignUpForm,
    ValidateTakePlaceForm,
)
from bot.actions.open_hiring_lists import (
    AskAgreementAction,
    AskJobAction,
    BeginSignUpAction,
    LeaveListAction,
    ShowPlacesAction,
    SignUpAction,
)
from bot.actions.open_hiring_offers import (
    AcceptPlaceAction,
    AskSharingAction,
    PassPlaceOnAction,
    TakePlaceAction,
)
from bot.actions.results import DEFAULT_RADIUS_KM, PAGE, chosen, place_named, with_distance
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn
from counter.open_hiring.model import Condition, Job, JobHit, JobQuery, JobSearch, UnknownJobError
from counter.services import Counter

# What a person can ask of a job; the extractor fills the slots of the last two.
CRITERIA = ("plaats", "postcode", "uren", "sector", "reisafstand")
ALL_JOBS = 10_000


def query_of(tracker: Tracker) -> JobQuery:
    """Return what the person is looking for."""
    slot = tracker.get_slot
    return JobQuery(
        place=slot("open_hiring_plaats") or None,
        radius_km=slot("reisafstand") or DEFAULT_RADIUS_KM,
        hours=slot("open_hiring_uren") or None,
        sector=slot("sector"),
    )


def wishes(query: JobQuery) -> str:
    """Return what is looked for."""
    hours = f"{query.hours} uur" if query.hours else None
    return ", ".join(wish for wish in (query.sector, hours, query.place) if wish)


class JobAction(CounterAction):
    """An action that shows jobs."""

    async def show_results(self, dispatcher: Dispatcher, query: JobQuery, offset: int = 0) -> Events:
        """Search, show one page, and remember what was shown."""
        search = await self.counter.open_hiring.search(query, limit=PAGE, offset=offset)
        is_more = offset + len(search.hits) < search.total
        dispatcher.utter_message(
            response=_introduction(query, search, offset=offset, is_more=is_more),
            wensen=wishes(query),
            totaal=search.total,
            aantal=len(search.hits),
            losgelaten=", ".join(search.relaxed),
        )
        for hit in search.hits:
            show_card(dispatcher, hit)
        if search.hits:
            dispatcher.utter_message(
                response="utter_open_hiring_verder_meer" if is_more else "utter_open_hiring_verder"
            )
        return [
            SlotSet("open_hiring_resultaten", [hit.job.id for hit in search.hits]),
            SlotSet("open_hiring_vanaf", offset),
            SlotSet("getoond", "banen"),
        ]


def _introduction(query: JobQuery, search: JobSearch, *, offset: int, is_more: bool) -> str:
    if not search.hits:
        return "utter_open_hiring_niets"
    if offset:
        return "utter_open_hiring_volgende"
    if search.relaxed:
        return "utter_open_hiring_ruimer"
    if not wishes(query):
        return "utter_open_hiring_alles_gevonden"
    return "utter_open_hiring_gevonden_meer" if is_more else "utter_open_hiring_gevonden"


def show_card(dispatcher: Dispatcher, hit: JobHit) -> None:
    """Show a job as a card; of a sample the card says so."""
    job = hit.job
    dispatcher.utter_message(
        response="utter_open_hiring_kaart_voorbeeld" if job.is_sample else "utter_open_hiring_kaart",
        id=job.id,
        titel=job.title,
        werkgever=job.employer,
        taken=job.tasks,
        waar=with_distance(job.place, hit.distance_km),
        aantal_uren=hours_of(job),
        loon=job.wage_text,
        nodig=", ".join(job.practical_needs),
        plekken=job.open_places,
    )


def hours_of(job: Job) -> str:
    """Return the hours a week as "24" or "24-32"."""
    return str(job.hours_min) if job.hours_min == job.hours_max else f"{job.hours_min}-{job.hours_max}"


class BeginSearchAction(CounterAction):
    """Starts a search with a clean sheet, unless the turn only adds to the search just shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_beginnen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Clear what belongs to an earlier search."""
        del domain
        tell_interruption(dispatcher, tracker)
        entities = Turn.of(tracker).entities
        if tracker.get_slot("getoond") == "banen" and any(name in entities for name in CRITERIA):
            return []
        stale = [name for name in ("sector", "reisafstand") if name not in entities]
        return [SlotSet(slot) for slot in (*stale, "open_hiring_plaats", "open_hiring_uren")]


class SearchAction(JobAction):
    """Shows the first jobs found."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_zoeken"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Search and show."""
        del domain
        return await self.show_results(dispatcher, query_of(tracker))


class ShowMoreAction(JobAction):
    """Shows the next jobs of the same search."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_meer_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the next page, or tell that there is none."""
        del domain
        query, offset = query_of(tracker), (tracker.get_slot("open_hiring_vanaf") or 0) + PAGE
        if (await self.counter.open_hiring.search(query, limit=1, offset=offset)).hits:
            return await self.show_results(dispatcher, query, offset)
        dispatcher.utter_message(response="utter_open_hiring_geen_meer")
        return []


class RefineAction(JobAction):
    """Understands what is said right after results: another wish, or one of the jobs shown."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_bijstellen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Start signing up for the job that was pointed at, or search anew with what was corrected."""
        del domain
        entities = Turn.of(tracker).entities
        if "keuze" in entities:
            job_id = chosen(tracker.get_slot("open_hiring_resultaten") or [], entities["keuze"])
            if job_id is not None:
                return [
                    SlotSet("open_hiring_baan", job_id),
                    FollowupAction("open_hiring_aanmelden_formulier"),
                ]
        if not any(name in entities for name in CRITERIA):
            return [FollowupAction("action_terugval")]
        corrected: dict[str, object] = {}
        if place := place_named(self.counter.gazetteer, Turn.of(tracker)):
            corrected["open_hiring_plaats"] = place
        if "uren" in entities:
            corrected["open_hiring_uren"] = entities["uren"]
        tracker.slots.update(corrected)
        events = await self.show_results(dispatcher, query_of(tracker))
        return [*(SlotSet(slot, value) for slot, value in corrected.items()), *events]


class ExplainMatchAction(CounterAction):
    """Tells why a job was shown, and what it asks."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_hiring_waarom"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Name which wishes the job meets and what one must be able to do."""
        job = await self._job_meant(tracker)
        if job is None:
            return await AskJobAction(self.counter).run(dispatcher, tracker, domain)
        return await self.explain(dispatcher, tracker, job)

    async def explain(self, dispatcher: Dispatcher, tracker: Tracker, job: Job) -> Events:
        """Tell it of this job."""
        query = query_of(tracker)
        dispatcher.utter_message(
            response=await self._reason(query, job),
            wensen=wishes(query),
            titel=job.title,
            klopt=", ".join(await self._met(query, job)),
        )
        dispatcher.utter_message(response="utter_open_hiring_nodig", nodig=", ".join(job.practical_needs))
        return []

    async def _reason(self, query: JobQuery, job: Job) -> str:
        if not wishes(query):
            return "utter_open_hiring_waarom_alles"
        met = await self._met(query, job)
        return "utter_open_hiring_waarom" if met else "utter_open_hiring_waarom_niet_precies"

    async def _met(self, query: JobQuery, job: Job) -> tuple[Condition, ...]:
        search = await self.counter.open_hiring.search(query, limit=ALL_JOBS)
        return next((hit.matched for hit in search.hits if hit.job.id == job.id), ())

    async def _job_meant(self, tracker: Tracker) -> Job | None:
        entities, shown = Turn.of(tracker).entities, tracker.get_slot("open_hiring_resultaten") or []
        job_id = entities.get("baan")
        if job_id is None and "keuze" in entities:
            job_id = chosen(shown, entities["keuze"])
        elif job_id is None and len(shown) == 1:
            job_id = shown[0]
        try:
            return await self.counter.open_hiring.get(str(job_id))
        except UnknownJobError:
            return None


def actions(counter: Counter) -> list[Action]:
    """Build this module's actions."""
    return [
        BeginSearchAction(counter),
        ValidateJobSearchForm(counter),
        SearchAction(counter),
        ShowMoreAction(counter),
        RefineAction(counter),
        ExplainMatchAction(counter),
        BeginSignUpAction(counter),
        ValidateSignUpForm(counter),
        AskJobAction(counter),
        AskAgreementAction(counter),
        SignUpAction(counter),
        ShowPlacesAction(counter),
        ValidateLeaveForm(counter),
        LeaveListAction(counter),
        AcceptPlaceAction(counter),
        ValidateTakePlaceForm(),
        AskSharingAction(counter),
        TakePlaceAction(counter),
        PassPlaceOnAction(counter),
    ]
