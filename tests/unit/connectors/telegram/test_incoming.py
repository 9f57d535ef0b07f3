"""What somebody does in Telegram is understood, and what nobody meant is nothing."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update
from telegram.constants import MessageType

from connectors.channel import Arrival, Departure, Event, Intrusion, Location, Unreadable
from connectors.telegram.incoming import _SERVICE, _UNREADABLE, GREETING, TOPICS, parse_update

FIXTURES = Path(__file__).parents[3] / "contract" / "connectors" / "telegram" / "fixtures"
NAMES = sorted(file.stem for file in FIXTURES.glob("*.json"))
ANNA = "5000000001"


def captured(name: str) -> Any:
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def said(text: str) -> Event:
    update = captured("text")
    update["message"]["text"] = text
    (event,) = parse_update(update)
    return event


def arrived(name: str) -> Arrival:
    (event,) = parse_update(captured(name))
    assert isinstance(event, Arrival)
    assert event.address == ANNA
    return event


@pytest.mark.parametrize("name", NAMES)
def test_a_captured_update_is_one_that_the_library_knows_and_gives_back_unchanged_in_meaning(
    name: str,
) -> None:
    update = captured(name)
    known = Update.de_json(update, None)
    assert known.effective_message or known.my_chat_member
    assert parse_update(known.to_dict()) == parse_update(update)


def test_words_are_words() -> None:
    assert arrived("text") == Arrival(address=ANNA, client_id="u700000001", text="hoi")


def test_a_start_is_a_greeting() -> None:
    assert arrived("start").payload == GREETING


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", GREETING),
        ("/start cursus", "/cursus_zoeken"),
        ("/start OPEN_HIRING ", "/open_hiring_zoeken"),
        ("/start@NoorVoorbeeldBot voucher", "/voucher_uitleg"),
        ("/start restart", GREETING),
        ("/start /restart", GREETING),
        ("/start " + "a" * 64, GREETING),
        ("/help", "/hulp_vragen"),
        ("/cursus", "/cursus_zoeken"),
        ("/Voucher", "/voucher_uitleg"),
    ],
)
def test_a_command_or_a_link_begins_with_what_it_is_about(text: str, payload: str) -> None:
    event = said(text)
    assert isinstance(event, Arrival)
    assert event.payload == payload


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/restart", "restart "),
        ("/cursus lassen in Zaandam", "cursus lassen in Zaandam"),
        ("/werk_zoeken", "werk zoeken "),
        ("/", "/"),
        ("ik wil /start", "ik wil /start"),
        ("1/2 baan", "1/2 baan"),
        ("/start BCDF-2345", "BCDF-2345"),
    ],
)
def test_another_command_is_words(text: str, words: str) -> None:
    event = said(text)
    assert isinstance(event, Arrival)
    assert (event.text, event.payload) == (words, None)


def test_every_topic_is_an_intent_that_noor_knows() -> None:
    domain = Path(__file__).parents[4] / "bot" / "domain"
    words = " ".join(file.read_text(encoding="utf-8") for file in domain.glob("*.yml"))
    for payload in (*TOPICS.values(), GREETING):
        assert f"  - {payload.removeprefix('/')}\n" in words, payload


def test_a_topic_fits_in_a_link() -> None:
    # https://core.telegram.org/bots/features#deep-linking: up to 64 of A-Z, a-z, 0-9, _ and -
    assert all(name.isascii() and name.replace("_", "").isalnum() and len(name) <= 64 for name in TOPICS)


def test_who_says_stop_leaves() -> None:
    assert said("/stop") == Departure(address=ANNA, is_said=True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("photo", Unreadable.PHOTO),
        ("video", Unreadable.PHOTO),
        ("animation", Unreadable.PHOTO),
        ("voice", Unreadable.VOICE),
        ("document", Unreadable.DOCUMENT),
        ("sticker", Unreadable.STICKER),
        ("contact", Unreadable.CONTACT),
        ("poll", Unreadable.OTHER),
        ("unknown", Unreadable.OTHER),
    ],
)
def test_what_nobody_can_read_is_named(name: str, kind: Unreadable) -> None:
    assert arrived(name).unreadable is kind


def test_of_a_photo_with_words_the_words_count() -> None:
    event = arrived("photo_with_caption")
    assert (event.text, event.unreadable) == ("is dit diploma iets waard?", None)


def test_an_album_is_one_message_however_many_pictures_it_has() -> None:
    first, second = captured("album"), captured("album")
    second["update_id"] += 1
    second["message"]["message_id"] += 1
    assert parse_update(first) == parse_update(second)
    assert arrived("album").client_id != arrived("photo").client_id


@pytest.mark.parametrize("name", ["location", "venue"])
def test_a_location_is_a_place(name: str) -> None:
    assert arrived(name).location == Location(latitude=52.442, longitude=4.829)


@pytest.mark.parametrize("latitude", ["NaN", "1e999", "-91", "9" * 400, '"52"', "null", "[]"])
def test_a_location_that_is_nowhere_cannot_be_read(latitude: str) -> None:
    text = json.dumps(captured("location")).replace("52.442", latitude)
    (event,) = parse_update(json.loads(text))
    assert isinstance(event, Arrival)
    assert (event.location, event.unreadable) == (None, Unreadable.OTHER)


def test_a_changed_message_is_read_again_and_each_change_once() -> None:
    first, second = captured("edited"), captured("edited")
    second["update_id"] += 1
    assert parse_update(first) == parse_update(second)
    assert arrived("edited").text == "ik zoek werk in Zaandam"
    second["edited_message"]["edit_date"] += 1
    assert parse_update(first) != parse_update(second)


def test_a_pressed_button_is_a_choice_that_can_be_acknowledged() -> None:
    event = arrived("pressed")
    assert event.choice == "3:0"
    assert event.acknowledges == {
        "callback_query_id": "21474836480123456789",
        "message_id": 12,
        "keyboard": {"inline_keyboard": [[{"text": "Werk zoeken", "callback_data": "3:0"}]]},
    }
    long_ago = arrived("pressed_long_ago")
    assert (long_ago.choice, long_ago.acknowledges) == (
        "1:0",
        {"callback_query_id": "21474836480123456790"},
    )


def test_who_blocks_the_bot_is_gone() -> None:
    assert list(parse_update(captured("blocked"))) == [Departure(address=ANNA)]


@pytest.mark.parametrize(("name", "address"), [("group", -1001987654321), ("channel_post", -1001555555555)])
def test_a_message_outside_a_private_chat_is_an_intrusion(name: str, address: int) -> None:
    assert list(parse_update(captured(name))) == [Intrusion(address=str(address))]


@pytest.mark.parametrize("name", ["pinned", "moving_location", "unblocked", "added_to_group"])
def test_what_telegram_says_itself_needs_no_answer(name: str) -> None:
    assert list(parse_update(captured(name))) == []


def test_every_kind_of_message_is_readable_unreadable_or_telegrams_own() -> None:
    answered = {"text", "location", "venue", *_UNREADABLE}
    other = {"checklist", "dice", "game", "giveaway", "giveaway_winners", "invoice", "poll", "story"}
    # Not what is in a message, but something about it.
    about = {"business_connection_id", "effect_id", "reply_to_story", "sender_boost_count"} | {
        "sender_business_bot"
    }
    assert {str(kind) for kind in MessageType} == (
        answered | other | about | (_SERVICE - {"migrate_from_chat_id"})
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


def mutated(value: Any, chance: random.Random, junk: Any) -> Any:
    """Return the value with something in it replaced or left out."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(sorted(value))
        rest = {other: kept for other, kept in value.items() if other != key}
        return rest if chance.random() < 0.1 else {**rest, key: mutated(value[key], chance, junk)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        return [*value[:place], mutated(value[place], chance, junk), *value[place + 1 :]]
    return junk


@given(st.sampled_from(NAMES), st.randoms(use_true_random=False), JSON)
def test_no_update_is_too_strange(name: str, chance: random.Random, junk: Any) -> None:
    for event in parse_update(mutated(captured(name), chance, junk)):
        match event:
            case Arrival():
                assert 0 < len(event.client_id) <= 100
                assert 0 < len(event.address) <= 64
                assert isinstance(event.text, str)
            case Departure() | Intrusion():
                assert 0 < len(event.address) <= 64


@given(JSON)
def test_what_is_no_update_is_nothing(junk: Any) -> None:
    assert list(parse_update(junk)) == []
