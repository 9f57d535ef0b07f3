"""What a coach is shown of the person at the other side, besides what they sent."""

from connectors.announcer import Announcer
from connectors.typing import Side, TypingBoard


class OtherSide:
    """Knows whether people are there and typing, in this process; not what they type."""

    def __init__(self, announcer: Announcer, board: TypingBoard) -> None:
        self._announcer = announcer
        self._board = board

    def is_online(self, conversation_id: str) -> bool:
        """Tell whether the person has the conversation open on the website."""
        return self._announcer.is_listened_to(conversation_id)

    def is_typing(self, conversation_id: str) -> bool:
        """Tell whether the person is typing."""
        return self._board.is_typing(conversation_id, Side.PERSON)
