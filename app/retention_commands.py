"""`./loket retention`: what an administrator sees and does about how long things are kept."""

import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime

import aiohttp

from app.commands import counter_of
from app.retention import LoggingObserver, forgetting
from app.settings import Settings
from connectors.bot_client import BotClient
from counter.calendar import local_date, local_moment
from counter.conversations.model import UnknownConversationError
from counter.migrations import migrate
from counter.preservations.model import (
    AlreadyLeavingError,
    Ground,
    NotPreservedError,
    Preservation,
    Preserve,
    WrongPreservationError,
)
from counter.receipts import normalise_number
from counter.retention.model import Due, Rule, Run, WrongRulesError
from counter.services import Counter

# A line on the terminal each time so many more are gone.
_STEP = 100


async def preview(settings: Settings) -> int:
    """Print what would go now, under each rule, and who is kept longer; no names."""

    async def show(counter: Counter) -> int:
        print("Als er nu gewist wordt:")
        for name, due in (await counter.retention.preview()).items():
            print("\n".join(_rule_lines(counter.retention.rules[name], due)))
        kept = await counter.preservations.standing()
        print(f"Langer bewaard: {len(kept)}")
        for one in kept:
            print(f"  {_kept_line(one)}")
        return 0

    return await _with_counter(settings, show)


async def run(settings: Settings) -> int:
    """Delete what is due now; print how it goes and what came of it; returns 1 when something stayed."""

    async def delete(counter: Counter) -> int:
        async with aiohttp.ClientSession() as http:
            bot = BotClient(http, settings.bot_url, settings.internal_token)
            done = await counter.retention.run(forgetting(bot), _PrintingObserver())
        if done is None:
            print("Het loket is er al mee bezig. Probeer het over een paar minuten opnieuw.", file=sys.stderr)
            return 1
        print("\n".join(_run_lines(done)))
        return int(not done.is_complete)

    return await _with_counter(settings, delete)


async def report(settings: Settings, *, days: int) -> int:
    """Print what was deleted in the last nights; returns 1 when the last one left something."""

    async def show(counter: Counter) -> int:
        runs = await counter.retention.report(days=days)
        if not runs:
            print("Er is nog nooit gewist.")
        for one in runs:
            print("\n".join(_run_lines(one)))
        for kept in await counter.preservations.standing():
            print(f"Langer bewaard: {_kept_line(kept)}")
        return int(bool(runs) and runs[0].difference > 0)

    return await _with_counter(settings, show)


async def preserve(settings: Settings, number: str, *, until: date, why: str, ground: Ground, by: str) -> int:
    """Keep the person with this number until and with a day."""

    async def keep(counter: Counter) -> int:
        conversation_id = await _conversation(counter, number)
        await counter.preservations.preserve(
            Preserve(conversation_id=conversation_id, ground=ground, why=why, by=by, until=until)
        )
        print(f"{number} blijft bewaard tot en met {until}. De persoon kan lezen waarom.")
        return 0

    return await _with_counter(settings, keep)


async def release(settings: Settings, number: str, *, by: str) -> int:
    """End whatever keeps the person with this number longer."""

    async def end(counter: Counter) -> int:
        await counter.preservations.release(await _conversation(counter, number), by=by)
        print(f"Voor {number} gelden weer de gewone termijnen.")
        return 0

    return await _with_counter(settings, end)


class _PrintingObserver(LoggingObserver):
    """Shows that it goes on, also when it takes an hour."""

    def __init__(self) -> None:
        self._deleted: dict[str, int] = {}

    def progressed(self, rule: str, deleted: int) -> None:
        before = self._deleted.get(rule, 0)
        self._deleted[rule] = before + deleted
        if before // _STEP != self._deleted[rule] // _STEP:
            print(f"  {rule}: {self._deleted[rule]} gewist")


async def _conversation(counter: Counter, number: str) -> str:
    found = await counter.preservations.conversation_of(normalise_number(number) or number)
    if found is None:
        raise UnknownConversationError(number)
    return found


async def _with_counter(settings: Settings, work: Callable[[Counter], Awaitable[int]]) -> int:
    """Do it, or print why it cannot be done."""
    await migrate(settings.database_url)
    try:
        async with counter_of(settings) as counter:
            return await work(counter)
    except UnknownConversationError as error:
        print(f"{error.args[0]} ken ik niet.", file=sys.stderr)
    except WrongPreservationError:
        print("Geef een reden, en een dag vanaf vandaag tot hooguit een jaar verder.", file=sys.stderr)
    except AlreadyLeavingError:
        print("Deze persoon heeft net gevraagd alles te wissen. Dat gaat door.", file=sys.stderr)
    except NotPreservedError:
        print("Dit nummer wordt niet langer bewaard dan gewoon.", file=sys.stderr)
    except WrongRulesError as error:
        print(f"De bewaartermijnen kloppen niet: {error}.", file=sys.stderr)
    return 1


def _rule_lines(rule: Rule, due: Due) -> Iterator[str]:
    sample = " (voorbeeld: de eigenaar beslist)" if rule.is_sample else ""
    yield f"{rule.name}, na {rule.months} maanden{sample}: {due.count}"
    yield f"  {rule.what}."
    if due.oldest and due.newest:
        yield f"  Niet gebruikt sinds {_day(due.oldest)} tot {_day(due.newest)}."
    if due.preserved:
        yield f"  Langer bewaard: {due.preserved}."


def _run_lines(one: Run) -> Iterator[str]:
    ended = "niet klaar" if one.ended_at is None else f"klaar om {_time(one.ended_at)}"
    yield f"{one.day}: begonnen om {_time(one.began_at)}, {ended}"
    for outcome in one.outcomes:
        line = f"  {outcome.rule}: {outcome.due} moesten weg, {outcome.deleted} gewist"
        kept = f", {outcome.preserved} langer bewaard" if outcome.preserved else ""
        alarm = f"  LET OP: {outcome.difference} staan er nog" if outcome.difference else ""
        yield line + kept + alarm


def _kept_line(one: Preservation) -> str:
    return (
        f"gesprek {one.conversation_id} tot en met {one.until} "
        f"({one.ground.value}): {one.why} [{one.by}, {_day(one.since)}]"
    )


def _day(moment: datetime) -> str:
    return local_date(moment).isoformat()


def _time(moment: datetime) -> str:
    return f"{local_moment(moment):%H.%M}"
