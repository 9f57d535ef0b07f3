"""What stands on a coach's screen, as HTML: whole pages and live pages are made of the same pieces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2s
from typing import Any

import jinja2
from markupsafe import Markup

from coach_desk.lookout import Outlook
from coach_desk.wording import words
from connectors.channel import Channel
from connectors.screening import MAX_CHARACTERS
from counter.calendar import local_moment
from counter.clock import Clock
from counter.desk.overview import Case, CaseLine, DeskList, SeenMessage
from counter.desk.sight import NotForYouError, Sight, sight
from counter.referrals.states import ReferralState
from counter.staff.model import StaffMember

# The pieces of a case that change while somebody looks at it, each with its template.
PARTS: Mapping[str, str] = {
    "head": "_head.html",
    "need": "_nood.html",
    "box": "_box.html",
    "window": "_window.html",
    "notes": "_notes.html",
    "card": "_card.html",
    "steps": "_steps.html",
    "decisions": "_decisions.html",
    "editing": "_editing.html",
}


# What is read anew only when the page is: Noor is asked what she has in mind.
OF_THE_CARD = frozenset({"card", "decisions", "editing"})


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a page; its `version` is another one whenever it reads differently."""

    version: str
    html: Markup


class Showing:
    """Makes pieces of pages."""

    def __init__(
        self, environment: jinja2.Environment, channels: Mapping[str, Channel], clock: Clock
    ) -> None:
        self._environment = environment
        self._channels = channels
        self.clock = clock

    def line_version(self, line: CaseLine, outlook: Outlook, me: StaffMember, shown: str | None) -> str:
        """Return what tells one line of a list from another, without making it."""
        now = self.clock()
        is_due = line.remind_at is not None and line.remind_at <= now
        is_late = line.call_back is not None and line.call_back.start <= now
        lookers, today = outlook.lookers(line.number, me), local_moment(now).date()
        return _version(repr((line, lookers, is_due, is_late, today, shown == line.number)))

    def line(
        self,
        line: CaseLine,
        outlook: Outlook,
        me: StaffMember,
        which: DeskList,
        shown: str | None = None,
    ) -> Piece:
        """Return one line of a list; `shown` is the number of the case next to the list, if any."""
        version = self.line_version(line, outlook, me, shown)
        return Piece(
            version=version,
            html=self._render(
                "_line.html",
                line=line,
                list=which.value,
                version=version,
                now=self.clock(),
                lookers=outlook.lookers(line.number, me),
                is_offered=line.is_offered_to(me),
                asks_for_me=line.state is ReferralState.WAITING and line.asks_for(me),
                is_shown=shown == line.number,
                can_claim=shown is None and can_claim(line, me),
            ),
        )

    def message(self, seen: SeenMessage, case: Case) -> Piece:
        """Return one message; what changes about it is how far it came."""
        return Piece(
            version=message_version(seen),
            html=self._render(
                "_message.html",
                message=seen.message,
                passage=seen.passage,
                name=case.line.name,
                now=self.clock(),
            ),
        )

    def parts(
        self,
        case: Case,
        outlook: Outlook,
        me: StaffMember,
        *,
        is_online: bool,
        card: Mapping[str, Any] | None = None,
    ) -> dict[str, Piece]:
        """Return the pieces of a case; those of its card only with what a `card` knows."""
        context = {**self.context(case, outlook, me, is_online=is_online), **(card or {})}
        shown = PARTS if card else {name: PARTS[name] for name in PARTS if name not in OF_THE_CARD}
        return {name: self._piece(template, context) for name, template in shown.items()}

    def presence(self, outlook: Outlook, me: StaffMember) -> Piece:
        """Return where the coach is, and how to say otherwise."""
        return self._piece("_presence.html", {"presence": outlook.presence_of(me)})

    def lost(self, error: NotForYouError) -> Markup:
        """Return who helps a person whom the coach of this page may not see any more."""
        return self._render("_verloren.html", number=error.number, standing=error.standing)

    def refusal(self, why: str) -> Markup:
        """Return why something was not said."""
        return self._render("_refusal.html", why=why)

    def context(self, case: Case, outlook: Outlook, me: StaffMember, *, is_online: bool) -> dict[str, Any]:
        """Return what the templates of a case know."""
        now = self.clock()
        left = self._time_left(case, now)
        return {
            "case": case,
            "me": me,
            "now": now,
            "is_mine": case.line.coach_id == me.id and case.line.closed_at is None,
            "can_claim": can_claim(case.line, me),
            "only_reads": sight(me, case.line.standing) is Sight.READING,
            "is_online": is_online,
            "lookers": outlook.lookers(case.line.number, me),
            "in_need": words()["in_nood"],
            "window": None if left is None else "open" if left > timedelta(0) else "closed",
            "can_knock": self._can_knock(case),
            "hours_left": 0 if left is None else max(1, left // timedelta(hours=1)),
            "max_characters": MAX_CHARACTERS,
            "refused": None,
            "typed": "",
            "why": None,
        }

    def _time_left(self, case: Case, now: datetime) -> timedelta | None:
        channel = self._channels.get(case.channel or "")
        if channel is None or case.heard_at is None:
            return None
        until = channel.open_until(case.heard_at)
        return None if until is None else until - now

    def _can_knock(self, case: Case) -> bool:
        channel = self._channels.get(case.channel or "")
        return channel is not None and channel.can_knock()

    def _piece(self, template: str, context: Mapping[str, Any]) -> Piece:
        html = self._render(template, **context)
        return Piece(version=_version(html), html=html)

    def _render(self, template: str, **context: object) -> Markup:
        # The template escapes; what it returns is HTML.
        return Markup(self._environment.get_template(template).render(**context).strip())  # noqa: S704


def message_version(seen: SeenMessage) -> str:
    """Return what tells a message from what it was: how far it came."""
    return seen.passage or ""


def can_claim(line: CaseLine, me: StaffMember) -> bool:
    """Tell whether this coach can take it now."""
    if line.closed_at is not None or line.coach_id == me.id:
        return False
    if line.state is ReferralState.OFFERED:
        return line.is_offered_to(me)
    return line.coach_id is None and sight(me, line.standing) is Sight.HELPING


def clock_time(moment: datetime) -> str:
    """Return the time of day in the Netherlands."""
    return f"{local_moment(moment):%H.%M}"


def day(when: date) -> str:
    """Return a day in figures."""
    return f"{when.day}-{when.month}-{when.year}"


def moment(when: datetime, now: datetime) -> str:
    """Return a moment as short as it can be: the time alone when it is today."""
    local = local_moment(when)
    if local.date() == local_moment(now).date():
        return clock_time(when)
    return f"{local.day}-{local.month} {clock_time(when)}"


FILTERS: Mapping[str, Callable[..., str]] = {"clock": clock_time, "day": day, "local_moment": moment}


def _version(text: str) -> str:
    return blake2s(text.encode(), digest_size=8).hexdigest()
