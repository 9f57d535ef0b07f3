import pytest

from skills_taxonomy import Taxonomy


@pytest.mark.parametrize(
    ("text", "unpaid", "paid"),
    [
        ("Ik kook als vrijwilliger in het buurthuis", {"koken"}, set()),
        ("Ik doe vrijwilligerswerk, koken en schoonmaken", {"koken", "schoonmaken"}, set()),
        ("Vrijwilligerswerk: koken en schoonmaken", {"koken", "schoonmaken"}, set()),
        ("Lassen is mijn hobby", {"lassen"}, set()),
        ("Bij de voetbalclub kook ik elke zaterdag", {"koken"}, set()),
        ("Ik kook voor mijn zieke moeder", {"koken"}, set()),
        ("Ik zorg voor mijn moeder", {"zorgen voor een familielid"}, set()),
        ("Thuis kook ik elke dag", {"koken"}, set()),
        ("Koken en schoonmaken doe ik thuis", {"koken", "schoonmaken"}, set()),
        ("Ik kan lassen en zorg voor mijn moeder", {"zorgen voor een familielid"}, {"lassen"}),
        ("Ik heb gelast", set(), {"lassen"}),
        ("Mijn moeder was kok", set(), {"kok"}),
        ("Mijn vrouw is kok en ik ben lasser", set(), {"kok", "lasser"}),
        ("Ik heb bij een voetbalclub als kok gewerkt", set(), {"kok"}),
        ("Ik werk thuis als verkoper", set(), {"verkoper in een winkel"}),
        ("Ik ben vrijwilliger. Ik was kok", set(), {"kok"}),
    ],
)
def test_unpaid_work_counts_and_is_told_apart(
    taxonomy: Taxonomy, text: str, unpaid: set[str], paid: set[str]
) -> None:
    found = taxonomy.extract(text)

    assert {one.concept.name for one in found if one.unpaid} == unpaid
    assert {one.concept.name for one in found if not one.unpaid} == paid


@pytest.mark.parametrize(
    ("text", "own", "others"),
    [
        ("Mijn man kan lassen", set(), {"lassen"}),
        ("Mijn oudste zoon kan lassen en frezen", set(), {"lassen", "frezen"}),
        ("Mijn man kan lassen, ik kan koken", {"koken"}, {"lassen"}),
        ("Mijn man freest, ik kook", {"koken"}, {"frezen"}),
        ("Ik kan koken en mijn vrouw kan lassen", {"koken"}, {"lassen"}),
        ("Mijn man kan lassen maar niet koken", set(), {"lassen", "koken"}),
        ("Mijn man kan lassen. Koken en frezen", {"koken", "frezen"}, {"lassen"}),
        ("Lassen en frezen kan mijn man", set(), {"lassen", "frezen"}),
        ("Hij kan lassen", set(), {"lassen"}),
        ("Mijn man en ik koken graag", {"koken"}, set()),
        ("Ik kook voor mijn man", {"koken"}, set()),
        ("Voor mijn moeder koken", {"koken"}, set()),
        ("Zorgen voor mijn moeder", {"zorgen voor een familielid"}, set()),
        ("Ik heb lassen geleerd van mijn vader", {"lassen"}, set()),
        ("De kok was ziek", set(), {"kok"}),
        ("Ik moet naar de kok", set(), {"kok"}),
        ("Mijn lasser is drie maanden ziek", set(), {"lasser"}),
        ("Ik was de kok van het team", {"kok"}, set()),
        ("Ik ben een kok", {"kok"}, set()),
    ],
)
def test_what_somebody_else_can_do_is_told_apart(
    taxonomy: Taxonomy, text: str, own: set[str], others: set[str]
) -> None:
    found = taxonomy.extract(text)

    assert {one.concept.name for one in found if not one.of_another} == own
    assert {one.concept.name for one in found if one.of_another} == others
