"""Rasa's custom actions, run in this process; only the bot may call them."""

import hmac
import json

import structlog
from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot.actions import all_actions
from counter.services import Counter

log = structlog.get_logger(__name__)

EXECUTOR = web.AppKey("executor", ActionExecutor)
INTERNAL_TOKEN = web.AppKey("internal_token", str)


def build_executor(counter: Counter) -> ActionExecutor:
    """Return rasa-sdk's executor with every action of this project."""
    executor = ActionExecutor()
    for action in all_actions(counter):
        executor.register_action(action)
    return executor


async def run_action(request: web.Request) -> web.Response:
    """Run one action, as `rasa_sdk.endpoint` would: 400 for a rejection, 404 for an unknown name."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(token.encode(), request.app[INTERNAL_TOKEN].encode()):
        raise web.HTTPUnauthorized
    # Read past the size limit of public requests: a long conversation's tracker is large.
    call = json.loads(await request.content.read())
    # The bot sends its domain only to the actions that need it; the executor wants the key all the same.
    call.setdefault("domain", {})
    name = call.get("next_action")
    try:
        result = await request.app[EXECUTOR].run(call)
    except ActionExecutionRejection as rejection:
        return web.json_response({"error": str(rejection), "action_name": name}, status=400)
    except ActionNotFoundException:
        log.error("action_unknown", action=name)  # noqa: TRY400 - the name says it all
        return web.json_response({"error": "unknown action", "action_name": name}, status=404)
    except Exception:
        log.exception("action_failed", action=name, conversation=call.get("sender_id"))
        return web.json_response({"error": "action failed", "action_name": name}, status=500)
    return web.json_response(result.model_dump() if result else None)
