"""The chat as a person sees it."""

from playwright.async_api import Locator, Page, expect

ANSWER_MS = 15_000


class Chat:
    """Noor's chat on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.get_by_role("log", name="Gesprek met Noor")
        self.field = page.get_by_label("Typ je vraag of je antwoord")
        self.send = page.get_by_role("button", name="Verstuur")
        self.menu = page.get_by_role("button", name="Mijn gesprek", exact=True)
        self.dialog = page.get_by_role("dialog", name="Wil je")
        self.status = page.get_by_role("status")

    async def open(self, website: str) -> "Chat":
        """Go to the counter and wait until Noor has greeted."""
        await self.page.goto(website)
        await self.greeted()
        return self

    async def greeted(self) -> None:
        """Wait for Noor's first words and something to choose."""
        await expect(self.said("Noor").first).to_contain_text("digitale assistent", timeout=ANSWER_MS)
        await expect(self.log.get_by_role("button").first).to_be_visible()

    def said(self, who: str) -> Locator:
        """Return the messages of "Jij", "Noor" or "Bericht van het loket"."""
        return self.log.get_by_role("listitem").filter(has_text=f"{who}:")

    async def say(self, text: str) -> None:
        """Type and send."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def ask(self, text: str) -> str:
        """Say something; returns what Noor answers."""
        before = await self.said("Noor").count()
        await self.say(text)
        return await self._answer(before)

    async def press(self, title: str) -> str:
        """Press the newest button with this title; returns what Noor answers."""
        before = await self.said("Noor").count()
        await self.log.get_by_role("button", name=title).last.click()
        return await self._answer(before)

    async def _answer(self, before: int) -> str:
        # The messages of one answer arrive together.
        await expect(self.said("Noor").nth(before)).to_be_visible(timeout=ANSWER_MS)
        texts = await self.said("Noor").all_inner_texts()
        return "\n".join(texts[before:])

    async def choose(self, title: str) -> None:
        """Choose from the chat's menu."""
        await self.menu.click()
        await self.page.get_by_role("button", name=title, exact=True).last.click()

    async def begin_again(self) -> None:
        """Begin a new conversation as the same person, and answer that one is sure."""
        await self.choose("Nieuw gesprek")
        await self.dialog.get_by_role("button", name="Ja, begin opnieuw").click()
        await expect(self.log.get_by_text("Dit is een nieuw gesprek.")).to_be_visible()
