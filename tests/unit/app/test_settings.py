"""Settings from the environment: a channel has all of them or none, and what says too much is refused."""

from pathlib import Path

import pytest

from app.settings import (
    IncompleteChannelError,
    MissingSettingError,
    Settings,
    TelegramSettings,
    WrongSettingError,
)

ENOUGH = {"LOKET_DATABASE_URL": "sqlite+aiosqlite://", "LOKET_INTERNAL_TOKEN": "geheim"}
WHATSAPP = {
    "LOKET_WHATSAPP_TOKEN": "EAAJB",
    "LOKET_WHATSAPP_APP_SECRET": "app-geheim",
    "LOKET_WHATSAPP_VERIFY_TOKEN": "klop-klop",
    "LOKET_WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
}


def test_without_its_settings_whatsapp_is_off() -> None:
    empty = dict.fromkeys(WHATSAPP, "")
    assert Settings.from_environment(ENOUGH).whatsapp is None
    assert Settings.from_environment(ENOUGH | empty).whatsapp is None


def test_with_its_settings_whatsapp_is_on() -> None:
    account = Settings.from_environment(ENOUGH | WHATSAPP).whatsapp
    assert account is not None
    assert (account.phone_number_id, account.template, account.template_language) == (
        "106540352242922",
        "",
        "nl",
    )


@pytest.mark.parametrize("missing", WHATSAPP)
def test_whatsapp_that_is_half_set_up_names_what_is_missing(missing: str) -> None:
    half = {name: value for name, value in WHATSAPP.items() if name != missing}
    with pytest.raises(IncompleteChannelError, match=missing):
        Settings.from_environment(ENOUGH | half)


def test_a_template_alone_is_half_set_up_too() -> None:
    with pytest.raises(IncompleteChannelError, match=r"whatsapp is half set up; .* LOKET_WHATSAPP_TOKEN"):
        Settings.from_environment(ENOUGH | {"LOKET_WHATSAPP_TEMPLATE": "noor_heeft_nieuws"})


def test_a_secret_can_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("EAAJB-uit-een-bestand\n")
    environment = ENOUGH | WHATSAPP | {"LOKET_WHATSAPP_TOKEN": "", "LOKET_WHATSAPP_TOKEN_FILE": str(file)}
    account = Settings.from_environment(environment).whatsapp
    assert account is not None
    assert account.token == "EAAJB-uit-een-bestand"
    file.unlink()
    with pytest.raises(WrongSettingError, match="LOKET_WHATSAPP_TOKEN_FILE"):
        Settings.from_environment(environment)


@pytest.mark.parametrize("wrong", ["+31 6 12345678", "0612345678", "nummer", "../me"])
def test_what_is_no_phone_number_id_is_refused(wrong: str) -> None:
    with pytest.raises(WrongSettingError, match="PHONE_NUMBER_ID"):
        Settings.from_environment(ENOUGH | WHATSAPP | {"LOKET_WHATSAPP_PHONE_NUMBER_ID": wrong})


def test_the_number_can_be_written_as_people_do() -> None:
    account = Settings.from_environment(
        ENOUGH | WHATSAPP | {"LOKET_WHATSAPP_NUMBER": "+31 20-123 45 67"}
    ).whatsapp
    assert account is not None
    assert account.number == "31201234567"
    with pytest.raises(WrongSettingError, match="LOKET_WHATSAPP_NUMBER"):
        Settings.from_environment(ENOUGH | WHATSAPP | {"LOKET_WHATSAPP_NUMBER": "020 123 45 67"})


def telegram(**variables: str) -> TelegramSettings | None:
    named = {f"LOKET_TELEGRAM_{name}": value for name, value in variables.items()}
    return Settings.from_environment(ENOUGH | named).telegram


def test_without_a_token_there_is_no_telegram() -> None:
    assert telegram() is None
    assert telegram(TOKEN="", SECRET="s", POLLING="yes") is None


def test_a_webhook_needs_a_secret_and_asking_does_not() -> None:
    with pytest.raises(MissingSettingError, match="LOKET_TELEGRAM_SECRET"):
        telegram(TOKEN="1:a")
    assert telegram(TOKEN="1:a", SECRET="s") == TelegramSettings(token="1:a", secret="s")
    assert telegram(TOKEN="1:a", POLLING="yes") == TelegramSettings(token="1:a", secret=None, is_polled=True)


def test_a_secret_of_telegram_can_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "telegram-token"
    file.write_text("1:uit-een-bestand\n")
    found = telegram(TOKEN_FILE=str(file), SECRET="s")
    assert found == TelegramSettings(token="1:uit-een-bestand", secret="s")
    with pytest.raises(WrongSettingError, match="LOKET_TELEGRAM_TOKEN_FILE"):
        telegram(TOKEN_FILE=str(tmp_path / "weg"), SECRET="s")


def allowed(text: str) -> frozenset[str]:
    return Settings.from_environment({**ENOUGH, "LOKET_ALLOWED_ORIGINS": text}).allowed_origins


def test_no_other_site_may_show_the_chat_until_somebody_names_one() -> None:
    assert Settings.from_environment(ENOUGH).allowed_origins == frozenset()
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


OIDC = {
    "LOKET_OIDC_ISSUER": "https://login.uwv.example",
    "LOKET_OIDC_CLIENT_ID": "loket",
    "LOKET_OIDC_CLIENT_SECRET": "heel-geheim",
}


def test_an_organisations_log_in_is_on_with_all_its_settings_and_keeps_its_secret() -> None:
    assert Settings.from_environment(ENOUGH).provider is None
    settings = Settings.from_environment(ENOUGH | OIDC)
    assert settings.provider is not None
    assert settings.provider.issuer == "https://login.uwv.example"
    assert "heel-geheim" not in repr(settings)


@pytest.mark.parametrize("missing", OIDC)
def test_an_organisations_log_in_that_is_half_set_up_names_what_is_missing(missing: str) -> None:
    with pytest.raises(IncompleteChannelError, match=missing):
        Settings.from_environment(ENOUGH | OIDC | {missing: ""})


@pytest.mark.parametrize("issuer", ["http://login.uwv.example", "login.uwv.example", "ftp://login"])
def test_an_organisations_log_in_is_reached_over_tls_alone(issuer: str) -> None:
    with pytest.raises(WrongSettingError, match="LOKET_OIDC_ISSUER"):
        Settings.from_environment(ENOUGH | OIDC | {"LOKET_OIDC_ISSUER": issuer})


def test_sources_of_courses_are_read_with_their_keys() -> None:
    told = " roc=ooapi https://api.roc.example/v5 ,nova-2 = schemaorg https://nova.example/cursussen, "
    settings = Settings.from_environment(
        ENOUGH | {"LOKET_COURSE_SOURCES": told, "LOKET_COURSE_TOKEN_NOVA_2": "sleutel"}
    )
    assert [(one.name, one.standard, one.token) for one in settings.course_sources] == [
        ("roc", "ooapi", ""),
        ("nova-2", "schemaorg", "sleutel"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "roc",
        "roc=ooapi",
        "roc=ooapi http://roc.example",
        "ROC=ooapi https://roc.example",
        "roc=csv https://roc.example",
        f"{'r' * 21}=ooapi https://roc.example",
    ],
)
def test_a_source_of_courses_that_is_written_wrong_is_refused(told: str) -> None:
    with pytest.raises(WrongSettingError, match="LOKET_COURSE_SOURCES"):
        Settings.from_environment(ENOUGH | {"LOKET_COURSE_SOURCES": told})
