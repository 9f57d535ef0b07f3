"""Everything the counter can do, built in one place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from counter.clock import Clock
from counter.conversations.service import ConversationService
from counter.courses.service import CourseService
from counter.database import Database
from counter.initiatives.service import InitiativeService
from counter.open_hiring import storage as open_hiring_storage
from counter.open_hiring.service import OpenHiringService
from counter.passport import storage as passport_storage
from counter.passport.service import PassportService
from counter.places.gazetteer import Gazetteer
from counter.referrals import storage as referrals_storage
from counter.referrals.service import ReferralService
from counter.vouchers import storage as vouchers_storage
from counter.vouchers.schemes import load_schemes
from counter.vouchers.service import VoucherService
from skills_taxonomy import MatchKind, Taxonomy


@dataclass(frozen=True, kw_only=True)
class Counter:
    """The counter's services, and what they are built on."""

    database: Database
    clock: Clock
    taxonomy: Taxonomy
    gazetteer: Gazetteer
    conversations: ConversationService
    courses: CourseService
    open_hiring: OpenHiringService
    vouchers: VoucherService
    referrals: ReferralService
    initiatives: InitiativeService
    passports: PassportService


def open_counter(database: Database, taxonomy: Taxonomy, gazetteer: Gazetteer, clock: Clock) -> Counter:
    """Build the counter on a migrated database."""
    open_hiring = OpenHiringService(database, clock, gazetteer)
    vouchers = VoucherService(database, clock, gazetteer, load_schemes())
    referrals = ReferralService(database, clock)
    passports = PassportService(database, clock, taxonomy)
    return Counter(
        database=database,
        clock=clock,
        taxonomy=taxonomy,
        gazetteer=gazetteer,
        # Who erases a conversation erases what was submitted in it: every subject that keeps any is here.
        conversations=ConversationService(
            database,
            clock,
            erase_subjects=(open_hiring.erase, vouchers.erase, referrals.erase, passports.erase),
            export_subjects={
                "open_hiring": open_hiring_storage.export,
                "vouchers": vouchers_storage.export,
                "referrals": referrals_storage.export,
                "passport": passport_storage.export,
            },
        ),
        courses=CourseService(database, clock, gazetteer, synonyms=partial(_other_names, taxonomy)),
        open_hiring=open_hiring,
        vouchers=vouchers,
        referrals=referrals,
        initiatives=InitiativeService(database),
        passports=passports,
    )


def _other_names(taxonomy: Taxonomy, topic: str) -> Iterator[str]:
    """Return other names of the occupation and the skill that a topic names: elektricien, elektromonteur."""
    for match in (*taxonomy.search_occupations(topic, 1), *taxonomy.search_skills(topic, 1)):
        if match.kind is not MatchKind.WORD:
            yield match.concept.name
            yield from match.concept.names
