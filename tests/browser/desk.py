"""The desk as a coach sees it."""

import re

from playwright.async_api import Locator, Page, expect

NEWS_MS = 15_000


class CoachDesk:
    """A coach's browser."""

    def __init__(self, page: Page, website: str) -> None:
        self.page = page
        self.website = website
        self.log = page.get_by_role("log", name="Gesprek")
        self.box = page.get_by_label(re.compile("^Schrijf aan"))
        self.note = page.get_by_label("Notitie voor collega’s")
        self.presence = page.get_by_label("Je bent")

    async def open(self, path: str = "/coach") -> "CoachDesk":
        """Go to a page of the desk, and wait until it is live."""
        await self.page.goto(f"{self.website}{path}")
        await expect(self.page.locator("html.live")).to_be_attached()
        return self

    def line(self, text: str) -> Locator:
        """Return the line of a list that holds these words."""
        return self.page.get_by_role("list", name=re.compile("Wachtrij|Mijn|Terug|Afgerond")).locator(
            "> li", has_text=text
        )

    async def claim(self, name: str) -> None:
        """Take somebody from the list."""
        await self.line(name).get_by_role("button", name="Neem over").click()
        await expect(self.box).to_be_visible(timeout=NEWS_MS)

    async def say(self, text: str) -> None:
        """Type and send."""
        await self.box.fill(text)
        await self.box.press("Enter")
