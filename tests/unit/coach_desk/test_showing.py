"""Pieces of a coach's screen: the window of a channel, and when a piece is another one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import jinja2
import pytest

from coach_desk.lookout import Outlook
from coach_desk.routes import TEMPLATES
from coach_desk.showing import FILTERS, Showing, moment
from connectors.website.wording import with_links
from connectors.whatsapp import limits
from connectors.whatsapp.client import MARGIN
from counter.conversations.model import Content, Message, MessageState, Owner, Sender
from counter.desk.overview import Case, CaseLine, DeskList, Passage, Pulse, SeenMessage
from counter.referrals.model import Reason
from counter.referrals.states import ReferralState
from counter.staff.model import StaffMember
from tests.support.channels import ScriptedChannel
from tests.support.staff import a_coach

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SANNE = a_coach("Sanne")
LINE = CaseLine(
    id=1,
    number="C-1",
    person_id="iemand",
    state=ReferralState.WITH_COACH,
    reason=Reason.ASKED,
    priority=2,
    topics=("ontslag",),
    labels=(),
    name="Fatima",
    region=None,
    language=None,
    channel="whatsapp",
    conversation_id="een",
    opened_at=NOW,
    answer_before=date(2026, 11, 25),
    closed_at=None,
    coach_id=SANNE.id,
    coach="Sanne",
    organisation=None,
    coach_organisation=None,
    unanswered_since=None,
    in_need_since=None,
    escalated_at=None,
    remind_at=None,
    call_back=None,
    offered_to_coach=None,
    offered_to_organisation=None,
    offered_until=None,
    busy_for=None,
    outcome=None,
)


@pytest.fixture
def channel() -> ScriptedChannel:
    channel = ScriptedChannel()
    channel.window = (limits.WINDOW - MARGIN).total_seconds()
    return channel


@pytest.fixture
def showing(channel: ScriptedChannel) -> Showing:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters.update({**FILTERS, "with_links": with_links})
    return Showing(environment, {"whatsapp": channel}, lambda: NOW)


def a_case(*, heard: timedelta = timedelta(hours=1), line: CaseLine = LINE) -> Case:
    return Case(
        line=line,
        conversation_id="een",
        channel=line.channel,
        owner=Owner.COACH,
        heard_at=None if line.channel == "website" else NOW - heard,
        messages=(),
        has_earlier=False,
        notes=(),
        pulse=Pulse(last_seq=0, owner=Owner.COACH.value, notes=0, delivered_at=None, place=None),
    )


def window(showing: Showing, case: Case) -> str:
    return str(showing.parts(case, Outlook(), SANNE, is_online=False)["window"].html)


def test_the_box_says_how_long_a_coach_can_still_write_freely(showing: Showing) -> None:
    assert "nog 22 uur vrij schrijven" in window(showing, a_case(heard=timedelta(hours=1)))


def test_after_the_window_the_person_first_gets_a_template(showing: Showing) -> None:
    assert "vaste tekst" in window(showing, a_case(heard=timedelta(hours=25)))


def test_without_a_template_nobody_is_told_that_whatsapp_asks(
    showing: Showing, channel: ScriptedChannel
) -> None:
    channel.has_template = False
    said = window(showing, a_case(heard=timedelta(hours=25)))
    assert "vaste tekst" not in said
    assert "wacht tot de persoon zelf weer schrijft" in said


def test_where_there_is_no_window_nothing_is_said_of_it(showing: Showing) -> None:
    assert window(showing, a_case(line=replace(LINE, channel="website"))) == ""


def test_a_line_is_another_piece_only_when_it_reads_differently(showing: Showing) -> None:
    def version(line: CaseLine, outlook: Outlook = Outlook()) -> str:  # noqa: B008 - frozen
        return showing.line(line, outlook, SANNE, DeskList.MINE).version

    assert version(LINE) == version(replace(LINE))
    assert version(LINE) != version(replace(LINE, labels=("jongere",)))
    looking = Outlook(looking={"C-1": ("piet", SANNE.id)}, names={"piet": "Piet"})
    assert version(LINE) != version(LINE, looking)
    assert "kijkt mee: Piet" in showing.line(LINE, looking, SANNE, DeskList.MINE).html


def test_what_a_person_wrote_is_text_wherever_it_stands(showing: Showing) -> None:
    line = replace(LINE, name="<b>x</b>", topics=("<i>",), labels=('"><u>',))
    case = replace(a_case(), line=line)
    said = Message(
        id="1",
        seq=1,
        sender=Sender.PERSON,
        content=Content(text="<script>", cards=({"title": "<s>", "facts": [{"label": "<", "value": ">"}]},)),
        state=MessageState.DONE,
        at=NOW,
    )
    html = "".join(
        [
            showing.line(line, Outlook(), SANNE, DeskList.MINE).html,
            showing.message(SeenMessage(message=said, passage=Passage.READ), case).html,
            *(piece.html for piece in showing.parts(case, Outlook(), SANNE, is_online=True).values()),
        ]
    )
    for tag in ("<b>", "<i>", "<u>", "<script>", "<s>"):
        assert tag not in html


def test_a_moment_is_as_short_as_it_can_be() -> None:
    assert moment(NOW, NOW) == "10.00"
    assert moment(NOW - timedelta(days=1), NOW) == "22-11 10.00"


@pytest.mark.parametrize(
    ("coach", "is_asked_for"),
    [
        (replace(SANNE, languages=("nl", "uk")), True),
        (replace(SANNE, languages=("nl",), skills=("Ontslag",)), True),
        (replace(SANNE, languages=("nl",), skills=("schulden",)), False),
    ],
    ids=["their language", "their topic", "something else"],
)
def test_a_coach_sees_who_asks_for_what_they_know(coach: StaffMember, *, is_asked_for: bool) -> None:
    assert replace(LINE, language="uk" if "uk" in coach.languages else "ar").asks_for(coach) is is_asked_for
