import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_taxonomy import MatchKind, Taxonomy

# A busy machine is no fault of the code.
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("lasser", "lasser", MatchKind.EXACT),
        ("LASSER!", "lasser", MatchKind.EXACT),
        ("lassers", "lasser", MatchKind.EXACT),
        ("lasster", "lasser", MatchKind.EXACT),
        ("verkoopster", "verkoper in een winkel", MatchKind.EXACT),
        ("vrachtwagen chauffeur", "vrachtwagenchauffeur", MatchKind.EXACT),
        ("vrachtwagenchauffeuse", "vrachtwagenchauffeur", MatchKind.EXACT),
        ("ik ben kok", "kok", MatchKind.EXACT),
        ("fietsenm", "fietsenmaker", MatchKind.PREFIX),
        ("werken als verkoper", "verkoper in een winkel", MatchKind.WORD),
        ("chauffeur", "taxichauffeur", MatchKind.PREFIX),
        ("vrachtwagnchaufeur", "vrachtwagenchauffeur", MatchKind.EXACT),
        ("laser", "lasser", MatchKind.TYPO),
        ("truker", "vrachtwagenchauffeur", MatchKind.EXACT),
    ],
)
def test_an_occupation_is_found_by_what_people_write(
    taxonomy: Taxonomy, written: str, name: str, kind: MatchKind
) -> None:
    best = taxonomy.search_occupations(written)[0]

    assert (best.concept.name, best.kind) == (name, kind)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("brommer repareren", "brommers repareren"),
        ("gelast", "lassen"),
        ("heftruckrijden", "heftruck rijden"),
        ("engles", "Engels spreken"),
        ("met geld omgaan", "omgaan met geld"),
    ],
)
def test_a_skill_is_found_by_what_people_write(taxonomy: Taxonomy, written: str, name: str) -> None:
    assert taxonomy.search_skills(written)[0].concept.name == name


def test_the_name_that_was_found_is_told(taxonomy: Taxonomy) -> None:
    best = taxonomy.search_occupations("trucker")[0]

    assert (best.concept.name, best.matched_name) == ("vrachtwagenchauffeur", "trucker")


@pytest.mark.parametrize("written", ["", "   ", "?!", "bloemschikken", "de het een"])
def test_what_no_name_resembles_is_not_found(taxonomy: Taxonomy, written: str) -> None:
    assert taxonomy.search_occupations(written) == []


def test_the_preferred_name_wins_from_a_longer_one_that_starts_alike(taxonomy: Taxonomy) -> None:
    assert taxonomy.search_occupations("verkoper")[0].matched_name == "verkoper"


def test_no_more_are_given_than_asked(taxonomy: Taxonomy) -> None:
    assert len(taxonomy.search_occupations("chauffeur", limit=1)) == 1
    assert len(taxonomy.search_occupations("chauffeur")) == 2


@unhurried
@given(words=st.text(max_size=60))
def test_results_are_ranked_and_each_concept_comes_once(taxonomy: Taxonomy, words: str) -> None:
    matches = taxonomy.search_skills(words)

    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({match.concept.id for match in matches}) == len(matches)
    assert all(match.matched_name in match.concept.all_names for match in matches)


def test_every_concept_is_found_first_by_each_of_its_names(taxonomy: Taxonomy) -> None:
    for occupation in taxonomy.occupations.values():
        for name in occupation.all_names:
            assert taxonomy.search_occupations(name)[0].concept is occupation
