"""The card states what happened and what was said, and guesses nothing."""

from datetime import UTC, datetime

import pytest

from counter.conversations.model import Content, Message, MessageState, Sender
from counter.desk.card import (
    ENOUGH_MESSAGES,
    capability_of,
    language_signs,
    misunderstood,
    tried,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def conversation(*said: tuple[Sender, Content]) -> list[Message]:
    return [
        Message(id=str(seq), seq=seq, sender=sender, content=content, state=MessageState.DONE, at=NOW)
        for seq, (sender, content) in enumerate(said, start=1)
    ]


def person(text: str, *, payload: str | None = None) -> tuple[Sender, Content]:
    return Sender.PERSON, Content(text=text, payload=payload)


def noor(response: str) -> tuple[Sender, Content]:
    return Sender.BOT, Content(text="…", response=response)


@pytest.mark.parametrize(
    ("response", "capability"),
    [
        ("utter_cursus_gevonden", "cursus"),
        ("utter_ask_voucher_formulier_voucher_doel", "voucher"),
        ("utter_uitleg_open_hiring_uren", "open_hiring"),
        ("utter_open_hiring_plaatsen_klopt_dit", "open_hiring_plaatsen"),
        ("utter_ask_interessetest_formulier_stelling_01", "orienteren"),
        ("utter_uitleg_interessetest_formulier", "orienteren"),
        ("utter_faq/schulden", "faq"),
        ("utter_gesprek_menu", None),
        ("utter_terugval_menu", None),
        ("utter_ask_naam", None),
        ("", None),
    ],
)
def test_what_noor_says_belongs_to_what_she_can_do(response: str, capability: str | None) -> None:
    assert capability_of(response) == capability


def test_what_noor_tried_is_told_once_and_in_order() -> None:
    said = ["utter_gesprek_openen", "utter_cursus_gevonden", "utter_voucher_uitleg", "utter_cursus_verder"]
    assert tried(Content(response=response) for response in said) == ("cursus", "voucher")


def test_a_sentence_that_noor_did_not_understand_stands_there_as_it_was_typed() -> None:
    found = misunderstood(
        conversation(
            person("ik wil mn snelheid omhoog"),
            noor("utter_terugval_herformuleren"),
            noor("utter_terugval_menu"),
            person("Cursus", payload="/cursus_zoeken"),
            noor("utter_ask_cursus_formulier_cursus_onderwerp"),
            person("iets met dinges"),
            noor("utter_terugval_formulier"),
        )
    )
    assert [one.text for one in found] == ["ik wil mn snelheid omhoog", "iets met dinges"]


def test_a_button_is_never_what_somebody_was_not_understood_in() -> None:
    assert misunderstood(conversation(person("Ja", payload="/ja"), noor("utter_terugval_menu"))) == ()


def test_languages_and_questions_for_explanation_are_counted_not_judged() -> None:
    signs = language_signs(
        conversation(
            person("czy ktoś mówi po polsku"),
            noor("utter_coach_taal_pl"),
            person("ok"),
            noor("utter_coach_taal_onbekend"),
            person("wat bedoel je"),
            noor("utter_uitleg_contact"),
            person("snap ik niet"),
            noor("utter_gesprek_anders_gezegd"),
        ),
        wanted="pl",
    )
    assert (signs.wanted, signs.recognised, signs.explanations) == ("pl", ("pl",), 2)


def test_of_few_messages_no_length_is_told() -> None:
    few = [person("een twee drie") for _ in range(ENOUGH_MESSAGES - 1)]
    assert language_signs(conversation(*few), wanted=None).words_a_message is None
    enough = [*few, person("een"), person("Ja, versturen naar iedereen", payload="/bevestigen")]
    assert language_signs(conversation(*enough), wanted=None).words_a_message == pytest.approx(2.6)
