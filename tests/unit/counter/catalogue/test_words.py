"""Dutch words as a search sees them."""

import pytest

from counter.catalogue.words import fold, stems, subject_of, subject_words, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lasser", "lassen"),
        ("las", "lassen"),
        ("lassers", "lassen"),
        ("maken", "maak"),
        ("programmeur", "programmeren"),
        ("monteurs", "monteren"),
        ("computers", "computer"),
        ("robotica", "robots"),
        ("elektrotechnisch", "elektrotechniek"),
        ("zonnepanelen", "zonnepaneel"),
        ("kok", "koken"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stems(one) & stems(other)


@pytest.mark.parametrize(("one", "other"), [("lassen", "lezen"), ("koken", "kopen"), ("ict", "vca")])
def test_different_words_share_no_stem(one: str, other: str) -> None:
    assert not stems(one) & stems(other)


def test_accents_and_capitals_do_not_matter() -> None:
    assert fold("Oriëntatie À LA Cafë") == "orientatie a la cafe"


def test_signs_part_words_unless_they_belong_to_them() -> None:
    assert words("MIG/MAG-lassen, C++ en C#!") == ["mig", "mag", "lassen", "c++", "en", "c#"]


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        ("lascursus", "las"),
        ("koksopleiding", "kok"),
        ("taallessen", "taal"),
        ("laswerk", "las"),
        ("netwerk", "netwerk"),
        ("cursus", "cursus"),
    ],
)
def test_a_course_of_something_is_about_that(word: str, subject: str) -> None:
    assert subject_of(word) == subject


def test_a_sentence_comes_down_to_its_subjects() -> None:
    assert subject_words("Ik wil graag een cursus lassen en nog een lascursus") == ["lassen", "las"]
