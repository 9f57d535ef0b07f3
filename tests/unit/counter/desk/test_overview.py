"""How far a message came, out of what a provider said of its parts."""

from datetime import UTC, datetime

import pytest

from counter.channels.model import DeliveryState
from counter.desk.overview import Passage, Place, passage_of

SENT, DELIVERED, READ, FAILED = DeliveryState


def a_place(*, delivered_seq: int = 5, is_held: bool = False, is_unreachable: bool = False) -> Place:
    return Place(
        heard_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        delivered_seq=delivered_seq,
        is_held=is_held,
        is_unreachable=is_unreachable,
    )


@pytest.mark.parametrize(
    ("parts", "passage"),
    [
        ([READ, READ], Passage.READ),
        ([READ, DELIVERED], Passage.DELIVERED),
        ([READ, SENT], Passage.SENT),
        ([READ, FAILED], Passage.FAILED),
        ([], Passage.SENT),
    ],
)
def test_a_message_is_as_far_as_its_slowest_part(parts: list[DeliveryState], passage: Passage) -> None:
    assert passage_of(5, a_place(), parts) is passage


def test_what_the_provider_does_not_have_is_on_its_way_or_held() -> None:
    assert passage_of(6, a_place(), []) is Passage.WAITING
    assert passage_of(6, a_place(is_held=True), []) is Passage.HELD
    assert passage_of(6, a_place(is_held=True, is_unreachable=True), []) is Passage.UNREACHABLE


def test_on_the_website_a_message_stands_ready() -> None:
    assert passage_of(1, None, []) is Passage.STORED
