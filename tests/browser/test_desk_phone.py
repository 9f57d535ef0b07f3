"""The desk on a phone, and enlarged four times: what a coach needs most is on the first screen."""

import pytest
from playwright.async_api import Page, ViewportSize, expect

from counter.services import Counter
from tests.browser.accessibility import overflow, violations
from tests.browser.conftest import LogIn
from tests.browser.desk import NEWS_MS, CoachDesk
from tests.browser.test_case import everything

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE: ViewportSize = {"width": 390, "height": 844}
ENLARGED: ViewportSize = {"width": 320, "height": 256}
# Two rows of things to press, of 44 px and some around them.
TWO_ROWS = 100


async def on_a_phone(log_in: LogIn, behind: Counter, **more: object) -> tuple[CoachDesk, str]:
    """Give a coach with a phone, and the number of somebody of theirs with everything on the card."""
    desk, me = await log_in("mila", "Loket Haarlem", viewport=PHONE, **more)
    number, _ = await everything(behind, me)
    return desk, number


async def top_of(page: Page, selector: str) -> float:
    box = await page.locator(selector).bounding_box()
    assert box is not None
    return box["y"]


async def test_the_lists_are_one_row_and_each_is_reached_by_keyboard(log_in: LogIn) -> None:
    desk, _ = await log_in("mila", "Loket Haarlem", viewport=PHONE)
    await desk.open("/coach")
    header = await desk.page.get_by_role("banner").bounding_box()
    assert header is not None
    assert header["height"] <= TWO_ROWS
    lists = desk.page.get_by_role("navigation", name="Coach").get_by_role("link")
    await lists.first.focus()
    for number in range(await lists.count()):
        await expect(lists.nth(number)).to_be_focused()
        await expect(lists.nth(number)).to_be_in_viewport(ratio=1)
        box = await lists.nth(number).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        await desk.page.keyboard.press("Tab")
    assert await overflow(desk.page) <= 0


async def test_the_list_one_is_on_is_in_view(log_in: LogIn) -> None:
    desk, _ = await log_in("mila", "Loket Haarlem", viewport=PHONE)
    await desk.page.goto(f"{desk.website}/coach/antwoorden")
    here = desk.page.get_by_role("link", name="Antwoorden", exact=True)
    await expect(here).to_have_attribute("aria-current", "page")
    await expect(here).to_be_in_viewport(ratio=1)


async def test_what_is_of_the_coach_folds_and_is_never_folded_on_a_wide_screen(log_in: LogIn) -> None:
    desk, me = await log_in("mila", "Loket Haarlem", viewport=PHONE)
    await desk.open("/coach")
    fold = desk.page.get_by_text(f"Van jou: {me.name}")
    leave = desk.page.get_by_role("button", name="Uitloggen")
    await expect(leave).to_be_hidden()
    await fold.press("Enter")
    await expect(leave).to_be_visible()
    await desk.presence.select_option("Even weg")
    assert await violations(desk.page) == []
    assert await overflow(desk.page) <= 0
    await fold.press("Enter")
    await expect(leave).to_be_hidden()
    await desk.page.set_viewport_size({"width": 1360, "height": 900})
    await expect(fold).to_be_hidden()
    await expect(desk.presence).to_have_value("even_weg")
    await leave.click()
    await expect(desk.page.get_by_role("heading", name="Inloggen")).to_be_visible()


async def test_the_box_is_on_the_first_screen_and_the_steps_come_before_the_card(
    log_in: LogIn, behind: Counter
) -> None:
    desk, number = await on_a_phone(log_in, behind)
    await desk.open(f"/coach/{number}")
    await expect(desk.box).to_be_in_viewport(ratio=1)
    await expect(desk.page.get_by_role("button", name="Verstuur naar Fatima")).to_be_in_viewport(ratio=1)
    assert await top_of(desk.page, "#stappen") < await top_of(desk.page, "#notities")
    assert await top_of(desk.page, "#notities") < await top_of(desk.page, "#kaart")
    # What was said last is in view too.
    await expect(desk.log.get_by_text("een coach van Loket Haarlem")).to_be_in_viewport()
    assert await violations(desk.page) == []


@pytest.mark.parametrize(
    ("link", "heading"),
    [("Stappen", "Stappen"), ("Notities", "Alleen voor collega’s"), ("Kaart", "Kaart")],
)
@pytest.mark.parametrize("scripts", [True, False], ids=["live", "plain"])
async def test_what_is_further_down_is_one_press_away(
    log_in: LogIn, behind: Counter, link: str, heading: str, *, scripts: bool
) -> None:
    desk, number = await on_a_phone(log_in, behind, java_script_enabled=scripts)
    await desk.page.goto(f"{desk.website}/coach/{number}")
    places = desk.page.get_by_role("navigation", name="Op deze pagina")
    await places.get_by_role("link", name=link).click()
    shown = desk.page.get_by_role("heading", name=heading, exact=True)
    await expect(shown).to_be_in_viewport(ratio=1)
    # And not under the row that leads there, which comes along.
    bar, there = await places.bounding_box(), await shown.bounding_box()
    assert bar is not None
    assert there is not None
    assert bar["y"] == 0
    assert there["y"] >= bar["height"]
    await places.get_by_role("link", name="Bericht").click()
    await expect(desk.box).to_be_in_viewport(ratio=1)


async def test_who_cannot_take_steps_is_not_led_to_them(log_in: LogIn, behind: Counter) -> None:
    desk, number = await on_a_phone(log_in, behind)
    other, _ = await log_in("karim", "Loket Haarlem", viewport=PHONE)
    await other.open(f"/coach/{number}")
    places = other.page.get_by_role("navigation", name="Op deze pagina")
    await expect(places.get_by_role("link", name="Stappen")).to_be_hidden()
    await desk.open(f"/coach/{number}")
    await desk.page.get_by_role("button", name="Zet terug in de wachtrij").click()
    await expect(other.page.get_by_role("button", name="Neem over")).to_be_visible(timeout=NEWS_MS)
    await other.page.get_by_role("button", name="Neem over").click()
    await expect(places.get_by_role("link", name="Stappen")).to_be_visible(timeout=NEWS_MS)


async def test_enlarged_four_times_nothing_is_lost_and_no_window_stands_in_a_window(
    log_in: LogIn, behind: Counter
) -> None:
    desk, number = await on_a_phone(log_in, behind)
    await desk.page.set_viewport_size(ENLARGED)
    for path in ("/coach", f"/coach/{number}", "/account"):
        await desk.page.goto(f"{desk.website}{path}")
        assert await overflow(desk.page) <= 0, path
        assert await violations(desk.page) == [], path
    await desk.page.goto(f"{desk.website}/coach/{number}")
    rolls = await desk.log.evaluate("log => log.scrollHeight > log.clientHeight")
    assert not rolls
    # Nothing lies over what one reads.
    bar = desk.page.get_by_role("navigation", name="Op deze pagina")
    await bar.get_by_role("link", name="Kaart").click()
    await expect(bar).not_to_be_in_viewport()
