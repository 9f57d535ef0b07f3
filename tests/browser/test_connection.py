import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.chat import ANSWER_MS, Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

NO_WEBSOCKETS = "window.WebSocket = function () { throw new DOMException('blocked', 'SecurityError'); }"


async def test_what_is_typed_without_a_connection_arrives_when_it_is_back(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    answers = await chat.said("Noor").count()
    await page.context.set_offline(True)
    await chat.say("Ben je er nog?")
    await expect(chat.status.get_by_text("Geen verbinding.")).to_be_visible()
    await expect(chat.said("Jij")).to_contain_text("Nog niet verstuurd")
    await page.context.set_offline(False)
    await expect(chat.status.get_by_text("De verbinding is terug.")).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.said("Noor").nth(answers)).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.said("Jij")).to_have_count(1)
    await expect(chat.said("Jij")).not_to_contain_text("Nog niet verstuurd")


async def test_messages_typed_without_a_connection_keep_their_order(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await page.context.set_offline(True)
    for text in ("eerste vraag", "tweede vraag", "derde vraag"):
        await chat.say(text)
    await page.context.set_offline(False)
    await expect(chat.log.get_by_text("Nog niet verstuurd")).to_have_count(0, timeout=ANSWER_MS)
    await page.reload()
    await expect(chat.said("Jij")).to_have_count(3, timeout=ANSWER_MS)
    for index, text in enumerate(("eerste vraag", "tweede vraag", "derde vraag")):
        await expect(chat.said("Jij").nth(index)).to_contain_text(text)


async def test_what_could_not_be_sent_is_sent_after_a_reload(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    await page.route("**/messages", lambda route: route.abort())
    await chat.say("Bewaar dit voor mij")
    await expect(chat.said("Jij")).to_contain_text("Nog niet verstuurd", timeout=ANSWER_MS)
    await page.unroute("**/messages")
    greetings = await chat.said("Noor").count()
    await page.reload()
    await expect(chat.said("Noor").nth(greetings)).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.said("Jij")).to_have_count(1)
    await expect(chat.said("Jij")).to_contain_text("Bewaar dit voor mij")


async def test_a_message_whose_confirmation_got_lost_is_not_doubled(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    answers = await chat.said("Noor").count()
    client_ids: list[str] = []

    async def lose_first_confirmation(route: Route) -> None:
        client_ids.append((route.request.post_data_json or {})["client_id"])
        if len(client_ids) == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/messages", lose_first_confirmation)
    await chat.say("Kom ik dubbel aan?")
    await expect(chat.said("Noor").nth(answers)).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.log.get_by_text("Nog niet verstuurd")).to_have_count(0, timeout=ANSWER_MS)
    await expect(chat.said("Jij")).to_have_count(1)
    assert len(client_ids) == 2
    assert len(set(client_ids)) == 1
    shown = await chat.said("Noor").count()
    await page.reload()
    await expect(chat.said("Noor")).to_have_count(shown, timeout=ANSWER_MS)
    await expect(chat.said("Jij")).to_have_count(1)


async def test_the_chat_works_where_websockets_are_blocked(page: Page, website: str) -> None:
    await page.add_init_script(NO_WEBSOCKETS)
    chat = await Chat(page).open(website)
    await chat.ask("Hoor je mij?")
    await chat.ask("En nu nog een keer?")
    await expect(chat.said("Jij")).to_have_count(2)


async def test_a_server_in_trouble_is_tried_again(page: Page, website: str) -> None:
    chat = await Chat(page).open(website)
    answers = await chat.said("Noor").count()
    tries = 0

    async def fail_once(route: Route) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            await route.fulfill(status=503, content_type="text/html", body="<h1>Bad gateway</h1>")
        else:
            await route.continue_()

    await page.route("**/messages", fail_once)
    await chat.say("Lukt het?")
    await expect(chat.status.get_by_text("Versturen lukt nu niet.")).to_be_visible()
    await expect(chat.said("Noor").nth(answers)).to_be_visible(timeout=ANSWER_MS)
    await expect(chat.status.get_by_text("Versturen lukt nu niet.")).to_have_count(0)


async def test_opening_the_page_while_the_counter_is_away_ends_in_a_greeting(
    page: Page, website: str
) -> None:
    await page.route("**/api/conversations", lambda route: route.abort())
    await page.goto(website)
    chat = Chat(page)
    await expect(chat.status.get_by_text("Geen verbinding.")).to_be_visible()
    await page.unroute("**/api/conversations")
    await chat.greeted()
