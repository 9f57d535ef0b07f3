"""What the counter can tell people of its own accord, and who puts it in words; no framework."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from counter.conversations.model import Content


class Notice(StrEnum):
    """What is told; an editor words it in the bot's domain, as response `utter_loket_<value>`."""

    VOUCHER_AWARDED = "voucher_toegekend"
    VOUCHER_REJECTED = "voucher_afgewezen"
    VOUCHER_PAID = "voucher_betaald"
    VOUCHER_ENDS_SOON = "voucher_bijna_verlopen"
    VOUCHER_EXPIRED = "voucher_verlopen"
    PLACE_OFFERED = "plek_vrij"
    OFFER_EXPIRED = "plek_verlopen"
    PLACE_TAKEN = "plek_aangenomen"
    PLACE_GONE = "plek_vervallen"
    SAID_ABSENT = "niet_begonnen"
    JOB_CLOSED = "baan_gesloten"
    JOB_ENDS = "baan_loopt_af"
    JOB_ENDED = "baan_afgelopen"
    JOB_APPROVED = "baan_geplaatst"
    JOB_REJECTED = "baan_afgewezen"
    COACH_REPLIED = "coach_antwoord"
    COACH_HERE = "coach_is_er"
    COACH_CHANGED = "coach_wisselt"
    COACH_OFFERS = "coach_vraagt_ander"
    COACH_STAYS = "coach_blijft"
    BACK_IN_LINE = "coach_weg"
    HANDED_BACK = "coach_geeft_terug"
    COACH_DONE = "coach_klaar"
    IN_NEED = "nood"
    LEFT_COACH = "coach_verlaten"
    CALL_BACK_PLANNED = "terugbellen_gepland"
    CALL_BACK_MISSED = "terugbellen_gemist"
    TASK_QUESTIONS = "taak_vragen"
    TASK_INTEREST_TEST = "taak_interessetest"
    TASK_SKILLS = "taak_skills"
    TASK_COURSE = "taak_cursus"
    TASK_VOUCHER = "taak_voucher"
    TASK_OPEN_HIRING = "taak_open_hiring"
    TASK_WORK_BASED_COURSE = "taak_leerwerkplek"
    COURSE_FOUND = "cursus_gevonden"
    MOVED_HERE = "verhuisd_hierheen"
    MOVED_AWAY = "verhuisd_weg"
    EVERYTHING_ERASED = "alles_gewist"


_DECIDED = frozenset({"nummer", "titel", "bedrag", "reden", "bezwaar", "waar", "gebruiken"})
_COACH = frozenset({"nummer", "naam"})

FACTS: Mapping[Notice, frozenset[str]] = {
    Notice.VOUCHER_AWARDED: _DECIDED,
    Notice.VOUCHER_REJECTED: _DECIDED,
    Notice.VOUCHER_PAID: frozenset({"nummer", "titel", "bedrag", "aan", "datum", "over"}),
    Notice.VOUCHER_ENDS_SOON: frozenset({"nummer", "titel", "datum"}),
    Notice.VOUCHER_EXPIRED: frozenset({"nummer", "titel"}),
    Notice.PLACE_OFFERED: frozenset({"nummer", "titel", "werkgever", "antwoord"}),
    Notice.OFFER_EXPIRED: frozenset({"nummer", "titel", "werkgever"}),
    Notice.PLACE_TAKEN: frozenset({"nummer", "titel", "naam", "contact"}),
    Notice.PLACE_GONE: frozenset({"nummer", "titel", "werkgever"}),
    Notice.SAID_ABSENT: frozenset({"nummer", "titel", "werkgever"}),
    Notice.JOB_CLOSED: frozenset({"nummer", "titel", "werkgever", "plaats", "uren", "ander_werk"}),
    Notice.JOB_ENDS: frozenset({"nummer", "titel", "datum"}),
    Notice.JOB_ENDED: frozenset({"nummer", "titel"}),
    Notice.JOB_APPROVED: frozenset({"nummer", "titel"}),
    Notice.JOB_REJECTED: frozenset({"nummer", "titel", "reden"}),
    Notice.COACH_REPLIED: frozenset({"nummer"}),
    Notice.COACH_HERE: _COACH | {"organisatie"},
    Notice.COACH_CHANGED: _COACH | {"organisatie"},
    Notice.COACH_OFFERS: _COACH | {"aan"},
    Notice.COACH_STAYS: _COACH,
    Notice.BACK_IN_LINE: _COACH | {"plek"},
    Notice.HANDED_BACK: _COACH,
    Notice.COACH_DONE: _COACH,
    Notice.IN_NEED: frozenset({"nummer"}),
    Notice.LEFT_COACH: _COACH,
    Notice.CALL_BACK_PLANNED: _COACH | {"datum", "van", "tot"},
    Notice.CALL_BACK_MISSED: _COACH | {"plek"},
    Notice.TASK_QUESTIONS: _COACH,
    Notice.TASK_INTEREST_TEST: _COACH,
    Notice.TASK_SKILLS: _COACH,
    Notice.TASK_COURSE: _COACH,
    Notice.TASK_VOUCHER: _COACH,
    Notice.TASK_OPEN_HIRING: _COACH,
    Notice.TASK_WORK_BASED_COURSE: _COACH,
    Notice.COURSE_FOUND: frozenset(
        {"nummer", "onderwerp", "cursus", "titel", "aanbieder", "waar", "start", "meer"}
    ),
    Notice.MOVED_HERE: frozenset(),
    Notice.MOVED_AWAY: frozenset(),
    Notice.EVERYTHING_ERASED: frozenset(
        {"datum", "gesprekken", "voucheraanvragen", "aanmeldingen", "coachvragen", "paspoort", "overige"}
    ),
}
"""The facts that come with each; the words may use these and no others."""

type Wording = Callable[[Notice, Mapping[str, str]], Content]
"""Puts a notice and its facts in words."""
