"""What is stored → what the website channel sends."""

from typing import Any

from counter.conversations.model import Transcript
from counter.conversations.service import export_message


def render_transcript(transcript: Transcript) -> dict[str, Any]:
    """Return the messages, the owner and whether Noor is typing, as the public contract has it."""
    return {
        "messages": [export_message(message) for message in transcript.messages],
        "owner": transcript.owner.value,
        "typing": transcript.typing,
    }
