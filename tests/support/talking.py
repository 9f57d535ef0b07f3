"""Talking to Noor in tests, through the public HTTP contract and nothing else."""

import time
import uuid
from dataclasses import dataclass
from typing import Any

import aiohttp

ANSWER_SECONDS = 30
MAX_BUBBLES = 3


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back in one turn; `responses` are the names the domain gives them."""

    messages: list[dict[str, Any]]
    responses: list[str]

    @property
    def texts(self) -> list[str]:
        """Return the texts, in order."""
        return [message["text"] for message in self.messages if message["text"]]

    @property
    def text(self) -> str:
        """Return everything said, as one text."""
        return "\n".join(self.texts)

    @property
    def cards(self) -> list[dict[str, Any]]:
        """Return the cards, in order."""
        return [card for message in self.messages for card in message["cards"]]

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Return every button, also those on cards."""
        on_cards = [button for card in self.cards for button in card.get("buttons", ())]
        return [button for message in self.messages for button in message["buttons"]] + on_cards

    def payload_of(self, title: str) -> str:
        """Return the payload of the button whose title holds these words."""
        for button in self.buttons:
            if title.lower() in button["title"].lower():
                return button["payload"]
        message = f"no button {title!r} among {[button['title'] for button in self.buttons]}"
        raise AssertionError(message)


class Conversation:
    """One person's conversation on the website."""

    def __init__(self, http: aiohttp.ClientSession, url: str, bot_url: str) -> None:
        self._http = http
        self._url = url
        self._bot_url = bot_url
        self.id = ""
        self.token = ""
        self.seq = 0

    async def open(self, *, earlier: "Conversation | None" = None) -> "Conversation":
        """Open it; `earlier` is a conversation of the same person."""
        headers = {} if earlier is None else earlier.headers
        async with self._http.post(
            f"{self._url}/api/conversations", json={"channel": "website"}, headers=headers
        ) as response:
            assert response.status == 201, await response.text()
            opened = await response.json()
        self.id, self.token = opened["id"], opened["token"]
        return self

    @property
    def headers(self) -> dict[str, str]:
        """Return the header that opens this conversation."""
        return {"Authorization": f"Bearer {self.token}"}

    async def says(self, text: str) -> Answer:
        """Say something and wait for the whole answer."""
        return await self._turn({"text": text})

    async def clicks(self, payload: str) -> Answer:
        """Press a button, given its payload, and wait for the whole answer."""
        return await self._turn({"payload": payload})

    async def presses(self, answer: Answer, title: str) -> Answer:
        """Press the button of an answer whose title holds these words."""
        return await self.clicks(answer.payload_of(title))

    async def sends(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Send a body as it is; returns the HTTP status and the JSON that came back."""
        async with self._http.post(
            f"{self._url}/api/conversations/{self.id}/messages", json=body, headers=self.headers
        ) as response:
            return response.status, await response.json()

    async def reads(self, *, after: int = 0, wait: int = 0) -> dict[str, Any]:
        """Return what was said after a message."""
        async with self._http.get(
            f"{self._url}/api/conversations/{self.id}/messages",
            params={"after": after, "wait": wait},
            headers=self.headers,
        ) as response:
            assert response.status == 200, await response.text()
            answer: dict[str, Any] = await response.json()
            return answer

    async def _turn(self, body: dict[str, Any]) -> Answer:
        status, received = await self.sends({**body, "client_id": str(uuid.uuid4())})
        assert status == 202, received
        return await self.answer_to(received["seq"])

    async def answer_to(self, seq: int) -> Answer:
        """Wait for the whole answer to a message."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            page = await self.reads(after=seq, wait=5)
            if page["messages"] and not page["typing"]:
                self.seq = page["messages"][-1]["seq"]
                said = [message for message in page["messages"] if message["from"] != "person"]
                # What holds for every answer in every conversation: something is said, and not too much.
                assert 0 < len(said) <= MAX_BUBBLES, [message["text"] for message in said]
                return Answer(messages=said, responses=await self._last_responses())
            assert time.monotonic() < deadline, "no answer"

    async def tracker(self) -> dict[str, Any]:
        """Return what Rasa keeps of this conversation."""
        async with self._http.get(
            f"{self._bot_url}/conversations/{self.id}/tracker", params={"include_events": "ALL"}
        ) as response:
            tracker: dict[str, Any] = await response.json()
            return tracker

    async def slots(self) -> dict[str, Any]:
        """Return the slots that are filled."""
        tracker = await self.tracker()
        return {name: value for name, value in tracker["slots"].items() if value is not None}

    async def _last_responses(self) -> list[str]:
        names: list[str] = []
        for event in (await self.tracker())["events"]:
            if event["event"] == "user":
                names = []
            elif event["event"] == "bot":
                names.append(event.get("metadata", {}).get("utter_action", ""))
        return names
