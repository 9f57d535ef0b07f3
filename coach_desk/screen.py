"""One page of one coach that is kept up to date: it knows what it showed, and sends only what is different.

Frames to the page are JSON objects; `is` says which:

- `lists`: `order` (the numbers on the list, in order), `lines` (by number: `v`, `html`; only those that
  are different), `counts` by list, `attention` (how many people wait for this coach), `need` (how many of
  them cry for help) and `presence`;
- `case`: `messages` (each `seq`, `v`, `html`), `parts` (by name: `v`, `html`) and `typing` (the person is);
- `lost`: the person is none of this coach's business any more; `html` says who helps them now. Nothing
  of them follows;
- `said` and `noted`: what had this `client_id` is stored;
- `refused`: it is not, and `html` says why.

A piece with the same `v` as the page has already, is the same piece.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from coach_desk.lookout import Outlook
from coach_desk.person import OtherSide
from coach_desk.showing import Piece, Showing, message_version
from counter.desk.overview import Case, CaseLine, DeskList, Filters, Pulse
from counter.desk.reading import DeskReader
from counter.desk.sight import NotForYouError, Sight, sight
from counter.staff.model import StaffMember


@dataclass(frozen=True, kw_only=True)
class View:
    """What a page shows: a list, and the case next to it if there is one."""

    which: DeskList
    filters: Filters
    number: str | None = None
    first: int | None = None
    """The first message on the page; all after it are kept up to date."""


class Screen:
    """A page that is open."""

    def __init__(
        self,
        me: StaffMember,
        view: View,
        *,
        reader: DeskReader,
        showing: Showing,
        person: OtherSide,
        outlook: Callable[[], Outlook],
    ) -> None:
        self.me = me
        self.number = view.number
        self.conversation_id: str | None = None
        self.is_closed = False
        self._view = view
        self._reader = reader
        self._showing = showing
        self._person = person
        self._outlook = outlook
        self._news = asyncio.Event()
        self._lists_changed = self._case_changed = self._surroundings_changed = False
        # As this page showed it last: a look at the desk may be older than what its coach just did.
        self._line: CaseLine | None = None
        self._case: Case | None = None
        self._sent_list: object = None
        self._sent_lines: dict[str, str] = {}
        self._sent_messages: dict[int, str] = {}
        self._sent_parts: dict[str, str] = {}
        self._sent_typing = False

    @property
    def pulse(self) -> Pulse | None:
        """Return the pulse of the case as it was read last."""
        return None if self._case is None else self._case.pulse

    def know(self, line: CaseLine | None) -> None:
        """Hear how the referral is now; None when that has to be read."""
        before, self._line = self._line, line
        is_here = line is not None and before is not None and line.whereabouts == before.whereabouts
        self.see(case=not is_here, surroundings=True)

    def see(self, *, lists: bool = False, case: bool = False, surroundings: bool = False) -> None:
        """Hear that something may have changed: the lists, what stands in the case, or only around it."""
        self._lists_changed |= lists
        self._case_changed |= case and self.number is not None
        self._surroundings_changed |= surroundings and self.number is not None
        if self._lists_changed or self._case_changed or self._surroundings_changed:
            self._news.set()

    def close(self) -> None:
        """Show nothing more."""
        self.is_closed = True
        self._news.set()

    def is_different(self, before: Outlook, now: Outlook) -> bool:
        """Tell whether the lists of this page may look different."""
        return any(look(before) != look(now) for look in (self._lists_in, self._lookers_in))

    def _lists_in(self, outlook: Outlook) -> object:
        view = self._view
        everything, shown = outlook.desk(self.me), outlook.desk(self.me, view.filters)
        return (
            shown.lines(view.which),
            everything.counts,
            everything.attention,
            everything.in_need,
            outlook.presence_of(self.me),
            outlook.minute,
        )

    def _lookers_in(self, outlook: Outlook) -> object:
        lines = outlook.desk(self.me, self._view.filters).lines(self._view.which)
        return [outlook.looking.get(line.number) for line in lines]

    async def changes(self) -> list[Mapping[str, Any]]:
        """Wait until something changed; returns the frames that show it, if it shows."""
        await self._news.wait()
        self._news.clear()
        lists_changed, self._lists_changed = self._lists_changed, False
        case_changed, self._case_changed = self._case_changed, False
        surroundings_changed, self._surroundings_changed = self._surroundings_changed, False
        # First what they are talking about.
        frames = [
            await self._case_frame(is_read=case_changed) if case_changed or surroundings_changed else None,
            self._lists_frame() if lists_changed else None,
        ]
        return [frame for frame in frames if frame is not None]

    def _lists_frame(self) -> Mapping[str, Any] | None:
        outlook, view, showing = self._outlook(), self._view, self._showing
        everything = outlook.desk(self.me)
        shown = outlook.desk(self.me, view.filters).lines(view.which)
        # Most lines are as they were, and are not made again.
        versions = {line.number: showing.line_version(line, outlook, self.me, self.number) for line in shown}
        lines = {
            line.number: _as_json(showing.line(line, outlook, self.me, view.which, self.number))
            for line in shown
            if self._sent_lines.get(line.number) != versions[line.number]
        }
        frame = {
            "is": "lists",
            "order": list(versions),
            "counts": everything.counts,
            "attention": everything.attention,
            "need": everything.in_need,
            "presence": _as_json(showing.presence(outlook, self.me)),
        }
        self._sent_lines = versions
        if not lines and frame == self._sent_list:
            return None
        self._sent_list = frame
        return {**frame, "lines": lines}

    async def _read_case(self, number: str) -> Case:
        known = self._line
        case = await self._reader.case(number, self.me, first=self._view.first, line=known, before=self._case)
        if self._line is known:  # and nothing newer was heard meanwhile
            self._line = case.line
        return case

    async def _case_frame(self, *, is_read: bool) -> Mapping[str, Any] | None:
        if self.number is None:
            return None
        outlook = self._outlook()
        case = self._case
        if is_read or case is None or self._may_be_lost():
            try:
                case = await self._read_case(self.number)
            except NotForYouError as error:
                return self._lose(error)
        if self._line is not None and case.line is not self._line:
            case = replace(case, line=self._line)
        self._case = case
        self.conversation_id = case.conversation_id
        here = case.conversation_id or ""
        is_typing = self._person.is_typing(here)
        # Most messages are as they were, and are not made again.
        messages = {
            seen.message.seq: self._showing.message(seen, case)
            for seen in case.messages
            if self._sent_messages.get(seen.message.seq) != message_version(seen)
        }
        parts = self._showing.parts(case, outlook, self.me, is_online=self._person.is_online(here))
        changed = _different(parts, self._sent_parts)
        if not messages and not changed and is_typing == self._sent_typing:
            return None
        self._sent_messages |= {seq: piece.version for seq, piece in messages.items()}
        self._sent_parts = {name: piece.version for name, piece in parts.items()}
        self._sent_typing = is_typing
        return {
            "is": "case",
            "messages": [{"seq": seq, **_as_json(piece)} for seq, piece in messages.items()],
            "parts": changed,
            "typing": is_typing,
        }

    def _may_be_lost(self) -> bool:
        """Tell whether this person seems to be with somebody else; reading decides, for a look may be old."""
        return self._line is not None and sight(self.me, self._line.standing) is Sight.NOTHING

    def _lose(self, error: NotForYouError) -> Mapping[str, Any]:
        """Show this person no more: from here on the page knows as little as one that was refused."""
        self.number = self.conversation_id = self._line = self._case = None
        return {"is": "lost", "html": self._showing.lost(error)}


def _different[Key](pieces: Mapping[Key, Piece], sent: Mapping[Key, str]) -> dict[Key, dict[str, str]]:
    return {key: _as_json(piece) for key, piece in pieces.items() if sent.get(key) != piece.version}


def _as_json(piece: Piece) -> dict[str, str]:
    return {"v": piece.version, "html": piece.html}
