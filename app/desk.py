"""What an adviser does from the command line, until there is a desk for it."""

import sys
from collections.abc import Awaitable, Callable

from app.commands import counter_of
from app.settings import Settings
from connectors.screening import Refusal, clean, refusal
from counter.calendar import local_date
from counter.job_drafts.model import AlreadyCheckedError, UnknownJobDraftError
from counter.migrations import migrate
from counter.open_hiring.model import (
    Closing,
    JobClosedError,
    JobQuery,
    ListedPerson,
    SignUpState,
    UnknownJobError,
)
from counter.receipts import normalise_number
from counter.referrals.model import UnknownReferralError
from counter.services import Counter
from counter.vouchers.model import AlreadyDecidedError, Decision, UnknownVoucherError

# What is typed, and what it decides.
DECISIONS = {"toegekend": Decision.AWARDED, "afgewezen": Decision.REJECTED}
_ALL_JOBS = 10_000
_STATES = {
    SignUpState.WAITING: "wacht",
    SignUpState.OFFERED: "plek aangeboden",
    SignUpState.ACCEPTED: "neemt de plek",
    SignUpState.PASSED: "gaf de plek door",
    SignUpState.EXPIRED: "antwoordde niet op tijd",
    SignUpState.LEFT: "van de lijst af",
    SignUpState.STARTED: "is begonnen",
    SignUpState.ABSENT: "kwam niet",
    SignUpState.ENDED: "de baan sloot",
}
_REFUSED = {
    Refusal.BSN: "Hier staat een burgerservicenummer in. Dat bewaren we niet.",
    Refusal.IBAN: "Hier staat een rekeningnummer in. Dat bewaren we niet.",
    Refusal.TOO_LONG: "Deze tekst is te lang.",
}


async def decide_voucher(settings: Settings, number: str, decision: str, *, reason: str, adviser: str) -> int:
    """Award or reject an application; the applicant is told, with the reason."""

    async def decide(counter: Counter) -> str:
        receipt = await counter.voucher_desk.decide(
            normalise_number(number) or number, DECISIONS[decision], adviser=adviser, reason=_checked(reason)
        )
        return f"{receipt.number} is {decision}. De aanvrager krijgt bericht."

    return await _carry_out(settings, decide)


async def check_job(settings: Settings, number: str, *, adviser: str, rejected_for: str | None = None) -> int:
    """Make a job public that an employer offered, or turn it down for a reason."""

    async def check(counter: Counter) -> str:
        drafts, known = counter.job_drafts, normalise_number(number) or number
        if rejected_for is None:
            receipt = await drafts.approve(known, adviser=adviser)
            return f"{receipt.number} {receipt.title} staat nu online."
        receipt = await drafts.reject(known, adviser=adviser, reason=_checked(rejected_for))
        return f"{receipt.number} {receipt.title} is afgekeurd."

    return await _carry_out(settings, check)


async def free_place(settings: Settings, job_id: str) -> int:
    """Note that a place came free; the next in line is told."""

    async def free(counter: Counter) -> str:
        await counter.open_hiring.free_place(job_id)
        offered = [one for one in await counter.open_hiring.list_of(job_id) if one.place.answer_before]
        if not offered:
            return "Er wacht niemand. Wie zich het eerst aanmeldt, krijgt de plek aangeboden."
        return "\n".join(map(_line, offered))

    return await _carry_out(settings, free)


async def close_job(settings: Settings, job_id: str) -> int:
    """Close a job; who waits on its list is told."""

    async def close(counter: Counter) -> str:
        await counter.job_lifecycle.close(job_id, Closing.BY_COUNTER)
        return "De baan is gesloten. Wie wachtte, krijgt bericht."

    return await _carry_out(settings, close)


async def audit_lists(settings: Settings, job_id: str | None) -> int:
    """Prove of a job's list, or of every list, that the order was kept; 1 when it was not."""
    wrong: list[str] = []

    async def audit(counter: Counter) -> str:
        jobs = [job_id] if job_id is not None else await counter.open_hiring.every_id()
        lines = []
        for job in jobs:
            found = await counter.open_hiring.audit(job)
            wrong.extend(found.faults)
            verdict = "klopt" if not found.faults else "KLOPT NIET"
            lines += [f"{job}: {found.events} gebeurtenissen, {verdict}", *map("  {}".format, found.faults)]
        return "\n".join(lines) or "Er zijn geen banen."

    return await _carry_out(settings, audit) or int(bool(wrong))


async def print_lists(settings: Settings, job_id: str | None) -> int:
    """Print who is on a job's list and how to reach them, or every job with the length of its list."""

    async def show(counter: Counter) -> str:
        if job_id is not None:
            return "\n".join(map(_line, await counter.open_hiring.list_of(job_id))) or "Er staat niemand op."
        jobs = [hit.job for hit in (await counter.open_hiring.search(JobQuery(), limit=_ALL_JOBS)).hits]
        lists = [(job, await counter.open_hiring.list_of(job.id)) for job in jobs]
        return "\n".join(f"{job.id}  {job.title}, {job.employer}: {len(listed)}" for job, listed in lists)

    return await _carry_out(settings, show)


async def reply_to(settings: Settings, number: str, text: str, *, coach: str) -> int:
    """Send a coach's words to the person with this referral."""

    async def reply(counter: Counter) -> str:
        await counter.referrals.reply(normalise_number(number) or number, _checked(text), coach=coach)
        return f"Je antwoord op {number} is verstuurd."

    return await _carry_out(settings, reply)


class _UnfitTextError(ValueError):
    """A text that may not be kept, or is empty."""


def _checked(text: str) -> str:
    """Return a text that a person will read, cleaned.

    Raises:
        _UnfitTextError: it may not be kept, or says nothing.
    """
    cleaned = clean(text)
    reason = refusal(cleaned)
    if reason is not None or not cleaned:
        raise _UnfitTextError(_REFUSED[reason] if reason else "Er staat geen tekst.")
    return cleaned


async def _carry_out(settings: Settings, work: Callable[[Counter], Awaitable[str]]) -> int:
    """Do it and print what came of it, or why it cannot be."""
    await migrate(settings.database_url)
    async with counter_of(settings) as counter:
        try:
            print(await work(counter))
        except (AlreadyDecidedError, AlreadyCheckedError) as error:
            print(f"{error.receipt.number} is al afgehandeld: {error.receipt.state.value}.", file=sys.stderr)
        except JobClosedError as error:
            print(f"{error.args[0]} is gesloten.", file=sys.stderr)
        except (UnknownVoucherError, UnknownReferralError, UnknownJobError, UnknownJobDraftError) as error:
            print(f"{error.args[0]} ken ik niet.", file=sys.stderr)
        except _UnfitTextError as error:
            print(error, file=sys.stderr)
        else:
            return 0
    return 1


def _line(person: ListedPerson) -> str:
    place = person.place
    until = f" tot en met {local_date(place.answer_before)}" if place.answer_before else ""
    reached = " ".join(filter(None, (person.name, person.phone, person.email)))
    return f"{place.number}  {_STATES[place.state]}{until}  {reached}".rstrip()
