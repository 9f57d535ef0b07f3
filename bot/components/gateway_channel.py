"""The narrow door between the gateway and Rasa: one message in, its answer out, safe to repeat.

Rasa's own REST channel answers 200 with nothing when a turn fails, and knows nothing of
messages it has seen before. After a crash the gateway does not know whether a question was
answered; here it simply asks again, and gets the answer that was given.
"""

import hmac
import os
from typing import Any, Awaitable, Callable, Dict, Iterable, List, Optional, Text

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUtteranceReverted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, HTTPResponse, Request, response
from sqlalchemy import text

from components.action_results import check_results_faster

TOKEN_VARIABLE = "LOKET_INTERNAL_TOKEN"  # noqa: S105 - its name, not its value
# Part of a bot message that a channel can show; the rest is Rasa's own bookkeeping.
SHOWN_KEYS = ("text", "buttons", "custom", "utter_action")


class AnswerCollector(OutputChannel):
    """Keeps what the bot says, whole and in order."""

    def __init__(self) -> None:
        self.messages: List[Dict[Text, Any]] = []

    @classmethod
    def name(cls) -> Text:
        """Return the name responses use to vary by channel."""
        return "gateway"

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Keep one bot message."""
        del recipient_id
        self.messages.append(_shown(message))


class GatewayInput(InputChannel):
    """Rasa's input channel for the conversation gateway.

    `POST /webhooks/gateway/messages` with `{"sender", "message", "metadata": {"message_id"},
    "is_retry"}` returns `{"messages": [{"text", "buttons", "custom", "utter_action"}]}`;
    `GET /webhooks/gateway/conversations/<sender>` returns `{"form", "asks", "slots"}`: what Noor has in mind;
    `POST /webhooks/gateway/conversations/<sender>/heard` with `{"said": [{"message_id", "from", "text"}]}`
    has Rasa know what a coach and the person said to each other; what it knows already changes nothing.
    `DELETE /webhooks/gateway/conversations/<sender>` forgets a conversation.
    """

    @classmethod
    def name(cls) -> Text:
        """Return the part of the address after `/webhooks/`."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "GatewayInput":
        """Build the channel; the token comes from the environment, never from a file.

        Raises:
            KeyError: the environment has no token, so the door would stand open.
        """
        del credentials
        check_results_faster()
        return cls(os.environ[TOKEN_VARIABLE])

    def __init__(self, token: Text) -> None:
        self._token = token

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes of this channel."""
        blueprint = Blueprint("gateway", __name__)

        @blueprint.middleware("request")
        async def check_token(request: Request) -> Optional[HTTPResponse]:
            if hmac.compare_digest((request.token or "").encode(), self._token.encode()):
                return None
            return response.json({"error": "unauthorised"}, status=401)

        @blueprint.post("/messages")
        async def receive(request: Request) -> HTTPResponse:
            agent: Agent = request.app.ctx.agent
            if not agent.is_ready():
                return response.json({"error": "no model"}, status=503)
            sender, metadata = request.json["sender"], request.json["metadata"]
            if request.json.get("is_retry"):
                earlier = await _given_answer(agent, sender, metadata["message_id"])
                if earlier is not None:
                    return response.json({"messages": earlier})
            collector = AnswerCollector()
            await on_new_message(
                UserMessage(
                    request.json["message"],
                    collector,
                    sender,
                    input_channel=self.name(),
                    metadata=metadata,
                )
            )
            return response.json({"messages": collector.messages})

        blueprint.add_route(_recall, "/conversations/<sender>", methods=["GET"])

        @blueprint.post("/conversations/<sender>/heard")
        async def hear(request: Request, sender: Text) -> HTTPResponse:
            agent: Agent = request.app.ctx.agent
            if agent.processor is None or not agent.is_ready():
                return response.json({"error": "no model"}, status=503)
            async with agent.lock_store.lock(sender):
                tracker = await agent.processor.fetch_tracker_with_initial_session(sender)
                whole = await agent.tracker_store.retrieve_full_tracker(sender)
                events = heard(request.json["said"], whole.events if whole else ())
                tracker.update_with_events(events, agent.processor.domain)
                await agent.processor.save_tracker(tracker)
            return response.empty()

        @blueprint.delete("/conversations/<sender>")
        async def forget(request: Request, sender: Text) -> HTTPResponse:
            agent: Agent = request.app.ctx.agent
            async with agent.lock_store.lock(sender):
                _delete_tracker(_sql_store(agent.tracker_store), sender)
            return response.empty()

        return blueprint


def heard(said: Iterable[Dict[Text, Text]], known: Iterable[Event]) -> List[Event]:
    """Return what a tracker remembers of what was said without Rasa; `known` events are left out.

    Nothing of it steers the dialogue. A coach's words are the bot's side of the conversation. The
    person's are taken back at once, as Rasa does with what it must not act upon: they stand in the
    tracker, while a form that was under way still waits for its own answer.
    """
    ids = {_message_id(event) for event in known}
    events: List[Event] = []
    for message in said:
        if message["message_id"] in ids:
            continue
        metadata = {"message_id": message["message_id"], "from": message["from"]}
        if message["from"] == "person":
            events += [
                UserUttered(message["text"], input_channel=GatewayInput.name(), metadata=metadata),
                UserUtteranceReverted(),
                # Taking back took the listening before it along.
                ActionExecuted(ACTION_LISTEN_NAME),
            ]
        else:
            events.append(BotUttered(message["text"], metadata=metadata))
    return events


def _message_id(event: Event) -> Optional[Text]:
    metadata: Dict[Text, Any] = getattr(event, "metadata", None) or {}
    return metadata.get("message_id")


def _shown(message: Dict[Text, Any]) -> Dict[Text, Any]:
    return {key: message[key] for key in SHOWN_KEYS if message.get(key)}


async def _given_answer(agent: Agent, sender: Text, message_id: Text) -> Optional[List[Dict[Text, Any]]]:
    """Return what was answered to this message before, or None when it was never handled.

    Waits for a turn of this conversation that is still under way.
    """
    async with agent.lock_store.lock(sender):
        tracker = await agent.tracker_store.retrieve(sender)
    if tracker is None:
        return None
    answer: Optional[List[Dict[Text, Any]]] = None
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if answer is not None:
                break
            if (event.metadata or {}).get("message_id") == message_id:
                answer = []
        elif isinstance(event, BotUttered) and answer is not None:
            if _message_id(event):
                break  # a coach's
            answer.append(_shown(event.message()))
    return answer


async def _recall(request: Request, sender: Text) -> HTTPResponse:
    agent: Agent = request.app.ctx.agent
    if not agent.is_ready():
        return response.json({"error": "no model"}, status=503)
    return response.json(_in_mind(await agent.tracker_store.retrieve(sender)))


def _in_mind(tracker: Optional[DialogueStateTracker]) -> Dict[Text, Any]:
    """Return the open form, the slot it asks for, and every slot that has something in it."""
    if tracker is None:
        return {"form": None, "asks": None, "slots": {}}
    slots = {
        name: value for name, value in tracker.current_slot_values().items() if value not in (None, "", [])
    }
    asks = slots.pop(REQUESTED_SLOT, None)
    return {"form": tracker.active_loop_name, "asks": asks, "slots": slots}


def _sql_store(store: TrackerStore) -> SQLTrackerStore:
    # Rasa wraps the store it is given; deleting is on none of the wrappers.
    while not isinstance(store, SQLTrackerStore):
        store = store._tracker_store  # noqa: SLF001
    return store


def _delete_tracker(store: SQLTrackerStore, sender: Text) -> None:
    with store.session_scope() as session:
        if store.engine.dialect.name == "sqlite":
            # What is erased is overwritten, not just marked as free.
            session.execute(text("PRAGMA secure_delete=ON"))
        session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == sender).delete()
        session.commit()
