"""What a canned answer says once it is filled in."""

import pytest

from counter.canned_answers.model import CannedAnswer


@pytest.mark.parametrize(
    ("text", "person", "filled"),
    [
        ("Dag {naam}, ik ben {coach}.", "Fatima", "Dag Fatima, ik ben Sanne."),
        ("Dag {naam}, ik ben {coach}.", None, "Dag, ik ben Sanne."),
        ("{naam}, je nummer is {nummer}.", "Kees", "Kees, je nummer is C-1."),
        ("Kies {iets} of {naam", "Kees", "Kies {iets} of {naam"),
        ("{naam}", "{coach}", "{coach}"),
    ],
)
def test_only_variables_we_know_are_filled_in_and_only_once(
    text: str, person: str | None, filled: str
) -> None:
    answer = CannedAnswer(id="1", name="x", text=text, owner_id=None)
    assert answer.filled(person=person, coach="Sanne", number="C-1") == filled
