"""What coaches see, on both databases: their lists, what is over, and one case."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from counter.channels.model import Errand
from counter.conversations.model import Content, Owner, Sender
from counter.desk.model import Outcome
from counter.desk.overview import CaseLine, Desk, Filters, Passage, desk_of
from counter.desk.reading import PAGE
from counter.referrals.model import OpenReferral, Reason, Slot, UnknownReferralError
from counter.referrals.states import ReferralState
from counter.services import Counter
from counter.staff.model import StaffMember
from tests.contract.counter.conftest import NewConversation, SettableClock
from tests.support.staff import a_coach, an_administrator

type Ask = Callable[..., Awaitable[str]]

SANNE, PIET = a_coach("Sanne"), a_coach("Piet")
MERAL = a_coach("Meral", organisation="UWV Haarlem")


@pytest.fixture
def ask(counter: Counter, new_conversation: NewConversation) -> Ask:
    """Give a function that has somebody ask for a person; returns the receipt number."""

    async def ask_for_person(
        name: str = "Fatima",
        *,
        reason: Reason = Reason.ASKED,
        topic: str = "ontslag",
        region: str = "Groot Amsterdam",
        language: str | None = None,
        conversation_id: str | None = None,
    ) -> str:
        receipt = await counter.referrals.open(
            OpenReferral(
                conversation_id=conversation_id or await new_conversation(),
                message_id=f"m-{name}-{topic}",
                reason=reason,
                topic=topic,
                region=region,
                name=name,
                language=language,
                phone="+31612345678",
            )
        )
        return receipt.number

    return ask_for_person


async def desk(counter: Counter, coach: StaffMember, filters: Filters | None = None) -> Desk:
    return desk_of(coach, await counter.desk_reader.open_lines(), filters)


def numbers(lines: tuple[CaseLine, ...]) -> list[str]:
    return [line.number for line in lines]


async def test_who_needs_help_now_stands_first_and_then_who_came_first(counter: Counter, ask: Ask) -> None:
    first, second = await ask("Fatima"), await ask("Joop")
    urgent = await ask("Eva", reason=Reason.IN_NEED)
    assert numbers((await desk(counter, SANNE)).waiting) == [urgent, first, second]


async def test_a_line_tells_what_a_coach_must_know(counter: Counter, ask: Ask) -> None:
    number = await ask(language="ar")
    await counter.desk.label(number, SANNE, ["jongere", "ontslag"])
    (line,) = (await desk(counter, SANNE)).waiting
    assert (line.number, line.name, line.region, line.language) == (number, "Fatima", "Groot Amsterdam", "ar")
    assert (line.reason, line.topics, line.labels) == (Reason.ASKED, ("ontslag",), ("jongere", "ontslag"))
    assert (line.channel, line.state, line.coach) == ("website", ReferralState.WAITING, None)


async def test_each_topic_stands_there_once_in_the_order_in_which_it_came(
    counter: Counter, ask: Ask, new_conversation: NewConversation
) -> None:
    talk = await new_conversation()
    for topic in ("voucher", "bijscholen", "voucher"):
        await ask(topic=topic, conversation_id=talk)
    (line,) = (await desk(counter, SANNE)).waiting
    assert line.topics == ("voucher", "bijscholen")


async def test_a_coach_has_who_they_claimed(counter: Counter, ask: Ask) -> None:
    number = await ask()
    await counter.desk.claim(number, SANNE)
    assert numbers((await desk(counter, SANNE)).mine) == [number]
    assert numbers((await desk(counter, PIET)).mine) == []
    assert (await desk(counter, PIET)).waiting == ()


async def test_who_waits_longest_for_an_answer_stands_first(
    counter: Counter, ask: Ask, new_conversation: NewConversation, clock: SettableClock
) -> None:
    talks = [await new_conversation() for _ in range(3)]
    for name, talk in zip(("a", "b", "c"), talks, strict=True):
        await counter.desk.claim(await ask(name, conversation_id=talk), SANNE)
    for talk in (talks[2], talks[1]):
        clock.advance(minutes=1)
        await counter.conversations.receive(talk, Content(text="Ben je er?"))
    lines = (await desk(counter, SANNE)).mine
    assert [line.name for line in lines] == ["c", "b", "a"]
    assert lines[0].unanswered_since == clock.now - timedelta(minutes=1)
    assert lines[2].unanswered_since is None
    await counter.desk.say(lines[0].number, SANNE, "Ja hoor", client_id="1")
    assert [line.name for line in (await desk(counter, SANNE)).mine] == ["b", "a", "c"]


async def test_who_is_offered_to_an_organisation_is_seen_there_alone(counter: Counter, ask: Ask) -> None:
    number = await ask()
    await counter.desk.claim(number, SANNE)
    await counter.desk.offer(number, SANNE, to_organisation="UWV Haarlem")
    assert numbers((await desk(counter, MERAL)).offered) == [number]
    assert (await desk(counter, PIET)).offered == ()
    assert numbers((await desk(counter, SANNE)).mine) == [number]


async def test_who_must_be_called_stands_in_order_of_the_moment(
    counter: Counter, ask: Ask, new_conversation: NewConversation, clock: SettableClock
) -> None:
    called = []
    for name, hours in (("a", 5), ("b", 2)):
        talk = await new_conversation()
        number = await ask(name, conversation_id=talk)
        start = clock.now + timedelta(hours=hours)
        await counter.referrals.plan_call_back(
            number, talk, Slot(start=start, end=start + timedelta(hours=1))
        )
        called.append(number)
    assert numbers((await desk(counter, SANNE)).call_backs) == called[::-1]


FILTERS = [
    (Filters(region="Zaanstreek/Waterland"), {"Joop"}),
    (Filters(topic="ontslag"), {"Fatima"}),
    (Filters(reason="in_need"), {"Joop"}),
    (Filters(language="ar"), {"Fatima"}),
    (Filters(label="jongere"), {"Joop"}),
    (Filters(search="FAT"), {"Fatima"}),
    (Filters(search="scholen"), {"Joop"}),
    (Filters(search="jong"), {"Joop"}),
    (Filters(search="%"), set()),
    (Filters(search="_"), set()),
    (Filters(region="Zaanstreek/Waterland", topic="ontslag"), set()),
    (Filters(), {"Fatima", "Joop"}),
]


@pytest.mark.parametrize(
    ("filters", "found"), FILTERS, ids=lambda value: str(value) if isinstance(value, Filters) else "found"
)
async def test_a_filter_shows_the_same_of_what_is_open_and_of_what_is_over(
    counter: Counter, ask: Ask, filters: Filters, found: set[str]
) -> None:
    one = await ask("Fatima", language="ar")
    other = await ask("Joop", topic="bijscholen", region="Zaanstreek/Waterland", reason=Reason.IN_NEED)
    await counter.desk.label(other, SANNE, ["jongere"])
    assert {line.name for line in (await desk(counter, SANNE, filters)).waiting} == found
    for number in (one, other):
        await counter.desk.claim(number, SANNE)
        await counter.desk.close(number, SANNE, Outcome.HELPED)
    assert {line.name for line in (await counter.desk_reader.done(filters, SANNE)).lines} == found


async def test_what_is_over_comes_in_pages_the_latest_first(
    counter: Counter, ask: Ask, clock: SettableClock
) -> None:
    closed = []
    for count in range(PAGE + 2):
        number = await ask(f"persoon {count}")
        clock.advance(minutes=1)
        await counter.desk.claim(number, SANNE)
        await counter.desk.close(number, SANNE, Outcome.HELPED)
        closed.append(number)
    first = await counter.desk_reader.done(Filters(), SANNE)
    assert numbers(first.lines) == closed[:1:-1]
    assert (first.page, first.pages, first.total) == (1, 2, PAGE + 2)
    past = await counter.desk_reader.done(Filters(), SANNE, page=99)
    assert (past.page, numbers(past.lines)) == (2, [closed[1], closed[0]])
    assert first.lines[0].outcome is Outcome.HELPED


async def test_a_case_shows_the_conversation_and_what_colleagues_wrote(
    counter: Counter, ask: Ask, new_conversation: NewConversation
) -> None:
    talk = await new_conversation()
    await counter.conversations.receive(talk, Content(text="Hallo"))
    number = await ask(conversation_id=talk)
    await counter.desk.claim(number, SANNE)
    await counter.desk.note(number, SANNE, "Rustig aan", client_id="n")
    await counter.desk.say(number, SANNE, "Dag", client_id="1")
    case = await counter.desk_reader.case(number, SANNE)
    assert (case.conversation_id, case.owner) == (talk, Owner.COACH)
    said = [(seen.message.sender, seen.passage) for seen in case.messages]
    assert said[0] == (Sender.PERSON, None)
    assert said[-1] == (Sender.COACH, Passage.STORED)
    assert [note.text for note in case.notes] == ["Rustig aan"]
    assert all("Rustig" not in seen.message.content.text for seen in case.messages)


async def test_a_case_can_be_read_from_a_message_on(
    counter: Counter, ask: Ask, new_conversation: NewConversation
) -> None:
    talk = await new_conversation()
    for count in range(5):
        await counter.conversations.receive(talk, Content(text=str(count)))
    case = await counter.desk_reader.case(await ask(conversation_id=talk), SANNE, first=4)
    assert [seen.message.seq for seen in case.messages] == [4, 5]
    assert case.has_earlier


async def test_of_who_erased_their_conversation_the_case_stays_without_it(
    counter: Counter, ask: Ask, new_conversation: NewConversation
) -> None:
    talk = await new_conversation()
    number = await ask(conversation_id=talk)
    await counter.conversations.erase(talk)
    case = await counter.desk_reader.case(number, an_administrator())
    assert (case.conversation_id, case.messages, case.line.name) == (None, (), None)


async def test_a_number_nobody_has_shows_nothing(counter: Counter) -> None:
    with pytest.raises(UnknownReferralError):
        await counter.desk_reader.case("C-0000-0000", SANNE)


async def test_the_pulse_beats_with_every_message_and_note(
    counter: Counter, ask: Ask, new_conversation: NewConversation
) -> None:
    talk = await new_conversation()
    number = await ask(conversation_id=talk)
    beats = [await counter.desk_reader.pulses({(number, talk)})]
    await counter.conversations.receive(talk, Content(text="Hallo"))
    beats.append(await counter.desk_reader.pulses({(number, talk)}))
    await counter.desk.note(number, SANNE, "Rustig aan", client_id="n")
    beats.append(await counter.desk_reader.pulses({(number, talk)}))
    assert beats[0] != beats[1] != beats[2]


async def test_the_pulse_beats_with_what_becomes_of_a_message_in_a_channel(
    counter: Counter, ask: Ask, clock: SettableClock
) -> None:
    talk = (await counter.addresses.meet("whatsapp", "31600000001")).id
    number = await ask(conversation_id=talk)

    async def errand() -> Errand:
        clock.advance(seconds=1)
        await counter.conversations.notify(talk, Content(text="Ben je er?"))
        taken = await counter.addresses.next_errand(talk, "me")
        assert taken is not None
        return taken

    async def beat() -> object:
        return await counter.desk_reader.pulses({(number, talk)})

    beats = []
    sent = await errand()
    beats.append(await beat())
    await counter.addresses.record_part(sent, 0, "p1")
    beats.append(await beat())
    # From here on it shows as sent, though the provider told nothing new.
    await counter.addresses.complete(sent)
    beats.append(await beat())
    held = await errand()
    beats.append(await beat())
    await counter.addresses.wait_to_be_heard(held, is_out_of_reach=False)
    beats.append(await beat())
    clock.advance(seconds=1)
    await counter.addresses.meet("whatsapp", "31600000001")
    beats.append(await beat())
    await counter.addresses.leave("whatsapp", "31600000001")
    beats.append(await beat())
    assert all(before != after for before, after in pairwise(beats))
