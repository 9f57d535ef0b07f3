"""The desk as a coach sees it."""

import re

from playwright.async_api import Locator, Page, WebSocketRoute, expect

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


class BreakableLine:
    """The line between a page and the desk, which breaks and comes back when the test says so."""

    def __init__(self) -> None:
        self._is_broken = False
        self._open: list[tuple[WebSocketRoute, WebSocketRoute]] = []

    async def keep(self, page: Page) -> None:
        """Stand between the page and the desk, from the next page on."""
        await page.route_web_socket(re.compile("/api/staff/desk"), self._connect)

    async def _connect(self, side: WebSocketRoute) -> None:
        if self._is_broken:
            await side.close()
            return
        self._open.append((side, side.connect_to_server()))

    async def breaks(self) -> None:
        """Cut it, and let nobody open it again."""
        self._is_broken = True
        for side, server in self._open:
            await side.close()
            await server.close()
        self._open.clear()

    def comes_back(self) -> None:
        """Let the page open it again."""
        self._is_broken = False
