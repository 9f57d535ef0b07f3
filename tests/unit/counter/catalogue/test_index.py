"""Search by words: inflections, compounds and typing errors, and no answers by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.catalogue.index import Field, TextIndex

INDEX = TextIndex(
    {
        "elektro": [Field(text="Elektrotechniek voor beginners", weight=1.0)],
        "lassen": [
            Field(text="Werken met metaal", weight=1.0),
            Field(text="MIG/MAG-lassen", weight=0.9, whole=True),
        ],
        "koken": [
            Field(text="Koken", weight=1.0),
            Field(text="Je houdt de keuken schoon en bakt banden deeg.", weight=0.4),
        ],
        "zorg": [Field(text="Helpende in de ouderenzorg", weight=1.0)],
    }
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("elektrotechniek", "elektro"),
        ("elektro", "elektro"),
        ("techniek", "elektro"),
        ("elektrotecniek", "elektro"),
        ("lasser", "lassen"),
        ("lasen", "lassen"),
        ("laswerk", "lassen"),
        ("metaal", "lassen"),
        ("kok", "koken"),
        ("zorg", "zorg"),
        ("ouderen", "zorg"),
    ],
)
def test_a_document_is_found_by_what_people_type(question: str, found: str) -> None:
    matches = INDEX.match(question)
    assert {document for document, match in matches.items() if match.is_enough} == {found}


@pytest.mark.parametrize("question", ["kapper", "handen", "schoonmaak", "de cursus", "", "👋", "klas"])
def test_chance_likeness_is_no_answer(question: str) -> None:
    assert not any(match.is_enough for match in INDEX.match(question).values())


def test_the_very_word_is_worth_more_than_a_part_of_it() -> None:
    assert INDEX.match("koken")["koken"].score > INDEX.match("techniek")["elektro"].score


def test_a_match_shows_the_documents_own_words() -> None:
    assert INDEX.match("lasser")["lassen"].words == ("MIG/MAG-lassen",)
    assert INDEX.match("elektro")["elektro"].words == ("elektrotechniek",)


def test_half_a_question_is_answered_by_its_rarer_half() -> None:
    index = TextIndex(
        {
            name: [Field(text=f"{name} voor beginners", weight=1.0)]
            for name in ("lassen", "koken", "haken", "breien", "zingen", "tekenen")
        }
    )
    matches = index.match("paardrijden voor beginners")
    assert matches
    assert not any(match.is_enough for match in matches.values())


def test_a_word_is_known_when_the_catalogue_has_anything_like_it() -> None:
    assert INDEX.knows("lasser")
    assert not INDEX.knows("kapper")


@given(st.text(max_size=60))
def test_no_text_breaks_the_search_and_scores_stay_between_0_and_1(question: str) -> None:
    assert all(0 < match.score <= 1 for match in INDEX.match(question).values())
