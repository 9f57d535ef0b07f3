"""What a sentence wants to learn about."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter.courses.catalogue import CourseCatalogue


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("Ik zoek een avondcursus elektrotechniek in Alkmaar", "elektrotechniek"),
        ("lassen", "lassen"),
        ("ik wil lasser worden in Zandam", "lasser"),
        ("heb je ook een lascursus?", "las"),
        ("kan ik een opleiding zorg voor ouderen volgen op mbo 2?", "zorg voor ouderen"),
        ("Python online, gratis graag", "Python"),
        ("max 25 km van 1506 AB, iets met metaal, 24 uur", "metaal"),
        ("Ik wil me omscholen naar de ICT", "ICT"),
        ("huizen bouwen in Huizen", "huizen bouwen"),
        ("mbo niveau 2 lassen bij den helder", "lassen"),
        ("Ik wil paardrijlessen", "paardrijlessen"),
        ("opleiding tot kapper", "kapper"),
    ],
)
def test_the_topic_is_what_is_left_of_a_sentence(
    catalogue: CourseCatalogue, sentence: str, topic: str
) -> None:
    assert catalogue.topic_in(sentence) == topic


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Ik zoek een cursus",
        "Is er een cursus in Bergen op dinsdagavond?",
        "een cursus in de buurt van Alkmar",
        "toch liever online",
        "mbo 4",
        "24 uur",
        "1506 AB",
        "👋",
        "de verhuizers belden gisteren over mijn bank stoel tafel kast bed lamp",
    ],
)
def test_a_sentence_without_a_topic_has_none(catalogue: CourseCatalogue, sentence: str) -> None:
    assert catalogue.topic_in(sentence) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=80))
def test_no_sentence_breaks_it_and_a_topic_is_never_empty(catalogue: CourseCatalogue, text: str) -> None:
    topic = catalogue.topic_in(text)
    assert topic is None or topic.strip()
