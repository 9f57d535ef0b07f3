"""What is said becomes what WhatsApp takes: buttons, a list or numbers, and nothing is lost."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.splitting import length
from connectors.whatsapp.limits import MAX_BUTTON_TITLE, MAX_ROW_TITLE
from connectors.whatsapp.outgoing import Shape, plain, render, shape_of, template, words
from counter.conversations.model import Content, Message, MessageState, Sender
from tests.contract.connectors.whatsapp.provider import wrong_with

EMOJI = "😀"


def message(content: Content, seq: int = 7) -> Message:
    return Message(
        id="m",
        seq=seq,
        sender=Sender.BOT,
        content=content,
        state=MessageState.DONE,
        at=datetime(2026, 11, 5, tzinfo=UTC),
    )


def parts_of(content: Content) -> list[dict[str, Any]]:
    """Return the parts, after a look whether Meta would take them."""
    parts = [dict(part) for part in render(message(content))]
    assert [wrong_with({**part, "to": "31600000001"}) for part in parts] == [None] * len(parts)
    return parts


def buttons(*titles: str) -> tuple[dict[str, str], ...]:
    return tuple({"title": title, "payload": f"/kies_{index}"} for index, title in enumerate(titles))


def test_words_are_a_text_message() -> None:
    assert parts_of(Content(text="Dag!\nIk ben Noor.")) == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "type": "text",
            "text": {"body": "Dag!\nIk ben Noor."},
        }
    ]


def test_nothing_to_say_is_nothing_to_send() -> None:
    assert parts_of(Content(text=" \n ")) == []


def test_up_to_three_short_choices_are_buttons() -> None:
    [part] = parts_of(Content(text="Klopt dit?", buttons=buttons("Ja", "Nee", "Dat weet ik niet zo")))
    assert part["interactive"] == {
        "type": "button",
        "body": {"text": "Klopt dit?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "7:0", "title": "Ja"}},
                {"type": "reply", "reply": {"id": "7:1", "title": "Nee"}},
                {"type": "reply", "reply": {"id": "7:2", "title": "Dat weet ik niet zo"}},
            ]
        },
    }


def test_up_to_ten_choices_are_a_list_and_a_long_title_stands_whole_below_a_short_one() -> None:
    [part] = parts_of(Content(text="Kies", buttons=buttons("Werk", "Ik wil mijn diploma laten erkennen")))
    assert part["interactive"]["action"] == {
        "button": words()["lijst"],
        "sections": [
            {
                "title": words()["deel"],
                "rows": [
                    {"id": "7:0", "title": "Werk"},
                    {
                        "id": "7:1",
                        "title": "Ik wil mijn diploma…",
                        "description": "Ik wil mijn diploma laten erkennen",
                    },
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("titles", "shape"),
    [
        (["x" * 20, "Ja", "Nee"], Shape.BUTTONS),
        (["x" * 21], Shape.LIST),
        ([EMOJI * 10], Shape.BUTTONS),
        ([EMOJI * 11], Shape.LIST),
        (["Een", "Twee", "Drie", "Vier"], Shape.LIST),
        ([f"Keuze {number}" for number in range(10)], Shape.LIST),
        ([f"Keuze {number}" for number in range(11)], Shape.NUMBERS),
        (["x" * 72], Shape.LIST),
        (["x" * 73], Shape.NUMBERS),
        (["Meer weten", "Meer weten"], Shape.NUMBERS),
        (["Meer weten", "meer  weten"], Shape.NUMBERS),
        (["Ik wil heel graag een cursus lassen", "Ik wil heel graag een cursus koken"], Shape.NUMBERS),
        ([" "], Shape.NUMBERS),
        ([], Shape.NONE),
    ],
)
def test_how_choices_are_shown_follows_what_whatsapp_takes(titles: list[str], shape: Shape) -> None:
    content = Content(text="Kies", buttons=buttons(*titles))
    assert shape_of(content) is shape
    parts = parts_of(content)
    assert ("interactive" in parts[-1]) == (shape in {Shape.BUTTONS, Shape.LIST})


def test_choices_that_fit_nowhere_are_numbered_text() -> None:
    titles = [f"Cursus {letter}" for letter in "abcdefghijkl"]
    [part] = parts_of(Content(text="Welke cursus?", buttons=buttons(*titles)))
    lines = part["text"]["body"].split("\n")
    assert lines[0] == "Welke cursus?"
    assert lines[2:14] == [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
    assert lines[14] == words()["nummer"]


def test_a_card_is_a_title_with_facts_and_a_link() -> None:
    card = {
        "title": "Lasser",
        "subtitle": "Tata Steel",
        "text": "Je leert het op de werkvloer.",
        "facts": [{"label": "Waar", "value": "IJmuiden"}, {"label": "Uren", "value": "32"}],
        "link": {"title": "Lees meer", "url": "https://werk.voorbeeld.nl/lasser_*1*"},
        "buttons": [{"title": "Aanmelden", "payload": "/aanmelden"}],
    }
    [part] = parts_of(Content(text="Dit past bij je:", cards=(card,)))
    assert part["interactive"]["body"]["text"] == (
        "Dit past bij je:\n\n*Lasser*\nTata Steel\nJe leert het op de werkvloer.\nWaar: IJmuiden\nUren: 32\n"
        "Lees meer: https://werk.voorbeeld.nl/lasser_*1*"
    )
    assert part["interactive"]["action"]["buttons"][0]["reply"] == {"id": "7:0", "title": "Aanmelden"}


@pytest.mark.parametrize(
    ("url", "home", "shown"),
    [
        ("/privacy", "https://loket.nl/", "\nLees: https://loket.nl/privacy"),
        ("/privacy", "", ""),
        ("/api/conversations/1/passport", "https://loket.nl", ""),
        ("//elders.nl", "https://loket.nl", ""),
        ("javascript:alert(1)", "https://loket.nl", ""),
    ],
)
def test_a_link_is_shown_when_it_opens_on_a_phone(url: str, home: str, shown: str) -> None:
    card = {"title": "Privacy", "link": {"title": "Lees", "url": url}}
    [part] = render(message(Content(cards=(card,))), home)
    assert part["text"]["body"] == f"*Privacy*{shown}"


def test_cards_with_the_same_buttons_show_their_numbers_below_each_card() -> None:
    cards = [
        {"title": title, "buttons": [{"title": "Meer weten", "payload": f"/meer_{title}"}]}
        for title in ("Lasser", "Kok")
    ]
    content = Content(text="Twee banen:", buttons=buttons("Terug"), cards=cards)
    [part] = parts_of(content)
    assert part["text"]["body"] == (
        "Twee banen:\n\n*Lasser*\n2. Meer weten\n\n*Kok*\n3. Meer weten\n\n1. Terug\n" + words()["nummer"]
    )
    assert [choice["title"] for choice in content.choices] == ["Terug", "Meer weten", "Meer weten"]


def test_choices_without_words_are_asked_for() -> None:
    [part] = parts_of(Content(buttons=buttons("Ja", "Nee")))
    assert part["interactive"]["body"]["text"] == words()["vraag"]


def test_long_words_before_choices_go_ahead_in_messages_of_their_own() -> None:
    explanation = "Dit is een zin van uitleg die erbij hoort. " * 130
    parts = parts_of(Content(text=f"{explanation}\n\nWat wil je doen?", buttons=buttons("Ja", "Nee")))
    assert [part["type"] for part in parts] == ["text", "text", "interactive"]
    assert parts[-1]["interactive"]["body"]["text"].endswith("Wat wil je doen?")


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TITLES = st.text(st.sampled_from("abcdefgh *_😀"), min_size=1, max_size=90)
WORDS = st.text(st.sampled_from("abc. \n*_~`>😀"), max_size=3000)


@unhurried
@given(text=WORDS, titles=st.lists(TITLES, max_size=12), card=st.text(st.sampled_from("ab *"), max_size=40))
def test_whatever_is_said_meta_takes_it_and_nothing_is_lost(text: str, titles: list[str], card: str) -> None:
    content = Content(text=text, buttons=buttons(*titles), cards=[{"title": card, "text": text[:50]}])
    parts = parts_of(content)
    read = "".join(words_of(part) for part in parts)
    assert [said for said in (text, *titles, card) if squeezed(said) not in squeezed(read)] == []
    if shape_of(content) in {Shape.BUTTONS, Shape.LIST}:
        assert parts[-1]["type"] == "interactive"
        assert pressed(parts[-1]) == [f"7:{index}" for index in range(len(titles))]
    else:
        assert all(part["type"] == "text" for part in parts)
    assert parts_of(content) == parts


def words_of(part: dict[str, Any]) -> str:
    if part["type"] == "text":
        return str(part["text"]["body"])
    interactive = part["interactive"]
    rows = [row for section in interactive["action"].get("sections", ()) for row in section["rows"]]
    replies = [button["reply"] for button in interactive["action"].get("buttons", ())]
    titles = [choice.get("description", choice["title"]) for choice in (*rows, *replies)]
    return "\n".join([interactive["body"]["text"], *titles])


def pressed(part: dict[str, Any]) -> list[str]:
    action = part["interactive"]["action"]
    if "buttons" in action:
        return [button["reply"]["id"] for button in action["buttons"]]
    return [row["id"] for row in action["sections"][0]["rows"]]


def squeezed(text: str) -> str:
    for sign, lookalike in (("*", "∗"), ("_", "＿"), ("~", "∼"), ("`", "ˋ"), (">", "›")):
        text = text.replace(lookalike, sign)
    return re.sub(r"[\s*]", "", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dit is *niet* vet", "Dit is ∗niet∗ vet"),
        ("_niet_ schuin en ~niet~ door", "＿niet＿ schuin en ∼niet∼ door"),
        ("`code` en ```blok```", "ˋcodeˋ en ˋˋˋblokˋˋˋ"),
        ("> geen citaat", "› geen citaat"),
        ("C* is een taal", "C* is een taal"),
        ("2*3*4 en een_twee_drie", "2*3*4 en een_twee_drie"),
        ("*op de ene regel\nen* op de andere", "*op de ene regel\nen* op de andere"),
        ("mail _noor_@loket.nl of https://x.nl/_a_", "mail _noor_@loket.nl of https://x.nl/_a_"),
        ("gewoon (haakjes) - en streepjes", "gewoon (haakjes) - en streepjes"),
    ],
)
def test_signs_that_whatsapp_formats_with_stay_signs(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_the_words_around_choices_fit() -> None:
    assert length(words()["lijst"]) <= MAX_BUTTON_TITLE
    assert length(words()["deel"]) <= MAX_ROW_TITLE


def test_a_template_is_one_that_meta_takes() -> None:
    part = template("noor_heeft_nieuws", "nl")
    assert wrong_with({**part, "to": "31600000001"}) is None
    assert part["template"] == {
        "name": "noor_heeft_nieuws",
        "language": {"policy": "deterministic", "code": "nl"},
    }
