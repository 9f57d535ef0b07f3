from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_taxonomy import Skill, Taxonomy

# A busy machine is no fault of the code.
unhurried = settings(deadline=None)

TODAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Reading:
    """What a reader remembers of a text: names, by what was said of them."""

    has: set[str]
    lacks: set[str]
    wants: set[str]


def read(taxonomy: Taxonomy, text: str) -> Reading:
    found = taxonomy.extract(text)
    return Reading(
        has={item.concept.name for item in found if not item.negated and not item.wish},
        lacks={item.concept.name for item in found if item.negated},
        wants={item.concept.name for item in found if item.wish},
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ik las al jaren", {"lassen"}),
        ("ik heb gelast en gefreesd", {"lassen", "frezen"}),
        ("Ik ben kokkin geweest", {"kok"}),
        ("ik kook elke dag", {"koken"}),
        ("ik repareer fietsen en brommers", {"fietsen repareren", "brommers repareren"}),
        ("ik repareer al jaren racefietsen", {"fietsen repareren"}),
        ("ik sleutel graag aan brommers", {"brommers repareren"}),
        ("Ik zorg elke dag voor mijn zieke moeder.", {"zorgen voor een familielid"}),
        ("Ik maak elke ochtend kantoren schoon", {"schoonmaken"}),
        ("Ik vind het fijn om schoon te maken", {"schoonmaken"}),
        ("ik ga goed met geld om", {"omgaan met geld"}),
        ("ik leer snel", {"snel leren"}),
        ("heftruckrijden en vrachtwagen chauffeur", {"heftruck rijden", "vrachtwagenchauffeur"}),
        ("ik was vrachtwagenchaufeur", {"vrachtwagenchauffeur"}),
        ("Ik heb monteurs aangestuurd", {"monteurs aansturen"}),
        ("Ik bak taarten", set()),
        ("", set()),
        ("...", set()),
    ],
)
def test_what_people_can_do_is_found(taxonomy: Taxonomy, text: str, names: set[str]) -> None:
    assert read(taxonomy, text) == Reading(has=names, lacks=set(), wants=set())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ik zorg elke dag voor mijn zieke moeder", "zorg voor mijn moeder"),
        ("ik sleutel graag aan brommers", "sleutel aan brommers"),
        ("ik sleutel een beetje aan brommers", "sleutel aan brommers"),
        ("Ik repareer al jaren oude brommers", "repareer brommers"),
    ],
)
def test_the_words_that_name_it_leave_out_what_is_nobodys_business(
    taxonomy: Taxonomy, text: str, words: str
) -> None:
    assert [found.words for found in taxonomy.extract(text)] == [words]


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("Ik kan niet lassen", set(), {"lassen"}),
        ("Ik kan niet lassen maar wel frezen", {"frezen"}, {"lassen"}),
        ("Ik kan lassen en niet frezen", {"lassen"}, {"frezen"}),
        ("Ik kan lassen, niet frezen", {"lassen"}, {"frezen"}),
        ("lassen, geen frezen", {"lassen"}, {"frezen"}),
        ("Ik kan niet lassen, frezen of koken", set(), {"lassen", "frezen", "koken"}),
        ("Lassen en frezen kan ik niet, ik kan goed koken", {"koken"}, {"lassen", "frezen"}),
        ("Ik spreek geen Engels. Ik kan koken", {"koken"}, {"Engels spreken"}),
        ("nog nooit gelast\nveel gekookt", {"koken"}, {"lassen"}),
        ("Ik kan niet alleen lassen, ook frezen", {"lassen", "frezen"}, set()),
        ("Ik heb geen moeite met schoonmaken", {"schoonmaken"}, set()),
        ("Ik werk niet meer als kok", {"kok"}, set()),
        ("Ik kan niet meer lassen", set(), {"lassen"}),
    ],
)
def test_what_people_cannot_do_is_told_apart(
    taxonomy: Taxonomy, text: str, has: set[str], lacks: set[str]
) -> None:
    assert read(taxonomy, text) == Reading(has=has, lacks=lacks, wants=set())


@pytest.mark.parametrize(
    ("text", "has", "wants"),
    [
        ("Ik wil leren lassen", set(), {"lassen"}),
        ("Ik kan koken en wil leren lassen", {"koken"}, {"lassen"}),
        ("Ik wil graag lasser worden, ik heb veel gekookt", {"koken"}, {"lasser"}),
        ("Lassen lijkt me mooi", set(), {"lassen"}),
        ("Ik leer nu lassen", set(), {"lassen"}),
        ("Op school heb ik leren lassen", {"lassen"}, set()),
        ("Ik kook graag", {"koken"}, set()),
        ("ik zoek werk als kok of verkoper", set(), {"kok", "verkoper in een winkel"}),
    ],
)
def test_what_people_wish_is_told_apart(
    taxonomy: Taxonomy, text: str, has: set[str], wants: set[str]
) -> None:
    assert read(taxonomy, text) == Reading(has=has, lacks=set(), wants=wants)


def test_a_finding_says_where_it_stands(taxonomy: Taxonomy) -> None:
    text = "Nou…  ik heb  élke dag  GELAST, hoor 🙂 en ook Engels gesproken"

    found = taxonomy.extract(text)

    assert [text[item.start : item.end] for item in found] == ["GELAST", "Engels gesproken"]
    assert [item.matched_name for item in found] == ["lassen", "Engels spreken"]


def test_the_longest_of_nested_names_is_taken(taxonomy: Taxonomy) -> None:
    assert [item.matched_name for item in taxonomy.extract("metaal lassen")] == ["metaal lassen"]


@unhurried
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(["ik", "kan", "niet", "lassen", ",", ".", "fietsen", "schoon", "te", "maken", "om"])
    ).map(" ".join)
)
def test_findings_stand_within_the_text_in_order(taxonomy: Taxonomy, text: str) -> None:
    found = taxonomy.extract(text)

    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert [item.start for item in found] == sorted(item.start for item in found)


@pytest.mark.parametrize(
    "piece", [", en ", "niet ", "fietsen repareren ", "schoon te maken om uit ", "a", "\n"]
)
def test_a_long_text_of_one_piece_is_read_to_its_end(taxonomy: Taxonomy, piece: str) -> None:
    long_text = piece * (2000 // len(piece)) + " heftruck rijden"

    assert taxonomy.extract(long_text)[-1].concept.name == "heftruck rijden"


WORDS = (
    "ik mijn man kan wil niet lassen , . en fietsen repareren schoon te maken om 5 jaar goed thuis".split()
)


@unhurried
@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_the_words_of_a_finding_come_from_its_span(taxonomy: Taxonomy, text: str) -> None:
    for found in taxonomy.extract(text, TODAY):
        said = text[found.start : found.end].split()
        assert set(found.words.split()) <= set(said)


@unhurried
@given(
    st.sampled_from(["lassen", "koken", "kok", "frezen"]), st.sampled_from(["thuis", "5 jaar", "goed", ""])
)
def test_denying_something_changes_only_what_depends_on_having_it(
    taxonomy: Taxonomy, named: str, more: str
) -> None:
    (had,) = taxonomy.extract(f"Ik heb {more} {named} gedaan", TODAY)
    (lacked,) = taxonomy.extract(f"Ik heb {more} {named} niet gedaan", TODAY)

    assert lacked == replace(had, negated=True, years=None, level=None)


def test_an_occupation_and_the_skill_of_that_work_are_both_found() -> None:
    names = {found.concept.name for found in Taxonomy.load().extract("Ik heb als timmerman gewerkt")}

    assert names == {"timmerman", "timmeren"}


def test_every_name_is_found_in_itself(taxonomy: Taxonomy) -> None:
    for concept in (*taxonomy.skills.values(), *taxonomy.occupations.values()):
        for name in concept.all_names:
            found = taxonomy.extract(name)
            assert (found[0].concept, found[0].start, found[0].end) == (concept, 0, len(name))


def test_a_name_shared_by_a_skill_gives_no_occupation_by_accident(taxonomy: Taxonomy) -> None:
    assert all(isinstance(item.concept, Skill) for item in taxonomy.extract("ik kook en las"))
