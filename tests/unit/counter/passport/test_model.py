"""Which skills are put to somebody at once, and what a passport knows of them."""

from hypothesis import given
from hypothesis import strategies as st

from counter.passport.model import MOST_AT_ONCE, EntryKind, Group, Passport, Told, by_words, in_groups


def told(name: str, occupation_id: str | None = None, kind: EntryKind = EntryKind.SKILL) -> Told:
    return Told(skill_id=name, words=name, occupation_id=occupation_id, kind=kind)


a_telling = st.builds(
    told,
    st.text(min_size=1),
    st.sampled_from([None, "beroep/kok", "beroep/lasser"]),
    st.sampled_from(EntryKind),
)


@given(st.lists(a_telling, unique_by=lambda one: one.skill_id))
def test_every_skill_is_put_to_somebody_once_with_a_handful_of_its_kind(all_of_it: list[Told]) -> None:
    groups = in_groups(all_of_it)
    assert sorted(one.skill_id for group in groups for one in group.told) == sorted(
        one.skill_id for one in all_of_it
    )
    for group in groups:
        assert 1 <= len(group.told) <= MOST_AT_ONCE
        assert {(one.kind, one.occupation_id) for one in group.told} == {(group.kind, group.occupation_id)}


def test_six_skills_are_three_and_three_rather_than_five_and_one() -> None:
    assert [len(group.told) for group in in_groups(told(name) for name in "abcdef")] == [3, 3]


def test_what_was_said_itself_comes_first_and_wishes_come_last() -> None:
    wish, cooks, named = told("a", kind=EntryKind.WISH), told("b", "beroep/kok"), told("c")
    assert [group.told for group in in_groups([wish, cooks, named])] == [(named,), (cooks,), (wish,)]


def test_a_skill_that_is_crossed_out_is_not_kept_and_can_come_back() -> None:
    group = Group(told=(told("a"), told("b"))).without(["a", "elders"])
    assert ([one.skill_id for one in group.kept], group.crossed_out) == (["b"], {"a"})
    assert group.with_again(["a"]) == Group(told=(told("a"), told("b")))


def test_a_group_grows_with_what_it_lacks_and_is_of_its_kind() -> None:
    group = Group(told=(told("a"),)).with_more([told("a"), told("b"), told("c", kind=EntryKind.WISH)])
    assert group.skill_ids == ("a", "b")


def test_a_passport_finds_an_entry_also_when_it_was_taken_out(passport: Passport) -> None:
    assert {passport.entry(f"vaardigheid/{name}") is None for name in ("koken", "lassen", "tillen")} == {
        False
    }
    assert passport.entry("vaardigheid/frezen") is None


def test_skills_are_put_together_by_the_words_they_come_from(passport: Passport) -> None:
    assert list(by_words(passport.skills)) == ["zorg voor mijn moeder", "chef", "plannen"]
