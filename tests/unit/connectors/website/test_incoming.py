"""What the website channel takes: its own shape and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.gateway import Inbound
from connectors.problems import Problem, ProblemError
from connectors.website.incoming import parse_message, parse_opening, parse_position
from connectors.website.limits import MAX_CLIENT_ID, MAX_WAIT

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(json_values | st.dictionaries(st.sampled_from(["text", "payload", "client_id"]), json_values))
def test_any_json_is_a_message_or_a_problem(body: object) -> None:
    try:
        inbound = parse_message(body)
    except ProblemError:
        return
    assert isinstance(inbound.text, str)
    assert inbound.payload is None or inbound.payload.startswith("/")


def test_a_text_with_its_client_id_is_read() -> None:
    body = {"text": "hoi", "client_id": "abc"}
    assert parse_message(body) == Inbound(text="hoi", client_id="abc")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ([], Problem.BAD_REQUEST),
        ({"text": 5}, Problem.BAD_REQUEST),
        ({"text": "hoi", "payload": "/groeten"}, Problem.BAD_REQUEST),
        ({"text": "hoi", "client_id": ""}, Problem.BAD_REQUEST),
        ({"text": "hoi", "client_id": "x" * (MAX_CLIENT_ID + 1)}, Problem.BAD_REQUEST),
        ({"payload": "groeten"}, Problem.PAYLOAD_NOT_OFFERED),
    ],
)
def test_another_shape_is_refused_with_its_reason(body: object, problem: Problem) -> None:
    with pytest.raises(ProblemError) as refused:
        parse_message(body)
    assert refused.value.problem is problem


@pytest.mark.parametrize("body", [None, [], {}, {"channel": "telegram"}, {"channel": ["website"]}])
def test_only_the_website_opens_conversations_here(body: object) -> None:
    with pytest.raises(ProblemError):
        parse_opening(body)


@pytest.mark.parametrize(
    ("query", "expected"),
    [({}, (0, 0.0)), ({"after": "7", "wait": "5"}, (7, 5.0)), ({"wait": "9999"}, (0, float(MAX_WAIT)))],
)
def test_a_reading_position_is_read_and_its_wait_is_bounded(query: dict[str, str], expected: Any) -> None:
    assert parse_position(query) == expected


@pytest.mark.parametrize("value", ["-1", "1.5", "banaan", "", "٣", "1_000", "9" * 10])
def test_a_position_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ProblemError):
        parse_position({"after": value})
