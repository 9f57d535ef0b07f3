import json
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.accessibility import violations
from tests.browser.chat import ANSWER_MS, Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_was_said_is_there_after_a_reload(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Wat kun je allemaal?")
    before = await chat.log.inner_text()
    await page.reload()
    await expect(chat.said("Jij").first).to_contain_text("Wat kun je allemaal?", timeout=ANSWER_MS)
    assert await chat.log.inner_text() == before


async def test_a_pressed_tile_is_still_named_after_a_reload(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await page.get_by_role("link", name="Werk zonder brief").click()
    await expect(chat.said("Noor").nth(1)).to_be_visible(timeout=ANSWER_MS)
    await page.reload()
    await expect(chat.said("Jij")).to_have_count(1, timeout=ANSWER_MS)
    await expect(chat.said("Jij")).to_contain_text("Werk zonder brief")


async def test_markup_is_shown_as_the_text_it_is(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    attack = "<img src=x onerror=\"document.title='gekaapt'\"><b>vet</b>"
    await chat.ask(attack)
    await page.reload()
    await expect(chat.said("Jij").first).to_contain_text(attack, timeout=ANSWER_MS)
    assert await chat.log.locator("img, b").count() == 0
    assert await page.title() != "gekaapt"


async def test_shift_enter_starts_a_line_and_enter_sends(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.field.focus()
    await page.keyboard.type("Ik woon in Zaandam")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("en ik zoek werk")
    await expect(chat.said("Jij")).to_have_count(0)
    await page.keyboard.press("Enter")
    await expect(chat.said("Jij")).to_contain_text("Ik woon in Zaandam\nen ik zoek werk", use_inner_text=True)
    await expect(chat.field).to_have_value("")


async def test_an_empty_message_is_not_sent(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.say("   ")
    await page.wait_for_timeout(300)
    await expect(chat.said("Jij")).to_have_count(0)


async def test_the_person_sees_how_much_room_is_left_only_near_the_end(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.field.fill("a" * 1000)
    await expect(chat.field).to_have_accessible_description("")
    await chat.field.fill("a" * 1990)
    await expect(chat.field).to_have_accessible_description("Nog 10 tekens over.")
    await chat.say("a" * 2001)
    await expect(chat.field).to_have_accessible_description(
        "Je bericht is 1 teken te lang. Maak het korter, of verstuur het in delen."
    )
    await expect(chat.field).to_have_value("a" * 2001)
    await expect(chat.said("Jij")).to_have_count(0)


async def test_what_is_typed_but_not_sent_survives_a_reload(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.field.fill("Ik ben nog niet klaar met")
    await page.reload()
    await expect(chat.field).to_have_value("Ik ben nog niet klaar met")


async def test_a_refused_message_shows_the_reason_in_dutch(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)

    async def refuse(route: Route) -> None:
        problem = {"type": "urn:loket:problem:message-too-large", "detail": "Je bericht is te groot."}
        await route.fulfill(status=413, content_type="application/problem+json", body=json.dumps(problem))

    await page.route("**/messages", refuse)
    await chat.say("Dit mag niet")
    await expect(chat.said("Jij")).to_contain_text("Niet verstuurd. Je bericht is te groot.")
    await page.unroute("**/messages")
    await chat.ask("Dit wel")
    await expect(chat.said("Jij").last).to_contain_text("Dit wel")
    await expect(chat.said("Jij").first).to_contain_text("Dit mag niet")


async def test_a_new_conversation_is_empty_and_stays_the_same_persons(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik zoek een cursus lassen")
    tokens: list[str | None] = []
    page.on(
        "request",
        lambda request: (
            tokens.append(request.headers.get("authorization"))
            if request.url.endswith("/api/conversations")
            else None
        ),
    )
    await chat.begin_again()
    await chat.greeted()
    await expect(chat.said("Jij")).to_have_count(0)
    assert len(tokens) == 1
    assert str(tokens[0]).startswith("Bearer ")


async def test_a_new_conversation_is_asked_for_first_and_the_old_one_can_be_taken_along(
    page: Page, website: str, tmp_path: Path
) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Dit wil ik bewaren")
    await chat.choose("Nieuw gesprek")
    await expect(chat.dialog.get_by_role("button", name="Nee, ga verder")).to_be_focused()
    assert await violations(page) == []
    async with page.expect_download() as download:
        await chat.dialog.get_by_role("button", name="Gesprek eerst downloaden").click()
    file = tmp_path / "gesprek.html"
    await (await download.value).save_as(file)
    assert "Dit wil ik bewaren" in file.read_text(encoding="utf-8")
    await page.keyboard.press("Escape")
    await expect(chat.said("Jij")).to_contain_text("Dit wil ik bewaren")
    await expect(chat.menu).to_be_focused()


async def test_a_conversation_that_is_gone_starts_anew_and_says_so(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Hallo daar")
    await page.evaluate(
        "localStorage.setItem('noor.conversation', JSON.stringify({id: 'bestaat-niet', token: 'nee'}))"
    )
    await page.reload()
    await expect(chat.log.get_by_text("Je vorige gesprek is er niet meer.")).to_be_visible(timeout=ANSWER_MS)
    await chat.greeted()
    await expect(chat.said("Jij")).to_have_count(0)


async def test_a_conversation_that_goes_on_elsewhere_says_so_here(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    taken = """async () => {
        const {id, token} = JSON.parse(localStorage.getItem("noor.conversation"));
        const code = await fetch(`/api/conversations/${id}/code`, {
            method: "POST", headers: {Authorization: `Bearer ${token}`},
        });
        await fetch("/api/conversations", {
            method: "POST", headers: {"Content-Type": "application/json"},
            body: JSON.stringify({channel: "website", code: (await code.json()).code}),
        });
    }"""
    await page.evaluate(taken)
    await chat.say("Ben ik hier nog?")
    await expect(chat.log.get_by_text("Je hebt dit gesprek meegenomen")).to_be_visible(timeout=ANSWER_MS)
    # What was just typed waits, and goes along into a new conversation when the person wants one.
    await expect(chat.said("Jij")).to_contain_text("Nog niet verstuurd")
    await chat.log.get_by_role("button", name="Nieuw gesprek").click()
    await chat.greeted()
    await expect(chat.said("Jij")).to_contain_text("Ben ik hier nog?")
    await expect(chat.said("Jij")).not_to_contain_text("Nog niet verstuurd")


async def test_the_conversation_can_be_taken_home_as_a_page(page: Page, website: str, tmp_path: Path) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik zoek <b>werk</b>")
    async with page.expect_download() as download:
        await chat.choose("Gesprek downloaden")
    file = tmp_path / "gesprek.html"
    await (await download.value).save_as(file)
    content = file.read_text(encoding="utf-8")
    assert "Ik zoek &lt;b&gt;werk&lt;/b&gt;" in content
    assert "digitale assistent" in content
    assert '<html lang="nl">' in content


async def test_all_that_is_kept_can_be_taken_home(page: Page, website: str, tmp_path: Path) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik woon in Hoorn")
    async with page.expect_download() as download:
        await chat.choose("Al je gegevens downloaden")
    file = tmp_path / "gegevens.json"
    await (await download.value).save_as(file)
    everything = json.loads(file.read_text(encoding="utf-8"))
    texts = [message["text"] for talk in everything["conversations"] for message in talk["messages"]]
    assert "Ik woon in Hoorn" in texts


async def test_a_conversation_is_erased_only_after_a_yes(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Vergeet mij straks")
    await chat.choose("Gesprek wissen")
    await chat.dialog.get_by_role("button", name="Nee, bewaar het").click()
    await expect(chat.said("Jij")).to_have_count(1)
    await chat.choose("Gesprek wissen")
    await chat.dialog.get_by_role("button", name="Ja, wis alles").click()
    await expect(chat.log.get_by_text("Je gesprek is gewist.")).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.said("Jij")).to_have_count(0)
    assert await page.evaluate("localStorage.getItem('noor.conversation')") is None


async def test_erasing_also_erases_earlier_conversations(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    erased: list[str] = []
    page.on("request", lambda request: erased.append(request.url) if request.method == "DELETE" else None)
    await chat.begin_again()
    await chat.greeted()
    await chat.choose("Gesprek wissen")
    await chat.dialog.get_by_role("button", name="Ja, wis alles").click()
    await expect(chat.log.get_by_text("Je gesprek is gewist.")).to_be_visible(timeout=ANSWER_MS)
    assert len(set(erased)) == 2


async def test_after_erasing_one_can_simply_begin_again(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.choose("Gesprek wissen")
    await chat.dialog.get_by_role("button", name="Ja, wis alles").click()
    await expect(chat.log.get_by_text("Je gesprek is gewist.")).to_be_visible(timeout=ANSWER_MS)
    await chat.say("Toch nog een vraag")
    await chat.greeted()
    await expect(chat.said("Jij")).to_have_count(1)
    await expect(chat.said("Jij")).to_contain_text("Toch nog een vraag")


async def test_two_windows_show_the_same_conversation(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    other = Chat(await page.context.new_page())
    await other.open(website)
    await chat.ask("Zie jij dit ook?")
    await expect(other.said("Jij")).to_contain_text("Zie jij dit ook?", timeout=ANSWER_MS)
    await expect(other.said("Noor")).to_have_count(await chat.said("Noor").count())


async def test_a_long_answer_is_shown_from_its_beginning(page: Page, website: str) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    chat = await Chat(page).open(website)
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    await page.wait_for_timeout(1000)
    await expect(chat.said("Jij").last).to_be_in_viewport()
    await expect(chat.page.get_by_role("button", name="Nieuw bericht")).to_be_hidden()


async def test_who_reads_further_up_is_told_of_a_new_message_and_not_moved(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await chat.ask("Ik zoek een avondcursus elektrotechniek in Alkmaar")
    other = Chat(await page.context.new_page())
    await other.open(website)
    await chat.log.hover()
    await page.mouse.wheel(0, -5000)
    await expect(chat.said("Noor").first).to_be_in_viewport()
    await other.ask("Een bericht van elders")
    await page.get_by_role("button", name="Nieuw bericht").click()
    await expect(chat.said("Jij").last).to_be_in_viewport()
    await expect(chat.said("Jij").last).to_contain_text("Een bericht van elders")
