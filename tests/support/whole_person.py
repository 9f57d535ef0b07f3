"""Somebody who has everything that a person can have with the counter, in words that nobody else says."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from counter.conversations.model import Content
from counter.course_alerts.model import AskAlert
from counter.courses.model import Course, CourseQuery, Form
from counter.courses.model import Level as CourseLevel
from counter.desk.model import Outcome
from counter.employers.model import Employer
from counter.job_drafts.model import SubmitJob
from counter.open_hiring.model import Introduction, Job, SignUp
from counter.passport.model import EntryKind, Source, Told
from counter.preservations.model import Ground, Preserve
from counter.ratings.model import Rating
from counter.referrals.model import Helped, Lead, OpenReferral, Reason
from counter.schemes.model import VoucherKind
from counter.services import Counter
from counter.shared_passports.model import Period, Share, Ticked
from counter.staff.model import StaffEvent, StaffMember
from counter.tasks.model import Assignment
from counter.tasks.written import parse_written
from counter.vouchers.model import Decision, VoucherApplicationCommand
from skills_taxonomy import Level
from tests.support.staff import new_member

NAME, EMAIL, PHONE = "Zylfrida", "zylfrida@kwartelhok.example", "+31687600421"
ADDRESS, POSTCODE = "kwartelhok-chat-1", "1506 ZX"
# Each stands in no word of ours; whoever finds one has found this person.
MARKS = ("zylfrida", "kwartel", "687600421", POSTCODE.lower())
SENT = "kwartelhok-bezorging"
JOB = Job(
    id="magazijn",
    title="Magazijnmedewerker",
    employer="Voorbeeld BV",
    place="Zaandam",
    sector="logistiek",
    hours_min=24,
    hours_max=32,
    wage_text="€ 15 per uur",
    tasks="Je pakt dozen in.",
)

COURSE = Course(
    id="lassen",
    title="Lassen voor beginners",
    provider="Voorbeeldschool",
    place=None,
    form=Form.ONLINE,
    level=CourseLevel.MBO2,
    topics=("lassen",),
)


@dataclass(frozen=True)
class WholePerson:
    """Where they talk: on the website, where a visit is open too, and in a chat app."""

    website: str
    chat: str
    visit: str


async def live_through_everything(counter: Counter) -> WholePerson:
    """Have somebody do everything that a person can do, and staff everything they can do for them."""
    first = await counter.conversations.open("website")
    second = await counter.conversations.open("website", earlier_token=first.token)
    await _talk(counter, first.id)
    await _move_to_chat(counter, second.id)
    coach = await _a_coach(counter)
    await _be_helped(counter, first.id, coach)
    await _apply(counter, first.id, coach)
    await _offer_a_job(counter, first.id, coach)
    await counter.passports.add(
        first.id,
        [
            Told(skill_id="vaardigheid/lassen", words="las kwartelhokken", level=Level.ERVAREN),
            Told(skill_id="vaardigheid/koken", words="kwartels koken", kind=EntryKind.WISH),
            Told(
                skill_id="vaardigheid/metselen",
                words="kwartelmuren metselen",
                source=Source.COACH,
                added_by="Sanne",
            ),
        ],
    )
    await counter.passports.remove(first.id, ["vaardigheid/metselen"])
    await counter.shared_passports.share(
        first.id,
        "sleutel",
        Share(
            label="voor de kwartelbaas",
            period=Period.WEEK,
            ticked=Ticked(skill_ids=frozenset({"vaardigheid/lassen"}), first_name=NAME),
        ),
    )
    await counter.courses.store([COURSE])
    await counter.course_alerts.ask(
        AskAlert(
            conversation_id=first.id, message_id="a1", query=CourseQuery(topic="lassen", place="Kwartelveen")
        )
    )
    await counter.vouchers.keep_draft(first.id, VoucherKind.BEGELEIDING, {"goal": "kwartels leren roepen"})
    await counter.preservations.preserve(
        Preserve(
            conversation_id=first.id,
            ground=Ground.HELP,
            why="Zylfrida wordt nog geholpen",
            by="anja",
            until=counter.clock().date() + timedelta(days=30),
        )
    )
    await counter.continuations.issue(first.id)
    await counter.continuations.reading_link(first.id)
    await counter.visits.link(first.id)
    return WholePerson(website=first.id, chat=second.id, visit=await counter.visits.begin(first.id))


async def _talk(counter: Counter, conversation: str) -> None:
    await counter.conversations.receive(conversation, Content(text="ik ben Zylfrida uit het kwartelhok"))
    turn = await counter.conversations.take_turn(conversation, "proces")
    assert turn is not None
    card = {"title": "Dag Zylfrida", "facts": [{"label": "Hok", "value": "kwartelhok"}]}
    await counter.conversations.answer(
        conversation, turn.message.seq, [Content(text="Hallo Zylfrida", cards=(card,), simpler="Kwartel")]
    )
    said = (await counter.conversations.transcript(conversation)).messages
    rating = Rating(seq=said[-1].seq, is_helpful=False, reason="dit gaat niet over kwartels")
    await counter.ratings.rate(conversation, rating)


async def _move_to_chat(counter: Counter, conversation: str) -> None:
    code = await counter.continuations.issue(conversation)
    await counter.continuations.take_to_address(code.text, "telegram", ADDRESS, client_id="kwartel-1")
    await counter.conversations.notify(conversation, Content(text="Dag Zylfrida"))
    errand = await counter.addresses.next_errand(conversation, "proces")
    assert errand is not None
    await counter.addresses.record_part(errand, 0, SENT)
    await counter.addresses.complete(errand)


async def _a_coach(counter: Counter) -> StaffMember:
    await counter.staff.add(replace(new_member(), name="Sanne de Wit"))
    [member] = await counter.staff.members()
    return member


async def _be_helped(counter: Counter, conversation: str, coach: StaffMember) -> None:
    asked = OpenReferral(
        conversation_id=conversation,
        message_id="m1",
        reason=Reason.ASKED,
        topic="mijn kwartelhok",
        region="kwartelregio",
        name=NAME,
        phone=PHONE,
        email=EMAIL,
        language="pl",
    )
    number = (await counter.referrals.open(asked)).number
    await counter.staff.record(coach.id, StaffEvent.LOOKED, conversation_id=conversation, detail=number)
    await counter.desk.claim(number, coach)
    await counter.desk.label(number, coach, ["geldzorgen"])
    await counter.desk.note(number, coach, "Zylfrida heeft een kwartelhok", client_id="n1")
    await counter.desk.summarise(number, coach, "Zylfrida wil haar kwartels houden")
    await counter.desk.say(number, coach, "Dag Zylfrida", client_id="s1")
    await counter.desk.hand_back(
        number, coach, assignment=Assignment(questions=parse_written("postcode\nHoeveel kwartels?"))
    )
    await counter.tasks.finish(conversation, "m2", [POSTCODE, "tien kwartels"])
    await counter.desk.claim(number, coach)
    await counter.desk.close(number, coach, Outcome.HELPED)
    await counter.referrals.rate(number, conversation, Helped.YES, comment="de kwartels blijven")
    lead = Lead(need="een hokkenbouwer voor kwartels", place="Kwartelveen", people=2, start=date(2027, 1, 1))
    await counter.referrals.open(
        replace(
            asked,
            message_id="m3",
            reason=Reason.SME,
            lead=replace(lead, employer=Employer(kvk_number="12345678", name="Kwartelhok BV")),
        )
    )


async def _apply(counter: Counter, conversation: str, coach: StaffMember) -> None:
    command = VoucherApplicationCommand(
        conversation_id=conversation,
        message_id="m1",
        kind=VoucherKind.OPLEIDING,
        goal="kwartelhokken leren bouwen",
        name=NAME,
        age=34,
        postcode=POSTCODE,
        email=EMAIL,
        phone=PHONE,
    )
    voucher = await counter.vouchers.apply(command)
    await counter.voucher_desk.decide(
        voucher.number,
        Decision.AWARDED,
        adviser=coach.name,
        reason="Zylfrida heeft een plan",
        staff_id=coach.id,
    )
    await counter.vouchers.apply(replace(command, message_id="m2", kind=VoucherKind.ORIENTATIE))
    await counter.open_hiring.store([JOB, replace(JOB, id="kantine", title="Hulp in de kantine")])
    sign_up = SignUp(job_id=JOB.id, conversation_id=conversation, message_id="m1")
    place = await counter.open_hiring.sign_up(sign_up)
    await counter.open_hiring.free_place(JOB.id)
    introduction = Introduction(name=NAME, phone=PHONE, email=EMAIL, consent="Geef ik dit door, Zylfrida?")
    await counter.open_hiring.accept(place.number, conversation, introduction)
    await counter.open_hiring.sign_up(replace(sign_up, job_id="kantine", message_id="m2"))


async def _offer_a_job(counter: Counter, conversation: str, coach: StaffMember) -> None:
    draft = await counter.job_drafts.submit(
        SubmitJob(
            conversation_id=conversation,
            message_id="m1",
            employer=Employer(kvk_number="12345678", name="Kwartelhok BV"),
            title="Kwartelhoeder",
            place="Kwartelveen",
            hours_min=24,
            hours_max=32,
            practical_needs=("je houdt van kwartels",),
            open_places=2,
            name=NAME,
            phone=PHONE,
            email=EMAIL,
        )
    )
    await counter.job_drafts.reject(
        draft.number, adviser=coach.name, reason="Zylfrida is geen bedrijf", staff_id=coach.id
    )
