"""What schema.org says of courses becomes ours, from a file or from a page; and what is wrong is told."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.courses.model import Form, Level
from counter.imports.found import Found, LeftOut
from counter.imports.model import ImportFaultsError
from counter.imports.schema_org import SchemaOrg
from counter.places.gazetteer import Gazetteer

TODAY = date(2026, 11, 28)
PUBLISHED = Path(__file__).parents[4].parent / "shared/data/standards/schemaorg_subset"

type Document = dict[str, Any]


def an_instance(**changes: Any) -> Document:
    return {
        "@type": "CourseInstance",
        "courseMode": "Onsite",
        "startDate": "2027-02-01",
        "location": {"@type": "Place", "address": {"addressLocality": "Zaandam", "addressCountry": "NL"}},
        "offers": {"@type": "Offer", "price": "649.50", "priceCurrency": "EUR"},
        **changes,
    }


def a_course(**changes: Any) -> Document:
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": "https://roc.example/lassen",
        "name": "Lassen",
        "description": "Je leert <b>lassen</b>.",
        "url": "https://roc.example/lassen",
        "provider": {"@type": "Organization", "name": "ROC Voorbeeld"},
        "educationalLevel": "mbo niveau 2",
        "teaches": ["MIG/MAG-lassen", "TIG-lassen"],
        "keywords": "metaal, techniek",
        "hasCourseInstance": [an_instance()],
        **changes,
    }


@pytest.fixture
def pages(gazetteer: Gazetteer) -> SchemaOrg:
    return SchemaOrg("roc", gazetteer, TODAY)


def taken_in(pages: SchemaOrg, *documents: object) -> Found:
    pages.take_in(json.dumps(list(documents)).encode())
    return pages.found


def test_the_names_in_these_tests_are_those_of_schema_org() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the published vocabulary is not beside the project")
    [file] = PUBLISHED.glob("*.jsonld")
    published = {node["@id"] for node in json.loads(file.read_text(encoding="utf-8"))["@graph"]}
    special = {"hasCourseInstance", "courseMode", "educationalLevel", "courseWorkload", "startDate", "offers"}
    assert {f"schema:{name}" for name in special} <= published
    assert "schema:CourseInstance" in published


def test_an_instance_becomes_a_course_that_people_can_choose(pages: SchemaOrg) -> None:
    found = taken_in(pages, a_course())
    [course] = found.courses
    assert not found.faults
    assert (course.title, course.description, course.provider) == (
        "Lassen",
        "Je leert lassen.",
        "ROC Voorbeeld",
    )
    assert (course.place, course.form, course.level) == ("Zaandam", Form.KLASSIKAAL, Level.MBO2)
    assert (course.start, course.price_eur) == (date(2027, 2, 1), 650)
    assert (course.skills, course.topics) == (("MIG/MAG-lassen", "TIG-lassen"), ("metaal", "techniek"))
    assert course.url == "https://roc.example/lassen"


def test_a_page_with_scripts_says_the_same_as_a_file(pages: SchemaOrg, gazetteer: Gazetteer) -> None:
    page = (
        "<html><script>var x = '<b>';</script><script type='application/ld+json'>"
        f"{json.dumps({'@graph': [a_course()]})}</script>"
        '<script type="application/ld+json; charset=utf-8">{"@type": "Person"}</script></html>'
    )
    pages.take_in(page.encode())
    other = SchemaOrg("roc", gazetteer, TODAY)
    assert pages.found.courses == taken_in(other, a_course()).courses


def test_the_same_course_has_the_same_id_every_time_and_each_instance_its_own(
    pages: SchemaOrg, gazetteer: Gazetteer
) -> None:
    course = a_course(hasCourseInstance=[an_instance(), an_instance(startDate="2027-09-01")])
    found, again = taken_in(pages, course), taken_in(SchemaOrg("roc", gazetteer, TODAY), course)
    assert [one.id for one in found.courses] == [one.id for one in again.courses]
    assert len({one.id for one in found.courses}) == 2
    assert len({one.series for one in found.courses}) == 1
    assert all(len(one.id) <= 60 for one in found.courses)


def test_what_is_pointed_at_by_its_id_is_found_in_the_same_file(pages: SchemaOrg) -> None:
    school = {"@type": "Organization", "@id": "#school", "name": "ROC Voorbeeld"}
    instance = {"@id": "#les", **an_instance()}
    course = a_course(provider={"@id": "#school"}, hasCourseInstance={"@id": "#les"})
    [found] = taken_in(pages, course, school, instance).courses
    assert (found.provider, found.place) == ("ROC Voorbeeld", "Zaandam")


@pytest.mark.parametrize(
    ("changes", "form", "place"),
    [
        ({"courseMode": "Online"}, Form.ONLINE, None),
        ({"courseMode": ["Online", "Onsite"]}, Form.KLASSIKAAL, "Zaandam"),
        ({"courseMode": "Blended"}, Form.KLASSIKAAL, "Zaandam"),
        ({"courseMode": "deeltijd"}, Form.DEELTIJD, "Zaandam"),
        ({"location": {"@type": "VirtualLocation"}}, Form.ONLINE, None),
    ],
    ids=["online", "both", "blended", "part time", "virtual"],
)
def test_only_what_is_taught_nowhere_else_is_online(
    pages: SchemaOrg, changes: Document, form: Form, place: str | None
) -> None:
    [course] = taken_in(pages, a_course(hasCourseInstance=an_instance(**changes))).courses
    assert (course.form, course.place) == (form, place)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"startDate": "2026-11-27T09:00:00+01:00"}, LeftOut.BEGUN),
        ({"location": {"address": {"addressLocality": "Utrecht"}}}, LeftOut.ELSEWHERE),
        (
            {"location": {"address": {"addressLocality": "Zaandam", "addressCountry": "BE"}}},
            LeftOut.ELSEWHERE,
        ),
        ({"location": None}, LeftOut.NO_PLACE),
    ],
    ids=["begun", "elsewhere", "abroad", "nowhere"],
)
def test_what_nobody_here_can_choose_is_left_out_and_counted(
    pages: SchemaOrg, changes: Document, why: LeftOut
) -> None:
    found = taken_in(pages, a_course(hasCourseInstance=an_instance(**changes)))
    assert (found.courses, found.faults, found.left_out[why]) == ((), (), 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": None}, "cursus zonder naam, veld name: dit ontbreekt."),
        ({"name": 7}, "cursus zonder naam, veld name: dit ontbreekt."),
        ({"provider": "ROC"}, "cursus Lassen, veld provider: hier staat niet wie de cursus geeft."),
        (
            {"hasCourseInstance": an_instance(startDate="binnenkort")},
            "uitvoering van Lassen, veld startDate: 'binnenkort' is geen datum.",
        ),
        (
            {"hasCourseInstance": an_instance(offers={"price": "veel"})},
            "uitvoering van Lassen, veld offers: 'veel' is geen getal.",
        ),
        (
            {"hasCourseInstance": an_instance(offers={"price": -1})},
            "uitvoering van Lassen, veld offers: -1 euro kan niet kloppen.",
        ),
    ],
    ids=["no name", "a number", "no provider", "no date", "no price", "a negative price"],
)
def test_what_is_wrong_is_told_by_course_and_field(pages: SchemaOrg, changes: Document, message: str) -> None:
    found = taken_in(pages, a_course(**changes))
    assert found.courses == ()
    assert any(str(fault).startswith(message) for fault in found.faults)


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"{}", b"[]", b"\xff", b'{"@type": "Person"}', b"[" * 100_000]
)
def test_what_holds_no_course_is_refused_or_told(pages: SchemaOrg, data: bytes) -> None:
    try:
        pages.take_in(data)
    except ImportFaultsError:
        return
    assert pages.found.faults


def test_a_list_within_itself_has_an_end(pages: SchemaOrg) -> None:
    nested: Document = {"@id": "#a", "@type": "Course", "hasPart": {"@id": "#a"}}
    for _ in range(50):
        nested = {"@type": "Thing", "hasPart": nested}
    assert taken_in(pages, a_course(), nested).courses


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(
    changes=st.dictionaries(st.sampled_from(sorted({*a_course(), "timeRequired"})), anything),
    inner=st.dictionaries(st.sampled_from(sorted({*an_instance(), "courseWorkload"})), anything),
)
def test_whatever_a_site_says_every_course_has_a_name_a_provider_and_a_place(
    gazetteer: Gazetteer, changes: Document, inner: Document
) -> None:
    pages = SchemaOrg("roc", gazetteer, TODAY)
    # A course beside it, so that there is always something to take in.
    document = {"hasCourseInstance": an_instance(**inner), **changes}
    found = taken_in(pages, a_course(**{"@id": "#goed"}), a_course(**document))
    assert found.courses
    for course in found.courses:
        assert course.title
        assert course.provider
        assert course.place or course.form is Form.ONLINE
