"""What coaches do with people who were referred to them: one method per use case."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from counter.calendar import local_moment
from counter.clock import Clock
from counter.conversations import storage as conversations
from counter.conversations.model import Content, Message, Owner, Sender
from counter.conversations.turn_storage import leave_to_coach
from counter.database import Database
from counter.desk import storage
from counter.desk.changing import NO_CALL, NO_COACH, Change, Changing, back_in_line, refused
from counter.desk.model import (
    COLLEAGUE_ACCEPTS_WITHIN,
    ORGANISATION_ACCEPTS_WITHIN,
    AlreadyClaimedError,
    MomentPassedError,
    NobodyThereError,
    NotOfferedError,
    Outcome,
    PrivateNote,
)
from counter.desk.sight import Sight, is_offered_to
from counter.notices.model import Notice
from counter.notices.service import NoticeService
from counter.people.model import Detail
from counter.referrals.model import Slot
from counter.referrals.rows import hand_over
from counter.referrals.states import ReferralState, Step
from counter.referrals.storage import NO_OFFER
from counter.staff.model import StaffMember
from counter.tasks.model import Assignment, Giver
from counter.tasks.service import TaskService


class DeskService:
    """The coaches' side of referrals.

    Nothing is done for who may not even see a case: then each method raises `NotForYouError`, whatever
    else it says.
    """

    def __init__(self, database: Database, clock: Clock, notices: NoticeService, tasks: TaskService) -> None:
        self._tasks = tasks
        self._changing = Changing(database, clock, notices)

    async def claim(self, number: str, coach: StaffMember) -> None:
        """Take somebody who waits, or accept them when they were offered; doing it twice changes nothing.

        From here on Noor is silent where the person wrote last, and they are told who is there.

        Raises:
            UnknownReferralError: no referral has this number.
            AlreadyClaimedError: another coach has this person.
            NotOfferedError: somebody else has to accept them.
            ReferralClosedError: it is over.
        """
        async with self._changing(number, coach) as change:
            row = change.row
            if row.closed_at is None and row.coach_id == coach.id:
                return
            is_offered = row.state == ReferralState.OFFERED.value
            if is_offered and not is_offered_to(coach, change.standing):
                raise NotOfferedError(number)
            is_anothers = row.coach_id is not None or change.sight is not Sight.HELPING
            if is_anothers and row.closed_at is None and not is_offered:
                raise AlreadyClaimedError(row.coach_name or "")
            await self._take(change, coach, Step.ACCEPT if is_offered else Step.CLAIM)

    async def _take(self, change: Change, coach: StaffMember, step: Step) -> None:
        had_coach = change.row.coach_id is not None
        talk = change.telling.conversation
        await change.step(
            step,
            coach,
            changes={
                "coach_id": coach.id,
                "coach_name": coach.name,
                "coach_organisation": coach.organisation,
                "coach_since": change.now,
                "first_claimed_at": change.row.first_claimed_at or change.now,
                "conversation_id": None if talk is None else talk.id,
                "escalated_at": None,
                **NO_OFFER,
                **NO_CALL,
            },
        )
        for each in change.telling.talks:
            # Whatever Noor was doing for a coach, a coach does now.
            await self._tasks.recall(change.session, each.id, at=change.now)
        if talk is not None:
            await leave_to_coach(change.session, talk)
        # No query from here on: what changes in a conversation is written once.
        hand_over(change.telling.talks, Owner.WAITING, Owner.BOT)
        change.give_to(Owner.COACH)
        change.tell(Notice.COACH_CHANGED if had_coach else Notice.COACH_HERE, organisatie=coach.organisation)

    async def say(self, number: str, coach: StaffMember, text: str, *, client_id: str) -> Message:
        """Say something to the person; the same `client_id` again says it once.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
            NobodyThereError: the person erased the conversation.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            talk = change.telling.conversation
            if talk is None:
                raise NobodyThereError(number)
            said = await conversations.message_by_client_id(change.session, talk.id, client_id)
            if said is None:
                content = Content(text=text, author=coach.name)
                said = change.telling.say(content, Sender.COACH, client_id=client_id)
            if said is None:
                raise NobodyThereError(number)
            return conversations.to_message(said)

    async def note(self, number: str, coach: StaffMember, text: str, *, client_id: str) -> PrivateNote:
        """Write something for colleagues; the person never sees it.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: a colleague has this person; this coach only reads.
        """
        async with self._changing(number, coach) as change:
            change.must_be_helped()
            note = await storage.add_note(
                change.session,
                change.row,
                text,
                at=change.now,
                author=coach.name,
                staff_id=coach.id,
                client_id=client_id,
            )
            change.telling.is_news = True
            return storage.to_note(note)

    async def label(self, number: str, coach: StaffMember, labels: Iterable[str]) -> None:
        """Give a referral these labels and no others.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: a colleague has this person; this coach only reads.
        """
        async with self._changing(number, coach) as change:
            change.must_be_helped()
            await storage.set_labels(change.session, change.row, labels)
            change.telling.is_news = True

    async def summarise(self, number: str, coach: StaffMember, summary: str) -> None:
        """Correct what the card says in short.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            change.row.summary = summary
            change.telling.is_news = True

    async def remind(self, number: str, coach: StaffMember, at: datetime | None) -> None:
        """Remember the coach of this person at a moment; None takes it back.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
            MomentPassedError: that moment has been.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            if at is not None and at <= change.now:
                raise MomentPassedError(number)
            change.row.remind_at = at
            change.telling.is_news = True

    async def release(self, number: str, coach: StaffMember) -> None:
        """Put somebody back in line, in the place they had; Noor answers again.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            await back_in_line(change, Step.RELEASE, coach)

    async def calm(self, number: str, coach: StaffMember) -> None:
        """Note that somebody is not in need, or not any more; they keep their place, and twice is once.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            if change.row.in_need_at is not None:
                await change.step(Step.CALM, coach, changes={"in_need_at": None})

    async def offer(
        self,
        number: str,
        coach: StaffMember,
        *,
        to_coach: StaffMember | None = None,
        to_organisation: str | None = None,
        why: str = "",
    ) -> None:
        """Ask a colleague, or another organisation, to take somebody over; they stay until it is accepted.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
        """
        within = COLLEAGUE_ACCEPTS_WITHIN if to_coach else ORGANISATION_ACCEPTS_WITHIN
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            await change.step(
                Step.OFFER,
                coach,
                detail=to_coach.name if to_coach else to_organisation or "",
                changes={
                    "offered_by": coach.id,
                    "offered_to_coach": to_coach.id if to_coach else None,
                    "offered_to_organisation": to_organisation,
                    "offered_until": change.now + within,
                    "escalated_at": None,
                },
            )
            if why:
                await storage.add_note(
                    change.session, change.row, why, at=change.now, author=coach.name, staff_id=coach.id
                )
            change.tell(Notice.COACH_OFFERS, aan=to_coach.name if to_coach else to_organisation or "")

    async def take_back(self, number: str, coach: StaffMember) -> None:
        """Take an offer back; the person stays. Twice, or after nobody took it, changes nothing.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person any more.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            if change.row.state == ReferralState.OFFERED.value:
                await refused(change, Step.TAKE_BACK, coach)

    async def decline(self, number: str, coach: StaffMember, *, why: str = "") -> None:
        """Say no to somebody who was offered; they stay with who had them, or go back in line.

        Raises:
            UnknownReferralError: no referral has this number.
            NotOfferedError: it was not offered to this coach, nor to their organisation.
        """
        async with self._changing(number, coach) as change:
            if not is_offered_to(coach, change.standing):
                raise NotOfferedError(number)
            if why:
                await storage.add_note(
                    change.session, change.row, why, at=change.now, author=coach.name, staff_id=coach.id
                )
            await refused(change, Step.DECLINE, coach)

    async def plan_call_back(self, number: str, coach: StaffMember, slot: Slot, *, phone: str) -> None:
        """Agree to call somebody at a moment; Noor answers until then.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
            MomentPassedError: that moment has been.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            if slot.start <= change.now:
                raise MomentPassedError(number)
            await change.step(
                Step.PLAN_CALL_BACK,
                coach,
                detail=slot.start.isoformat(),
                changes={
                    **NO_OFFER,
                    **NO_COACH,
                    "offered_to_coach": coach.id,
                    "phone": phone,
                    "call_back_from": slot.start,
                    "call_back_until": slot.end,
                },
            )
            change.give_to(Owner.WAITING)
            change.tell(Notice.CALL_BACK_PLANNED, naam=coach.name, **_written(slot))

    async def hand_back(
        self,
        number: str,
        coach: StaffMember,
        *,
        assignment: Assignment | None = None,
        facts: Mapping[Detail, str] | None = None,
    ) -> str:
        """Let Noor go on where she was, or do an assignment first; `facts` are details the coach corrected.

        Returns the id of the conversation in which she does.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
            NobodyThereError: the person erased the conversation.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            talk = change.telling.conversation
            if talk is None:
                raise NobodyThereError(number)
            returns = assignment is not None and assignment.returns
            await change.step(
                Step.HAND_BACK,
                coach,
                stays_open=returns,
                changes={**NO_OFFER, **({"coach_id": None, "coach_since": None} if returns else {})},
            )
            giver = Giver(referral_id=change.row.id, number=number, coach_id=coach.id, coach_name=coach.name)
            if assignment is None:
                self._tasks.resume(change.session, talk, giver, at=change.now, facts=facts)
            else:
                await self._tasks.assign(change.session, talk, giver, assignment, at=change.now, facts=facts)
            change.give_to(Owner.WAITING if returns else Owner.BOT)
            return talk.id

    async def close(self, number: str, coach: StaffMember, outcome: Outcome) -> None:
        """End the help; Noor goes on, and asks how it was.

        Raises:
            UnknownReferralError: no referral has this number.
            NotYoursError: this coach does not have this person.
        """
        async with self._changing(number, coach) as change:
            change.must_be_of(coach)
            await change.step(
                Step.CLOSE,
                coach,
                detail=outcome.value,
                changes={"outcome": outcome.value, **NO_OFFER, **NO_CALL},
            )
            change.give_to(Owner.BOT)
            change.tell(Notice.COACH_DONE, naam=coach.name)


def _written(slot: Slot) -> dict[str, str]:
    """Write a span of time in figures, by the clock in the Netherlands."""
    start, end = local_moment(slot.start), local_moment(slot.end)
    return {
        "datum": f"{start.day}-{start.month}-{start.year}",
        "van": f"{start.hour}.{start.minute:02}",
        "tot": f"{end.hour}.{end.minute:02}",
    }
