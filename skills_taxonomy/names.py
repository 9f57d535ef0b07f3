"""The names of concepts, taken apart once for everything that looks for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from skills_taxonomy.model import Concept
from skills_taxonomy.words import STOPWORDS, Vocabulary, fold


@dataclass(frozen=True, slots=True)
class Name[C: Concept]:
    """One of the names of a concept."""

    concept: C
    text: str
    words: tuple[str, ...]
    """Its words, folded."""
    keys: tuple[str, ...]
    """The key of each of its words."""
    content: tuple[str, ...]
    """The different keys of its words without the stopwords, or of all if it has no others."""

    @property
    def squeezed(self) -> str:
        """Its letters without spaces: people write compounds as two words, and the other way round."""
        return "".join(self.words)


def names_of[C: Concept](concepts: Iterable[C], vocabulary: Vocabulary) -> list[Name[C]]:
    """Return every name of every one of `concepts`."""
    return [_name(concept, text, vocabulary) for concept in concepts for text in concept.all_names]


def _name[C: Concept](concept: C, text: str, vocabulary: Vocabulary) -> Name[C]:
    words = tuple(fold(text).split())
    content = [word for word in words if word not in STOPWORDS] or words
    return Name(
        concept=concept,
        text=text,
        words=words,
        keys=tuple(vocabulary.key(word) for word in words),
        content=tuple(dict.fromkeys(vocabulary.key(word) for word in content)),
    )
