from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_taxonomy import Taxonomy, TaxonomyDataError

type Row = dict[str, Any]
type Rows = tuple[list[Row], list[Row]]
type Write = Callable[[list[Row], list[Row]], Path]


def faults(folder: Path) -> list[str]:
    with pytest.raises(TaxonomyDataError) as refusal:
        Taxonomy.load(folder)
    assert str(refusal.value).splitlines() == [str(fault) for fault in refusal.value.faults]
    return [str(fault) for fault in refusal.value.faults]


def test_right_data_are_loaded_as_they_are(rows: Rows, write: Write) -> None:
    taxonomy = Taxonomy.load(write(*rows))

    welder = taxonomy.occupation("beroep/lasser")
    assert welder.all_names == ("lasser", "lasster")
    assert welder.sector == "techniek"
    assert welder.needs == ("vaardigheid/lassen", "vaardigheid/frezen", "vaardigheid/snel-leren")
    assert [skill.id for skill in taxonomy.skills.values()] == [row["id"] for row in rows[1]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": "  "}, "name: must be a text that is not empty"),
        ({"name": 7}, "name: must be a text that is not empty"),
        ({"names": ["goed", ""]}, "names: must be a list of texts that are not empty"),
        ({"names": "lasster"}, "names: must be a list of texts that are not empty"),
        ({"names": ["LASSER"]}, "names: 'lasser' stands there twice"),
        ({"sector": "ruimtevaart"}, "sector: 'ruimtevaart' is none of techniek, energie, "),
        ({"sector": ["techniek"]}, "sector: ['techniek'] is none of techniek, energie, "),
        ({"world": "mars"}, "world: 'mars' is none of mens-gezondheid, "),
        ({"colour": "red"}, "colour: is not a field we know"),
        ({"essential": []}, "essential: an occupation needs at least one skill"),
        ({"essential": ["vaardigheid/vliegen"]}, "there is no skill 'vaardigheid/vliegen'"),
        ({"essential": ["beroep/kok"]}, "there is no skill 'beroep/kok'"),
        ({"optional": ["vaardigheid/lassen"]}, "skill 'vaardigheid/lassen' is named twice"),
        ({"esco": "lasser"}, "esco: 'lasser' is no ESCO URI of the occupation pillar"),
        ({"esco": "http://data.europa.eu/esco/skill/1"}, "esco: 'http://data.europa.eu/esco/skill/1' is no"),
    ],
)
def test_a_wrong_field_is_refused_by_line(rows: Rows, write: Write, change: Row, fault: str) -> None:
    occupations, skills = rows
    occupations[0] |= change

    assert [
        message.startswith(f"occupations.jsonl:1: {fault}") for message in faults(write(occupations, skills))
    ] == [True]


def test_a_missing_field_is_refused(rows: Rows, write: Write) -> None:
    occupations, skills = rows
    del skills[2]["kind"]

    assert faults(write(occupations, skills)) == ["skills.jsonl:3: kind: is missing"]


def test_an_id_is_used_once_in_both_files_together(rows: Rows, write: Write) -> None:
    occupations, skills = rows
    skills[4]["id"] = skills[1]["id"]
    occupations[3]["id"] = skills[0]["id"]
    occupations[2]["essential"] = ["vaardigheid/fietsen"]

    assert faults(write(occupations, skills)) == [
        "occupations.jsonl:4: id: 'vaardigheid/lassen' is that of skills.jsonl:1 too",
        "skills.jsonl:5: id: 'vaardigheid/frezen' is that of skills.jsonl:2 too",
    ]


def test_two_concepts_do_not_share_an_esco_uri(rows: Rows, write: Write) -> None:
    occupations, skills = rows
    skills[0]["esco"] = skills[3]["esco"] = "http://data.europa.eu/esco/skill/1a-b"

    assert faults(write(occupations, skills)) == [
        "skills.jsonl:4: esco: 'http://data.europa.eu/esco/skill/1a-b' is that of skills.jsonl:1 too"
    ]


def test_all_faults_of_both_files_are_told_at_once(rows: Rows, write: Write) -> None:
    occupations, skills = rows
    occupations[1]["sector"] = "?"
    occupations[5]["essential"] = ["vaardigheid/niets"]
    skills[0]["name"] = ""
    folder = write(occupations, skills)
    with (folder / "skills.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": \n\n["a list"]\n')

    assert [fault.split(": ")[0] for fault in faults(folder)] == [
        "occupations.jsonl:2",
        "occupations.jsonl:6",
        "skills.jsonl:1",
        "skills.jsonl:13",
        "skills.jsonl:15",
    ]


def test_a_missing_file_is_a_fault(rows: Rows, write: Write) -> None:
    folder = write(*rows)
    (folder / "occupations.jsonl").unlink()

    assert [fault.split(": ")[:2] for fault in faults(folder)] == [["occupations.jsonl:0", "cannot be read"]]


def test_a_file_in_another_encoding_is_a_fault(rows: Rows, write: Write) -> None:
    folder = write(*rows)
    (folder / "skills.jsonl").write_bytes("één".encode("latin-1"))

    assert faults(folder)[-1].startswith("skills.jsonl:0: cannot be read: 'utf-8' codec")
