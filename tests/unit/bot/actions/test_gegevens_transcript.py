"""Taking the conversation along: a file on the website, a link that works once elsewhere."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.gegevens import ShowDataAction
from bot.actions.gegevens_transcript import DownloadAction, GiveTranscriptAction, asks_for_transcript


class FakeContinuations:
    """Gives links, where the counter has pages."""

    def __init__(self) -> None:
        self.link: str | None = "https://loket.nl/gesprek/lezen?sleutel=abc"

    async def reading_link(self, _conversation_id: str) -> str | None:
        return self.link


@pytest.fixture
def continuations(counter: SimpleNamespace) -> FakeContinuations:
    counter.continuations = FakeContinuations()
    return counter.continuations


def in_channel(tracker: Tracker, channel: str) -> Tracker:
    tracker.latest_message["metadata"]["channel"] = channel
    return tracker


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_in_a_chat_app_one_gets_a_link_or_hears_that_there_is_none(
    counter: SimpleNamespace,
    continuations: FakeContinuations,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
    channel: str,
) -> None:
    asked = in_channel(turn("gegevens_inzien", "stuur mij ons gesprek"), channel)
    await ShowDataAction(counter).run(dispatcher, asked, {})
    assert dispatcher.messages[0]["link"] == continuations.link
    continuations.link = None
    await GiveTranscriptAction(counter).run(dispatcher, asked, {})
    assert said() == ["utter_gegevens_gesprek_link", "utter_gegevens_gesprek_zonder_site"]


async def test_on_the_website_one_hears_where_the_file_is(
    counter: SimpleNamespace,
    dispatcher: CollectingDispatcher,
    said: Callable[[], list[str]],
    turn: Callable[..., Tracker],
) -> None:
    await GiveTranscriptAction(counter).run(dispatcher, turn("x"), {})
    await DownloadAction(counter).run(dispatcher, turn("x"), {})
    await DownloadAction(counter).run(dispatcher, in_channel(turn("x"), "telegram"), {})
    assert said() == [
        "utter_gegevens_gesprek_website",
        "utter_gegevens_downloaden",
        "utter_gegevens_downloaden_elders",
    ]


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("stuur mij ons gesprek", True),
        ("kan ik de chat opslaan", True),
        ("gespreksverslag graag", True),
        ("wat weten jullie van mij", False),
        ("heb je mijn vorige gesprek nog", False),
        ("welke gesprekken heb ik eerder gehad", False),
        ("/gegevens_inzien", False),
    ],
)
def test_only_who_means_this_conversation_is_given_it(text: str, *, is_asked: bool) -> None:
    assert asks_for_transcript(text) is is_asked
