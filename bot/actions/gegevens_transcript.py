"""Take the conversation along: on the website as a file, elsewhere by a link that opens it once."""

import re

from rasa_sdk.interfaces import Tracker

from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn

_WITH_FILES = "website"
_CONVERSATION = re.compile(r"\b(gesprek|chat|gespreksverslag|transcript)\b", re.IGNORECASE)
# Whoever speaks of these asks what is kept over all conversations.
_OTHERS = re.compile(r"\b(vorige?|eerdere?|oude?)\b", re.IGNORECASE)


def asks_for_transcript(text: str) -> bool:
    """Tell whether somebody who asks for their data means the conversation that they are having."""
    return _CONVERSATION.search(text) is not None and _OTHERS.search(text) is None


class DownloadAction(CounterAction):
    """Says where everything can be downloaded; only the website's chat hands over the file itself."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gegevens_downloaden"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Say it."""
        del domain
        is_here = Turn.of(tracker).channel == _WITH_FILES
        dispatcher.utter_message(
            response="utter_gegevens_downloaden" if is_here else "utter_gegevens_downloaden_elders"
        )
        return []


class GiveTranscriptAction(CounterAction):
    """Gives the conversation as text.

    A message that is handled again after a crash gets the answer it was given, with the link that was
    shown: see `GatewayInput`.
    """

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gegevens_gesprek_geven"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Give a link, or say where the conversation can be read."""
        del domain
        turn = Turn.of(tracker)
        if turn.channel == _WITH_FILES:
            dispatcher.utter_message(response="utter_gegevens_gesprek_website")
        elif link := await self.counter.continuations.reading_link(turn.conversation_id):
            dispatcher.utter_message(response="utter_gegevens_gesprek_link", link=link)
        else:
            dispatcher.utter_message(response="utter_gegevens_gesprek_zonder_site")
        return []
