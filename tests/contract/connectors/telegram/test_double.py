"""The double refuses what Telegram refuses, or the other tests would prove nothing."""

from typing import Any

import pytest

from tests.contract.connectors.telegram.provider import RefusedError, _check_keyboard, _check_text, _checked


@pytest.mark.parametrize(
    ("text", "entities", "why"),
    [
        ("x" * 4097, [], "message is too long"),
        ("😀" * 2049, [], "message is too long"),
        ("\n", [], "message text is empty"),
        ("😀", [{"type": "bold", "offset": 0, "length": 1}], "within a character"),
        ("hoi", [{"type": "bold", "offset": 0, "length": 4}], "outside of the text"),
    ],
)
def test_the_double_refuses_a_text_that_telegram_refuses(
    text: str, entities: list[dict[str, Any]], why: str
) -> None:
    with pytest.raises(RefusedError, match=why):
        _check_text(text, entities)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[{"text": "Ja", "callback_data": "x" * 65}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "Ja"}]], "unallowed"),
        ([[{"text": "Ja", "url": "http://localhost/"}]], "URL is invalid"),
        ([[{"text": "Ja", "callback_data": "1"}]] * 101, "reply markup is too long"),
    ],
)
def test_the_double_refuses_a_keyboard_that_telegram_refuses(
    rows: list[list[dict[str, str]]], why: str
) -> None:
    with pytest.raises(RefusedError, match=why):
        _check_keyboard({"inline_keyboard": rows})


@pytest.mark.parametrize(
    "form",
    [
        {"chat_id": "1", "tekst": "hoi"},
        {"chat_id": "1", "text": "hoi", "reply_markup": '{"inline_keyboard": [[]], "kleur": "rood"}'},
        {"chat_id": "1", "text": "hoi", "reply_markup": "{"},
        {"chat_id": "1", "text": "hoi", "entities": '[{"type": "bold", "offset": 0, "length": 1, "x": 1}]'},
    ],
)
def test_the_double_refuses_what_the_bot_api_does_not_know(form: dict[str, str]) -> None:
    with pytest.raises(RefusedError):
        _checked("sendMessage", form)
