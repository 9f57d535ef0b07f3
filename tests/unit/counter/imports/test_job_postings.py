"""JobPostings of other sites become jobs; what asks for somebody's past is refused with its words."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.imports.checking import check
from counter.imports.job_postings import in_own_words, read_postings
from counter.imports.markup import text_of
from counter.imports.model import ImportFaultsError
from counter.imports.sheets import job_sheet
from counter.open_hiring.model import Job, PublicJob
from counter.open_hiring.posting import as_job_posting
from counter.open_hiring.principle import load_principle
from counter.places.gazetteer import Gazetteer

type Read = Callable[..., tuple[Job, ...]]

POSTING: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "identifier": {"@type": "PropertyValue", "name": "Zaanpakket", "value": "zp-7"},
    "title": "Orderpicker",
    "description": "<p>Je verzamelt bestellingen</p><ul><li>- Je plakt een label op elke doos</li></ul>",
    "hiringOrganization": {"@type": "Organization", "name": "Zaanpakket"},
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": "Zaandam", "postalCode": "1506 AB"},
    },
    "industry": "Logistiek",
    "workHours": "24 tot 32 uur per week",
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "value": 15.5, "unitText": "HOUR"},
    },
    "skills": "je kunt 10 kilo tillen, je kunt 4 uur staan",
    "totalJobOpenings": 2,
    "validThrough": "2027-03-01T23:59:00+01:00",
    "educationRequirements": "no requirements",
}


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Read:
    """Give a function that reads a document, and raises its faults as an administrator reads them."""

    def reading(document: object, *, page: str | None = None) -> tuple[Job, ...]:
        data = (page or json.dumps(document)).encode()
        try:
            table = read_postings(
                data,
                is_page=page is not None,
                principle=load_principle(),
                sector_of=lambda title: "logistiek" if title == "Orderpicker" else "",
            )
            return check(job_sheet(gazetteer), table)
        except ImportFaultsError as error:
            raise in_own_words(error) from error

    return reading


def faults(read: Read, **changes: object) -> list[str]:
    with pytest.raises(ImportFaultsError) as refused:
        read({**POSTING, **changes})
    return [str(fault) for fault in refused.value.faults]


def test_a_posting_becomes_a_job(read: Read) -> None:
    assert read(POSTING) == (
        Job(
            id="zp-7",
            title="Orderpicker",
            employer="Zaanpakket",
            place="Zaandam",
            sector="logistiek",
            hours_min=24,
            hours_max=32,
            wage_text="€ 15,50 per uur",
            tasks="Je verzamelt bestellingen. Je plakt een label op elke doos.",
            practical_needs=("je kunt 10 kilo tillen", "je kunt 4 uur staan"),
            open_places=2,
            valid_through=date(2027, 3, 1),
        ),
    )


def test_what_we_export_is_what_we_import(read: Read) -> None:
    [job] = read(POSTING)
    public = PublicJob(job=job, opened_at=datetime(2026, 11, 23, tzinfo=UTC), waiting=0)
    [again] = read(as_job_posting(public, site="https://loket.example"))
    assert (again.id, again.title, again.employer, again.place) == (
        job.id,
        job.title,
        job.employer,
        job.place,
    )
    assert (again.hours_min, again.hours_max, again.sector) == (24, 32, "logistiek")
    assert (again.practical_needs, again.open_places) == (job.practical_needs, 2)
    assert again.valid_through == job.valid_through


@pytest.mark.parametrize(
    "document",
    [
        [POSTING],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, POSTING]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": POSTING}]},
        {**POSTING, "@type": ["https://schema.org/JobPosting", "Thing"]},
    ],
)
def test_a_posting_is_found_wherever_it_stands(read: Read, document: object) -> None:
    assert [job.title for job in read(document)] == ["Orderpicker"]


def test_a_page_is_read_by_its_data_and_not_by_its_scripts(read: Read) -> None:
    page = (
        '<html><script>var x = {"@type": "JobPosting"}</script><p>Werk</p>'
        f'<script type="application/ld+json">{json.dumps(POSTING)}</script></html>'
    )
    assert [job.id for job in read(None, page=page)] == ["zp-7"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"educationRequirements": "mbo niveau 2"}, "kolom educationRequirements: 'mbo niveau 2'"),
        ({"experienceRequirements": {"monthsOfExperience": 12}}, "'12 maanden ervaring'"),
        ({"qualifications": ["heftruckcertificaat"]}, "kolom qualifications: 'heftruckcertificaat'"),
        (
            {"educationRequirements": {"credentialCategory": "bachelor degree"}},
            "kolom educationRequirements: 'bachelor degree'",
        ),
        ({"securityClearanceRequirement": "VOG"}, "kolom securityClearanceRequirement: 'VOG'"),
        ({"description": "Stuur je <b>cv</b> op."}, "kolom description: 'cv'"),
        ({"title": "Ervaren orderpicker"}, "kolom title: 'Ervaren'"),
        ({"skills": "je hebt 2 jaar ervaring"}, "kolom skills: '2 jaar'"),
    ],
)
def test_what_asks_for_the_past_is_refused_with_its_words(
    read: Read, changes: dict[str, object], told: str
) -> None:
    assert any(told in fault and fault.startswith("rij 1, ") for fault in faults(read, **changes))


def test_a_promise_to_ask_nothing_is_no_question(read: Read) -> None:
    kind = {
        "description": "Geen ervaring nodig. Je pakt in.",
        "experienceRequirements": {"monthsOfExperience": 0},
        "qualifications": "Geen",
    }
    [job] = read({**POSTING, **kind})
    assert job.tasks == "Geen ervaring nodig. Je pakt in."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"workHours": None}, "rij 1, kolom workHours: dit moet ingevuld zijn."),
        ({"jobLocation": "Rotterdam"}, "rij 1, kolom jobLocation: 'Rotterdam' is geen plaats"),
        ({"title": "Magisch werk", "industry": "toveren"}, "rij 1, kolom industry: dit moet ingevuld zijn."),
        ({"identifier": None}, "rij 1, kolom identifier: dit moet ingevuld zijn."),
        ({"validThrough": "morgen"}, "rij 1, kolom validThrough: 'morgen' is geen datum"),
    ],
)
def test_what_cannot_be_read_is_told_by_the_name_it_has_in_the_file(
    read: Read, changes: dict[str, object], told: str
) -> None:
    found = faults(read, **changes)
    assert [fault for fault in found if fault.startswith(told)], found
    assert len(found) == len(set(found)) == 1


@pytest.mark.parametrize(
    ("salary", "told"),
    [
        (
            {"currency": "EUR", "value": {"minValue": 2300, "maxValue": 2800, "unitText": "MONTH"}},
            "€ 2300 tot € 2800 per maand",
        ),
        (
            {"currency": "USD", "value": {"value": 15, "unitText": "HOUR"}},
            "minimaal het wettelijk minimumloon",
        ),
        ({"currency": "EUR", "value": 15, "unitText": "HOUR"}, "€ 15 per uur"),
        (None, "minimaal het wettelijk minimumloon"),
        ("veel", "minimaal het wettelijk minimumloon"),
    ],
)
def test_a_wage_is_told_in_words_or_is_at_least_the_minimum(read: Read, salary: object, told: str) -> None:
    [job] = read({**POSTING, "baseSalary": salary})
    assert job.wage_text == told


def test_an_odd_identifier_becomes_one_that_stays_the_same_and_differs_from_others(read: Read) -> None:
    one, same, other = (
        read({**POSTING, "identifier": given})[0].id
        for given in (
            "https://werk.example/a?x=1",
            "https://werk.example/a?x=1",
            "https://werk.example/a/x/1",
        )
    )
    assert one == same != other


def test_a_long_description_ends_after_a_whole_sentence(read: Read) -> None:
    [job] = read({**POSTING, "description": "Je pakt dozen in en plakt ze dicht. " * 60})
    assert len(job.tasks) <= 1000
    assert job.tasks.endswith("dicht.…")


@pytest.mark.parametrize("document", [[], {}, {"@type": "Event"}, 7, "tekst"])
def test_a_file_without_a_posting_is_refused(read: Read, document: object) -> None:
    with pytest.raises(ImportFaultsError, match="geen JobPosting"):
        read(document)


def test_what_is_no_json_is_refused(read: Read) -> None:
    with pytest.raises(ImportFaultsError, match="geldige JSON"):
        read(None, page='<script type="application/ld+json">{</script>')


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(name=st.sampled_from(sorted(set(POSTING) - {"@type"})), value=_JSON)
def test_whatever_stands_in_a_property_ends_in_a_job_or_in_a_fault(
    read: Read, name: str, value: object
) -> None:
    with suppress(ImportFaultsError):
        assert len(read({**POSTING, name: value})) == 1


@given(st.text(max_size=200))
def test_no_mark_is_left_in_what_people_read(text: str) -> None:
    assert "<script" not in text_of(f"<p>{text}</p><script>{text}</script>") or "&lt;script" in text
