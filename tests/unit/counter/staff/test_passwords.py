"""Passwords are hashed as the standard asks, whatever tests use."""

from argon2 import Type

from counter.staff.passwords import PARAMETERS
from tests.support.staff import cheap_passwords


def test_hashes_are_as_dear_as_the_standard_asks() -> None:
    # RFC 9106, section 4, second choice: argon2id, 64 MiB, three passes, four lanes.
    assert (PARAMETERS.type, PARAMETERS.memory_cost, PARAMETERS.time_cost) == (Type.ID, 65536, 3)


async def test_a_password_is_right_or_wrong_and_nobody_has_none() -> None:
    passwords = cheap_passwords()
    kept = await passwords.hash("drie losse woorden")
    assert await passwords.is_right("drie losse woorden", kept)
    assert not await passwords.is_right("drie losse worden", kept)
    assert not await passwords.is_right("drie losse woorden", None)
    assert not await passwords.is_right("drie losse woorden", "geen hash")
