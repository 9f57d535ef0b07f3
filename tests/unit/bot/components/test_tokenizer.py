import pytest
from components.tokenizer import DutchTokenizer
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message


def tokens(text: str) -> list:
    tokenizer = DutchTokenizer(DutchTokenizer.get_default_config())
    message = tokenizer.process([Message(data={"text": text})])[0]
    return message.get("text_tokens")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ik zoek werk.", ["Ik", "zoek", "werk", "."]),
        ("heb je foto's?", ["heb", "je", "foto's", "?"]),
        ("mbo (niveau 2)", ["mbo", "(", "niveau", "2", ")"]),
        ("  ", []),
    ],
)
def test_dutch_is_split_as_dutch(text: str, words: list[str]) -> None:
    assert [token.text for token in tokens(text)] == words


@given(st.text(max_size=60))
def test_every_token_stands_where_it_says(text: str) -> None:
    assert all(text[token.start : token.end] == token.text for token in tokens(text))
