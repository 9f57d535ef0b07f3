"""Who waits hears of another place: who listens, only then, and who is first in line first."""

from collections.abc import Mapping

import pytest

from connectors import line_watch
from connectors.announcer import Announcer
from connectors.line_watch import LineWatch


class Line:
    """A line that a test orders."""

    def __init__(self, *waiting: str) -> None:
        self.waiting = list(waiting)
        self.looks = 0

    async def places(self) -> Mapping[str, int]:
        self.looks += 1
        return {name: place for place, name in enumerate(self.waiting, start=1)}


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_watch, "PAUSE", 0)


async def test_who_moves_up_is_woken_and_who_stays_is_not() -> None:
    line, announcer = Line("anna", "bram", "cees"), Announcer()
    watch = LineWatch(line, announcer)
    with announcer.listening("anna") as anna, announcer.listening("cees") as cees:
        await watch.look()
        anna.clear()
        cees.clear()
        await watch.look()
        assert (anna.is_set(), cees.is_set()) == (False, False)
        line.waiting.remove("bram")
        await watch.look()
        assert (anna.is_set(), cees.is_set()) == (False, True)


async def test_who_is_in_line_no_more_is_left_to_what_is_said() -> None:
    line, announcer = Line("anna"), Announcer()
    watch = LineWatch(line, announcer)
    with announcer.listening("anna") as anna:
        await watch.look()
        anna.clear()
        line.waiting.clear()
        await watch.look()
        assert not anna.is_set()


async def test_the_first_in_line_hears_first(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"person {number}" for number in range(20)]
    woken: list[str] = []
    announcer = Announcer()
    monkeypatch.setattr(announcer, "listened_to", lambda: sorted(names, reverse=True))
    monkeypatch.setattr(announcer, "wake", woken.append)
    await LineWatch(Line(*names), announcer).look()
    assert woken == names


async def test_nothing_is_asked_when_nobody_listens() -> None:
    line = Line("anna")
    await LineWatch(line, Announcer()).look()
    assert line.looks == 0


async def test_nobody_who_delivers_elsewhere_is_bothered() -> None:
    followed: list[str] = []
    announcer = Announcer()
    announcer.pass_on_to(followed.append)
    with announcer.listening("anna") as anna:
        await LineWatch(Line("anna"), announcer).look()
        assert anna.is_set()
    assert followed == []
