"""How the pages list skills: few at first, and honest about names that are not Dutch."""

from pathlib import Path

import jinja2
import pytest

from connectors import website
from counter.browsing.model import address_of, slug_of
from skills_taxonomy import Skill, SkillKind

TEMPLATES = Path(website.__file__).parent / "templates"


def _skill(number: int, *, language: str = "nl") -> Skill:
    return Skill(
        id=f"vaardigheid/{number}", name=f"werk {number}", kind=SkillKind.TECHNISCH, language=language
    )


def _listed(skills: list[Skill]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {"slug": slug_of, "address": address_of}
    template = environment.from_string(
        '{% import "begrippen.html" as begrippen %}{{ begrippen.skills(found) }}'
    )
    return template.render(found=skills)


@pytest.mark.parametrize("count", [1, 9])
def test_a_short_list_stands_there_whole(count: int) -> None:
    page = _listed([_skill(number) for number in range(count)])

    assert page.count("<li>") == count
    assert "<details>" not in page


def test_of_a_long_list_the_first_nine_stand_there_and_the_rest_on_demand() -> None:
    shown, folded = _listed([_skill(number) for number in range(12)]).split("<details>")

    assert shown.count("<li>") == 9
    assert folded.count("<li>") == 3
    assert "Nog 3 laten zien" in folded


def test_a_name_that_is_not_dutch_is_said_to_be_english_and_read_as_such() -> None:
    assert '<span lang="en">werk 1</span> (Engels)' in _listed([_skill(1, language="en")])
