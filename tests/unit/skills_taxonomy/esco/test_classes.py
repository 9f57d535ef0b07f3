"""Where the counter puts what ESCO numbers."""

import csv
import re

import pytest

from skills_taxonomy.esco.classes import kind_of, place_of
from skills_taxonomy.loading import STARTER_DATA
from skills_taxonomy.model import Sector, SkillKind


@pytest.mark.parametrize(
    ("isco", "sector"),
    [
        ("7212", Sector.TECHNIEK),  # welders
        ("7232", Sector.LUCHTVAART),  # aircraft mechanics
        ("7411", Sector.TECHNIEK),  # building electricians
        ("7413", Sector.ENERGIE),  # line installers
        ("2221", Sector.ZORG),  # nurses
        ("2341", Sector.ZORG),  # teachers
        ("5141", Sector.WINKEL),  # hairdressers
        ("5414", Sector.KANTOOR),  # guards
        ("5120", Sector.HORECA),  # cooks
        ("8332", Sector.LOGISTIEK),  # lorry drivers
        ("9112", Sector.SCHOONMAAK),  # cleaners
        ("2166", Sector.ICT),  # designers
        ("", Sector.KANTOOR),
    ],
)
def test_an_occupation_stands_where_people_look_for_it(isco: str, sector: Sector) -> None:
    assert place_of(isco).sector is sector


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("S5.1.2", SkillKind.DIGITAAL),
        ("0613", SkillKind.DIGITAAL),
        ("L1", SkillKind.TAAL),
        ("S3.2", SkillKind.ZORG),
        ("0913", SkillKind.ZORG),
        ("S8.2", SkillKind.LOGISTIEK),
        ("T4.3", SkillKind.SOCIAAL),
        ("", SkillKind.ZAKELIJK),
    ],
)
def test_a_skill_is_of_the_kind_of_its_group(group: str, kind: SkillKind) -> None:
    assert kind_of(group) is kind


@pytest.mark.parametrize(
    ("file", "code"),
    [("isco.csv", r"\d{0,4}"), ("skill_groups.csv", r"\d{0,4}|[LST]\d?(\.\d+)*")],
)
def test_each_number_stands_once_in_the_file(file: str, code: str) -> None:
    with (STARTER_DATA / file).open(encoding="utf-8", newline="") as lines:
        prefixes = [row["prefix"] for row in csv.DictReader(lines)]

    assert len(prefixes) == len(set(prefixes))
    assert [prefix for prefix in prefixes if not re.fullmatch(code, prefix)] == []
