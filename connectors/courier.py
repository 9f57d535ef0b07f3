"""Sending what waits to people in other channels than the website: in order, until the provider has it.

What is said stands in the database first, whoever said it. One task a conversation sends the oldest
message that was not delivered, part by part, and remembers each part before it sends the next.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

import structlog
from prometheus_client import CollectorRegistry, Counter

from connectors.attendance import Attendance
from connectors.channel import (
    Channel,
    DeliveryError,
    NeverDeliveredError,
    OutOfReachError,
    Part,
    TryLaterError,
    WindowClosedError,
)
from counter.channels.model import Errand
from counter.channels.service import ChannelService
from counter.clock import Clock
from counter.database import new_id, undisturbed

log = structlog.get_logger(__name__)

# Seconds between two tries; the last one goes on for ever, for the provider will come back.
BACK_OFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
# A part on which we ourselves break off this often will never be sent.
MAX_FAILURES = 5
# Seconds between two looks for what a dead process left behind, and for what must be tried again.
SWEEP_INTERVAL = 1.0


class Courier:
    """Sends for every channel but the website, which reads for itself."""

    def __init__(
        self,
        *,
        addresses: ChannelService,
        channels: Mapping[str, Channel],
        clock: Clock,
        metrics: CollectorRegistry,
    ) -> None:
        self._addresses = addresses
        self._channels = channels
        self._clock = clock
        self._holder = new_id()
        self._attendance = Attendance(self._send_all)
        self._parts = Counter(
            "loket_parts_sent", "Parts of messages given to a provider", ["channel"], registry=metrics
        )
        self._not_sent = Counter(
            "loket_parts_not_sent",
            "Tries on which a provider took nothing",
            ["channel", "why"],
            registry=metrics,
        )

    def attend(self, conversation_id: str) -> None:
        """Send what waits in a conversation."""
        self._attendance.attend(conversation_id)

    async def show_typing(self, conversation_id: str) -> None:
        """Show that a coach is typing, where the channel can; nothing depends on it."""
        where = await self._addresses.address_of(conversation_id)
        if where is None or where[0] not in self._channels:
            return
        with suppress(DeliveryError):
            await self._channels[where[0]].show_typing(where[1])

    async def run(self) -> None:
        """Keep looking for what nobody sends, until cancelled."""
        try:
            while True:
                try:
                    for conversation_id in await self._addresses.undelivered():
                        self.attend(conversation_id)
                except Exception:
                    # The database may be away for a while; the messages are in it, so look again.
                    log.exception("delivery_sweep_failed")
                await asyncio.sleep(SWEEP_INTERVAL)
        finally:
            await self._attendance.stop_all()

    async def _send_all(self, conversation_id: str) -> None:
        while (errand := await self._addresses.next_errand(conversation_id, self._holder)) is not None:
            channel = self._channels.get(errand.channel)
            if channel is None:
                # The channel was switched off; its people are told when it is on again.
                await self._postpone(errand, BACK_OFF[-1])
                return
            if not await self._send(channel, errand):
                return

    async def _send(self, channel: Channel, errand: Errand) -> bool:
        """Send one message; false when nothing can be sent to this address now."""
        if not channel.is_open(errand.heard_at, self._clock()):
            return await self._knock(channel, errand)
        part = errand.parts_sent
        try:
            parts = channel.render(errand.message)
            for part in range(errand.parts_sent, len(parts)):
                # Sent and not remembered is sent twice: who stops this process waits for both.
                await undisturbed(self._give(channel, errand, part, parts[part]))
        except WindowClosedError:
            return await self._knock(channel, errand)
        except OutOfReachError:
            self._count(errand, "out_of_reach")
            await self._addresses.wait_to_be_heard(errand, is_out_of_reach=True)
            return False
        except TryLaterError as error:
            self._count(errand, "later")
            await self._postpone(errand, error.after)
            return False
        except NeverDeliveredError as error:
            self._count(errand, "never")
            log.warning("part_refused", channel=errand.channel, code=error.code)
            await self._addresses.complete(errand, failed_part=part, error=error.code)
        except Exception:
            self._count(errand, "failure")
            log.exception("part_failed", channel=errand.channel, conversation=errand.conversation_id)
            if errand.tries < MAX_FAILURES:
                await self._postpone(errand, None)
                return False
            await self._addresses.complete(errand, failed_part=part, error="failure")
        else:
            await self._addresses.complete(errand)
        return True

    async def _give(self, channel: Channel, errand: Errand, number: int, part: Part) -> None:
        provider_id = await channel.send(errand.address, part)
        self._parts.labels(errand.channel).inc()
        await self._addresses.record_part(errand, number, provider_id)

    async def _knock(self, channel: Channel, errand: Errand) -> bool:
        """Ask the person to write to us, once; what waits is sent when they do."""
        try:
            await channel.knock(errand.address)
        except TryLaterError as error:
            await self._postpone(errand, error.after)
            return False
        except DeliveryError as error:
            log.warning("knock_refused", channel=errand.channel, why=type(error).__name__)
        self._count(errand, "window")
        await self._addresses.wait_to_be_heard(errand, is_out_of_reach=False)
        return False

    async def _postpone(self, errand: Errand, after: float | None) -> None:
        back_off = BACK_OFF[min(errand.tries, len(BACK_OFF) - 1)]
        seconds = back_off if after is None else max(after, 0.0)
        await self._addresses.postpone(errand, self._clock() + timedelta(seconds=seconds))

    def _count(self, errand: Errand, why: str) -> None:
        self._not_sent.labels(errand.channel, why).inc()
