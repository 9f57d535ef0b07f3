"""Between the gateway and Rasa: words stay words, cards share a bubble with what introduces them."""

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from connectors.bot_client import (
    BotClient,
    BotFailedError,
    BotUnavailableError,
    Reading,
    as_reading,
    as_remembered,
    as_words,
    join_cards,
)
from counter.conversations.model import Content, Remembered


@given(st.text())
def test_nothing_a_person_types_reads_as_a_command(text: str) -> None:
    words = as_words(text)
    assert words
    assert not words.lstrip().startswith("/")


@pytest.mark.parametrize("text", ["hoi", "wat is 1/2?", "  / "])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert as_words(text) == (text if "/" not in text[:3] else "?")


def test_cards_share_one_bubble_with_each_other_and_the_words_before_them() -> None:
    contents = join_cards(
        [
            {"text": "Ik vond er twee."},
            {"custom": {"card": {"title": "Een"}}},
            {"custom": {"card": {"title": "Twee"}}},
            {"text": "En nu?", "buttons": [{"title": "Meer", "payload": "/meer", "type": "postback"}]},
            {"custom": {"card": {"title": "Drie"}}},
        ]
    )
    assert contents == [
        Content(text="Ik vond er twee.", cards=({"title": "Een"}, {"title": "Twee"})),
        Content(text="En nu?", buttons=({"title": "Meer", "payload": "/meer"},)),
        Content(cards=({"title": "Drie"},)),
    ]


def test_a_card_shows_no_empty_facts_and_no_link_to_nowhere() -> None:
    card = {
        "title": "Lassen",
        "subtitle": "",
        "facts": [{"label": "Prijs", "value": ""}, {"label": "Plaats", "value": "Zaandam"}],
        "link": {"title": "Meer", "url": ""},
    }
    assert join_cards([{"custom": {"card": card}}])[0].cards == (
        {"title": "Lassen", "facts": [{"label": "Plaats", "value": "Zaandam"}]},
    )


def test_easier_words_come_with_the_answer_they_belong_to() -> None:
    messages = [
        {"text": "Een lang antwoord.", "utter_action": "utter_faq/schulden"},
        {"custom": {"card": {"title": "Een"}}},
        {"text": "Een ander.", "utter_action": "utter_gesprek_hulp"},
        {"text": "Uit een actie."},
    ]
    contents = join_cards(messages, {"utter_faq/schulden": "Kort."})
    assert contents == [
        Content(
            text="Een lang antwoord.",
            cards=({"title": "Een"},),
            simpler="Kort.",
            response="utter_faq/schulden",
        ),
        Content(text="Een ander.", response="utter_gesprek_hulp"),
        Content(text="Uit een actie."),
    ]


def test_a_message_without_anything_to_show_is_left_out() -> None:
    assert join_cards([{"utter_action": "utter_leeg"}, {"text": ""}, {"custom": {"other": 1}}]) == []


def test_what_the_bot_has_in_mind_is_told_in_words_and_without_its_own_bookkeeping() -> None:
    mind = {
        "form": "voucher_formulier",
        "asks": "postcode",
        "slots": {
            "naam": "Anna",
            "leeftijd": 34.0,
            "vorm": ["online", "avond"],
            "voucher_akkoord": True,
            "taak_opdracht": {"coach": "Sanne"},
        },
    }
    assert as_remembered(mind) == Remembered(
        form="voucher_formulier",
        asks="postcode",
        answers={"naam": "Anna", "leeftijd": "34", "vorm": "online, avond"},
    )


@pytest.mark.parametrize(
    ("names", "reading"),
    [
        (["in_nood", "groeten"], Reading(is_cry=True)),
        (["nlu_fallback", "in_nood", "groeten"], Reading(is_cry=False, may_be_cry=True)),
        (["nlu_fallback", "groeten", "in_nood"], Reading(is_cry=False)),
        (["groeten", "in_nood"], Reading(is_cry=False)),
        ([], Reading(is_cry=False)),
    ],
)
def test_a_cry_for_help_is_what_the_dialogue_would_act_upon(names: list[str], reading: Reading) -> None:
    ranking = [{"name": name, "confidence": 0.5} for name in names]
    intent = ranking[0] if ranking else {"name": None, "confidence": 0.0}
    assert as_reading({"intent": intent, "intent_ranking": ranking}) == reading


async def test_words_are_read_by_rasa_itself_and_a_bot_without_a_model_is_away() -> None:
    asked: list[object] = []
    statuses = [409, 503, 500, 200]

    async def parse(request: web.Request) -> web.Response:
        asked.append(await request.json())
        answer = {"intent": {"name": "in_nood"}, "intent_ranking": [{"name": "in_nood"}]}
        return web.json_response(answer, status=statuses.pop(0))

    rasa = web.Application()
    rasa.router.add_post("/model/parse", parse)
    async with TestServer(rasa) as server, ClientSession() as session:
        bot = BotClient(session, str(server.make_url("/")), "geheim")
        for _ in range(2):
            with pytest.raises(BotUnavailableError):
                await bot.read(Content(text="/help mij"))
        with pytest.raises(BotFailedError):
            await bot.read(Content(text="help mij"))
        assert (await bot.read(Content(text="Ik ben in gevaar", payload="/in_nood"))).is_cry
    assert asked == [{"text": words} for words in ("help mij", "help mij", "help mij", "/in_nood")]
