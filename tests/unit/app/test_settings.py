"""Settings from the environment: a list of sites that says too much is refused at the start."""

import pytest

from app.settings import Settings

NEEDED = {"LOKET_DATABASE_URL": "sqlite://", "LOKET_INTERNAL_TOKEN": "geheim"}


def allowed(text: str) -> frozenset[str]:
    return Settings.from_environment({**NEEDED, "LOKET_ALLOWED_ORIGINS": text}).allowed_origins


def test_no_other_site_may_show_the_chat_until_somebody_names_one() -> None:
    assert Settings.from_environment(NEEDED).allowed_origins == frozenset()
    assert allowed(" , ") == frozenset()


def test_sites_are_named_as_a_browser_names_them() -> None:
    assert allowed("https://www.Haarlem.example/, http://127.0.0.1:8124") == {
        "https://www.haarlem.example",
        "http://127.0.0.1:8124",
    }


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "null",
        "https://",
        "https://*.haarlem.example",
        "haarlem.example",
        "ftp://haarlem.example",
        "https://haarlem.example/werk",
        "https://wie@haarlem.example",
    ],
)
def test_what_is_no_origin_stops_the_app_from_starting(text: str) -> None:
    with pytest.raises(ValueError, match="LOKET_ALLOWED_ORIGINS"):
        allowed(text)
