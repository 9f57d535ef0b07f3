"""What axe finds wrong with a page."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def violations(page: Page) -> list[str]:
    """Return every violation, as "rule: where"."""
    # Colours in the middle of fading in are not what people read.
    await page.wait_for_timeout(400)
    results = await Axe().run(page, options={"runOnly": RULES})
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


async def overflow(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    wider: int = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wider
