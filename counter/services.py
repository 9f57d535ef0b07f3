"""Everything the counter can do, built in one place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from counter.browsing.service import BrowsingService
from counter.canned_answers.service import CannedAnswerService
from counter.channels import storage as channels_storage
from counter.channels.service import ChannelService
from counter.clock import Clock
from counter.continuations import storage as continuations_storage
from counter.continuations.service import ContinuationService
from counter.conversations.service import ConversationService, ExportSubject
from counter.course_alerts import storage as course_alerts_storage
from counter.course_alerts.service import AlertService
from counter.courses.intake import Intake
from counter.courses.service import CourseService
from counter.database import Database
from counter.desk import looks
from counter.desk import storage as desk_storage
from counter.desk.cards import CardService
from counter.desk.reading import DeskReader
from counter.desk.returning import return_to_coach
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
from counter.open_hiring import personal as own_places
from counter.open_hiring.employers import EmployerJobService
from counter.open_hiring.lifecycle import JobLifecycle
from counter.open_hiring.principle import load_principle
from counter.open_hiring.service import OpenHiringService
from counter.opening.model import OpeningHours
from counter.opening.reading import load_opening_hours
from counter.opening.service import ProspectService
from counter.passport import storage as passport_storage
from counter.passport.service import PassportService
from counter.people import storage as people_storage
from counter.people.service import PersonService
from counter.places.gazetteer import Gazetteer
from counter.places.model import Region
from counter.presence.service import PresenceService
from counter.preservations import storage as preservations_storage
from counter.preservations.service import PreservationService
from counter.ratings import storage as ratings_storage
from counter.ratings.service import RatingService
from counter.referrals import personal as own_referrals
from counter.referrals.service import ReferralService
from counter.referrals.watching import WatchService
from counter.retention.model import Rule
from counter.retention.rules import load_rules
from counter.retention.service import RetentionService
from counter.retention.storage import Subject
from counter.schemes.service import SchemeService
from counter.shared_passports import storage as shared_passports_storage
from counter.shared_passports.service import SharedPassportService
from counter.sharings import storage as sharings_storage
from counter.sharings.service import SharingService
from counter.staff import storage as staff_storage
from counter.staff.credentials import CredentialService
from counter.staff.logins import LoginService
from counter.staff.passwords import Passwords
from counter.staff.service import StaffService
from counter.tasks import storage as tasks_storage
from counter.tasks.service import TaskService
from counter.visits import storage as visits_storage
from counter.visits.service import VisitService
from counter.vouchers import drafts as voucher_drafts
from counter.vouchers import personal as own_vouchers
from counter.vouchers.deciding import VoucherDesk
from counter.vouchers.service import VoucherService
from counter.vouchers.upkeep import VoucherUpkeep
from skills_taxonomy import Taxonomy

# Who has any of these open is kept, however long ago they wrote.
_STILL_OPEN = (
    own_referrals.with_open,
    own_places.with_open,
    own_vouchers.with_open,
    job_drafts_storage.with_open,
)


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
    preservations: PreservationService
    retention: RetentionService
    courses: CourseService
    course_alerts: AlertService
    browsing: BrowsingService
    open_hiring: OpenHiringService
    job_lifecycle: JobLifecycle
    employer_jobs: EmployerJobService
    sharings: SharingService
    schemes: SchemeService
    vouchers: VoucherService
    voucher_desk: VoucherDesk
    voucher_upkeep: VoucherUpkeep
    referrals: ReferralService
    desk: DeskService
    desk_reader: DeskReader
    cards: CardService
    canned_answers: CannedAnswerService
    upkeep: Upkeep
    watch: WatchService
    presence: PresenceService
    tasks: TaskService
    initiatives: InitiativeService
    employers: EmployerService
    job_drafts: JobDraftService
    passports: PassportService
    ratings: RatingService
    staff: StaffService
    logins: LoginService
    credentials: CredentialService
    mobility_teams: Mapping[Region, MobilityTeam]
    opening: OpeningHours
    prospects: ProspectService
    visits: VisitService
    shared_passports: SharedPassportService


@dataclass(frozen=True, kw_only=True)
class House:
    """What is arranged in this house, where it is not as it comes with the project."""

    site: str = ""
    """The address where people find the counter's pages."""
    rules: Mapping[str, Rule] | None = None
    """How long things are kept."""
    opening: OpeningHours | None = None
    passwords: Passwords | None = None
    """How those of staff are hashed."""


def open_counter(
    database: Database,
    taxonomy: Taxonomy,
    gazetteer: Gazetteer,
    clock: Clock,
    *,
    wording: Wording,
    announce: Announce = tell_nobody,
    house: House = House(),
) -> Counter:
    """Build the counter on a migrated database.

    What it tells people of its own accord is put in words by `wording`; `announce` wakes who listens.

    Raises:
        WrongRulesError: the rules of the house do not fit what the counter keeps.
    """
    passwords, opening = house.passwords or Passwords(), house.opening or load_opening_hours()
    staff = StaffService(database, clock, passwords)
    notices = NoticeService(database, clock, wording, announce)
    open_hiring = OpenHiringService(database, clock, gazetteer, notices)
    vouchers = VoucherService(database, clock, gazetteer)
    referrals = ReferralService(database, clock, notices)
    presence = PresenceService(database, clock)
    tasks = TaskService(database, clock, wording, return_to_coach)
    passports = PassportService(database, clock, taxonomy)
    shared_passports = SharedPassportService(database, clock, taxonomy)
    employers = EmployerService(database)
    ratings = RatingService(database, clock)
    job_drafts = JobDraftService(database, clock, load_principle(), partial(_sector_of, taxonomy), notices)
    job_lifecycle = JobLifecycle(database, clock, open_hiring, notices)
    sharings = SharingService(database)
    # Who erases a conversation erases what was submitted in it: every subject that keeps any is here.
    erase_subjects = (
        open_hiring.erase,
        vouchers.erase,
        desk_storage.erase,
        referrals.erase,
        tasks.erase,
        passports.erase,
        shared_passports.erase,
        employers.erase,
        job_drafts.erase,
        sharings.erase,
        ratings.erase,
        course_alerts_storage.erase,
        staff.erase,
    )
    export_subjects: dict[str, ExportSubject] = {
        "open_hiring": own_places.export,
        "vouchers": own_vouchers.export,
        "voucher_drafts": voucher_drafts.export,
        "referrals": own_referrals.export,
        "desk": desk_storage.export,
        "tasks": tasks_storage.export,
        "passport": passport_storage.export,
        "shared_passports": shared_passports_storage.export,
        "employers": employers_storage.export,
        "job_drafts": job_drafts_storage.export,
        "sharings": sharings_storage.export,
        "ratings": ratings_storage.export,
        "course_alerts": course_alerts_storage.export,
        "looks": looks.export,
        "preservations": preservations_storage.export,
        "visits": visits_storage.export,
    }
    find_details = (
        own_places.details,
        own_vouchers.details,
        own_referrals.details,
        tasks_storage.details,
    )
    people = PersonService(
        database,
        clock,
        wording,
        # Who corrects a detail corrects it in every subject that holds any.
        find_details=find_details,
        correct_detail=(
            own_places.correct,
            own_vouchers.correct,
            own_referrals.correct,
            tasks_storage.correct,
        ),
        erase_subjects=erase_subjects,
        export_subjects=export_subjects,
    )
    intake = Intake(database, clock, taxonomy)
    courses = CourseService(database, clock, gazetteer, intake, synonyms=partial(_other_names, taxonomy))
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
        continuations=ContinuationService(database, clock, wording, announce, site=house.site),
        people=people,
        preservations=PreservationService(
            database,
            clock,
            find_person=(
                own_referrals.person_of_number,
                own_places.person_of_number,
                own_vouchers.person_of_number,
                job_drafts_storage.person_of_number,
            ),
        ),
        retention=RetentionService(
            database,
            clock,
            load_rules() if house.rules is None else house.rules,
            people=people,
            subjects=_fading(),
            still_open=_STILL_OPEN,
        ),
        courses=courses,
        course_alerts=AlertService(database, clock, courses, notices),
        browsing=BrowsingService(taxonomy, courses),
        open_hiring=open_hiring,
        job_lifecycle=job_lifecycle,
        employer_jobs=EmployerJobService(database, clock, open_hiring, job_lifecycle, notices),
        sharings=sharings,
        schemes=SchemeService(database, clock),
        vouchers=vouchers,
        voucher_desk=VoucherDesk(database, clock, notices),
        voucher_upkeep=VoucherUpkeep(database, clock, notices),
        referrals=referrals,
        desk=DeskService(database, clock, notices, tasks),
        desk_reader=DeskReader(database),
        cards=CardService(database, find_details=find_details),
        canned_answers=CannedAnswerService(database),
        upkeep=Upkeep(database, clock, notices, presence),
        watch=WatchService(database, clock, notices),
        presence=presence,
        tasks=tasks,
        initiatives=InitiativeService(database, gazetteer),
        employers=employers,
        job_drafts=job_drafts,
        passports=passports,
        ratings=ratings,
        staff=staff,
        logins=LoginService(database, clock, passwords),
        credentials=CredentialService(database, clock, passwords),
        mobility_teams=load_teams(),
        opening=opening,
        prospects=ProspectService(clock, opening, referrals, presence),
        visits=VisitService(database, clock, site=house.site),
        shared_passports=shared_passports,
    )


def _fading() -> dict[str, Subject]:
    """Return what goes by its own age, in this order; a new subject joins here, with a rule of its name."""
    return {
        "doorverwijzingen": Subject(find=desk_storage.stale, forget=desk_storage.forget),
        "aanmeldingen": Subject(find=own_places.stale, forget=own_places.forget),
        "voucheraanvragen": Subject(find=own_vouchers.stale, forget=own_vouchers.forget),
        "aangeboden_banen": Subject(find=job_drafts_storage.stale, forget=job_drafts_storage.forget),
        "cursusmeldingen": Subject(
            find=course_alerts_storage.stale, forget=course_alerts_storage.forget, least_months=0
        ),
        "bezorgingen": Subject(find=channels_storage.stale, forget=channels_storage.forget),
        "inzage_door_medewerkers": Subject(find=staff_storage.stale, forget=staff_storage.forget),
        "codes": Subject(
            find=continuations_storage.stale, forget=continuations_storage.forget, least_months=0
        ),
        "gedeelde_paspoorten": Subject(
            find=shared_passports_storage.stale, forget=shared_passports_storage.forget, least_months=0
        ),
        "bezoeken": Subject(find=visits_storage.stale, forget=visits_storage.forget, least_months=0),
        # Last, for what went before may have been all that was left of somebody.
        "personen": Subject(
            find=people_storage.without_anything, forget=people_storage.forget_people, least_months=0
        ),
    }


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
