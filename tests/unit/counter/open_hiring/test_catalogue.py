"""Which jobs answer a question, in what order, and what is let go when none does."""

import pytest

from counter.open_hiring.catalogue import JobCatalogue
from counter.open_hiring.model import Condition, Job, JobQuery, Relaxation
from counter.places.gazetteer import Entry, Gazetteer
from counter.places.model import Place, Region


@pytest.fixture(scope="module")
def catalogue() -> JobCatalogue:
    def entry(name: str, latitude: float) -> Entry:
        return Entry(
            place=Place(
                name=name,
                municipality=name,
                region=Region.NOORD_HOLLAND_NOORD,
                latitude=latitude,
                longitude=4.8,
            )
        )

    def job(job_id: str, place: str, sector: str, hours_min: int, hours_max: int) -> Job:
        return Job(
            id=job_id,
            title=job_id.capitalize(),
            employer="Voorbeeld BV",
            place=place,
            sector=sector,
            hours_min=hours_min,
            hours_max=hours_max,
            wage_text="€ 15 per uur",
            tasks="Je werkt mee.",
        )

    gazetteer = Gazetteer([entry("Zaandam", 52.4), entry("Alkmaar", 52.6), entry("Schagen", 52.8)])
    return JobCatalogue(
        [
            job("magazijn", "Zaandam", "logistiek", 24, 32),
            job("fabriek", "Alkmaar", "techniek", 32, 40),
            job("kas", "Schagen", "groen", 16, 24),
            job("zwerver", "Ergens", "groen", 8, 12),
        ],
        gazetteer,
    )


@pytest.mark.parametrize(
    ("query", "jobs", "relaxed"),
    [
        (JobQuery(place="Zaandam"), ["magazijn", "fabriek"], ()),
        (JobQuery(place="Zaandam", radius_km=None), ["magazijn", "fabriek", "kas"], ()),
        (JobQuery(place="Zaandam", sector="groen"), ["kas"], (Relaxation.AFSTAND,)),
        (JobQuery(place="Zaandam", hours=24, sector="logistiek"), ["magazijn"], ()),
        (JobQuery(sector="techniek", hours=20), ["fabriek"], (Relaxation.UREN,)),
        (JobQuery(sector="zorg", place="Zaandam"), ["magazijn", "fabriek"], (Relaxation.SECTOR,)),
        (JobQuery(place="Parijs", sector="techniek"), ["fabriek"], (Relaxation.PLAATS,)),
    ],
)
def test_the_nearest_jobs_come_first_and_what_was_let_go_is_named(
    catalogue: JobCatalogue, query: JobQuery, jobs: list[str], relaxed: tuple[Relaxation, ...]
) -> None:
    found = catalogue.search(query, limit=10, offset=0)
    assert ([hit.job.id for hit in found.hits], found.relaxed) == (jobs, relaxed)
    assert found.total == len(jobs)


def test_when_hours_go_the_nearest_hours_come_first(catalogue: JobCatalogue) -> None:
    found = catalogue.search(JobQuery(hours=44), limit=2, offset=0)
    assert [hit.job.id for hit in found.hits] == ["fabriek", "magazijn"]
    assert (found.relaxed, found.total) == ((Relaxation.UREN,), 4)


def test_a_hit_names_the_wishes_it_meets(catalogue: JobCatalogue) -> None:
    query = JobQuery(place="Alkmaar", hours=36, sector="techniek")
    [hit] = catalogue.search(query, limit=10, offset=0).hits
    assert hit.matched == (Condition.PLAATS, Condition.UREN, Condition.SECTOR)
    [hit] = catalogue.search(JobQuery(sector="techniek", hours=20), limit=10, offset=0).hits
    assert hit.matched == (Condition.SECTOR,)
