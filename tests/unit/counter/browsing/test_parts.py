"""Long lists in parts: nothing twice, nothing left out, and what people know first."""

from hypothesis import given
from hypothesis import strategies as st

from counter.browsing.model import PART, address_of, everyday_first, part_of, slug_of
from skills_taxonomy import Group, Skill, SkillKind

ESCO = "http://data.europa.eu/esco/"


@given(st.integers(0, 3 * PART + 1))
def test_leafing_through_a_list_meets_everything_once(count: int) -> None:
    found = list(range(count))
    first = part_of(found, 1)
    parts = [part_of(found, number) for number in range(1, first.last + 1)]
    assert [one for part in parts for one in part.items] == found
    assert {(part.total, part.last) for part in parts} == {(count, first.last)}


@given(st.integers(0, 3 * PART), st.integers(-5, 10_000))
def test_a_part_that_is_not_there_is_the_nearest_one(count: int, number: int) -> None:
    part = part_of(range(count), number)
    assert 1 <= part.number <= part.last
    assert len(part.items) == min(PART, count) or part.number == part.last


def test_everyday_names_come_first_and_names_that_are_not_dutch_last() -> None:
    def skill(concept_id: str, name: str, language: str = "nl") -> Skill:
        esco = concept_id if concept_id.startswith(ESCO) else None
        return Skill(id=concept_id, name=name, esco=esco, language=language, kind=SkillKind.AMBACHT)

    english = skill(f"{ESCO}skill/1", "anneal", "en")
    unusual = skill(f"{ESCO}skill/2", "Afbramen")
    everyday = skill("vaardigheid/zagen", "zagen")
    assert everyday_first([english, unusual, everyday]) == [everyday, unusual, english]


def test_groups_of_two_lists_with_one_number_have_addresses_of_their_own() -> None:
    isco, field = (Group(id=f"{ESCO}{one}", name="groep") for one in ("isco/C02", "isced-f/02"))
    assert [slug_of(isco), slug_of(field)] == ["isco-C02", "isced-f-02"]
    assert address_of(isco) == "/groepen/isco-C02"
