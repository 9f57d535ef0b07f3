"""What Meta brings is read for what it is; what is no business of ours is left."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from connectors.channel import Arrival, Departure, Event, Location, Report, Unreadable
from connectors.whatsapp.incoming import parse
from counter.channels.model import DeliveryState
from tests.contract.connectors.whatsapp.provider import (
    HERE,
    WhatsAppProvider,
    message_in,
    together,
    user_id,
    wa_id,
    wamid,
)

PROVIDER = WhatsAppProvider()
NUMBER = PROVIDER.account.phone_number_id
FIXTURES = sorted((HERE / "fixtures").glob("*.json"))


def arrival(**what: Any) -> Arrival:
    return Arrival(address=wa_id(1), client_id=wamid(1, 1), acknowledges={"message_id": wamid(1, 1)}, **what)


@pytest.mark.parametrize(
    ("captured", "expected"),
    [
        ("text", arrival(text="hoi")),
        ("start", arrival(payload="/groeten")),
        ("button_reply", arrival(choice="1:0")),
        ("list_reply", arrival(choice="1:0")),
        ("template_button", arrival(text="Vertel maar")),
        ("edit", arrival(text="ik zoek werk in Zaandam")),
        ("location", arrival(location=Location(latitude=52.442, longitude=4.829))),
        ("photo_with_words", arrival(text="Is dit diploma genoeg?")),
        ("photo", arrival(unreadable=Unreadable.PHOTO)),
        ("voice", arrival(unreadable=Unreadable.VOICE)),
        ("document", arrival(unreadable=Unreadable.DOCUMENT)),
        ("sticker", arrival(unreadable=Unreadable.STICKER)),
        ("contact", arrival(unreadable=Unreadable.CONTACT)),
        ("unknown", arrival(unreadable=Unreadable.OTHER)),
        ("number_changed", Departure(address=wa_id(1))),
    ],
)
def test_each_kind_of_message_is_read(captured: str, expected: Event) -> None:
    assert parse(PROVIDER.captured(captured), NUMBER) == [expected]


def test_a_heart_is_no_message() -> None:
    assert parse(PROVIDER.captured("reaction"), NUMBER) == []


def test_who_hides_their_number_is_known_by_their_user_id() -> None:
    [found] = parse(PROVIDER.captured("without_number"), NUMBER)
    assert isinstance(found, Arrival)
    assert (found.address, found.text) == (user_id(1), "hoi")


def test_who_has_no_address_that_can_be_kept_is_left() -> None:
    update = PROVIDER.captured("without_number")
    for name in ("", "n1.5", "NL." + "9" * 121, "NL.é", 7, None):
        message_in(update)["from_user_id"] = name
        assert parse(update, NUMBER) == []


def test_another_number_of_the_same_app_is_not_ours() -> None:
    assert parse(PROVIDER.captured("text"), "999") == []


def test_several_entries_are_read_oldest_first() -> None:
    updates = [PROVIDER.captured("text", person=1, number=number) for number in (3, 1, 2)]
    report = PROVIDER.reports("read", "wamid.abc")
    events = parse(together(*updates, report), NUMBER)
    order = [event.client_id for event in events if isinstance(event, Arrival)]
    assert order == [wamid(1, 1), wamid(1, 2), wamid(1, 3)]
    assert Report(provider_id="wamid.abc", state=DeliveryState.READ) in events
    assert len(events) == 4


@pytest.mark.parametrize("state", ["sent", "delivered", "read"])
def test_what_became_of_a_message_is_told(state: str) -> None:
    events = parse(PROVIDER.reports(state, "wamid.abc"), NUMBER)
    assert events == [Report(provider_id="wamid.abc", state=DeliveryState(state))]


def test_a_message_that_failed_tells_why_and_who_cannot_be_reached_has_left() -> None:
    assert parse(PROVIDER.reports("failed", "wamid.abc", code=131047), NUMBER) == [
        Report(provider_id="wamid.abc", state=DeliveryState.FAILED, error="131047")
    ]
    assert parse(PROVIDER.reports("failed", "wamid.abc", code=131026), NUMBER) == [
        Report(provider_id="wamid.abc", state=DeliveryState.FAILED, error="131026"),
        Departure(address=wa_id(1)),
    ]


def test_trouble_that_meta_reports_is_logged_with_its_code() -> None:
    update = PROVIDER.captured("status_sent")
    value = update["entry"][0]["changes"][0]["value"]
    value["errors"] = [{"code": 130429, "title": "Rate limit hit"}, {"title": "?"}, 7]
    with capture_logs() as logs:
        assert len(parse(update, NUMBER)) == 1
    assert [(entry["event"], entry["code"]) for entry in logs] == [
        ("whatsapp_reports_error", "130429"),
        ("whatsapp_reports_error", "unknown"),
    ]


def test_a_message_in_a_group_is_left() -> None:
    update = PROVIDER.captured("text")
    message_in(update)["group_id"] = "Y2FwaV9ncm91cDox"
    assert parse(update, NUMBER) == []


def test_an_id_that_is_too_long_is_kept_as_its_digest() -> None:
    update = PROVIDER.captured("text")
    message_in(update)["id"] = "wamid." + "x" * 200
    [found] = parse(update, NUMBER)
    assert isinstance(found, Arrival)
    assert len(found.client_id) == 64
    assert found.acknowledges == {"message_id": "wamid." + "x" * 200}


def test_half_a_character_does_not_get_in() -> None:
    update = PROVIDER.captured("text")
    message_in(update)["text"]["body"] = "hoi \ud83d"
    [found] = parse(update, NUMBER)
    assert isinstance(found, Arrival)
    assert found.text == "hoi ?"


@pytest.mark.parametrize("place", [{"latitude": 91, "longitude": 0}, {"latitude": 1}, {"latitude": "52"}, []])
def test_a_place_that_is_nowhere_is_answered_as_unreadable(place: object) -> None:
    update = PROVIDER.captured("location")
    message_in(update)["location"] = place
    assert parse(update, NUMBER) == [arrival(unreadable=Unreadable.OTHER)]


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_whatever_is_changed_in_a_body_nothing_is_raised(file: Path) -> None:
    # A fixed seed: the same changes in every run.
    chance = random.Random(file.stem)  # noqa: S311 - no secret
    original = file.read_text()
    for _ in range(500):
        for event in parse(changed(json.loads(original), chance), NUMBER):
            # What is kept as an address or an id fits its column, and every database takes it.
            match event:
                case Arrival(address=address, client_id=id_, text=text):
                    assert (len(address) <= 128, len(id_) <= 100) == (True, True)
                    (address + id_ + text).encode()
                case Report(provider_id=id_, error=error):
                    assert len(id_) <= 128
                    assert len(error or "") <= 40
                    (id_ + (error or "")).encode()


def changed(body: Any, chance: random.Random) -> Any:
    """Change one to three places of a body."""
    for _ in range(chance.randint(1, 3)):
        places = list(inside(body))
        if not places:
            return body
        container, key = chance.choice(places)
        match chance.randint(0, 3):
            case 0:
                del container[key]
            case 1:
                container[key] = [container[key]]
            case _:
                container[key] = chance.choice(
                    [
                        None,
                        "",
                        0,
                        -1,
                        10**30,
                        1.5,
                        float("nan"),
                        True,
                        [],
                        {},
                        "\ud800",
                        "\0",
                        "x" * 5000,
                        "é",
                    ]
                )
    return body


def inside(body: Any) -> Any:
    """Return every place in a body, as (container, key)."""
    keys = list(body) if isinstance(body, dict) else range(len(body)) if isinstance(body, list) else ()
    for key in keys:
        yield body, key
        yield from inside(body[key])
