"""The whole app as an administrator reaches it."""

import pytest

from counter.clock import utc_now
from counter.services import Counter
from counter.staff.model import Role
from tests.contract.staff_entrance.conftest import Client, client, counter, settings, taxonomy
from tests.support.staff import PASSWORD, enrol, hire, new_member, send

__all__ = ["client", "counter", "settings", "taxonomy"]


@pytest.fixture
async def administrator(client: Client, counter: Counter) -> Client:
    """Give the browser of an administrator, Mila, whose second step is on."""
    opened = await hire(counter, new_member("mila", Role.ADMINISTRATOR))
    response = await send(client, "/login", gebruikersnaam="mila", wachtwoord=PASSWORD)
    assert response.status == 303
    await enrol(counter, opened, utc_now())
    return client
