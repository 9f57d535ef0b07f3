"""Updates that somebody forged or broke, ten thousand of each."""

import json
import random

import pytest

from counter.conversations.storage import ConversationRow
from tests.contract.connectors.every_channel.writing import brings, count, says
from tests.support.channels import ChannelCounter, until
from tests.support.mutations import mutated
from tests.support.providers import Provider, Scenario

MUTATIONS = 10_000


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_ten_thousand_forged_and_mutated_bodies_store_nothing(
    counter: ChannelCounter, provider: Provider
) -> None:
    chance = random.Random(5)  # noqa: S311 - no secret
    bodies = _updates(provider)
    for _ in range(MUTATIONS):
        genuine = chance.choice(bodies)
        body = mutated(genuine, chance)
        status = await counter.brings(body, headers=dict(chance.choice([*provider.forgeries(body).values()])))
        assert status == 403
    assert await count(counter, ConversationRow) == 0


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_ten_thousand_mutated_bodies_break_nothing(counter: ChannelCounter, provider: Provider) -> None:
    chance = random.Random(6)  # noqa: S311 - no secret
    bodies = _updates(provider)
    for number in range(MUTATIONS):
        body = mutated(chance.choice(bodies), chance)
        # Few of them through the whole counter; what can break is reading them.
        if number % 20:
            with_json = _json(body)
            assert with_json is None or isinstance(counter.channel.parse(with_json), list | tuple)
        else:
            assert await brings(counter, provider, body) in {200, 400}
    await says(counter, provider, "leef je nog?", person=9, number=99)
    await until(lambda: "echo leef je nog?" in provider.read_by(9))


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _updates(provider: Provider) -> list[bytes]:
    updates = [provider.says(scenario) for scenario in Scenario]
    return [json.dumps(update).encode() for update in updates if update is not None]
