"""Not faster than a provider allows."""

import pytest

from connectors import pace as pace_module
from connectors.pace import Pace


def test_after_a_burst_each_waits_for_its_second() -> None:
    now = [100.0]
    pace = Pace(1, burst=3, clock=lambda: now[0])
    waits = []
    for _ in range(5):
        waits.append(pace.wait("anna"))
        pace.take("anna")
    assert waits == [0, 0, 0, 1, 2]
    now[0] += 2
    assert pace.wait("anna") == 1
    now[0] += 60
    assert pace.wait("anna") == 0


def test_nobody_waits_for_another() -> None:
    pace = Pace(1, burst=1, clock=lambda: 100.0)
    pace.take("anna")
    assert (pace.wait("anna"), pace.wait("bram")) == (1, 0)


def test_no_more_than_allowed_go_in_any_second() -> None:
    now = [0.0]
    pace = Pace(30, burst=30, clock=lambda: now[0])
    gone = []
    for _ in range(200):
        gone.append(now[0] + pace.wait("*"))
        pace.take("*")
    assert gone[-1] == pytest.approx((200 - 30) / 30)
    assert max(sum(at <= other < at + 1 for other in gone[30:]) for at in gone[30:]) <= 31


def test_who_has_rested_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace_module, "REMEMBERED", 10)
    now = [0.0]
    pace = Pace(1, burst=1, clock=lambda: now[0])
    for person in range(100):
        pace.take(str(person))
        now[0] += 0.5
    assert len(pace._used_up_at) <= 10
