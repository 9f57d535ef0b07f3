import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_taxonomy.words import Vocabulary, fold, keys_of, tokenise

# A busy machine is no fault of the code.
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    "forms",
    [
        "lasser lassers lasster lassters",
        "lassen laste gelast",
        "koken kook kookt kookte gekookt",
        "kok koks kokkin kokkinnen",
        "verkoper verkopers verkoopster verkoopsters",
        "kapper kapster kapsters",
        "heftruckchauffeur heftruckchauffeurs heftruckchauffeuse",
        "timmerman timmerlieden timmervrouw",
        "schrijver schrijfster",
        "docent docente",
        "schoonmaken schoongemaakt",
        "repareren repareer repareert gerepareerd",
        "sleutelen sleutelt sleutelde gesleuteld",
        "rijden rijdt gereden",
        "naaien naai naait genaaid",
        "laptop laptops",
    ],
)
def test_forms_of_one_word_share_a_key(forms: str) -> None:
    base, *others = forms.split()
    vocabulary = Vocabulary.of([base])

    assert {vocabulary.key(form) for form in others} == {vocabulary.key(base)}


@pytest.mark.parametrize(
    ("word", "other"),
    [("kok", "koken"), ("boom", "bom"), ("lassen", "lezen"), ("meester", "meer"), ("venster", "venner")],
)
def test_other_words_keep_other_keys(word: str, other: str) -> None:
    vocabulary = Vocabulary.of([word, other])

    assert vocabulary.key(word) != vocabulary.key(other)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("elektrisien", "elektricien"),
        ("verpleegkundge", "verpleegkundige"),
        ("logistiekmedewerkr", "logistiekmedewerker"),
    ],
)
def test_a_slip_in_a_long_word_is_forgiven(written: str, meant: str) -> None:
    vocabulary = Vocabulary.of([meant, "lasser"])

    assert vocabulary.forgiving_key(written) == vocabulary.key(meant)


def test_a_dutch_word_is_not_taken_for_a_slip() -> None:
    vocabulary = Vocabulary.of(["kasten"])

    assert vocabulary.forgiving_key("kosten") != vocabulary.key("kasten")


@pytest.mark.parametrize("compound", ["heftruckmonteur", "heftruckmonteurs"])
def test_a_compound_is_taken_apart(compound: str) -> None:
    assert Vocabulary.of(["heftruck", "monteur"]).parts(compound) == ("heftruck", "monteur")


def test_linking_sounds_belong_to_neither_part() -> None:
    assert Vocabulary.of(["bedrijf", "leider"]).parts("bedrijfsleider") == ("bedrijf", "leider")


def test_a_word_is_no_compound_of_unknown_parts() -> None:
    assert Vocabulary.of(["lasser"]).parts("taxichauffeur") is None
    assert Vocabulary.of(["lasser"]).parts("brillenglazlasser") is None


@unhurried
@given(st.text())
def test_tokens_are_pieces_of_the_text(text: str) -> None:
    for token in tokenise(text):
        assert text[token.start : token.end] == token.text


@unhurried
@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@unhurried
@given(st.text(min_size=1))
def test_every_word_has_a_key(text: str) -> None:
    for word in fold(text).split():
        assert all(keys_of(word))
