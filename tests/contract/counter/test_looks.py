"""What somebody reads of who looked at them, and who did something for them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from counter.services import Counter
from counter.staff.model import StaffEvent, StaffMember
from counter.vouchers.model import Decision
from tests.contract.counter.conftest import SettableClock
from tests.contract.counter.desking import ask
from tests.contract.counter.test_people import erase
from tests.contract.counter.test_vouchers import an_application
from tests.support.staff import new_member

type NewConversation = Callable[[], Awaitable[str]]
type TwoConversations = Callable[[], Awaitable[tuple[str, str]]]


async def a_member(counter: Counter) -> StaffMember:
    await counter.staff.add(replace(new_member(), name="Sanne de Wit"))
    [member] = await counter.staff.members()
    return member


async def read_by(counter: Counter, conversation: str) -> list[tuple[str, str, list[str]]]:
    exported = await counter.conversations.export(conversation)
    return [(one["first_name"], one["what"], one["about"]) for one in exported["looks"]]


async def test_a_person_reads_every_look_decision_and_correction_of_staff(
    counter: Counter, two_conversations: TwoConversations, clock: SettableClock
) -> None:
    conversation, other = await two_conversations()
    sanne = await a_member(counter)
    number = await ask(counter, conversation)
    voucher = (await counter.vouchers.apply(an_application(conversation))).number
    looks: list[tuple[StaffEvent, str]] = [
        (StaffEvent.LOOKED, number),
        (StaffEvent.CORRECTED, f"telefoon {number}, {voucher}"),
        (StaffEvent.REFUSED, number),
    ]
    for event, detail in looks:
        clock.advance(minutes=1)
        await counter.staff.record(sanne.id, event, conversation_id=conversation, detail=detail)
    clock.advance(minutes=1)
    await counter.desk.claim(number, sanne)
    clock.advance(minutes=1)
    await counter.voucher_desk.decide(
        voucher, Decision.AWARDED, adviser="Sanne", reason="ja", staff_id=sanne.id
    )
    assert await read_by(counter, other) == [
        ("Sanne", "looked", [number]),
        ("Sanne", "corrected", [number, voucher]),
        ("Sanne", "refused", [number]),
        ("Sanne", "claimed", [number]),
        ("Sanne", "decided", [voucher]),
    ]


async def test_what_staff_did_elsewhere_is_told_to_nobody(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation, stranger = await new_conversation(), await new_conversation()
    sanne = await a_member(counter)
    await ask(counter, conversation)
    await counter.staff.record(sanne.id, StaffEvent.LOOKED, conversation_id=stranger)
    await counter.staff.record(sanne.id, StaffEvent.LOGGED_IN)
    assert await read_by(counter, conversation) == []


async def test_who_is_erased_was_looked_at_by_nobody(
    counter: Counter, new_conversation: NewConversation
) -> None:
    conversation = await new_conversation()
    sanne = await a_member(counter)
    number = await ask(counter, conversation)
    await counter.desk.claim(number, sanne)
    await counter.staff.record(sanne.id, StaffEvent.LOOKED, conversation_id=conversation, detail=number)
    await erase(counter, conversation)
    assert await read_by(counter, conversation) == []
