"""Which campus, fieldlab or partnership helps: by question and place, why, and how to get in touch."""

from counter.services import Counter
from tests.support.talking import Conversation


async def test_who_wants_to_renew_sees_who_helps_nearby_and_becomes_a_lead(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await conversation.says("wij willen als bedrijf iets met robots doen in Zaandam")
    assert answer.responses[0] == "utter_ondernemers_initiatieven_gevonden"
    assert answer.cards[0]["title"] == "Fieldlab Robotica"
    answer = await conversation.presses(answer, "In contact komen")
    assert answer.responses == ["utter_ondernemers_beginnen", "utter_ask_kvk_nummer"]
    for said in ("12345678", "Kees", "06 12345678", "ja"):
        answer = await conversation.says(said)
    [receipt] = await counter.referrals.of_person(conversation.id)
    entry = next(entry for entry in await counter.referrals.queue() if entry.receipt == receipt)
    assert (entry.topics, entry.region) == (("Vernieuwen",), "Zaanstreek/Waterland")
    lead = entry.requests[0].lead
    assert lead is not None
    assert "Fieldlab Robotica" in lead.need


async def test_who_wants_to_renew_and_says_no_more_sees_places_that_help(
    conversation: Conversation,
) -> None:
    answer = await conversation.says("ik wil innoveren")
    assert answer.responses[0] == "utter_ondernemers_initiatieven_vernieuwen"
    nearer = await conversation.says("in Haarlem")
    assert {fact["value"] for card in nearer.cards for fact in card["facts"] if fact["label"] == "Regio"} == {
        "Zuid-Kennemerland en IJmond"
    }
    assert (await conversation.says("ja graag")).responses == [
        "utter_ondernemers_beginnen",
        "utter_ondernemers_vertel_vernieuwen",
    ]


async def test_initiatives_are_found_by_question_and_place_with_the_reason(
    conversation: Conversation,
) -> None:
    answer = await conversation.says("zijn er fieldlabs voor 3d printen in Haarlem")
    assert answer.responses[0] == "utter_ondernemers_initiatieven_gevonden"
    assert answer.cards[0]["title"] == "3D Makers Zone"
    why = await conversation.presses(answer, "Waarom deze?")
    assert why.responses == ["utter_ondernemers_initiatief_waarom", "utter_ondernemers_initiatief_waar"]
    assert "3d-printen" in why.text


async def test_without_a_match_in_the_region_the_nearest_is_shown_and_that_is_said(
    conversation: Conversation,
) -> None:
    answer = await conversation.says("is er een fieldlab met robots in Hilversum")
    assert answer.responses[0] == "utter_ondernemers_initiatieven_verderop"
    assert answer.cards[0]["title"] == "Fieldlab Robotica"


async def test_a_question_nobody_answers_is_told_and_leads_on(conversation: Conversation) -> None:
    answer = await conversation.says("welke campussen zijn er voor walvissen in Alkmaar")
    assert answer.cards
    more = await conversation.clicks("/meer_tonen")
    assert more.responses[0] in {
        "utter_ondernemers_initiatieven_volgende",
        "utter_ondernemers_initiatieven_geen_meer",
    }


async def test_the_second_initiative_can_be_pointed_at(conversation: Conversation) -> None:
    answer = await conversation.says("welke campussen zijn er")
    titles = [card["title"] for card in answer.cards]
    started = await conversation.says("de tweede")
    assert started.responses == [
        "utter_ondernemers_beginnen",
        "utter_ask_ondernemers_formulier_ondernemers_plaats",
    ]
    assert (await conversation.slots())["ondernemers_behoefte"] == titles[1]
