"""Words for what the counter tells of its own accord, where no domain is read."""

from collections.abc import Mapping

from counter.conversations.model import Content
from counter.notices.model import Notice


def plain_words(notice: Notice, facts: Mapping[str, str]) -> Content:
    """Return the name of the notice and its facts."""
    told = ", ".join(f"{name}={value}" for name, value in facts.items() if value)
    return Content(text=f"{notice.value}: {told}", response=f"utter_loket_{notice.value}")
