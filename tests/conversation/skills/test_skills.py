"""Telling what one can, and the passport that comes of it."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from counter.services import Counter
from tests.support.running import RunningLoket
from tests.support.talking import Answer, Conversation

ASK_STORY = "utter_skills_vertel"
ASK_RIGHT = "utter_skills_klopt_dit"
CARD = "utter_skills_paspoort_kaart"
BEGIN = "/skills_vertellen"

type NewConversation = Callable[..., Coroutine[Any, Any, Conversation]]


async def skills_of(counter: Counter, conversation: Conversation) -> set[str]:
    passport = await counter.passports.of(conversation.id)
    return {skill_id.removeprefix("vaardigheid/") for skill_id in passport.skill_ids}


def facts_of(answer: Answer) -> dict[str, str]:
    return {fact["label"]: fact["value"] for fact in answer.cards[0]["facts"]}


async def test_unpaid_work_said_in_one_sentence_is_put_to_the_person_and_enters_the_passport(
    conversation: Conversation, counter: Counter
) -> None:
    heard = await conversation.says("ik zorg voor mijn moeder en ik sleutel aan brommers")
    assert heard.responses == ["utter_skills_groep_verteld", ASK_RIGHT]
    assert await skills_of(counter, conversation) == set()
    shown = await conversation.says("ja")
    assert shown.responses == [CARD, "utter_skills_verder"]
    assert facts_of(shown) == {
        "“zorg voor mijn moeder”": "zorgen voor een familielid",
        "“sleutel aan brommers”": "sleutelen aan brommers",
    }
    assert await skills_of(counter, conversation) == {"zorgen-voor-familielid", "sleutelen-aan-brommers"}


async def test_work_is_put_to_the_person_a_handful_of_skills_at_a_time(
    conversation: Conversation, counter: Counter
) -> None:
    first = await conversation.says("in mijn land was ik elektricien")
    assert first.responses == ["utter_skills_groep_beroep", ASK_RIGHT]
    second = await conversation.presses(first, "Ja, dit klopt")
    assert second.responses == ["utter_skills_groep_beroep", ASK_RIGHT]
    assert first.cards[0]["text"] != second.cards[0]["text"]
    shown = await conversation.says("klopt")
    assert shown.responses[0] == CARD
    electrician = counter.taxonomy.occupation("beroep/elektromonteur")
    assert list((await counter.passports.of(conversation.id)).skill_ids) == list(electrician.essential)


async def test_only_what_is_missing_is_asked(conversation: Conversation) -> None:
    started = await conversation.clicks(BEGIN)
    assert started.responses == ["utter_skills_beginnen", ASK_STORY]
    assert (await conversation.says("koken")).responses == ["utter_skills_groep_verteld", ASK_RIGHT]


async def test_what_is_wrong_is_crossed_out_and_can_be_put_back(
    conversation: Conversation, counter: Counter
) -> None:
    heard = await conversation.says("ik was kok")
    which = await conversation.presses(heard, "Iets klopt niet")
    assert which.responses == ["utter_skills_wat_niet"]
    without = await conversation.says("koken en samenwerken")
    assert without.responses == ["utter_skills_doorgestreept", "utter_skills_groep_gewijzigd"]
    await conversation.presses(without, "koken")
    await conversation.says("ja")
    skills = await skills_of(counter, conversation)
    assert "koken" in skills
    assert "samenwerken" not in skills


async def test_nothing_of_a_group_can_be_said_in_one_press(
    conversation: Conversation, counter: Counter
) -> None:
    heard = await conversation.says("ik was kok")
    answer = await conversation.presses(heard, "Niets hiervan")
    assert answer.responses == ["utter_skills_niet", "utter_skills_niets_goedgekeurd"]
    assert await skills_of(counter, conversation) == set()


async def test_something_more_can_be_said_in_the_middle(conversation: Conversation, counter: Counter) -> None:
    await conversation.says("ik zorg voor mijn moeder")
    more = await conversation.says("ik kan ook solderen")
    assert more.responses == ["utter_skills_groep_gewijzigd"]
    await conversation.says("ja")
    assert await skills_of(counter, conversation) == {"zorgen-voor-familielid", "solderen"}


async def test_what_one_cannot_do_stays_out_and_the_question_stays(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await conversation.says("ik kan niet lassen")
    assert answer.responses == ["utter_skills_niet", ASK_STORY]
    assert await skills_of(counter, conversation) == set()


async def test_a_wish_becomes_a_wish_and_leads_to_a_course(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.clicks(BEGIN)
    await conversation.says("ik kan koken en ik wil leren lassen")
    wish = await conversation.says("ja")
    assert wish.responses == ["utter_skills_groep_wens", "utter_skills_klopt_wens"]
    shown = await conversation.says("ja")
    assert shown.responses == [CARD, "utter_skills_verder_wens"]
    passport = await counter.passports.of(conversation.id)
    assert passport.skill_ids == ("vaardigheid/koken",)
    assert [entry.skill_id for entry in passport.wishes] == ["vaardigheid/lassen"]
    course = await conversation.says("ja graag")
    assert (await conversation.slots())["cursus_onderwerp"] == "lassen"
    assert course.responses == ["utter_ask_cursus_formulier_cursus_plaats"]


async def test_a_place_of_work_offers_occupations_rather_than_a_dead_end(
    conversation: Conversation, counter: Counter
) -> None:
    unsure = await conversation.says("ik heb tien jaar in de keuken gewerkt")
    assert unsure.responses == ["utter_skills_bedoel_je"]
    heard = await conversation.presses(unsure, "keukenhulp")
    assert heard.responses == ["utter_skills_groep_beroep", ASK_RIGHT]
    await conversation.says("ja")
    assert await skills_of(counter, conversation)


async def test_who_is_not_understood_hears_other_words_and_then_of_a_coach(
    conversation: Conversation,
) -> None:
    await conversation.clicks(BEGIN)
    first = await conversation.says("frompel zwiep")
    second = await conversation.says("frompel zwiep")
    assert first.responses == second.responses == [ASK_STORY]
    assert first.text != second.text
    assert "/coach_spreken" in " ".join(button["payload"] for button in second.buttons)


async def test_a_question_in_between_is_answered_and_the_group_is_asked_again(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik zorg voor mijn moeder")
    answer = await conversation.says("Wat is een skill?")
    assert answer.responses == ["utter_faq/wat_is_een_skill", "utter_skills_groep_verteld", ASK_RIGHT]
    await conversation.says("ja")
    assert await skills_of(counter, conversation) == {"zorgen-voor-familielid"}


async def test_why_is_answered_in_the_middle_in_the_persons_own_words(conversation: Conversation) -> None:
    await conversation.says("ik zorg al jaren voor mijn zieke moeder")
    why = await conversation.says("waarom staat dit erin")
    assert why.responses[0] == "utter_skills_waarom_verteld"
    assert "zorg voor mijn moeder" in why.texts[0]
    assert "ziek" not in why.text


async def test_an_illness_is_kept_nowhere_in_the_passport(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik zorg al jaren voor mijn zieke moeder met dementie")
    await conversation.says("ja")
    passport = await counter.passports.of(conversation.id)
    assert [entry.told.words for entry in passport.skills] == ["zorg voor mijn moeder"]


async def test_stopping_keeps_what_was_agreed_with_and_drops_the_rest(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik ben kok geweest en ik zorg voor mijn moeder")
    await conversation.says("ja")
    stopped = await conversation.says("stop")
    assert stopped.responses == ["utter_skills_gestopt"]
    assert await skills_of(counter, conversation) == {"zorgen-voor-familielid"}
    assert (await conversation.clicks(BEGIN)).responses[-1] == ASK_STORY


async def test_a_person_can_be_asked_for_and_telling_goes_on_afterwards(conversation: Conversation) -> None:
    await conversation.says("ik zorg voor mijn moeder")
    asked = await conversation.says("ik wil met een mens praten")
    assert asked.responses[:2] == ["utter_coach_onderbreken", "utter_coach_beginnen"]
    await conversation.says("stop")
    again = await conversation.clicks(BEGIN)
    assert again.responses == ["utter_skills_hervatten", "utter_skills_groep_verteld", ASK_RIGHT]


async def test_an_empty_passport_starts_telling(conversation: Conversation) -> None:
    answer = await conversation.says("laat mijn skillspaspoort zien")
    assert answer.responses == ["utter_skills_paspoort_leeg", ASK_STORY]
    assert (await conversation.says("ik kan goed koken")).responses[-1] == ASK_RIGHT


async def test_what_a_passport_is_gets_explained(conversation: Conversation) -> None:
    answer = await conversation.says("wat is een skillspaspoort")
    assert answer.responses[0] == "utter_skills_paspoort_uitleg"


async def test_the_passport_is_changed_in_plain_words_and_back(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik zorg voor mijn moeder en ik sleutel aan brommers")
    await conversation.says("ja")
    removed = await conversation.says("haal brommers eruit")
    assert removed.responses == ["utter_skills_weggehaald"]
    assert await skills_of(counter, conversation) == {"zorgen-voor-familielid"}
    restored = await conversation.presses(removed, "sleutelen aan brommers")
    assert restored.responses == ["utter_skills_erbij"]
    added = await conversation.says("ik kan ook solderen")
    assert added.responses == ["utter_skills_erbij"]
    assert await skills_of(counter, conversation) == {
        "zorgen-voor-familielid",
        "sleutelen-aan-brommers",
        "solderen",
    }


async def test_taking_something_out_by_the_button_asks_what(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik zorg voor mijn moeder en ik sleutel aan brommers")
    shown = await conversation.says("ja")
    asked = await conversation.presses(shown, "Iets weghalen")
    assert asked.responses == ["utter_skills_wat_weg"]
    assert (await conversation.says("de tweede")).responses == ["utter_skills_weggehaald"]
    assert await skills_of(counter, conversation) == {"zorgen-voor-familielid"}


async def test_why_something_is_in_the_passport_is_answered_by_button_and_by_word(
    conversation: Conversation,
) -> None:
    await conversation.says("ik zorg voor mijn moeder en ik sleutel aan brommers")
    shown = await conversation.says("ja")
    which = await conversation.presses(shown, "Waarom dit?")
    assert which.responses == ["utter_skills_waarom_algemeen"]
    why = await conversation.presses(which, "sleutelen aan brommers")
    assert why.responses == ["utter_skills_waarom_verteld"]
    assert "sleutel aan brommers" in why.text


async def test_a_later_conversation_of_the_same_person_has_the_passport(
    new_conversation: NewConversation,
) -> None:
    first = await new_conversation()
    await first.says("ik zorg voor mijn moeder")
    await first.says("ja")
    second = await new_conversation(earlier=first)
    shown = await second.clicks("/skills_paspoort")
    assert facts_of(shown) == {"“zorg voor mijn moeder”": "zorgen voor een familielid"}
    told_again = await second.says("ik zorg voor mijn moeder")
    assert told_again.responses[0] == "utter_skills_staat_er_al"
    other = await new_conversation()
    assert (await other.clicks("/skills_paspoort")).responses[0] == "utter_skills_paspoort_leeg"


@pytest.mark.parametrize("file_format", ["pdf", "json"])
async def test_the_passport_is_a_file_too_for_who_holds_the_token(
    conversation: Conversation, loket: RunningLoket, file_format: str
) -> None:
    await conversation.says("ik zorg voor mijn moeder")
    shown = await conversation.says("ja")
    assert shown.cards[0]["link"]["url"] == "/mijn/paspoort"
    path = f"/api/conversations/{conversation.id}/passport?format={file_format}"
    async with aiohttp.ClientSession() as http:
        async with http.get(loket.url + path) as response:
            assert response.status == 401
        async with http.get(loket.url + path, headers=conversation.headers) as response:
            assert response.status == 200
            body = await response.read()
    if file_format == "pdf":
        assert body.startswith(b"%PDF-")
    else:
        credentials = json.loads(body)["verifiableCredential"]
        assert [one["evidence"][0]["narrative"] for one in credentials] == ["zorg voor mijn moeder"]
