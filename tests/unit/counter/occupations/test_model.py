"""What is between somebody and an occupation, and what lies near."""

from dataclasses import replace

import pytest

from counter.occupations.model import MAIN_SKILLS, main_skills, named_in, nearby, profile_of, step_to
from skills_taxonomy import Occupation, Sector, Skill, SkillKind, Taxonomy, TaxonomyData, World

COOK = "beroep/kok"


def test_a_step_names_what_is_shared_and_what_is_missing(taxonomy: Taxonomy) -> None:
    welder = taxonomy.occupation("beroep/lasser")
    step = step_to(welder.id, ["vaardigheid/lassen", "vaardigheid/koken"], taxonomy)
    assert [skill.id for skill in step.shared] == ["vaardigheid/lassen"]
    assert [skill.id for skill in step.missing] == [
        skill_id for skill_id in welder.essential if skill_id != "vaardigheid/lassen"
    ]


def test_the_work_somebody_did_counts_with_what_they_told(taxonomy: Taxonomy) -> None:
    cook = taxonomy.occupation(COOK)
    profile = profile_of(cook, ["vaardigheid/lassen", cook.essential[0]], taxonomy)
    assert profile == (*cook.essential, "vaardigheid/lassen")
    assert profile_of(None, ["vaardigheid/lassen", "vaardigheid/toveren"], taxonomy) == (
        "vaardigheid/lassen",
    )


def test_near_a_cook_is_a_kitchen_and_not_the_cook(taxonomy: Taxonomy) -> None:
    steps = nearby(profile_of(taxonomy.occupation(COOK), (), taxonomy), taxonomy, besides=[COOK])
    assert [step.occupation.id for step in steps][:1] == ["beroep/keukenhulp"]
    assert COOK not in [step.occupation.id for step in steps]
    assert all(step.shared for step in steps)


def test_a_rare_skill_brings_nearer_than_one_that_everybody_needs(taxonomy: Taxonomy) -> None:
    steps = nearby(["vaardigheid/lassen", "vaardigheid/veilig-werken"], taxonomy, limit=5)
    assert all("lassen" in [skill.name for skill in step.shared] for step in steps)


def test_a_sector_keeps_the_others_out(taxonomy: Taxonomy) -> None:
    steps = nearby(profile_of(taxonomy.occupation(COOK), (), taxonomy), taxonomy, sector=Sector.TECHNIEK)
    assert {step.occupation.sector for step in steps} == {Sector.TECHNIEK}


def test_who_told_nothing_is_near_nothing(taxonomy: Taxonomy) -> None:
    assert nearby((), taxonomy) == ()


def _of_esco(number: int, *, language: str = "nl") -> Skill:
    uri = f"http://data.europa.eu/esco/skill/{number}"
    return Skill(id=uri, esco=uri, name=f"iets doen {number}", kind=SkillKind.TECHNISCH, language=language)


def _job(job_id: str, *essential: str, esco: str | None = None) -> Occupation:
    return Occupation(
        id=job_id,
        name=job_id,
        esco=esco,
        sector=Sector.BOUW,
        world=World.WONEN_WERKEN_VERKEER,
        essential=essential,
    )


def _taxonomy(skills: list[Skill], *jobs: Occupation) -> Taxonomy:
    return Taxonomy(
        TaxonomyData(occupations={job.id: job for job in jobs}, skills={skill.id: skill for skill in skills})
    )


def test_of_sixty_skills_people_read_the_everyday_ones_and_then_the_rarest() -> None:
    everyday = replace(_of_esco(0), id="vaardigheid/lassen")
    english = _of_esco(1, language="en")
    common = [_of_esco(number) for number in range(2, 12)]
    rare = _of_esco(12)
    skills = [english, *common, rare, everyday]
    ids = [skill.id for skill in skills]
    taxonomy = _taxonomy(skills, _job("a", *ids), _job("b", *(skill.id for skill in common)))

    told = main_skills(skills, taxonomy)

    assert told[:2] == (everyday, rare)
    assert len(told) == MAIN_SKILLS
    assert english not in told


def test_the_few_skills_of_everyday_work_are_all_told_in_their_order(taxonomy: Taxonomy) -> None:
    for occupation in taxonomy.occupations.values():
        skills = tuple(map(taxonomy.skill, occupation.essential))
        assert main_skills(skills, taxonomy) == skills


def test_work_told_in_everyday_words_comes_before_equally_near_work_of_a_classification() -> None:
    skill = _of_esco(1)
    formal = _job("http://data.europa.eu/esco/occupation/1", skill.id)
    formal = replace(formal, esco=formal.id)
    taxonomy = _taxonomy([skill], formal, _job("lasser", skill.id))

    steps = nearby([skill.id], taxonomy)

    assert [step.occupation.id for step in steps] == ["lasser", formal.id]


def test_an_occupation_of_which_no_skill_is_known_is_near_nothing() -> None:
    skill = _of_esco(1)
    taxonomy = _taxonomy([skill], _job("kok"), _job("lasser", skill.id))

    assert [step.occupation.id for step in nearby([skill.id], taxonomy)] == ["lasser"]


AIRCRAFT, TURBINES, SOLAR = (
    f"beroep/{name}" for name in ("vliegtuigmonteur", "windturbinetechnicus", "zonnepaneelmonteur")
)


def in_energy(taxonomy: Taxonomy, words: str) -> list[str]:
    profile = profile_of(taxonomy.occupation(AIRCRAFT), (), taxonomy)
    named = named_in(Sector.ENERGIE, words, taxonomy)
    steps = nearby(profile, taxonomy, sector=Sector.ENERGIE, named=named, limit=50)
    return [step.occupation.id for step in steps]


@pytest.mark.parametrize(("words", "first"), [("windmolens", TURBINES), ("zonnepanelen", SOLAR)])
def test_who_names_what_they_want_sees_that_before_what_lies_nearer(
    taxonomy: Taxonomy, words: str, first: str
) -> None:
    by_nearness, by_words = in_energy(taxonomy, ""), in_energy(taxonomy, words)
    assert by_words[0] == first
    assert by_words[1:] == [one for one in by_nearness if one != first]


@pytest.mark.parametrize("words", ["energie", "de energiesector", "energietransitie", "frompel"])
def test_another_word_for_the_sector_changes_nothing(taxonomy: Taxonomy, words: str) -> None:
    assert in_energy(taxonomy, words) == in_energy(taxonomy, "")
