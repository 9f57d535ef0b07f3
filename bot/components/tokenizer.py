"""Tokens by spaCy's Dutch rules; Rasa's own spaCy tokenizer would ask for a downloaded model."""

import functools
from typing import Any, Dict, List, Text

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language


@functools.lru_cache(maxsize=1)
def dutch() -> Language:
    """Return spaCy's Dutch rules without a model; one vocabulary for the process."""
    return spacy.blank("nl")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchTokenizer(Tokenizer):
    """Split a message the way spaCy splits Dutch: "foto's" stays whole, "(MBO)?" does not."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return Rasa's own settings for a tokenizer; ours needs no others."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def supported_languages(cls) -> List[Text]:
        """Return the one language these rules are for."""
        return ["nl"]

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """Return the tokens of one attribute with their places in the text; white space is no token."""
        doc = dutch().make_doc(message.get(attribute))
        return self._apply_token_pattern(
            [Token(token.text, token.idx) for token in doc if not token.is_space]
        )
