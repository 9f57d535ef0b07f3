"""What is stored → what the website channel sends."""

from dataclasses import asdict
from typing import Any

from connectors.website.coach_news import CoachNews
from counter.conversations.model import Transcript
from counter.conversations.service import export_message


def render_transcript(transcript: Transcript, news: CoachNews) -> dict[str, Any]:
    """Return the messages, who answers, how it stands with a coach, and whether somebody is typing."""
    sometimes = {
        "queue": None if news.queue is None else asdict(news.queue),
        "coach": news.coach,
    }
    return {
        "messages": [export_message(message) for message in transcript.messages],
        "owner": transcript.owner.value,
        **{key: value for key, value in sometimes.items() if value},
        "typing": transcript.typing,
    }
