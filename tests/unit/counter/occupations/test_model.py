"""What is between somebody and an occupation, and what lies near."""

from counter.occupations.model import nearby, profile_of, step_to
from skills_taxonomy import Sector, Taxonomy

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
    profile = profile_of(cook, ["vaardigheid/lassen", cook.essential[0]])
    assert profile == (*cook.essential, "vaardigheid/lassen")
    assert profile_of(None, ["vaardigheid/lassen"]) == ("vaardigheid/lassen",)


def test_near_a_cook_is_a_kitchen_and_not_the_cook(taxonomy: Taxonomy) -> None:
    steps = nearby(profile_of(taxonomy.occupation(COOK), ()), taxonomy, besides=[COOK])
    assert [step.occupation.id for step in steps][:1] == ["beroep/keukenhulp"]
    assert COOK not in [step.occupation.id for step in steps]
    assert all(step.shared for step in steps)


def test_a_rare_skill_brings_nearer_than_one_that_everybody_needs(taxonomy: Taxonomy) -> None:
    steps = nearby(["vaardigheid/lassen", "vaardigheid/veilig-werken"], taxonomy, limit=5)
    assert all("lassen" in [skill.name for skill in step.shared] for step in steps)


def test_a_sector_keeps_the_others_out(taxonomy: Taxonomy) -> None:
    steps = nearby(profile_of(taxonomy.occupation(COOK), ()), taxonomy, sector=Sector.TECHNIEK)
    assert {step.occupation.sector for step in steps} == {Sector.TECHNIEK}


def test_who_told_nothing_is_near_nothing(taxonomy: Taxonomy) -> None:
    assert nearby((), taxonomy) == ()
