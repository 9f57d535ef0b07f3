"""What the counter tells by itself, put in an editor's words."""

import pytest

from connectors.notices import DomainWording
from counter.notices.model import Notice

RESPONSES = {f"utter_loket_{notice.value}": [{"text": "Dag."}] for notice in Notice}


def worded(response: dict) -> DomainWording:
    return DomainWording({**RESPONSES, "utter_loket_coach_antwoord": [response]})


def test_placeholders_and_doubled_braces_mean_what_they_mean_to_rasa() -> None:
    wording = worded(
        {
            "text": "Over {nummer}.",
            "buttons": [{"title": "Zien", "payload": '/coach_status{{"aanvraagnummer":"{nummer}"}}'}],
        }
    )
    content = wording(Notice.COACH_REPLIED, {"nummer": "C-1"})
    assert content.text == "Over C-1."
    assert content.buttons == ({"title": "Zien", "payload": '/coach_status{"aanvraagnummer":"C-1"}'},)


def test_a_fact_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    wording = worded({"text": "Er staat: {nummer}"})
    assert wording(Notice.COACH_REPLIED, {"nummer": "{titel}"}).text == "Er staat: {titel}"


def test_a_card_shows_only_facts_that_have_a_value() -> None:
    facts = [{"label": "Nummer", "value": "{nummer}"}, {"label": "Leeg", "value": ""}]
    wording = worded({"custom": {"card": {"title": "Kaart", "facts": facts}}})
    [card] = wording(Notice.COACH_REPLIED, {"nummer": "C-1"}).cards
    assert card == {"title": "Kaart", "facts": [{"label": "Nummer", "value": "C-1"}]}


def test_a_notice_without_words_is_missed_at_once() -> None:
    with pytest.raises(KeyError):
        DomainWording({})
