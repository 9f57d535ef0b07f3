import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_taxonomy import Match, MatchKind, Skill, SkillKind
from skills_taxonomy.http.incoming import MAX_LIMIT, Page, RequestError, SearchRequest, parse_search
from skills_taxonomy.http.shapes import id_of, results, uri_of

SKILLS = [Skill(id=f"vaardigheid/{one}", name=f"kunst {one}", kind=SkillKind.AMBACHT) for one in range(25)]
FOUND = [Match(skill, skill.name, MatchKind.WORD, 0.5) for skill in SKILLS]


@given(st.integers(1, MAX_LIMIT), st.integers(0, 60))
def test_a_page_is_never_longer_than_asked_and_tells_the_total(limit: int, offset: int) -> None:
    page = results(SearchRequest(text="kunst", page=Page(limit=limit, offset=offset)), FOUND)
    embedded, links = page["_embedded"], page["_links"]
    assert isinstance(embedded, dict)
    assert isinstance(links, dict)
    assert len(embedded["results"]) == max(0, min(limit, len(FOUND) - offset))
    assert page["total"] == len(FOUND)
    assert ("next" in links) == (offset + limit < len(FOUND))


def test_a_concept_without_esco_has_a_uri_of_our_own() -> None:
    assert uri_of(SKILLS[0]) == "urn:loket:concept:vaardigheid/0"
    assert id_of(uri_of(SKILLS[0])) == SKILLS[0].id


@pytest.mark.parametrize("number", ["", "1.5", "-1", "²", "1000000", "tien"])
def test_what_is_no_whole_number_is_refused(number: str) -> None:
    with pytest.raises(RequestError):
        parse_search({"text": "lasser", "offset": number})
