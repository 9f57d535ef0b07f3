"""People who ask for a human: in the chat on the website, and in channels through their provider's double."""

import json
from typing import Protocol

import aiohttp
from playwright.async_api import Page, expect

from counter.services import Counter
from tests.browser.chat import ANSWER_MS, Chat
from tests.support.channel_talk import ChannelTalk
from tests.support.providers import Provider
from tests.support.running import RunningLoket

# What somebody answers on the way from "a human, please" to a place in line; their name comes third.
TO_THE_LINE = ("ik wil een mens spreken", "over een andere baan", "Zaandam")
_names = iter(
    "Amina Bart Chantal Dilan Esra Farah Gijs Hanna Imre Jelle Khadija Lotte Mehmet Nadia Omar Priya Rosa "
    "Stefan Tarik Umut Vera Wilma Xandra Yusuf Zoë".split()
)


def new_name() -> str:
    """Return a name that nobody else at the desk has."""
    return next(_names)


class Person(Protocol):
    """Somebody who talks to the counter, wherever that is."""

    @property
    def conversation_id(self) -> str:
        """Return the conversation they are in."""

    async def asks(self, text: str) -> None:
        """Say something to Noor and wait for the whole answer."""

    async def writes(self, text: str) -> None:
        """Say something; whoever is to answer may take their time."""

    async def receives(self, words: str) -> None:
        """Wait until these words have been read."""

    async def times_read(self, words: str) -> int:
        """Return in how many messages these words were read."""


class WebsitePerson:
    """Somebody in a browser of their own."""

    def __init__(self, chat: Chat, conversation_id: str) -> None:
        self._chat = chat
        self.conversation_id = conversation_id

    @classmethod
    async def come(cls, page: Page, website: str) -> "WebsitePerson":
        """Open the chat."""
        chat = await Chat(page).open(website)
        kept: str = await page.evaluate("localStorage.getItem('noor.conversation')")
        return cls(chat, json.loads(kept)["id"])

    async def asks(self, text: str) -> None:
        """Say something to Noor and wait for the whole answer."""
        await self._chat.ask(text)

    async def writes(self, text: str) -> None:
        """Type and send."""
        await self._chat.say(text)

    async def receives(self, words: str) -> None:
        """Wait until these words stand in the chat."""
        await expect(self._chat.log.get_by_text(words).first).to_be_visible(timeout=ANSWER_MS)

    async def times_read(self, words: str) -> int:
        """Return how many messages hold these words."""
        return await self._chat.log.get_by_text(words).count()


class ChannelPerson(ChannelTalk):
    """Somebody in Telegram or WhatsApp."""

    @classmethod
    async def come(
        cls, http: aiohttp.ClientSession, loket: RunningLoket, provider: Provider, counter: Counter
    ) -> "ChannelPerson":
        """Say hello to Noor."""
        person = cls(http, loket, provider, counter)
        await person.says("hoi")
        return person

    @property
    def conversation_id(self) -> str:
        """Return the conversation at this address."""
        return self.id

    async def asks(self, text: str) -> None:
        """Bring what the person says, and wait until the answer is with the provider."""
        await self.catch_up()
        await self.says(text)

    async def times_read(self, words: str) -> int:
        """Return how many messages with these words the provider was given for them."""
        return sum(words in text for text in self.provider.read_by(self.person))


async def get_in_line(person: Person, name: str) -> None:
    """Ask Noor for a human and say yes to what she will send."""
    for text in (*TO_THE_LINE, name, "ja"):
        await person.asks(text)
