"""Bodies with something wrong in them, as a fuzzer makes them."""

import copy
import json
import random
from typing import Any

# What nobody expects in the place of a value.
ODD = (None, True, -1, 2**70, 1e308, "", "\x00", "😀" * 50, "9" * 400, [], {}, [[]], {"id": {}}, "DROP")


def mutated(body: bytes, chance: random.Random) -> bytes:
    """Return a body with something wrong: a value of another kind, a part missing, or no JSON at all."""
    if chance.random() < 0.2:
        at, length = chance.randrange(len(body)), chance.randrange(1, 9)
        return body[:at] + chance.randbytes(chance.randrange(9)) + body[at + length :]
    update = json.loads(body)
    for _ in range(chance.randrange(1, 4)):
        places = list(_places(update))
        if not places:
            break
        holder, key = chance.choice(places)
        match chance.randrange(3):
            case 0:
                del holder[key]
            case 1:
                holder[key] = copy.deepcopy(chance.choice(ODD))
            case _:
                holder[key] = [holder[key]]
    return json.dumps(update).encode()


def _places(part: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    keys = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in keys:
        found += [(part, key), *_places(value)]
    return found
