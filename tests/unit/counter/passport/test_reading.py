"""What is understood of what people say about their skills."""

import pytest

from counter.passport.model import EntryKind, Told
from counter.passport.reading import Change, hints, read_change, read_story
from skills_taxonomy import Taxonomy

COOK = "beroep/kok"
STANDS = (
    Told(skill_id="vaardigheid/lassen", words="lassen"),
    Told(skill_id="vaardigheid/koken", words="chef", occupation_id=COOK),
    Told(skill_id="vaardigheid/hygienisch-werken", words="chef", occupation_id=COOK),
    Told(skill_id="vaardigheid/vlees-snijden", words="slager"),
)
OUT = (Told(skill_id="vaardigheid/solderen", words="solderen"),)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("ik zorg voor mijn moeder", {"zorgen-voor-familielid"}),
        ("ik sleutel aan brommers", {"sleutelen-aan-brommers"}),
        ("ik kan lassen en metselen", {"lassen", "metselen"}),
        ("ik kan niet lassen", set()),
        ("ik wil leren lassen", set()),
        ("hallo daar", set()),
    ],
)
def test_unpaid_work_counts_and_what_one_cannot_does_not(
    taxonomy: Taxonomy, text: str, skills: set[str]
) -> None:
    told = read_story(text, taxonomy).told
    assert {
        one.skill_id.removeprefix("vaardigheid/") for one in told if one.kind is EntryKind.SKILL
    } == skills


def test_of_work_that_was_done_come_the_skills_it_takes(taxonomy: Taxonomy) -> None:
    told = read_story("in mijn land was ik elektricien", taxonomy).told
    electrician = taxonomy.occupation("beroep/elektromonteur")
    assert [one.skill_id for one in told] == list(electrician.essential)
    assert {(one.words, one.occupation_id) for one in told} == {("elektricien", electrician.id)}


def test_a_skill_that_was_named_itself_is_not_told_again_by_the_work(taxonomy: Taxonomy) -> None:
    told = read_story("ik was kok en kan goed koken", taxonomy).told
    assert [one.occupation_id for one in told if one.skill_id == "vaardigheid/koken"] == [None]


def test_a_wish_is_a_wish_and_work_one_would_like_is_an_aim(taxonomy: Taxonomy) -> None:
    assert [one.kind for one in read_story("ik wil leren lassen", taxonomy).told] == [EntryKind.WISH]
    story = read_story("ik wil lasser worden", taxonomy)
    assert (story.told, story.aims) == ((), ("beroep/lasser",))


def test_what_somebody_else_can_do_is_not_told_of_oneself(taxonomy: Taxonomy) -> None:
    story = read_story("Mijn man kan lassen maar niet koken. Ik kan frezen.", taxonomy)
    assert [one.skill_id for one in story.told] == ["vaardigheid/draaien-frezen"]
    assert story.denied == ()


def test_who_can_do_something_does_not_wish_to_learn_it(taxonomy: Taxonomy) -> None:
    told = read_story("Ik kan lassen. Ik wil beter leren lassen.", taxonomy).told
    assert [(one.skill_id, one.kind) for one in told] == [("vaardigheid/lassen", EntryKind.SKILL)]


def test_what_one_cannot_is_known_as_that(taxonomy: Taxonomy) -> None:
    assert read_story("ik kan niet lassen", taxonomy).denied == ("vaardigheid/lassen",)


def test_an_illness_is_not_among_the_words_that_are_kept(taxonomy: Taxonomy) -> None:
    told = read_story("ik zorg al jaren voor mijn zieke moeder met dementie", taxonomy).told
    assert [one.words for one in told] == ["zorg voor mijn moeder"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("ik heb tien jaar in de keuken gewerkt", "beroep/keukenhulp"),
        ("ik heb ervaring in het magazijn", "beroep/magazijnmedewerker"),
        ("ik ben goed met cijfers", "vaardigheid/rekenen"),
        ("ik heb op kinderen gepast", "vaardigheid/omgaan-met-kinderen"),
    ],
)
def test_what_names_nothing_may_hint_at_something(taxonomy: Taxonomy, text: str, hint: str) -> None:
    assert read_story(text, taxonomy).told == ()
    assert hint in hints(text, taxonomy)


@pytest.mark.parametrize("text", ["ik wil mijn skills vertellen", "ik ben sterk", "banaan", ""])
def test_what_says_nothing_of_work_hints_at_nothing(taxonomy: Taxonomy, text: str) -> None:
    assert hints(text, taxonomy) == ()


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("haal lassen eruit", {"lassen"}),
        ("haal lassen uit mijn skillspaspoort", {"lassen"}),
        ("ik kan niet lassen", {"lassen"}),
        ("haal lassen, koken en schoon werken weg", {"lassen", "koken", "hygienisch-werken"}),
        ("alles klopt behalve koken", {"koken"}),
        ("alleen koken klopt", {"lassen", "hygienisch-werken", "vlees-snijden"}),
        ("haal kok eruit", {"koken", "hygienisch-werken"}),
        ("het snijden klopt niet", {"vlees-snijden"}),
        ("haal alles weg", {"lassen", "koken", "hygienisch-werken", "vlees-snijden"}),
        ("dat klopt niet", set()),
        ("verwijder timmeren", set()),
    ],
)
def test_what_is_wrong_can_be_said_in_many_ways(taxonomy: Taxonomy, text: str, removed: set[str]) -> None:
    change = read_change(text, present=STANDS, removed=OUT, taxonomy=taxonomy)
    assert {skill_id.removeprefix("vaardigheid/") for skill_id in change.removed} == removed
    assert (change.restored, change.added) == ((), ())


@pytest.mark.parametrize("text", ["zet solderen terug", "toch wel solderen", "ik kan ook solderen"])
def test_what_was_taken_out_comes_back(taxonomy: Taxonomy, text: str) -> None:
    change = read_change(text, present=STANDS, removed=OUT, taxonomy=taxonomy)
    assert change == Change(restored=("vaardigheid/solderen",))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ik kan ook programmeren", EntryKind.SKILL),
        ("voeg programmeren toe", EntryKind.SKILL),
        ("ik wil ook leren programmeren", EntryKind.WISH),
    ],
)
def test_something_new_is_added(taxonomy: Taxonomy, text: str, kind: EntryKind) -> None:
    change = read_change(text, present=STANDS, removed=OUT, taxonomy=taxonomy)
    assert [(one.skill_id, one.kind) for one in change.added] == [("vaardigheid/programmeren", kind)]
    assert (change.removed, change.restored) == ((), ())


def test_an_enumeration_is_read_to_its_end(taxonomy: Taxonomy) -> None:
    change = read_change(
        "ik kan ook solderen, frezen en draaien", present=STANDS, removed=(), taxonomy=taxonomy
    )
    assert {one.skill_id for one in change.added} == {"vaardigheid/solderen", "vaardigheid/draaien-frezen"}


def test_one_sentence_takes_out_and_puts_in(taxonomy: Taxonomy) -> None:
    change = read_change("niet lassen maar programmeren", present=STANDS, removed=OUT, taxonomy=taxonomy)
    assert (change.removed, [one.skill_id for one in change.added]) == (
        ("vaardigheid/lassen",),
        ["vaardigheid/programmeren"],
    )


def test_what_is_not_there_cannot_be_taken_out_and_is_named(taxonomy: Taxonomy) -> None:
    change = read_change("verwijder timmeren", present=STANDS, removed=OUT, taxonomy=taxonomy)
    assert (bool(change), change.absent) == (False, ("vaardigheid/timmeren",))
