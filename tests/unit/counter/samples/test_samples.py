import re
from collections import Counter
from importlib import resources

import pytest

from counter.courses.model import Course, Form, Level
from counter.imports.checking import check
from counter.imports.reading import read_table
from counter.imports.sheets import Sheet, course_sheet, initiative_sheet, job_sheet
from counter.initiatives.model import Initiative
from counter.open_hiring.model import Job
from counter.places.gazetteer import Gazetteer, load_gazetteer
from counter.places.model import Region
from skills_taxonomy.model import Sector

MAX_WORDS_A_SENTENCE = 15


def samples[Item](sheet: Sheet[Item], file_name: str) -> tuple[Item, ...]:
    data = resources.files("counter.samples").joinpath(file_name).read_bytes()
    return check(sheet, read_table(file_name, data))


def by_region(gazetteer: Gazetteer, places: list[str]) -> Counter[Region]:
    found = [gazetteer.find(place) for place in places]
    return Counter(place.region for place in found if place)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def courses(gazetteer: Gazetteer) -> tuple[Course, ...]:
    return samples(course_sheet(gazetteer), "courses.csv")


@pytest.fixture(scope="session")
def jobs(gazetteer: Gazetteer) -> tuple[Job, ...]:
    return samples(job_sheet(gazetteer), "jobs.csv")


@pytest.fixture(scope="session")
def initiatives(gazetteer: Gazetteer) -> tuple[Initiative, ...]:
    return samples(initiative_sheet(gazetteer), "initiatives.csv")


def test_there_is_enough_to_choose_from(
    courses: tuple[Course, ...], jobs: tuple[Job, ...], initiatives: tuple[Initiative, ...]
) -> None:
    assert len(courses) >= 66
    assert len(jobs) >= 44
    assert len(initiatives) >= 28


def test_every_region_has_courses_jobs_and_initiatives(
    gazetteer: Gazetteer,
    courses: tuple[Course, ...],
    jobs: tuple[Job, ...],
    initiatives: tuple[Initiative, ...],
) -> None:
    courses_in = by_region(gazetteer, [course.place for course in courses if course.place])
    jobs_in = by_region(gazetteer, [job.place for job in jobs])
    initiatives_in = Counter(initiative.region for initiative in initiatives)
    for region in Region:
        assert courses_in[region] >= 6
        assert jobs_in[region] >= 5
        assert initiatives_in[region] >= 2


def test_every_level_form_and_sector_occurs(courses: tuple[Course, ...], jobs: tuple[Job, ...]) -> None:
    assert {course.level for course in courses} == set(Level)
    assert {course.form for course in courses} == set(Form)
    assert {job.sector for job in jobs} == set(Sector)


def test_every_region_has_a_place_to_work_and_learn(
    gazetteer: Gazetteer, courses: tuple[Course, ...]
) -> None:
    places = [course.place for course in courses if course.is_work_based and course.place]
    assert set(by_region(gazetteer, places)) == set(Region)


def test_nobody_takes_a_sample_for_real(courses: tuple[Course, ...], jobs: tuple[Job, ...]) -> None:
    for name, is_sample in [(course.provider, course.is_sample) for course in courses] + [
        (job.employer, job.is_sample) for job in jobs
    ]:
        assert name.startswith("Voorbeeld")
        assert is_sample


def test_no_address_was_made_up(courses: tuple[Course, ...], initiatives: tuple[Initiative, ...]) -> None:
    assert not any(course.url for course in courses)
    assert not any(initiative.url for initiative in initiatives)


def test_some_courses_stay_open_however_old_the_samples_get(courses: tuple[Course, ...]) -> None:
    assert sum(course.start is None for course in courses) >= 15


def test_a_job_asks_only_what_the_work_needs(jobs: tuple[Job, ...]) -> None:
    # The import refuses the past; a need also says what somebody can or may do, nothing else.
    for job in jobs:
        assert job.practical_needs
        for need in job.practical_needs:
            assert re.match(r"je (?:kunt|mag) ", need)
        assert not re.search(
            r"diploma|ervaring|cv\b|vloeiend|nederlands", " ".join(job.practical_needs), re.IGNORECASE
        )


def test_a_job_starts_at_the_minimum_wage_or_more(jobs: tuple[Job, ...]) -> None:
    for job in jobs:
        assert re.search(r"minimumloon|cao", job.wage_text)


def test_sentences_are_short_and_say_je(
    courses: tuple[Course, ...], jobs: tuple[Job, ...], initiatives: tuple[Initiative, ...]
) -> None:
    stories = [course.description for course in courses]
    stories += [job.tasks for job in jobs]
    stories += [initiative.description for initiative in initiatives]
    for story in stories:
        assert not re.search(r"\b(?:u|uw)\b", story)
        for sentence in re.split(r"[.!?]\s*", story):
            assert len(sentence.split()) <= MAX_WORDS_A_SENTENCE, sentence
