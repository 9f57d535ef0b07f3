"""A browser, and people who use it: everything is found by role and label, as a person finds it."""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = os.environ.get("LOKET_TEST_BROWSER", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
