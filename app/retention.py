"""Retention as the app runs it: the bot that must forget, what is logged, and what Prometheus reads."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import structlog
from prometheus_client import CollectorRegistry, Gauge

from connectors.bot_client import BotClient, BotFailedError, BotUnavailableError
from counter.clock import Clock, utc_now
from counter.retention.model import NotForgottenError, Run
from counter.retention.sweep import ForgetInBot

log = structlog.get_logger(__name__)


def forgetting(bot: BotClient) -> ForgetInBot:
    """Return what has this bot forget a conversation."""

    async def forget(conversation_id: str) -> None:
        try:
            await bot.forget(conversation_id)
        except (BotUnavailableError, BotFailedError) as error:
            raise NotForgottenError(type(error).__name__) from error

    return forget


class LoggingObserver:
    """Logs how a run goes; what is deleted has no name here."""

    def progressed(self, rule: str, deleted: int) -> None:
        """Log nothing: the end says how much it was."""

    def failed(self, rule: str, error: Exception) -> None:
        """Log what could not be deleted now."""
        log.error("retention_failed", rule=rule, error=type(error).__name__, exc_info=error)

    def ended(self, run: Run) -> None:
        """Log how many of each; a difference is an error."""
        for outcome in run.outcomes:
            note = log.error if outcome.difference else log.info
            note(
                "retention_difference" if outcome.difference else "retention_done",
                day=run.day.isoformat(),
                rule=outcome.rule,
                due=outcome.due,
                deleted=outcome.deleted,
                preserved=outcome.preserved,
            )


class RetentionMetrics:
    """Shows Prometheus the last run, whichever process did it."""

    DAYS: ClassVar = 60
    """How far back the last complete run is looked for."""

    def __init__(self, registry: CollectorRegistry, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._due = Gauge("loket_retention_due", "Due in the last run", ["rule"], registry=registry)
        self._deleted = Gauge(
            "loket_retention_deleted", "Deleted in the last run", ["rule"], registry=registry
        )
        self._difference = Gauge(
            "loket_retention_difference", "Due in the last run and still there", ["rule"], registry=registry
        )
        self._since = Gauge(
            "loket_retention_seconds_since_complete_run",
            "Seconds since a run ended that left nothing that was due",
            registry=registry,
        )
        self._since_when: datetime | None = None
        self._since.set_function(self._seconds)

    def show(self, runs: Sequence[Run]) -> None:
        """Show the newest run, and when the last complete one ended."""
        for outcome in runs[0].outcomes if runs else ():
            self._due.labels(outcome.rule).set(outcome.due)
            self._deleted.labels(outcome.rule).set(outcome.deleted)
            self._difference.labels(outcome.rule).set(outcome.difference)
        self._since_when = next((run.ended_at for run in runs if run.is_complete), None)

    def _seconds(self) -> float:
        if self._since_when is None:
            return float("inf")
        return max(0.0, (self._clock() - self._since_when).total_seconds())
