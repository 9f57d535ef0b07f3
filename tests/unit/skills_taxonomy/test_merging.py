"""What the starter taxonomy and ESCO are together."""

from dataclasses import replace

import pytest

from skills_taxonomy.loading import load
from skills_taxonomy.merging import distinct_names, merge
from skills_taxonomy.model import (
    Collection,
    Group,
    Occupation,
    Sector,
    Skill,
    SkillKind,
    Source,
    TaxonomyData,
    World,
)

STARTER = TaxonomyData(
    occupations={
        "beroep/lasser": Occupation(
            id="beroep/lasser",
            name="lasser",
            names=("lasster",),
            esco="esco/welder",
            description="Je maakt metaal vast met hitte.",
            sector=Sector.BOUW,
            world=World.WONEN_WERKEN_VERKEER,
            essential=("vaardigheid/lassen", "vaardigheid/veilig"),
            optional=("vaardigheid/metalen",),
        )
    },
    skills={
        "vaardigheid/lassen": Skill(
            id="vaardigheid/lassen", name="lassen", esco="esco/welding", kind=SkillKind.AMBACHT
        ),
        "vaardigheid/veilig": Skill(id="vaardigheid/veilig", name="veilig werken", kind=SkillKind.VEILIGHEID),
        "vaardigheid/metalen": Skill(
            id="vaardigheid/metalen", name="metalen kennen", esco="esco/metals", kind=SkillKind.TECHNISCH
        ),
    },
    sources=(Source(name="starter", version="1", notice="Van ons."),),
)
ESCO = TaxonomyData(
    occupations={
        "esco/welder": Occupation(
            id="esco/welder",
            esco="esco/welder",
            competentnl="cnl/42",
            name="Lasser",
            names=("booglasser", "LASSTER"),
            description="Lassers verbinden metalen werkstukken.",
            sector=Sector.TECHNIEK,
            world=World.HIGHTECH_SCIENCE,
            essential=("esco/torch", "esco/welding", "esco/metals"),
            optional=("esco/polish",),
            broader=("esco/C7212",),
        ),
        "esco/pipe-welder": Occupation(
            id="esco/pipe-welder",
            esco="esco/pipe-welder",
            name="pijplasser",
            sector=Sector.TECHNIEK,
            world=World.HIGHTECH_SCIENCE,
            essential=("esco/welding",),
            broader=("esco/welder",),
        ),
    },
    skills={
        "esco/welding": Skill(
            id="esco/welding",
            esco="esco/welding",
            name="weld",
            language="en",
            description="Metalen verbinden.",
            kind=SkillKind.TECHNISCH,
            collections=frozenset({Collection.GREEN}),
            related=("esco/metals",),
            broader=("esco/S6",),
        ),
        **{
            f"esco/{slug}": Skill(id=f"esco/{slug}", esco=f"esco/{slug}", name=slug, kind=SkillKind.AMBACHT)
            for slug in ("torch", "metals", "polish")
        },
    },
    groups={
        uri: Group(id=uri, esco=uri, name=uri, code=uri.removeprefix("esco/"))
        for uri in ("esco/C7212", "esco/S6")
    },
    sources=(Source(name="ESCO", version="1.2.0", notice="From ESCO."),),
)


@pytest.fixture
def merged() -> TaxonomyData:
    return merge(STARTER, ESCO)


def test_a_known_occupation_keeps_its_words_and_gains_those_of_esco(merged: TaxonomyData) -> None:
    welder = merged.occupations["beroep/lasser"]

    assert welder.all_names == ("lasser", "lasster", "booglasser")
    assert welder.description == "Je maakt metaal vast met hitte."
    assert welder.formal_description == "Lassers verbinden metalen werkstukken."
    assert (welder.sector, welder.world) == (Sector.BOUW, World.WONEN_WERKEN_VERKEER)
    assert (welder.esco, welder.competentnl) == ("esco/welder", "cnl/42")
    assert welder.broader == ("esco/C7212",)


def test_an_occupation_needs_what_either_says_ours_first(merged: TaxonomyData) -> None:
    welder = merged.occupations["beroep/lasser"]

    assert welder.essential == (
        "vaardigheid/lassen",
        "vaardigheid/veilig",
        "esco/torch",
        "vaardigheid/metalen",
    )
    assert welder.optional == ("esco/polish",)


def test_a_known_skill_gains_themes_and_relations_but_no_foreign_name(merged: TaxonomyData) -> None:
    welding = merged.skills["vaardigheid/lassen"]

    assert (welding.all_names, welding.language, welding.kind) == (("lassen",), "nl", SkillKind.AMBACHT)
    assert (welding.collections, welding.description) == ({Collection.GREEN}, "Metalen verbinden.")
    assert (welding.related, welding.broader) == (("vaardigheid/metalen",), ("esco/S6",))


def test_what_esco_alone_has_points_at_our_ids(merged: TaxonomyData) -> None:
    pipe_welder = merged.occupations["esco/pipe-welder"]

    assert (pipe_welder.essential, pipe_welder.broader) == (("vaardigheid/lassen",), ("beroep/lasser",))


def test_each_concept_is_there_once(merged: TaxonomyData) -> None:
    assert list(merged.occupations) == ["beroep/lasser", "esco/pipe-welder"]
    assert "esco/welding" not in merged.skills
    assert merged.skills["vaardigheid/veilig"] == STARTER.skills["vaardigheid/veilig"]
    assert all(key == concept.id for key, concept in merged.occupations.items())


def test_groups_and_sources_of_both_are_there(merged: TaxonomyData) -> None:
    assert merged.groups == ESCO.groups
    assert [source.name for source in merged.sources] == ["starter", "ESCO"]


def test_a_uri_that_this_release_does_not_have_changes_nothing() -> None:
    without = replace(ESCO, occupations={})

    assert merge(STARTER, without).occupations == {"beroep/lasser": STARTER.occupations["beroep/lasser"]}


def test_every_concept_of_the_starter_taxonomy_stays() -> None:
    starter = load()
    merged = merge(starter, ESCO)

    assert starter.occupations.keys() <= merged.occupations.keys()
    assert starter.skills.keys() <= merged.skills.keys()


def test_names_are_told_apart_by_more_than_capitals_and_accents() -> None:
    assert distinct_names("cliënt", ["Client", "klant", "KLANT", "!", "gast"]) == ("klant", "gast")


def _named_alike(*uris: str, ours: str | None) -> TaxonomyData:
    """Merge our 'veilig werken', which names the URI `ours`, with concepts of ESCO called the same."""
    skill = replace(STARTER.skills["vaardigheid/veilig"], esco=ours)
    theirs = {uri: Skill(id=uri, esco=uri, name="Veilig werken", kind=SkillKind.ZORG) for uri in uris}
    needing = replace(ESCO.occupations["esco/pipe-welder"], essential=uris)
    return merge(
        replace(STARTER, skills={**STARTER.skills, skill.id: skill}),
        replace(ESCO, skills={**ESCO.skills, **theirs}, occupations={needing.id: needing}),
    )


def test_a_concept_without_a_uri_is_the_one_of_the_same_name() -> None:
    merged = _named_alike("esco/safe", ours=None)

    assert "esco/safe" not in merged.skills
    assert merged.skills["vaardigheid/veilig"].esco == "esco/safe"
    assert merged.skills["vaardigheid/veilig"].kind is SkillKind.VEILIGHEID
    assert merged.occupations["esco/pipe-welder"].essential == ("vaardigheid/veilig",)


@pytest.mark.parametrize(
    ("uris", "ours"), [(("esco/safe", "esco/safer"), None), (("esco/safe",), "esco/welding-safely")]
)
def test_what_two_of_esco_are_called_or_what_names_another_uri_stays_apart(
    uris: tuple[str, ...], ours: str | None
) -> None:
    merged = _named_alike(*uris, ours=ours)

    assert merged.skills.keys() >= {"vaardigheid/veilig", *uris}
    assert merged.skills["vaardigheid/veilig"].esco == ours
