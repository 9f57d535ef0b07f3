"""Everything the counter can do, built in one place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from counter.browsing.service import BrowsingService
from counter.channels.service import ChannelService
from counter.clock import Clock
from counter.continuations.service import ContinuationService
from counter.conversations.service import ConversationService, ExportSubject
from counter.courses.service import CourseService
from counter.database import Database
from counter.desk import storage as desk_storage
from counter.desk.service import DeskService
from counter.desk.upkeep import Upkeep
from counter.employers import storage as employers_storage
from counter.employers.service import EmployerService
from counter.initiatives.service import InitiativeService
from counter.job_drafts import storage as job_drafts_storage
from counter.job_drafts.service import JobDraftService
from counter.mobility.model import MobilityTeam
from counter.mobility.teams import load_teams
from counter.notices.model import Wording
from counter.notices.service import Announce, NoticeService, tell_nobody
from counter.open_hiring import storage as open_hiring_storage
from counter.open_hiring.principle import load_principle
from counter.open_hiring.service import OpenHiringService
from counter.opening.model import OpeningHours
from counter.opening.reading import load_opening_hours
from counter.opening.service import ProspectService
from counter.passport import storage as passport_storage
from counter.passport.service import PassportService
from counter.people.service import PersonService
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region
from counter.presence.service import PresenceService
from counter.ratings import storage as ratings_storage
from counter.ratings.service import RatingService
from counter.referrals import personal as own_referrals
from counter.referrals.service import ReferralService
from counter.vouchers import storage as vouchers_storage
from counter.vouchers.schemes import load_schemes
from counter.vouchers.service import VoucherService
from skills_taxonomy import Taxonomy


@dataclass(frozen=True, kw_only=True)
class Counter:
    """The counter's services, and what they are built on."""

    database: Database
    clock: Clock
    taxonomy: Taxonomy
    gazetteer: Gazetteer
    conversations: ConversationService
    addresses: ChannelService
    continuations: ContinuationService
    people: PersonService
    courses: CourseService
    browsing: BrowsingService
    open_hiring: OpenHiringService
    vouchers: VoucherService
    referrals: ReferralService
    desk: DeskService
    upkeep: Upkeep
    presence: PresenceService
    initiatives: InitiativeService
    employers: EmployerService
    job_drafts: JobDraftService
    passports: PassportService
    ratings: RatingService
    mobility_teams: Mapping[Region, MobilityTeam]
    opening: OpeningHours
    prospects: ProspectService


def open_counter(
    database: Database,
    taxonomy: Taxonomy,
    gazetteer: Gazetteer,
    clock: Clock,
    *,
    wording: Wording,
    announce: Announce = tell_nobody,
    opening: OpeningHours | None = None,
) -> Counter:
    """Build the counter on a migrated database.

    What it tells people of its own accord is put in words by `wording`; `announce` wakes who listens.
    Without `opening` it keeps the sample hours.
    """
    notices = NoticeService(database, clock, wording, announce)
    open_hiring = OpenHiringService(database, clock, gazetteer, notices)
    vouchers = VoucherService(database, clock, gazetteer, load_schemes(), notices)
    referrals = ReferralService(database, clock, notices)
    presence = PresenceService(database, clock)
    opening = opening or load_opening_hours()
    passports = PassportService(database, clock, taxonomy)
    employers = EmployerService(database)
    ratings = RatingService(database, clock)
    job_drafts = JobDraftService(database, clock, load_principle(), partial(_sector_of, taxonomy), notices)
    # Who erases a conversation erases what was submitted in it: every subject that keeps any is here.
    erase_subjects = (
        open_hiring.erase,
        vouchers.erase,
        desk_storage.erase,
        referrals.erase,
        passports.erase,
        employers.erase,
        job_drafts.erase,
        ratings.erase,
    )
    export_subjects: dict[str, ExportSubject] = {
        "open_hiring": open_hiring_storage.export,
        "vouchers": vouchers_storage.export,
        "referrals": own_referrals.export,
        "desk": desk_storage.export,
        "passport": passport_storage.export,
        "employers": employers_storage.export,
        "job_drafts": job_drafts_storage.export,
        "ratings": ratings_storage.export,
    }
    courses = CourseService(database, clock, gazetteer, synonyms=partial(_other_names, taxonomy))
    return Counter(
        database=database,
        clock=clock,
        taxonomy=taxonomy,
        gazetteer=gazetteer,
        conversations=ConversationService(
            database,
            clock,
            erase_subjects=erase_subjects,
            export_subjects=export_subjects,
            withhold=desk_storage.withhold,
        ),
        addresses=ChannelService(database, clock),
        continuations=ContinuationService(database, clock, wording, announce),
        people=PersonService(
            database,
            clock,
            wording,
            # Who corrects a detail corrects it in every subject that holds any.
            find_details=(open_hiring_storage.details, vouchers_storage.details, own_referrals.details),
            correct_detail=(
                open_hiring_storage.correct,
                vouchers_storage.correct,
                own_referrals.correct,
            ),
            erase_subjects=erase_subjects,
            export_subjects=export_subjects,
        ),
        courses=courses,
        browsing=BrowsingService(taxonomy, courses),
        open_hiring=open_hiring,
        vouchers=vouchers,
        referrals=referrals,
        desk=DeskService(database, clock, notices),
        upkeep=Upkeep(database, clock, notices, presence),
        presence=presence,
        initiatives=InitiativeService(database, gazetteer),
        employers=employers,
        job_drafts=job_drafts,
        passports=passports,
        ratings=ratings,
        mobility_teams=load_teams(),
        opening=opening,
        prospects=ProspectService(clock, opening, referrals, presence),
    )


def _other_names(taxonomy: Taxonomy, topic: str) -> Iterator[str]:
    """Return other names of the occupation and the skill that a topic names: elektricien, elektromonteur."""
    for match in (*taxonomy.search_occupations(topic, 1), *taxonomy.search_skills(topic, 1)):
        if not match.kind.is_loose:
            yield match.concept.name
            yield from match.concept.names


def _sector_of(taxonomy: Taxonomy, title: str) -> str:
    """Return the sector of the occupation that a job's title names, or an empty text."""
    matches = taxonomy.search_occupations(title, 1)
    return matches[0].concept.sector.value if matches and not matches[0].kind.is_loose else ""
