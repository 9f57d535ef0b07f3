"""How much of somebody else's server is believed, and how long it is waited for."""

from datetime import timedelta

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=60, connect=10, sock_read=30)
MAX_BYTES = 20_000_000
"""Of one answer, unpacked."""
MAX_ITEMS = 200_000
"""Of one source: what it tells besides what is kept."""
PAGE_SIZE = 250
"""The largest that OOAPI 5.0 allows."""
AT_ONCE = 4
"""How many lists of offerings are asked for together; a school's server is small."""
ATTEMPTS = 5
LONGEST_WAIT = 60.0
"""Seconds; who asks for more time is left alone until the next import."""
MAX_REDIRECTS = 3
LOOK_BACK = timedelta(days=366)
"""Offerings that began so long ago may still be entered, where one can begin on any day."""
