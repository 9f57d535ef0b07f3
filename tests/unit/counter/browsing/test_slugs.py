import pytest

from counter.browsing.model import occupation_id, skill_id, slug_of
from skills_taxonomy import Skill, SkillKind


@pytest.mark.parametrize(
    ("concept_id", "slug"),
    [
        ("vaardigheid/lassen", "lassen"),
        ("http://data.europa.eu/esco/skill/0b3a-1", "esco-0b3a-1"),
    ],
)
def test_the_address_of_a_page_leads_back_to_its_skill(concept_id: str, slug: str) -> None:
    assert slug_of(Skill(id=concept_id, name="lassen", kind=SkillKind.TECHNISCH)) == slug
    assert skill_id(slug) == concept_id


def test_an_occupation_has_addresses_of_its_own() -> None:
    assert occupation_id("lasser") == "beroep/lasser"
    assert occupation_id("esco-1") == "http://data.europa.eu/esco/occupation/1"
