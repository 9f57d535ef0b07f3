"""A place to work and learn: courses at an employer, jobs without a letter, or a coach who looks along."""

from counter.services import Counter
from tests.support.talking import Answer, Conversation

ASK_DIRECTION = "utter_ask_leerwerkplek_formulier_leerwerkplek_richting"
ASK_PLACE = "utter_ask_leerwerkplek_formulier_leerwerkplek_plaats"
COURSE, JOB = "utter_cursus_kaart_voorbeeld", "utter_open_hiring_kaart_voorbeeld"


async def shown(conversation: Conversation, kind: str) -> list[str]:
    results = (await conversation.slots()).get("leerwerkplek_resultaten", [])
    return [item.partition(" ")[2] for item in results if item.startswith(f"{kind} ")]


async def find(conversation: Conversation) -> Answer:
    return await conversation.says("ik zoek een leerwerkplek in de zorg in Hoorn")


async def test_one_sentence_finds_places_to_learn_at_work_and_jobs_nearby(
    conversation: Conversation, counter: Counter
) -> None:
    answer = await find(conversation)
    assert answer.responses[:2] == ["utter_leerwerkplek_gevonden", COURSE]
    assert JOB in answer.responses
    assert answer.responses[-1].startswith("utter_leerwerkplek_verder")
    for course_id in await shown(conversation, "cursus"):
        assert (await counter.courses.get(course_id)).is_work_based
    for job_id in await shown(conversation, "baan"):
        assert (await counter.open_hiring.get(job_id)).sector == "zorg"


async def test_only_what_is_missing_is_asked(conversation: Conversation) -> None:
    assert (await conversation.says("ik zoek een bbl plek")).responses == [ASK_DIRECTION]
    assert (await conversation.says("techniek")).responses == [ASK_PLACE]
    assert COURSE in (await conversation.says("Amsterdam")).responses


async def test_direction_and_place_may_be_anything(conversation: Conversation) -> None:
    asked = await conversation.says("ik zoek een leerbaan")
    asked = await conversation.presses(asked, "Maakt niet uit")
    answer = await conversation.presses(asked, "Maakt niet uit")
    assert answer.responses[0] == "utter_leerwerkplek_alles_gevonden"


async def test_an_occupation_without_a_place_to_learn_shows_the_sector_and_never_something_else(
    conversation: Conversation, counter: Counter
) -> None:
    await conversation.says("ik zoek een bbl plek")
    await conversation.says("timmerman")
    answer = await conversation.says("Haarlem")
    assert answer.responses[0] in {"utter_leerwerkplek_sector", "utter_leerwerkplek_geen_richting"}
    for job_id in await shown(conversation, "baan"):
        assert (await counter.open_hiring.get(job_id)).sector == "bouw"
    assert "Coach laten zoeken" in [button["title"] for button in answer.buttons]


async def test_a_coach_looks_along_and_knows_what_was_looked_for(conversation: Conversation) -> None:
    answer = await find(conversation)
    asked = await conversation.presses(answer, "Coach laten zoeken")
    # Region and topic are known already.
    assert asked.responses[-1] == "utter_ask_naam"
    assert (await conversation.slots())["coach_onderwerp"] == "Leerwerkplek zorg, Hoorn"


async def test_a_correction_shows_other_places_of_the_same_kind(conversation: Conversation) -> None:
    await find(conversation)
    answer = await conversation.says("nee, ik bedoel Amsterdam")
    assert COURSE in answer.responses
    slots = await conversation.slots()
    assert (slots["leerwerkplek_richting"], slots["leerwerkplek_plaats"]) == ("zorg", "Amsterdam")


async def test_the_first_can_be_pointed_at(conversation: Conversation) -> None:
    await find(conversation)
    answer = await conversation.says("de eerste")
    assert answer.responses == ["utter_cursus_details_kaart_voorbeeld"]


async def test_a_job_that_is_pointed_at_can_be_signed_up_for(conversation: Conversation) -> None:
    await find(conversation)
    jobs = await shown(conversation, "baan")
    answer = await conversation.says("die laatste")
    assert answer.responses == ["utter_open_hiring_samenvatting", "utter_open_hiring_klopt_dit"]
    assert (await conversation.slots())["open_hiring_baan"] == jobs[-1]


async def test_why_explains_a_course_and_a_job(conversation: Conversation) -> None:
    answer = await find(conversation)
    course, *_, job = [card["buttons"][-1]["payload"] for card in answer.cards]
    assert (await conversation.clicks(course)).responses[0].startswith("utter_cursus_waarom")
    assert (await conversation.clicks(job)).responses[0].startswith("utter_open_hiring_waarom")
    assert (await conversation.says("waarom deze?")).responses == ["utter_leerwerkplek_waarom"]


async def test_there_is_more_until_a_coach_takes_over(conversation: Conversation) -> None:
    asked = await conversation.says("ik zoek een leerbaan")
    asked = await conversation.presses(asked, "Maakt niet uit")
    first = await conversation.presses(asked, "Maakt niet uit")
    second = await conversation.presses(first, "Meer zien")
    assert second.cards
    assert second.cards != first.cards


async def test_words_with_quotes_in_them_break_no_button(conversation: Conversation) -> None:
    await conversation.says("ik zoek een bbl plek")
    await conversation.says('iets met "houtbewerking" {of zo}')
    answer = await conversation.says("Purmerend")
    asked = await conversation.presses(answer, "Coach laten zoeken")
    assert asked.responses[-1] == "utter_ask_naam"


async def test_a_question_in_between_is_answered_and_the_search_goes_on(conversation: Conversation) -> None:
    await conversation.says("ik zoek een bbl plek")
    answer = await conversation.says("wat is het verschil tussen bbl en bol?")
    assert answer.responses == ["utter_faq/bbl_of_bol", ASK_DIRECTION]


async def test_stopping_a_search_keeps_nothing_of_it(conversation: Conversation) -> None:
    await conversation.says("ik zoek een bbl plek")
    await conversation.says("techniek")
    assert (await conversation.says("stop")).responses[0] == "utter_gesprek_gestopt"
    assert "leerwerkplek_richting" not in await conversation.slots()
