"""What a sentence of a firm is about, and when Noor must ask."""

from collections.abc import Callable

import pytest
from rasa_sdk.interfaces import Tracker

from bot.actions.ondernemers_forms import SIDES, topic_said
from bot.actions.turn import Turn
from counter.employers.model import LeadTopic


@pytest.mark.parametrize(
    ("intent", "text", "topic"),
    [
        ("personeel_uitlenen", "ik wil personeel uitlenen", LeadTopic.PERSONEEL_UITLENEN),
        ("personeel_uitlenen", "kan ik mijn monteur uit te lenen krijgen", LeadTopic.PERSONEEL_UITLENEN),
        ("personeel_uitlenen", "wij hebben te weinig werk", LeadTopic.PERSONEEL_UITLENEN),
        ("personeel_uitlenen", "wij willen personeel inlenen", LeadTopic.PERSONEEL_INLENEN),
        ("personeel_uitlenen", "mensen lenen van een ander bedrijf", LeadTopic.PERSONEEL_INLENEN),
        ("personeel_uitlenen", "collegiale uitleen", None),
        ("personeel_uitlenen", "uitlenen of inlenen", None),
        ("hybride_docent", "ik wil hybride docent worden", LeadTopic.DOCENT_WORDEN),
        ("hybride_docent", "ik wil lesgeven naast mijn werk", LeadTopic.DOCENT_WORDEN),
        ("hybride_docent", "wij zoeken een vakman die les wil geven", LeadTopic.DOCENT_ZOEKEN),
        ("hybride_docent", "wat is een hybride docent", None),
        ("personeel_zoeken", "ik zoek personeel", LeadTopic.PERSONEEL_ZOEKEN),
        ("innoveren_mkb", "ik wil innoveren", LeadTopic.VERNIEUWEN),
        ("ondernemersadvies_vragen", "ik heb een vraag", None),
    ],
)
def test_a_sentence_tells_what_it_is_about_or_leaves_it_open(
    turn: Callable[..., Tracker], intent: str, text: str, topic: LeadTopic | None
) -> None:
    assert topic_said(Turn.of(turn(intent, text)), None) is topic


@pytest.mark.parametrize("question", SIDES)
def test_the_first_and_the_second_of_two_can_be_pointed_at(
    turn: Callable[..., Tracker], question: str
) -> None:
    first, second = SIDES[question]
    for choice, topic in ((1, first), (2, second), (3, None)):
        tracker = turn("gegeven_opgeven", "de zoveelste", entities={"keuze": choice})
        assert topic_said(Turn.of(tracker), question) == topic


def test_a_button_names_its_topic(turn: Callable[..., Tracker]) -> None:
    for topic in LeadTopic:
        tracker = turn("ondernemersadvies_vragen", "/x", entities={"onderwerp": topic.value})
        assert topic_said(Turn.of(tracker), None) is topic
    assert topic_said(Turn.of(turn("x", "/x", entities={"onderwerp": "Werk vinden"})), None) is None
