"""What coaches write for Noor to ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.tasks.model import (
    MAX_QUESTION_LENGTH,
    MAX_QUESTIONS,
    Assignment,
    Item,
    NothingToDoError,
    Question,
    QuestionTooLongError,
    TaskFlow,
    TooManyQuestionsError,
)
from counter.tasks.written import parse_written

POSTCODE, AVAILABILITY = Question(item=Item.POSTCODE), Question(item=Item.AVAILABILITY)


@pytest.mark.parametrize(
    "written",
    [
        "vraag postcode en beschikbaarheid",
        "Vraag naar de postcode, en zijn beschikbaarheid.",
        "vraag nog even haar postcode; beschikbaarheid",
        "- postcode\n- beschikbaarheid",
        "1. Postcode?\n2. Beschikbaarheid?\n",
        "postcode en postcode\nbeschikbaarheid",
    ],
)
def test_what_is_asked_often_is_known_however_it_is_written(written: str) -> None:
    assert parse_written(written) == (POSTCODE, AVAILABILITY)


@pytest.mark.parametrize(
    "written",
    [
        "Heb je een rijbewijs en een auto?",
        "Waarom ben je gestopt bij de bakker, en wat wil je nu?",
        "Wil je op vrijdag werken?",
    ],
)
def test_a_question_in_a_coachs_own_words_is_asked_word_for_word(written: str) -> None:
    assert parse_written(written) == (Question(text=written),)


def test_what_is_known_and_what_is_not_go_together() -> None:
    assert parse_written("vraag postcode, of ze op zaterdag kan\n\nWelke maat schoenen heb je?") == (
        POSTCODE,
        Question(text="of ze op zaterdag kan"),
        Question(text="Welke maat schoenen heb je?"),
    )


@given(st.text())
def test_whatever_is_written_no_question_is_empty_or_asked_twice(written: str) -> None:
    questions = parse_written(written)
    assert len(set(questions)) == len(questions)
    assert all(question.item or question.text.strip() for question in questions)


def test_a_coach_gives_questions_or_something_to_do_and_not_too_much() -> None:
    with pytest.raises(NothingToDoError):
        Assignment(questions=parse_written("  \n vraag "))
    with pytest.raises(NothingToDoError):
        Assignment(questions=(POSTCODE,), flow=TaskFlow.COURSE)
    with pytest.raises(TooManyQuestionsError):
        Assignment(questions=tuple(Question(text=str(number)) for number in range(MAX_QUESTIONS + 1)))
    with pytest.raises(QuestionTooLongError):
        Assignment(questions=(Question(text="a" * (MAX_QUESTION_LENGTH + 1)),))
