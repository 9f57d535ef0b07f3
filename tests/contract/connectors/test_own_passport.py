"""The passport's own page: see it, change it, add in one's own words, share it, and take it along."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from connectors.website import access
from connectors.website.personal.access import VISITS
from connectors.website.views import PASSPORTS
from counter.passport.model import EntryKind, Source, Told
from skills_taxonomy import Level

pytestmark = pytest.mark.usefixtures("conversation")

Client = TestClient[web.Request, web.Application]
type Form = Mapping[str, str | Sequence[str]]

WELDING, COOKING = "vaardigheid/lassen", "vaardigheid/koken"
TOLD = (
    Told(skill_id=WELDING, words="las al jaren", years=10),
    Told(skill_id=COOKING, words="chef", occupation_id="beroep/kok"),
    Told(skill_id="vaardigheid/solderen", words="solderen", source=Source.COACH, added_by="Sanne"),
    Told(skill_id="vaardigheid/plannen", words="leren plannen", kind=EntryKind.WISH),
)


@pytest.fixture
async def conversation(client: Client) -> str:
    """Give the conversation of somebody with a passport, whose browser has its pages open."""
    opened = await client.app[access.CONVERSATIONS].open("telegram")
    await client.app[PASSPORTS].add(opened.id, TOLD)
    token = await client.app[VISITS].begin(opened.id)
    client.session.cookie_jar.update_cookies({"loket_mijn": token}, client.make_url("/mijn"))
    return opened.id


async def send(client: Client, path: str, form: Form) -> ClientResponse:
    origin = {"Origin": f"http://{client.host}:{client.port}"}
    return await client.post(path, data=[(name, one) for name, one in pairs(form)], headers=origin)


def pairs(form: Form) -> list[tuple[str, str]]:
    return [
        (name, one) for name, value in form.items() for one in ([value] if isinstance(value, str) else value)
    ]


async def words_of(response: ClientResponse) -> str:
    """Return what a page says, without its markup."""
    main = (await response.text()).partition("<main")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", main)))


async def test_it_says_what_one_can_from_whom_that_is_known_and_why(client: Client) -> None:
    page = await words_of(await client.get("/mijn/paspoort"))
    assert "lassen zelf verteld · 10 jaar" in page
    assert re.search(r"Op \d+-\d+-\d+ zei je: “las al jaren”", page)
    assert "zei je: “chef”. Dit hoort bij werk als kok." in page
    assert "solderen van coach Sanne" in page
    assert re.search(r"Coach Sanne van het loket zette dit erbij op \d+-\d+-\d+", page)
    assert "Dit wil ik leren plannen" in page


async def test_how_well_and_how_long_are_changed_and_told(client: Client, conversation: str) -> None:
    form = {
        "doe": "bewaar",
        "vaardigheid": WELDING,
        "soort": "skill",
        "niveau": "ervaren",
        "jaren": "2,5 jaar",
    }
    for _ in range(2):
        response = await send(client, "/mijn/paspoort", form)
        assert response.history[0].status == 303
        page = await words_of(response)
        assert "Dit is bewaard. lassen: dit kun je (zelf verteld, ervaren, 2,5 jaar)." in page
    [welds, *_] = (await client.app[PASSPORTS].of(conversation)).skills
    assert (welds.told.level, welds.told.years, welds.told.words) == (Level.ERVAREN, 2.5, "las al jaren")


@pytest.mark.parametrize("years", ["veel", "0", "-1", "61", "nan", "inf", "1e999"])
async def test_years_that_are_none_are_asked_again_and_nothing_changes(
    client: Client, conversation: str, years: str
) -> None:
    before = await client.app[PASSPORTS].of(conversation)
    form = {"doe": "bewaar", "vaardigheid": WELDING, "soort": "skill", "niveau": "beginner", "jaren": years}
    response = await send(client, "/mijn/paspoort", form)
    assert response.status == 422
    assert "Typ een aantal jaren, zoals 5 of 2,5." in await words_of(response)
    assert await client.app[PASSPORTS].of(conversation) == before


async def test_a_skill_becomes_a_wish_and_a_wish_a_skill(client: Client) -> None:
    for kind, told in (("wish", "dit wil je leren"), ("skill", "dit kun je")):
        form = {"doe": "bewaar", "vaardigheid": WELDING, "soort": kind}
        assert f"lassen: {told}" in await words_of(await send(client, "/mijn/paspoort", form))


async def test_what_is_taken_out_can_be_put_back_and_both_are_told(client: Client) -> None:
    for _ in range(2):
        page = await words_of(await send(client, "/mijn/paspoort", {"doe": "weg", "vaardigheid": WELDING}))
        assert "Dit staat niet meer in je paspoort: lassen." in page
    assert "Weggehaald Dit ziet niemand. Je kunt het terugzetten. lassen" in page
    page = await words_of(await send(client, "/mijn/paspoort", {"doe": "terug", "vaardigheid": WELDING}))
    assert "Dit is teruggezet: lassen." in page
    assert "Weggehaald" not in page


async def test_a_page_that_is_made_up_changes_nothing(client: Client, conversation: str) -> None:
    before = await client.app[PASSPORTS].of(conversation)
    assert (await send(client, "/mijn/paspoort", {"doe": "toveren"})).status == 400
    for form in ({"doe": "weg", "vaardigheid": "x"}, {"doe": "bewaar", "vaardigheid": "x", "niveau": "x"}):
        assert (await send(client, "/mijn/paspoort", form)).status == 200
    page = await client.get("/mijn/paspoort", params={"gedaan": "<b>", "wat": "<script>"})
    assert "<script>" not in await page.text()
    assert await client.app[PASSPORTS].of(conversation) == before


async def test_ones_own_words_are_understood_shown_and_kept_after_a_yes(
    client: Client, conversation: str
) -> None:
    words = "Ik kan solderen, ik heb vijf jaar geschilderd, ik kan niet dansen en ik wil leren programmeren"
    page = await words_of(await send(client, "/mijn/paspoort/erbij", {"woorden": words}))
    assert "Dit staat al in je paspoort: solderen." in page
    before = await client.app[PASSPORTS].of(conversation)
    agreed = {"woorden": words, "doe": "akkoord", "vaardigheid": ["vaardigheid/programmeren"]}
    for _ in range(2):
        page = await words_of(await send(client, "/mijn/paspoort/erbij", agreed))
        assert "Dit staat nu in je paspoort: programmeren." in page
    after = await client.app[PASSPORTS].of(conversation)
    assert after.skills == before.skills
    [*_, wish] = after.wishes
    assert (wish.told.words, wish.told.source) == ("programmeren", Source.TOLD)


async def test_nothing_enters_that_was_not_said(client: Client, conversation: str) -> None:
    form = {"woorden": "ik kan koken", "doe": "akkoord", "vaardigheid": ["vaardigheid/programmeren"]}
    response = await send(client, "/mijn/paspoort/erbij", form)
    assert response.status == 422
    assert "vaardigheid/programmeren" not in (await client.app[PASSPORTS].of(conversation)).shown_ids


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Typ eerst wat je kunt of wilt leren."),
        ("Ik kan koken, mijn bsn is 111222333", "Dat bewaren we niet."),
        ("koken " * 500, "Deze tekst is te lang."),
    ],
    ids=["nothing", "a number we may not keep", "a letter"],
)
async def test_words_that_cannot_be_read_are_asked_again(client: Client, words: str, told: str) -> None:
    response = await send(client, "/mijn/paspoort/erbij", {"woorden": words})
    assert response.status == 422
    assert told in await words_of(response)


async def test_words_that_say_nearly_something_bring_suggestions(client: Client) -> None:
    page = await (await send(client, "/mijn/paspoort/erbij", {"woorden": "iets in de keuken"})).text()
    [said, *_] = re.findall(r'name="woorden" value="(Ik (?:was|kan) [^"]+)"', page)
    page = await words_of(await send(client, "/mijn/paspoort/erbij", {"woorden": said}))
    assert "Zet dit in mijn paspoort" in page


@pytest.mark.parametrize(
    ("kind", "content_type", "holds"),
    [
        ("pdf", "application/pdf", lambda body: body.startswith(b"%PDF-")),
        ("json", "application/ld+json", lambda body: json.loads(body)["verifiableCredential"]),
        ("europass", "application/ld+json", lambda body: json.loads(body)["credentialSubject"]["hasClaim"]),
        ("gegevens", "application/json", lambda body: json.loads(body)["skills"]),
    ],
    ids=["pdf", "open badges", "europass", "plain"],
)
async def test_it_is_taken_along_as_a_file(
    client: Client, kind: str, content_type: str, holds: Callable[[bytes], object]
) -> None:
    response = await client.get(f"/mijn/paspoort/bestand/{kind}")
    assert (response.status, response.content_type) == (200, content_type)
    assert response.headers["Content-Disposition"].startswith('attachment; filename="skillspaspoort')
    assert response.headers["Cache-Control"] == "no-store"
    assert holds(await response.read())


async def test_an_empty_passport_asks_what_one_can_and_offers_no_file(client: Client) -> None:
    opened = await client.app[access.CONVERSATIONS].open("telegram")
    token = await client.app[VISITS].begin(opened.id)
    client.session.cookie_jar.update_cookies({"loket_mijn": token}, client.make_url("/mijn"))
    page = await words_of(await client.get("/mijn/paspoort"))
    assert "Je skillspaspoort is nog leeg." in page
    assert "Download" not in page
    assert (await client.get("/mijn/paspoort/bestand/pdf")).url.path == "/mijn/paspoort"
    assert (await client.get("/mijn/paspoort/bestand/docx")).status == 404
    assert "Voeg eerst iets toe" in await words_of(await client.get("/mijn/paspoort/delen"))


SHARED = {
    "doe": "maak",
    "nummer": "een",
    "naam": "Voor mijn gesprek bij de bakker",
    "dagen": "7",
    "vaardigheid": [WELDING],
}


async def shared_at(client: Client, form: Form) -> str:
    """Share, and return the path of the link that the page shows."""
    page = await (await send(client, "/mijn/paspoort/delen", form)).text()
    [path] = set(re.findall(r'value="http://[^/"]+(/paspoort/[\w-]{32})"', page))
    return path


async def test_a_link_shows_what_was_ticked_to_who_has_no_visit(client: Client, conversation: str) -> None:
    path = await shared_at(client, SHARED)
    client.session.cookie_jar.clear()
    response = await client.get(path)
    assert response.status == 200
    page = await words_of(response)
    assert "Dit kan ik lassen zelf verteld " in page
    assert "heeft niemand gecontroleerd" in page
    text = await response.text()
    for secret in (
        "koken",
        "solderen",
        "plannen",
        "las al jaren",
        "10 jaar",
        "Sanne",
        "bakker",
        conversation,
    ):
        assert secret not in text
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not re.findall(r'(?:src|href)="(?!/|#|data:)', text)


async def test_experience_words_and_a_first_name_show_when_they_are_ticked(client: Client) -> None:
    ticked = {"met_ervaring": "on", "met_woorden": "on", "met_voornaam": "on", "voornaam": "Fatima"}
    page = await words_of(await client.get(await shared_at(client, {**SHARED, **ticked})))
    assert "Skillspaspoort van Fatima" in page
    assert "lassen zelf verteld · 10 jaar In eigen woorden: “las al jaren”" in page


async def test_a_first_name_that_is_typed_and_not_ticked_is_not_kept(client: Client) -> None:
    page = await words_of(await client.get(await shared_at(client, {**SHARED, "voornaam": "Fatima"})))
    assert "Fatima" not in page


async def test_the_same_form_twice_makes_one_link_and_a_reload_shows_it_again(
    client: Client, conversation: str
) -> None:
    path = await shared_at(client, SHARED)
    assert await shared_at(client, SHARED) == path
    page = await client.get("/mijn/paspoort/delen", params={"nieuw": "een"})
    assert path in await page.text()
    assert (await words_of(page)).count("Trek in") == 1
    # Another browser of the same person has another secret, and cannot show it.
    token = await client.app[VISITS].begin(conversation)
    client.session.cookie_jar.update_cookies({"loket_mijn": token}, client.make_url("/mijn"))
    page = await client.get("/mijn/paspoort/delen", params={"nieuw": "een"})
    assert path not in await page.text()


async def test_links_that_never_were_that_ended_and_that_were_withdrawn_are_told_alike(
    client: Client,
) -> None:
    path = await shared_at(client, SHARED)
    page = await (await client.get("/mijn/paspoort/delen")).text()
    [link] = re.findall(r'name="link" value="([^"]+)"', page)
    withdrawn = await send(client, "/mijn/paspoort/delen/intrekken", {"link": link})
    assert "De link is ingetrokken. Niemand ziet nog iets." in await words_of(withdrawn)
    pages = [await client.get(one) for one in (path, "/paspoort/nooit-geweest")]
    assert [one.status for one in pages] == [404, 404]
    texts = [await one.text() for one in pages]
    assert texts[0] == texts[1]
    assert "Vraag een nieuwe link aan wie hem stuurde." in texts[0]


async def test_the_person_sees_how_often_and_on_which_day_last_a_link_was_looked_at(client: Client) -> None:
    path = await shared_at(client, SHARED)
    assert "Nog niet bekeken." in await words_of(await client.get("/mijn/paspoort/delen"))
    await client.head(path)
    for _ in range(2):
        await client.get(path)
    assert re.search(
        r"2 keer bekeken, het laatst op \d+-\d+-\d+", await words_of(await client.get("/mijn/paspoort/delen"))
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"vaardigheid": []}, "Vink minstens één vaardigheid aan."),
        ({"vaardigheid": ["vaardigheid/programmeren"]}, "Vink minstens één vaardigheid aan."),
        ({"met_voornaam": "on", "voornaam": " "}, "Typ je voornaam"),
        ({"naam": "111222333"}, "Dat bewaren we niet."),
        ({"dagen": "3650"}, "Kies hoe lang de link werkt."),
        ({"nummer": ""}, "Er ging iets mis."),
    ],
    ids=["nothing", "not in it", "no name", "a number we may not keep", "forever", "no number"],
)
async def test_what_cannot_be_shared_is_told_and_what_was_filled_in_stays(
    client: Client, changes: Form, told: str
) -> None:
    response = await send(client, "/mijn/paspoort/delen", {**SHARED, **changes})
    assert response.status == 422
    assert told in await words_of(response)
    assert "Links die nu werken" not in await words_of(response)


async def test_all_can_be_ticked_at_once_without_a_script(client: Client) -> None:
    page = await (await send(client, "/mijn/paspoort/delen", {**SHARED, "doe": "alles"})).text()
    assert len(re.findall(r'name="vaardigheid" value="[^"]+" checked', page)) == len(TOLD)
    page = await (await send(client, "/mijn/paspoort/delen", {**SHARED, "doe": "niets"})).text()
    assert not re.findall(r'name="vaardigheid" value="[^"]+" checked', page)
    assert 'value="Voor mijn gesprek bij de bakker"' in page
