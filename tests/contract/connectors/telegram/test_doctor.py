"""What `./loket doctor` finds out about the bot."""

from connectors.channel import Health
from connectors.telegram.client import TelegramChannel
from tests.contract.connectors.telegram.provider import SITE, TelegramProvider
from tests.support.providers import Scenario


async def test_the_doctor_says_what_is_wrong_with_bringing_messages_and_what_helps(
    telegram: TelegramProvider, channel: TelegramChannel
) -> None:
    async def found(public_url: str = SITE) -> list[tuple[Health, str]]:
        return [(finding.health, finding.text) async for finding in channel.examine(public_url)]

    name, not_brought = await found()
    assert name == (Health.GOOD, "De bot heet @NoorVoorbeeldBot: https://t.me/NoorVoorbeeldBot")
    assert not_brought[0] is Health.ODD
    assert "./loket run --telegram" in not_brought[1]

    await channel.set_webhook(SITE)
    good = (Health.GOOD, "Telegram brengt berichten naar https://loket.example/webhooks/telegram.")
    assert await found() == [name, good]
    assert await found("") == [name, good]
    _, elsewhere = await found("https://nieuw.example")
    assert elsewhere[0] is Health.ODD
    assert "niet naar https://nieuw.example/webhooks/telegram" in elsewhere[1]

    telegram.brings(telegram.says(Scenario.TEXT))
    telegram.last_error = {
        "last_error_date": 1772528400,
        "last_error_message": "Wrong response from the webhook: 403 Forbidden",
    }
    *_, failed = await found()
    assert failed[0] is Health.ODD
    assert "om 03-03-2026 09.00 UTC: Wrong response from the webhook: 403 Forbidden." in failed[1]
    assert "Er wachten er 1." in failed[1]


async def test_the_doctor_knows_a_wrong_token_from_an_absent_telegram(
    telegram: TelegramProvider, channel: TelegramChannel
) -> None:
    channel._bot._base_url = f"{telegram.url}bot1:verkeerd"
    (unknown,) = [finding async for finding in channel.examine(SITE)]
    channel._bot._base_url = "http://127.0.0.1:9/bot1:verkeerd"
    (absent,) = [finding async for finding in channel.examine(SITE)]
    assert unknown.health is absent.health is Health.BAD
    assert "@BotFather" in unknown.text
    assert "antwoordt niet" in absent.text
    assert "verkeerd" not in unknown.text + absent.text
