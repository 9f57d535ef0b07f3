"""A language is recognised where it is certain, and never guessed."""

import pytest

from bot.actions.languages import Language, language_asked, language_written


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Do you speak English?", Language.ENGLISH),
        ("hello i need help with my job", Language.ENGLISH),
        ("هل تتكلم العربية", Language.ARABIC),
        ("Türkçe biliyor musunuz?", Language.TURKISH),
        ("iş arıyorum", Language.TURKISH),
        ("Czy mówisz po polsku?", Language.POLISH),
        ("szukam pracy proszę", Language.POLISH),
        ("Чи розмовляєте українською?", Language.UKRAINIAN),
        ("Вы говорите по-русски?", Language.RUSSIAN),
        ("Sprechen Sie Deutsch", Language.GERMAN),
        ("je cherche du travail", Language.FRENCH),
        ("hola busco trabajo", Language.SPANISH),
        ("Spreek je Turks?", Language.TURKISH),
        ("kun je ook oekraïens", Language.UKRAINIAN),
    ],
)
def test_a_language_is_answered_in_itself(text: str, language: Language) -> None:
    assert language_asked(text) is language


@pytest.mark.parametrize(
    "text", ["Spreek je Engels of Pools?", "شما فارسی صحبت می‌کنید؟", "ትግርኛ", "blabla", "ok", ""]
)
def test_in_doubt_there_is_no_guess(text: str) -> None:
    assert language_asked(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ik wil een cursus Engels volgen",
        "help mij met een job",
        "wat kost dat",
        "I'm Jan",
        "hoi ik ben Özgür Işık",
    ],
)
def test_dutch_is_not_taken_for_another_language(text: str) -> None:
    assert language_written(text) is None
