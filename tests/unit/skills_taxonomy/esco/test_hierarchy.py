"""The tree of skill groups, from the file that has nothing else."""

import pytest

from skills_taxonomy.esco import read_esco
from skills_taxonomy.loading import TaxonomyDataError
from skills_taxonomy.model import SkillKind
from tests.unit.skills_taxonomy.esco.conftest import (
    HIERARCHY,
    PYTHON,
    RELEASE,
    S5,
    S6,
    SKILLS,
    Rows,
    Write,
)

_SKILL_GROUPS, _HIERARCHY = "skillGroups_nl.csv", "skillsHierarchy_nl.csv"
_BROADER = "broaderRelationsSkillPillar_nl.csv"


def _without(*files: str) -> dict[str, Rows]:
    return {name: rows for name, rows in RELEASE.items() if name not in files}


def _with_hierarchy(*rows: list[str]) -> dict[str, Rows]:
    return {**RELEASE, _HIERARCHY: [HIERARCHY, *rows]}


def test_without_skill_groups_the_hierarchy_names_and_numbers_them(write: Write) -> None:
    imported = read_esco(write(_without(_SKILL_GROUPS)))
    group = imported.data.groups[S5]

    assert (group.name, group.code, group.language, group.broader) == ("computers", "S5", "nl", (SKILLS,))
    assert imported.data.skills[PYTHON].broader == (S5,)
    assert (
        "Niet in de map: skillGroups. Gevolg: vaardigheidsgroepen komen uit skillsHierarchy, "
        "met alleen een naam en een nummer." in imported.report.lines()
    )


def test_groups_stand_below_the_level_above(write: Write) -> None:
    top, middle, low = "groep/s", "groep/s1", "groep/s1.1"
    row = [top, "vaardigheden", middle, "overleg", low, "onderhandelen", "S", "S1", "S1.1"]
    groups = read_esco(write(_with_hierarchy(row))).data.groups

    assert (groups[low].broader, groups[middle].broader, groups[top].broader) == ((middle,), (top,), ())


def test_without_relations_the_tree_is_there_and_what_is_missing_is_said(write: Write) -> None:
    imported = read_esco(write(_without(_BROADER)))

    assert imported.data.groups[S6].broader == (SKILLS,)
    assert imported.data.skills[PYTHON].kind is SkillKind.DIGITAAL, "by its theme"
    assert (
        "Niet in de map: broaderRelationsSkillPillar. Gevolg: alleen groepen boven groepen, "
        "uit skillsHierarchy; de soort van vaardigheden is een gok." in imported.report.lines()
    )


def test_a_relation_counts_more_than_the_hierarchy(write: Write) -> None:
    relations = [*RELEASE[_BROADER], ["SkillGroup", S6, "SkillGroup", S5]]

    assert read_esco(write({**RELEASE, _BROADER: relations})).data.groups[S6].broader == (S5,)


def test_a_name_of_skill_groups_counts_more_than_that_of_the_hierarchy(write: Write) -> None:
    release = _with_hierarchy([SKILLS, "vaardigheden", S5, "rekentuig", "", "", "S", "S5"])

    assert read_esco(write(release)).data.groups[S5].name == "computers"


@pytest.mark.parametrize(
    ("gone", "meaning"),
    [
        ((), "geen; skillGroups en broaderRelationsSkillPillar zeggen hetzelfde"),
        ((_BROADER,), "wat skillGroups of broaderRelationsSkillPillar mist, wordt niet aangevuld"),
    ],
)
def test_the_report_says_what_its_absence_means(write: Write, gone: tuple[str, ...], meaning: str) -> None:
    lines = read_esco(write(_without(_HIERARCHY, *gone))).report.lines()

    assert f"Niet in de map: skillsHierarchy. Gevolg: {meaning}." in lines


def test_a_row_that_skips_a_level_is_left_out(write: Write) -> None:
    imported = read_esco(write(_with_hierarchy([SKILLS, "vaardigheden", "", "", "groep/x", "x"])))

    assert "groep/x" not in imported.data.groups
    assert "Rijen van de hiërarchie met een niveau te weinig: 1, weggelaten." in imported.report.lines()
    assert f"  {_HIERARCHY}:2: een niveau is leeg" in imported.report.lines()


def test_a_group_with_two_names_refuses_the_file_and_names_both_rows(write: Write) -> None:
    rows = [SKILLS, "vaardigheden"], [SKILLS, "kennis", "groep/x", "x"]

    with pytest.raises(TaxonomyDataError) as refusal:
        read_esco(write(_with_hierarchy(*rows)))

    assert str(refusal.value) == (f"{_HIERARCHY}:3: {SKILLS} heet hier kennis, en op regel 2 vaardigheden")
