"""A trail is played again: what cannot have happened, or was changed afterwards, breaks it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counter.open_hiring.model import ListEvent, SignUpState
from counter.open_hiring.trail import BrokenTrailError, Happening, ListState, audited, chained, replay

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HONEST = [
    ("joined", "H-1"),
    ("joined", "H-2"),
    ("freed", None),
    ("offered", "H-1"),
    ("passed", "H-1"),
    ("offered", "H-2"),
    ("accepted", "H-2"),
]


def trail(steps: Sequence[tuple[str, str | None]]) -> list[Happening]:
    """Return these steps, a minute apart, each chained to the one before."""
    digest, told = "", []
    for minute, (event, number) in enumerate(steps):
        happening = Happening(event=ListEvent(event), number=number, at=AT + timedelta(minutes=minute))
        digest = chained(digest, "kas", happening)
        told.append(replace(happening, digest=digest))
    return told


def test_a_trail_ends_where_the_list_stands() -> None:
    state, digest = replay("kas", trail(HONEST))
    assert state == ListState(free=0, states={"H-1": SignUpState.PASSED, "H-2": SignUpState.ACCEPTED})
    assert digest == trail(HONEST)[-1].digest


@pytest.mark.parametrize(
    "unfair",
    [
        pytest.param([*HONEST[:3], ("offered", "H-2")], id="somebody is passed over"),
        pytest.param([*HONEST[:4], ("offered", "H-2")], id="one place is offered twice"),
        pytest.param([*HONEST, ("accepted", "H-1")], id="a place is taken that is not offered"),
        pytest.param([*HONEST, ("joined", "H-1")], id="a number joins twice"),
        pytest.param([*HONEST, ("closed", None), ("joined", "H-3")], id="somebody joins what is closed"),
        pytest.param([*HONEST, ("closed", None), ("freed", None)], id="a place comes free in what is closed"),
        pytest.param([*HONEST, ("withdrawn", None)], id="a place is withdrawn that somebody has"),
        pytest.param([*HONEST, ("started", "H-9")], id="somebody starts who never joined"),
    ],
)
def test_what_is_against_the_rules_breaks_the_trail(unfair: list[tuple[str, str | None]]) -> None:
    with pytest.raises(BrokenTrailError) as broken:
        replay("kas", trail(unfair))
    assert broken.value.at_event == len(unfair)


def test_an_event_that_is_changed_or_taken_out_breaks_the_chain() -> None:
    told = trail([*HONEST[:2], ("left", "H-1"), ("joined", "H-3")])
    later = [
        replace(one, at=one.at + timedelta(seconds=1)) if place == 1 else one
        for place, one in enumerate(told)
    ]
    for forged in (later, [told[0], *told[2:]], [replace(told[0], digest=None), *told[1:]]):
        with pytest.raises(BrokenTrailError):
            replay("kas", forged)


def test_an_end_that_is_cut_off_is_seen_by_the_last_digest() -> None:
    told = trail(HONEST)
    stored = ListState(free=0, states={"H-1": SignUpState.PASSED, "H-2": SignUpState.OFFERED})
    audit = audited("kas", told[:-1], stored, untold=0, digest=told[-1].digest or "")
    assert [fault.split(":")[0] for fault in audit.faults] == ["the last event"]


def test_what_happened_before_events_were_chained_still_has_to_follow_the_rules() -> None:
    early = [replace(one, digest=None) for one in trail(HONEST[:2])]
    state, digest = replay("kas", [*early, Happening(event=ListEvent.OFFERED, number="H-1", at=AT)], free=1)
    assert (state.states["H-1"], digest) == (SignUpState.OFFERED, "")


def test_a_list_that_differs_from_its_trail_is_told_place_by_place() -> None:
    told = trail(HONEST)
    stored = ListState(free=1, states={"H-1": SignUpState.PASSED, "H-2": SignUpState.WAITING})
    audit = audited("kas", told, stored, untold=0, digest=told[-1].digest or "")
    assert audit.faults == (
        "free places: 0 on the trail, 1 stored",
        "H-2: accepted on the trail, waiting stored",
    )
