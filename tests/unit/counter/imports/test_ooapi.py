"""What the documents of OOAPI become at the counter, and what is said when they are wrong."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.courses.model import Form, Level
from counter.imports.found import Found, LeftOut
from counter.imports.model import ImportFaultsError
from counter.imports.ooapi import Education, Ooapi, read_file
from counter.places.gazetteer import Gazetteer
from tests.support.ooapi import (
    School,
    a_course,
    a_program,
    an_address,
    an_offering,
    an_organization,
    dutch,
    uuid_of,
    wrong_in,
)

TODAY = date(2026, 11, 28)

type Document = dict[str, Any]


@pytest.fixture
def ooapi(gazetteer: Gazetteer) -> Ooapi:
    return Ooapi("roc", gazetteer, TODAY)


def taken_in(ooapi: Ooapi, education: Document, *offerings: Document) -> Found:
    kind = Education.PROGRAM if "programId" in education else Education.COURSE
    ooapi.organization(an_organization())
    ooapi.education(education, kind)
    for offering in offerings:
        ooapi.offering(offering, kind, education[f"{kind}Id"])
    return ooapi.found


def messages(found: Found) -> list[str]:
    return [str(fault) for fault in found.faults]


@pytest.mark.parametrize(
    ("document", "schema"),
    [
        (an_organization(addresses=[an_address()]), "Organization"),
        (a_course(), "Course"),
        (a_program(), "Program"),
        (an_offering(), "CourseOffering"),
        (an_offering(kind="program"), "ProgramOffering"),
    ],
    ids=["organization", "course", "program", "course offering", "program offering"],
)
def test_the_documents_of_these_tests_are_as_the_specification_wants(document: Document, schema: str) -> None:
    assert wrong_in(document, schema) == []
    assert wrong_in({**document, "name": "geen lijst"}, schema) != []


def test_an_offering_becomes_a_course_that_people_can_choose(ooapi: Ooapi) -> None:
    education = a_course(
        studyLoad={"studyLoadUnit": "ects", "value": 3},
        learningOutcomes=[dutch("MIG/MAG-lassen"), dutch("x" * 200)],
        link="https://roc.example/lassen",
    )
    found = taken_in(ooapi, education, an_offering(enrollEndDate="2027-01-15"))
    [course] = found.courses
    assert not found.faults
    assert course.id == f"roc-{uuid_of('offering Lassen 1')}"
    assert course.series == f"roc-{uuid_of('course Lassen')}"
    assert (course.title, course.description) == ("Lassen", "Je leert Lassen.")
    assert (course.provider, course.place, course.form) == ("ROC Voorbeeld", "Zaandam", Form.KLASSIKAAL)
    assert (course.level, course.hours_total, course.skills) == (Level.MBO2, 84, ("MIG/MAG-lassen",))
    assert (course.start, course.last_day, course.price_eur) == (date(2027, 2, 1), date(2027, 1, 15), 650)
    assert course.url == "https://roc.example/lassen"


def test_offerings_of_one_course_each_have_their_own_place_day_and_price(ooapi: Ooapi) -> None:
    found = taken_in(
        ooapi,
        a_course(),
        an_offering("1"),
        an_offering("2", startDate="2027-09-01", addresses=[an_address("Alkmaar")], priceInformation=[]),
    )
    assert [(one.place, one.start, one.price_eur) for one in found.courses] == [
        ("Zaandam", date(2027, 2, 1), 650),
        ("Alkmaar", date(2027, 9, 1), None),
    ]
    assert len({one.series for one in found.courses}) == 1


@pytest.mark.parametrize(
    ("names", "title"),
    [
        ([{"language": "en", "value": "Welding"}, {"language": "nl", "value": "Lassen"}], "Lassen"),
        ([{"language": "de-DE", "value": "Schweißen"}, {"language": "en-GB", "value": "Welding"}], "Welding"),
        ([{"language": "fr", "value": "Soudage"}], "Soudage"),
        ([{"value": "Zonder taal"}], "Zonder taal"),
    ],
    ids=["Dutch", "English", "any", "none"],
)
def test_of_several_languages_dutch_is_read(ooapi: Ooapi, names: list[Document], title: str) -> None:
    [course] = taken_in(ooapi, a_course(name=names), an_offering()).courses
    assert course.title == title


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"level": "secondary vocational education 4"}, Level.MBO4),
        ({"level": "associate degree"}, Level.AD),
        ({"level": "bachelor"}, Level.HBO),
        ({"level": "bachelor", "sector": "university education"}, Level.WO),
        ({"level": "master", "sector": "higher professional education"}, Level.HBO),
        ({"level": "undefined"}, Level.CURSUS),
        ({"level": "nt2-1"}, Level.CURSUS),
        ({"level": "secondary vocational education", "levelOfQualification": "4+"}, Level.MBO4),
    ],
    ids=lambda facts: " ".join(facts.values()) if isinstance(facts, dict) else str(facts),
)
def test_a_level_is_one_of_ours(ooapi: Ooapi, facts: Document, level: Level) -> None:
    [course] = taken_in(ooapi, a_program(**facts), an_offering(kind="program")).courses
    assert course.level is level


def test_learning_and_working_together_is_a_work_based_course(ooapi: Ooapi) -> None:
    [course] = taken_in(ooapi, a_program(modeOfStudy="dual training"), an_offering(kind="program")).courses
    assert course.is_work_based
    assert course.form is Form.DEELTIJD


@pytest.mark.parametrize(
    ("modes", "form", "place"),
    [
        (["online"], Form.ONLINE, None),
        (["distance-learning", "online"], Form.ONLINE, None),
        (["online", "on campus"], Form.KLASSIKAAL, "Zaandam"),
        (["hybrid"], Form.KLASSIKAAL, "Zaandam"),
    ],
    ids=["online", "at a distance", "both", "hybrid"],
)
def test_only_what_is_taught_nowhere_else_is_online(
    ooapi: Ooapi, modes: list[str], form: Form, place: str | None
) -> None:
    [course] = taken_in(ooapi, a_course(), an_offering(modeOfDelivery=modes)).courses
    assert (course.form, course.place) == (form, place)


def test_where_it_is_taught_goes_before_where_the_school_is(ooapi: Ooapi) -> None:
    offering = an_offering(addresses=[an_address("Alkmaar", kind="postal"), an_address("Purmerend")])
    [course] = taken_in(ooapi, a_course(addresses=[an_address("Zaandam")]), offering).courses
    assert course.place == "Purmerend"


@pytest.mark.parametrize(
    ("offering", "why"),
    [
        (an_offering(addresses=[an_address("Utrecht")]), LeftOut.ELSEWHERE),
        (an_offering(addresses=[an_address("Zaandam", countryCode="DE")]), LeftOut.ELSEWHERE),
        (an_offering(addresses=[an_address("Alkmaar", postalCode="4611 AB")]), LeftOut.ELSEWHERE),
        (an_offering(addresses=[]), LeftOut.NO_PLACE),
        (an_offering(startDate="2026-11-27"), LeftOut.BEGUN),
        (an_offering(enrollEndDate="2026-11-27"), LeftOut.BEGUN),
        (an_offering(maxNumberStudents=20, enrolledNumberStudents=20), LeftOut.FULL),
    ],
    ids=["elsewhere", "abroad", "another Alkmaar", "nowhere", "begun", "too late", "full"],
)
def test_what_nobody_here_can_choose_is_left_out_and_counted(
    ooapi: Ooapi, offering: Document, why: LeftOut
) -> None:
    found = taken_in(ooapi, a_course(), offering)
    assert (found.courses, found.faults) == ((), ())
    assert found.left_out[why] == 1


def test_a_course_that_is_not_offered_is_left_out(ooapi: Ooapi) -> None:
    assert taken_in(ooapi, a_course()).left_out[LeftOut.NOT_OFFERED] == 1


def test_who_may_begin_on_any_day_needs_no_start_as_long_as_that_lasts(ooapi: Ooapi) -> None:
    offering = an_offering(
        startDate="2026-09-01", flexibleEntryPeriodStart="2026-09-01", flexibleEntryPeriodEnd="2027-05-31"
    )
    [course] = taken_in(ooapi, a_course(), offering).courses
    assert (course.start, course.last_day) == (None, date(2027, 5, 31))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "Lassen"}, "veld name: dit is geen lijst van teksten met een taal."),
        (
            {"name": [{"language": "nl", "value": 7}]},
            "veld name: dit is geen lijst van teksten met een taal.",
        ),
        ({"name": None}, "veld name: dit ontbreekt."),
        ({"name": dutch("<b> </b>")}, "veld name: dit is leeg."),
        ({"name": dutch("a\x07b")}, "veld name: hier staat een onzichtbaar teken in."),
        ({"courseId": "las-1"}, "veld courseId: 'las-1' is geen id (UUID)."),
        ({"courseId": None}, "veld courseId: dit ontbreekt."),
        ({"studyLoad": {"value": "veel"}}, "veld studyLoad: 'veel' is geen getal."),
        ({"studyLoad": 3}, "veld studyLoad: dit is geen object."),
        ({"validTo": "morgen"}, "veld validTo: 'morgen' is geen datum."),
        ({"addresses": "Zaandam"}, "veld addresses: dit is geen lijst."),
    ],
    ids=lambda value: None if isinstance(value, str) else "",
)
def test_what_is_wrong_with_a_course_is_told_by_course_and_field(
    ooapi: Ooapi, change: Document, message: str
) -> None:
    education = a_course(**change)
    ooapi.education(education, Education.COURSE)
    [told] = messages(ooapi.found)
    assert told.startswith("cursus ")
    assert message in told


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"startDate": None}, "veld startDate: dit ontbreekt."),
        ({"startDate": 2027}, "veld startDate: '2027' is geen datum."),
        ({"startDate": "2027-02-30"}, "veld startDate: '2027-02-30' is geen datum."),
        ({"priceInformation": {}}, "veld priceInformation: dit is geen lijst."),
        (
            {"priceInformation": [{"costType": "total costs", "amount": "1e9"}]},
            "veld priceInformation: 1E+9 euro kan niet kloppen.",
        ),
        (
            {"priceInformation": [{"costType": "total costs", "amount": "gratis"}]},
            "veld priceInformation: 'gratis' is geen getal.",
        ),
        ({"offeringId": 5}, "veld offeringId: '5' is geen id (UUID)."),
        ({"modeOfDelivery": "online"}, "veld modeOfDelivery: dit is geen lijst."),
    ],
    ids=lambda value: None if isinstance(value, str) else "",
)
def test_what_is_wrong_with_an_offering_is_told_by_offering_and_field(
    ooapi: Ooapi, change: Document, message: str
) -> None:
    found = taken_in(ooapi, a_course(), an_offering(**change))
    assert found.courses == ()
    assert any(told.startswith("uitvoering ") and message in told for told in messages(found))


def test_the_same_document_twice_is_one_and_another_under_its_id_is_a_fault(ooapi: Ooapi) -> None:
    found = taken_in(ooapi, a_course(), an_offering(), an_offering())
    assert (len(found.courses), found.faults) == (1, ())
    ooapi.offering(an_offering(priceInformation=[]), Education.COURSE, a_course()["courseId"])
    [told] = messages(ooapi.found)
    assert "dit id staat er twee keer, met iets anders" in told


def test_an_offering_of_nothing_is_a_fault(ooapi: Ooapi) -> None:
    ooapi.offering(an_offering(course=uuid_of("weg")), Education.COURSE)
    assert "veld course: deze cursus is er niet." in messages(ooapi.found)[0]


def test_the_offerings_of_a_wrong_course_are_not_told_apart(ooapi: Ooapi) -> None:
    found = taken_in(ooapi, a_course(name="Lassen"), an_offering("1"), an_offering("2"))
    assert (found.courses, len(found.faults)) == ((), 1)


def test_programs_in_a_circle_are_no_trouble(ooapi: Ooapi) -> None:
    one, other = a_program("Een"), a_program("Ander")
    one["children"], other["children"] = [other], [one["programId"]]
    one["parent"] = other["programId"]
    assert len(taken_in(ooapi, one, an_offering(kind="program")).courses) == 1


def test_tags_and_marks_are_taken_out_of_what_people_read(ooapi: Ooapi) -> None:
    education = a_course(
        name=dutch("<b>Lassen</b> &amp; snijden<script>alert(1)</script>"),
        description=dutch(
            "# Wat leer je?\n\n- **MIG**\n- [TIG](https://evil.example)\n\n<p>Meer</p><p>dan dat</p>"
        ),
        link="javascript:alert(1)",
    )
    [course] = taken_in(ooapi, education, an_offering()).courses
    assert course.title == "Lassen & snijden"
    assert course.description == "Wat leer je? MIG TIG Meer dan dat"
    assert course.url is None


def test_long_texts_are_cut_at_a_word(ooapi: Ooapi) -> None:
    education = a_course(name=dutch("lassen " * 40), description=dutch("woord " * 400))
    [course] = taken_in(ooapi, education, an_offering()).courses
    assert len(course.title) <= 120
    assert course.title.endswith("lassen…")
    assert len(course.description) <= 1000


def test_a_file_says_the_same_as_an_endpoint(ooapi: Ooapi) -> None:
    school = School()
    school.teach(a_course(), an_offering("1"))
    school.teach(a_program(), an_offering("2", kind="program"))
    read_file(ooapi, json.dumps(school.as_file()).encode())
    found = ooapi.found
    assert (len(found.courses), found.faults) == (2, ())


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b"{}", b'{"courses": 5}', b"[" * 100_000, b'{"courses": [' * 5000]
)
def test_what_is_no_file_of_ooapi_is_refused(ooapi: Ooapi, data: bytes) -> None:
    with pytest.raises(ImportFaultsError):
        read_file(ooapi, data)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(
    changes=st.dictionaries(st.sampled_from(sorted({*a_program(), *a_course(), "studyLoad"})), anything),
    offered=st.dictionaries(st.sampled_from(sorted({*an_offering(), "modeOfDelivery"})), anything),
    stranger=anything,
)
def test_whatever_a_source_says_it_is_a_course_or_left_out_or_told(
    gazetteer: Gazetteer, changes: Document, offered: Document, stranger: object
) -> None:
    ooapi = Ooapi("roc", gazetteer, TODAY)
    ooapi.organization(stranger)
    key = ooapi.education({**a_course(), **changes}, Education.COURSE)
    ooapi.offering({**an_offering(), **offered}, Education.COURSE, key or uuid_of("wrong"))
    found = ooapi.found
    assert len(found.courses) + len(found.faults) + sum(found.left_out.values()) > 0
    for course in found.courses:
        assert course.title
        assert course.place or course.form is Form.ONLINE
