"""What the counter can tell people of its own accord, and who puts it in words; no framework."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from counter.conversations.model import Content


class Notice(StrEnum):
    """What is told; an editor words it in the bot's domain, as response `utter_loket_<value>`."""

    VOUCHER_AWARDED = "voucher_toegekend"
    VOUCHER_REJECTED = "voucher_afgewezen"
    PLACE_OFFERED = "plek_vrij"
    OFFER_EXPIRED = "plek_verlopen"
    JOB_APPROVED = "baan_geplaatst"
    JOB_REJECTED = "baan_afgewezen"
    COACH_REPLIED = "coach_antwoord"
    MOVED_HERE = "verhuisd_hierheen"
    MOVED_AWAY = "verhuisd_weg"
    EVERYTHING_ERASED = "alles_gewist"


FACTS: Mapping[Notice, frozenset[str]] = {
    Notice.VOUCHER_AWARDED: frozenset({"nummer", "titel", "bedrag", "reden"}),
    Notice.VOUCHER_REJECTED: frozenset({"nummer", "titel", "bedrag", "reden"}),
    Notice.PLACE_OFFERED: frozenset({"nummer", "titel", "werkgever", "antwoord"}),
    Notice.OFFER_EXPIRED: frozenset({"nummer", "titel", "werkgever"}),
    Notice.JOB_APPROVED: frozenset({"nummer", "titel"}),
    Notice.JOB_REJECTED: frozenset({"nummer", "titel", "reden"}),
    Notice.COACH_REPLIED: frozenset({"nummer"}),
    Notice.MOVED_HERE: frozenset(),
    Notice.MOVED_AWAY: frozenset(),
    Notice.EVERYTHING_ERASED: frozenset(
        {"datum", "gesprekken", "voucheraanvragen", "aanmeldingen", "coachvragen", "paspoort", "overige"}
    ),
}
"""The facts that come with each; the words may use these and no others."""

type Wording = Callable[[Notice, Mapping[str, str]], Content]
"""Puts a notice and its facts in words."""
