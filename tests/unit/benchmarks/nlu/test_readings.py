import math
from typing import Any

import pytest

from benchmarks.nlu.readings import Reading
from benchmarks.nlu.sentences import Entity

PARSED: dict[str, Any] = {
    "text": "ben ik te oud voor een baan in Zaandam",
    "intent": {"name": "faq", "confidence": 0.7, "full_retrieval_intent_name": "faq/leeftijd"},
    "entities": [{"entity": "plaats", "value": "Zaandam", "start": 31, "end": 38, "extractor": "X"}],
    "intent_ranking": [{"name": "faq", "confidence": 0.7}, {"name": "orienteren", "confidence": 0.2}],
    "response_selector": {
        "all_retrieval_intents": ["faq"],
        "faq": {"response": {"intent_response_key": "faq/leeftijd", "confidence": 0.9}, "ranking": []},
    },
    "scope": {"score": 2.5, "threshold": 1.0},
}


def ranked(*named: tuple[str, float]) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": confidence} for name, confidence in named]


def test_rasas_output_is_read() -> None:
    reading = Reading.of(PARSED, 12.0, 7.0)
    assert reading.label == "faq/leeftijd"
    assert reading.confidence == 0.7
    assert reading.entities == (Entity(name="plaats", start=31, end=38),)
    assert reading.scope_score == 2.5
    assert (reading.milliseconds, reading.cpu_milliseconds) == (12.0, 7.0)


def test_the_key_of_a_question_that_was_not_chosen_does_not_count() -> None:
    reading = Reading.of({**PARSED, "intent": {"name": "orienteren", "confidence": 0.5}}, 1.0, 1.0)
    assert reading.label == "orienteren"


def test_the_fallback_is_a_refusal_and_keeps_the_likeliest_reading() -> None:
    parsed = {
        **PARSED,
        "intent": {"name": "nlu_fallback", "confidence": 0.3},
        "intent_ranking": ranked(("nlu_fallback", 0.3), ("groeten", 0.25)),
    }
    reading = Reading.of(parsed, 1.0, 1.0)
    assert reading.is_refusal
    assert reading.best == ("groeten", 0.25)


def test_no_intent_at_all_is_a_refusal() -> None:
    reading = Reading.of(
        {**PARSED, "intent": {"name": None, "confidence": 0.0}, "intent_ranking": []}, 1.0, 1.0
    )
    assert reading.is_refusal
    assert reading.doubt == 1.0


def test_doubt_is_what_the_best_intent_in_scope_leaves() -> None:
    ranking = ranked(("buiten_bereik", 0.6), ("groeten", 0.3))
    assert Reading.of({**PARSED, "intent_ranking": ranking}, 1.0, 1.0).doubt == pytest.approx(0.7)


def test_a_pipeline_without_a_score_is_judged_by_its_doubt() -> None:
    parsed = {name: value for name, value in PARSED.items() if name != "scope"}
    reading = Reading.of(parsed, 1.0, 1.0)
    assert reading.strangeness == reading.doubt


def test_strangeness_is_the_pipelines_own_score_turned_round() -> None:
    assert Reading.of(PARSED, 1.0, 1.0).strangeness == pytest.approx(-2.5)


def test_where_out_of_scope_is_likeliest_the_best_reading_in_scope_is_scored() -> None:
    ranking = ranked(("buiten_bereik", 0.8), ("groeten", 0.1))
    reading = Reading.of({**PARSED, "intent_ranking": ranking}, 1.0, 1.0)
    assert reading.strangeness == pytest.approx(-(2.5 + math.log(0.1 / 0.8)))
