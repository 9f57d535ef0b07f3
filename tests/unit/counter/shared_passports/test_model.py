"""A shared passport shows what was ticked, and never anything else."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from counter.passport.model import Entry, EntryKind, Passport, Source, Told
from counter.shared_passports.model import SharedPassport, Ticked, what_shows
from skills_taxonomy import Level, Taxonomy

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TAXONOMY = Taxonomy.load()
LOST = "vaardigheid/uit-een-oude-lijst"
SKILLS = [*sorted(TAXONOMY.skills)[:6], LOST]
# A name of its own for each, so that it is seen where it should not be.
SECRETS = {skill_id: f"geheim{number}" for number, skill_id in enumerate(SKILLS)}


@st.composite
def entries(draw: st.DrawFn) -> list[tuple[Entry, bool]]:
    """Draw entries of different skills, and whether each was taken out."""
    skill_ids = draw(st.lists(st.sampled_from(SKILLS), unique=True))
    drawn = []
    for skill_id in skill_ids:
        told = Told(
            skill_id=skill_id,
            words=SECRETS[skill_id],
            kind=draw(st.sampled_from(EntryKind)),
            occupation_id=draw(st.sampled_from(["beroep/kok", None])),
            name=draw(st.sampled_from(["", "oude naam"])),
            source=draw(st.sampled_from(Source)),
            added_by="Sanne",
            level=draw(st.sampled_from([None, *Level])),
            rated_by="Karim",
            years=draw(st.sampled_from([None, 0.5, 7.0])),
        )
        drawn.append((Entry(told=told, added_at=MOMENT), draw(st.booleans())))
    return drawn


ticks = st.builds(
    Ticked,
    skill_ids=st.frozensets(st.sampled_from(SKILLS)),
    with_experience=st.booleans(),
    with_words=st.booleans(),
    first_name=st.sampled_from(["", "Fatima"]),
)


def passport_of(drawn: Iterable[tuple[Entry, bool]]) -> Passport:
    here = [entry for entry, is_out in drawn if not is_out]
    return Passport(
        skills=tuple(entry for entry in here if entry.told.kind is EntryKind.SKILL),
        wishes=tuple(entry for entry in here if entry.told.kind is EntryKind.WISH),
        removed=tuple(entry for entry, is_out in drawn if is_out),
    )


def shown(passport: Passport, ticked: Ticked) -> SharedPassport:
    return what_shows(passport, ticked, TAXONOMY, expires_at=MOMENT)


@given(entries(), ticks)
def test_nothing_shows_that_was_not_ticked_or_was_taken_out(
    drawn: list[tuple[Entry, bool]], ticked: Ticked
) -> None:
    passport = passport_of(drawn)
    shared = shown(passport, ticked)
    told = (*shared.skills, *shared.wishes)
    assert {one.skill_id for one in told} <= ticked.skill_ids & set(passport.shown_ids)
    for one in told:
        entry = passport.entry(one.skill_id)
        assert entry is not None
        assert (one.level, one.years) in {(None, None), (entry.told.level, entry.told.years)}
        assert ticked.with_experience or (one.level, one.years) == (None, None)
        assert one.words in {"", entry.told.words}
        assert not one.words or (ticked.with_words and one.source is Source.TOLD)
        assert (one.added_by, one.rated_by, one.occupation_id) == ("", "", None)
    if not ticked.with_words:
        assert not any(secret in str(shared) for secret in SECRETS.values())
    assert shared.first_name == ticked.first_name


@given(entries(), ticks)
def test_what_was_ticked_and_has_a_name_shows(drawn: list[tuple[Entry, bool]], ticked: Ticked) -> None:
    passport = passport_of(drawn)
    shared = shown(passport, ticked)
    named = {
        entry.skill_id
        for entry in (*passport.skills, *passport.wishes)
        if entry.skill_id in TAXONOMY.skills or entry.told.name
    }
    assert {one.skill_id for one in (*shared.skills, *shared.wishes)} == ticked.skill_ids & named
    assert all(one.kind is EntryKind.SKILL for one in shared.skills)


def test_a_skill_of_a_lost_list_shows_under_its_old_name_and_never_in_the_persons_words() -> None:
    told = Told(skill_id=LOST, words="mijn geheim", name="kruiden kiezen")
    ticked = Ticked(skill_ids=frozenset({LOST}))
    [one] = shown(Passport(skills=(Entry(told=told, added_at=MOMENT),)), ticked).skills
    assert one.name == "kruiden kiezen"
    nameless = Passport(skills=(Entry(told=replace(told, name=""), added_at=MOMENT),))
    assert shown(nameless, ticked).skills == ()
