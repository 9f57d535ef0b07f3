"""Which language somebody writes, or asks for; only where it is certain, never a guess."""
# ruff: noqa: RUF003 - letters of other alphabets are the subject of this module

import re
from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    """A language for which there is one fixed sentence, `utter_coach_taal_<value>`."""

    ENGLISH = "en"
    ARABIC = "ar"
    TURKISH = "tr"
    POLISH = "pl"
    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Letters that occur in one of these languages only; the order matters, for і also stands in Ukrainian
# text that has Russian letters too.
_LETTERS: Mapping[Language, re.Pattern[str]] = {
    Language.UKRAINIAN: re.compile(r"[іїєґ]", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"[ыэъё]", re.IGNORECASE),
    Language.TURKISH: re.compile(r"[ğışİ]"),
    Language.POLISH: re.compile(r"[ąęłżźśćń]", re.IGNORECASE),
}
# Persian and Urdu use Arabic letters and more; a text with these is not Arabic.
_ARABIC = re.compile(r"[\u0621-\u064a]{2}")
_NOT_ARABIC = re.compile(r"[پچژگکیےٹڈ]")

# Names of languages as people say them, in Dutch and in the language itself.
_NAMES: Mapping[str, Language] = {
    "engels": Language.ENGLISH,
    "engelse": Language.ENGLISH,
    "english": Language.ENGLISH,
    "arabisch": Language.ARABIC,
    "arabic": Language.ARABIC,
    "arabe": Language.ARABIC,
    "turks": Language.TURKISH,
    "turkish": Language.TURKISH,
    "türkçe": Language.TURKISH,
    "turkce": Language.TURKISH,
    "pools": Language.POLISH,
    "polish": Language.POLISH,
    "polsku": Language.POLISH,
    "polski": Language.POLISH,
    "oekraïens": Language.UKRAINIAN,
    "oekraiens": Language.UKRAINIAN,
    "ukrainian": Language.UKRAINIAN,
    "українською": Language.UKRAINIAN,
    "russisch": Language.RUSSIAN,
    "russian": Language.RUSSIAN,
    "duits": Language.GERMAN,
    "german": Language.GERMAN,
    "deutsch": Language.GERMAN,
    "frans": Language.FRENCH,
    "french": Language.FRENCH,
    "français": Language.FRENCH,
    "francais": Language.FRENCH,
    "spaans": Language.SPANISH,
    "spanish": Language.SPANISH,
    "español": Language.SPANISH,
    "espanol": Language.SPANISH,
}

# Frequent words that are no words in Dutch; two of them make a sentence in that language.
_FREQUENT: Mapping[Language, frozenset[str]] = {
    Language.ENGLISH: _words(
        "the you your i'm don't do speak can could please need help looking want my this what where how and "
        "hello are not have work for job with does understand anyone here"
    ),
    Language.TURKISH: _words("merhaba bir için iş istiyorum var mı mi ben ve arıyorum yardım lütfen"),
    Language.POLISH: _words("jestem szukam pracy czy nie mówię dzień dobry proszę się po jest mam"),
    Language.GERMAN: _words("ich nicht bitte suche eine arbeit und sprechen sie haben mein guten können"),
    Language.FRENCH: _words("je bonjour cherche travail vous pas suis parlez une pour avec merci"),
    Language.SPANISH: _words("hola busco trabajo usted por favor necesito hablas habla una para estoy"),
}
# English and Dutch share words such as "help", "want" and "job"; a Dutch word settles it.
_DUTCH = _words("ik jij het een niet dat wat voor met mijn naar kan wil zoek hoe van")
_SENTENCE = 2


def language_asked(text: str) -> Language | None:
    """Return the language that is named ("spreek je Turks?"), else the one the text is written in."""
    named = {_NAMES[word] for word in _words_in(text) if word in _NAMES}
    return named.pop() if len(named) == 1 else language_written(text)


def language_written(text: str) -> Language | None:
    """Return the language of a text; None for Dutch, for unknown languages, and whenever in doubt."""
    words = _words_in(text)
    if _ARABIC.search(text):
        return None if _NOT_ARABIC.search(text) else Language.ARABIC
    if _DUTCH & words:
        return None
    for language, letters in _LETTERS.items():
        if letters.search(text):
            return language
    counts = {language: len(frequent & words) for language, frequent in _FREQUENT.items()}
    best = max(counts, key=lambda language: counts[language])
    is_certain = counts[best] >= _SENTENCE and list(counts.values()).count(counts[best]) == 1
    return best if is_certain else None


def _words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower()))
