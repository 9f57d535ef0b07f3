"""A browser, and people who use it: everything is found by role and label, as a person finds it."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from connectors.notices import DomainWording
from counter.clock import utc_now
from counter.database import Database
from counter.places.gazetteer import load_gazetteer
from counter.services import Counter, open_counter
from counter.staff.model import StaffMember
from skills_taxonomy import Taxonomy
from tests.browser.desk import CoachDesk
from tests.support.running import RunningLoket
from tests.support.staff import hire, new_member, whose

CHROMIUM = os.environ.get("LOKET_TEST_BROWSER", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

type LogIn = Callable[..., Awaitable[tuple[CoachDesk, StaffMember]]]


@pytest.fixture(scope="session")
def website(request: pytest.FixtureRequest) -> str:
    """Give the address of a running counter: LOKET_TEST_URL, or one started for these tests."""
    address: str = os.environ.get("LOKET_TEST_URL") or request.getfixturevalue("loket_url")
    return address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Give one Chromium for all browser tests."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """Give the window of somebody who was never here before; an error in it fails the test."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    window = await context.new_page()
    errors: list[str] = []
    window.on("pageerror", lambda error: errors.append(str(error)))
    yield window
    await context.close()
    assert errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def behind(loket: RunningLoket, taxonomy: Taxonomy, wording: DomainWording) -> AsyncIterator[Counter]:
    """Give the counter behind the running one, as another process has it."""
    database = Database.open(loket.database_url)
    yield open_counter(database, taxonomy, load_gazetteer(), utc_now, wording=wording)
    await database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def log_in(browser: Browser, loket: RunningLoket, behind: Counter) -> AsyncIterator[LogIn]:
    """Give a function that gives a new coach of an organisation a browser; an error in it fails the test.

    What more it is given is how the browser is: its window, whether it runs scripts.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    async def new_desk(name: str, organisation: str, **more: Any) -> tuple[CoachDesk, StaffMember]:
        taken = len(await behind.staff.accounts())
        opened = await hire(behind, new_member(f"{name}{taken}", organisation=organisation))
        window = {"viewport": {"width": 1440, "height": 900}, "locale": "nl-NL", **more}
        contexts.append(context := await browser.new_context(**window))
        await context.add_cookies(
            [{"name": "loket_medewerker", "value": opened.token, "url": loket.url, "httpOnly": True}]
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return CoachDesk(page, loket.url), (await whose(behind, opened)).member

    yield new_desk
    for context in contexts:
        await context.close()
    assert errors == []
