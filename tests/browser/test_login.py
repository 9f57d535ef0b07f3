"""Staff come in with a keyboard alone, on the smallest screen, without JavaScript, and axe finds nothing."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.accessibility import overflow, violations
from tests.support.running import RunningLoket

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSWORD = "drie losse woorden"


@pytest.fixture(scope="module")
def loket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLoket]:
    """Give a counter without a bot: staff come in without one."""
    running = RunningLoket(folder=tmp_path_factory.mktemp("ingang"), model=Path())
    try:
        running.start_app()
        running.wait_for_app()
        yield running
    finally:
        running.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def small(browser: Browser) -> AsyncIterator[Page]:
    """Give the narrowest window, which is also 1280 pixels at 400 %; its browser runs no script of ours."""
    context = await browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield await context.new_page()
    await context.close()


def hire(loket: RunningLoket, username: str, role: str) -> str:
    """Add somebody; returns their password for one time."""
    told = loket.command(
        "staff", "add", username, "--name", username.title(), "--role", role, "--organisation", "UWV"
    )
    return told.splitlines()[1].strip()


async def log_in(page: Page, loket: RunningLoket, username: str, password: str) -> None:
    await page.goto(f"{loket.url}/login")
    await page.get_by_label("Gebruikersnaam").fill(username)
    await page.get_by_label("Wachtwoord").fill(password)
    await page.get_by_role("button", name="Log in").click()


async def choose_password(page: Page, present: str) -> None:
    await page.get_by_label("Wachtwoord dat je nu hebt").fill(present)
    await page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    await page.get_by_role("button", name="Verander mijn wachtwoord").click()
    await page.wait_for_url(lambda address: "/account/wachtwoord" not in address)


async def test_a_coach_comes_in_with_the_keyboard_alone(small: Page, loket: RunningLoket) -> None:
    one_time = hire(loket, "kim", "coach")
    keyboard = small.keyboard
    await small.goto(f"{loket.url}/login")
    # Past the link to the content, the name of the counter and the link to Noor.
    for _ in range(4):
        await keyboard.press("Tab")
    await keyboard.type("kim")
    await keyboard.press("Tab")
    await keyboard.type("fout")
    await keyboard.press("Enter")
    await expect(small.get_by_role("alert")).to_be_focused()
    await expect(small).to_have_title("Fout: Inloggen · Loket Noord-Holland, voor medewerkers")
    await expect(small.get_by_label("Gebruikersnaam")).to_have_value("kim")
    # From what is wrong to where it is put right.
    await keyboard.press("Tab")
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await expect(small.get_by_label("Wachtwoord")).to_be_focused()
    await keyboard.type(one_time)
    await keyboard.press("Enter")
    await expect(small.get_by_role("heading", level=1)).to_have_text("Kies je eigen wachtwoord")
    assert await overflow(small) <= 0
    await choose_password(small, one_time)
    await expect(small.get_by_role("heading", level=1)).to_have_text("Wachtrij")
    assert await overflow(small) <= 0


async def test_an_administrator_begins_with_a_second_step_and_is_asked_for_it(
    page: Page, loket: RunningLoket
) -> None:
    one_time = hire(loket, "bea", "beheerder")
    await log_in(page, loket, "bea", one_time)
    assert await violations(page) == []
    await choose_password(page, one_time)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Zet de tweede stap aan")
    await expect(page.get_by_role("img", name="QR-code")).to_be_visible()
    assert await violations(page) == []
    secret = (await page.locator(".key").inner_text()).replace(" ", "")
    await page.get_by_label("Code uit de app").fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="Zet de tweede stap aan").click()
    codes = await page.get_by_role("list", name="Codes").get_by_role("listitem").all_inner_texts()
    assert len(codes) == 10
    assert await violations(page) == []
    await page.get_by_role("link", name="Ik heb ze bewaard").click()
    await page.get_by_role("link", name="Mijn account").click()
    await expect(page.get_by_text("Je hebt nog 10 codes op papier")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="Uitloggen").click()
    await log_in(page, loket, "bea", PASSWORD)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Typ je code")
    assert await violations(page) == []
    await page.get_by_label("Code").fill("000000")
    await page.get_by_role("button", name="Ga verder").click()
    await expect(page.get_by_role("alert")).to_be_focused()
    assert await violations(page) == []
    await page.get_by_label("Code").fill(codes[0])
    await page.get_by_role("button", name="Ga verder").click()
    await page.get_by_role("link", name="Mijn account").click()
    await expect(page.get_by_text("Je hebt nog 9 codes op papier")).to_be_visible()
    await page.get_by_role("link", name="Tweede stap of codes veranderen").click()
    assert await violations(page) == []


async def test_a_coach_sees_where_she_is_logged_in_and_logs_out_there(
    page: Page, small: Page, loket: RunningLoket
) -> None:
    one_time = hire(loket, "mila", "coach")
    await log_in(page, loket, "mila", one_time)
    await choose_password(page, one_time)
    await log_in(small, loket, "mila", PASSWORD)
    await small.wait_for_url(f"{loket.url}/coach")
    await page.goto(f"{loket.url}/account")
    assert await violations(page) == []
    await expect(page.get_by_text("(dit apparaat)")).to_have_count(1)
    await page.get_by_role("button", name="Log hier uit (Chrome").click()
    await expect(page.get_by_role("status")).to_have_text("Je bent daar uitgelogd.")
    await small.goto(f"{loket.url}/account")
    await expect(small.get_by_role("heading", level=1)).to_have_text("Inloggen")


async def test_every_page_for_who_is_not_in_is_without_faults(page: Page, loket: RunningLoket) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    await log_in(page, loket, "niemand", "fout")
    await expect(page.get_by_role("alert")).to_be_focused()
    assert await violations(page) == []
    assert await overflow(page) <= 0
    await page.goto(f"{loket.url}/login")
    for label, purpose in {"Gebruikersnaam": "username", "Wachtwoord": "current-password"}.items():
        await expect(page.get_by_label(label)).to_have_attribute("autocomplete", purpose)
    one_time = hire(loket, "tom", "coach")
    await log_in(page, loket, "tom", one_time)
    await choose_password(page, one_time)
    await page.goto(f"{loket.url}/redactie")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Dit hoort niet bij je rol")
    assert await violations(page) == []
