"""Somebody's own vouchers on pages: begun, kept, checked, sent once, followed, withdrawn."""

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from connectors.website import access
from connectors.website.personal.access import VISITS
from connectors.website.personal.applications import VOUCHERS
from counter.schemes.model import VoucherKind
from counter.vouchers.model import VoucherState

Client = TestClient[web.Request, web.Application]

PAGE = "/mijn/aanvragen"
NEW = f"{PAGE}/nieuw/opleiding"
FILLED = {
    "doel": "Leren lassen bij een school",
    "naam": "Fatima de Vries",
    "leeftijd": "34",
    "postcode": "1506ab",
    "email": "fatima@example.org",
    "telefoon": "",
    "papieren": "De offerte of de prijs van de cursus",
}


async def come_in(client: Client) -> str:
    """Come in from a conversation; returns its id."""
    opened = await client.app[access.CONVERSATIONS].open("website")
    token = await client.app[VISITS].begin(opened.id)
    client.session.cookie_jar.update_cookies({"loket_mijn": token}, client.make_url("/mijn"))
    return opened.id


async def send(client: Client, path: str, **fields: str) -> ClientResponse:
    origin = {"Origin": f"http://{client.host}:{client.port}"}
    return await client.post(path, data=fields, headers=origin, allow_redirects=False)


async def text_of(client: Client, path: str) -> str:
    response = await client.get(path)
    assert response.status == 200
    return await response.text()


async def test_nobody_sees_vouchers_without_coming_in(client: Client) -> None:
    for path in (PAGE, NEW, f"{PAGE}/V-0000-0000", "/mijn/rekening"):
        response = await client.get(path, allow_redirects=False)
        assert response.status == 303
        assert response.headers["Location"].startswith("/mijn?naar=")
    assert (await send(client, NEW, **FILLED, doe="verstuur", nummer="n1")).status == 303


async def test_the_rules_are_named_with_outcome_and_source_before_anything_is_sent(client: Client) -> None:
    talk = await come_in(client)
    page = await (await send(client, NEW, **FILLED | {"leeftijd": "16"}, doe="kijk", nummer="n1")).text()
    assert "<b>Leeftijd:</b> Je bent 18 jaar of ouder." in page
    assert "Dit past niet" in page
    assert "Bron: voorbeeldregeling, artikel 1" in page
    assert "De computer beslist niets." in page
    assert "Dit is een voorbeeld." in page
    assert await client.app[VOUCHERS].applications_of(talk) == ()


async def test_an_application_is_sent_once_however_often_the_button_is_pressed(client: Client) -> None:
    talk = await come_in(client)
    answers = [await send(client, NEW, **FILLED, doe="verstuur", nummer="n1") for _ in range(3)]
    [receipt] = await client.app[VOUCHERS].applications_of(talk)
    assert {answer.headers["Location"] for answer in answers} == {
        f"{PAGE}/{receipt.number}?melding=verstuurd"
    }
    found = await client.app[VOUCHERS].own_application(receipt.number, talk)
    assert (found.postcode, found.age, found.phone) == ("1506 AB", 34, None)
    assert found.documents == (FILLED["papieren"],)
    page = await text_of(client, f"{PAGE}/{receipt.number}?melding=verstuurd")
    assert receipt.number in page
    assert "(ligt klaar)" in page
    # A form of another page finds that there is one already.
    other = await send(client, NEW, **FILLED, doe="verstuur", nummer="n2")
    assert other.headers["Location"] == f"{PAGE}/{receipt.number}?melding=al"


async def test_what_was_filled_in_is_there_the_next_time_until_it_is_sent(client: Client) -> None:
    talk = await come_in(client)
    half = FILLED | {"leeftijd": "oud", "email": ""}
    assert (await send(client, NEW, **half, doe="bewaar", nummer="n1")).status == 303
    page = await text_of(client, NEW)
    assert 'value="oud"' in page
    assert "Leren lassen bij een school</textarea>" in page
    assert f'value="{FILLED["papieren"]}" checked' in page
    assert "Ga verder met Opleidingsvoucher" in await text_of(client, PAGE)
    await send(client, NEW, **FILLED, doe="verstuur", nummer="n1")
    assert await client.app[VOUCHERS].drafts_of(talk) == {}
    await send(client, f"{PAGE}/nieuw/orientatie", **half, doe="bewaar", nummer="n1")
    thrown = await send(client, f"{PAGE}/nieuw/orientatie", doe="weg")
    assert thrown.headers["Location"] == PAGE
    assert await client.app[VOUCHERS].drafts_of(talk) == {}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        pytest.param({"doel": "-"}, "Vertel in een zin", id="no goal"),
        pytest.param({"naam": "007"}, "Typ je naam", id="no name"),
        pytest.param({"leeftijd": "oud"}, "Typ hoe oud je bent", id="no age"),
        pytest.param({"postcode": "9999"}, "Typ je postcode", id="no postcode"),
        pytest.param({"email": "fatima"}, "Typ je e-mailadres", id="no address"),
        pytest.param({"telefoon": "0612"}, "Typ een Nederlands nummer", id="half a number"),
    ],
)
async def test_what_is_not_right_is_told_by_its_field_and_the_rest_stays(
    client: Client, wrong: dict[str, str], told: str
) -> None:
    talk = await come_in(client)
    answer = await send(client, NEW, **FILLED | wrong, doe="verstuur", nummer="n1")
    page = await answer.text()
    assert answer.status == 422
    [field] = wrong
    assert told in page
    assert f'id="{field}-fout"' in page
    assert await client.app[VOUCHERS].applications_of(talk) == ()
    assert (await client.app[VOUCHERS].drafts_of(talk))[VoucherKind.OPLEIDING][field] == wrong[field]


@pytest.mark.parametrize("secret", ["111222333", "NL91ABNA0417164300"])
async def test_a_bsn_or_bank_account_is_not_even_kept(client: Client, secret: str) -> None:
    talk = await come_in(client)
    answer = await send(client, NEW, **FILLED | {"doel": f"lassen {secret}"}, doe="bewaar", nummer="n1")
    assert answer.status == 422
    assert "Dat bewaren we niet" in await answer.text()
    assert await client.app[VOUCHERS].drafts_of(talk) == {}


async def test_an_application_is_withdrawn_only_by_who_is_sure_and_whose_it_is(client: Client) -> None:
    talk = await come_in(client)
    await send(client, NEW, **FILLED, doe="verstuur", nummer="n1")
    [receipt] = await client.app[VOUCHERS].applications_of(talk)
    own = f"{PAGE}/{receipt.number}"
    assert "Er is niets ingetrokken" in await (await send(client, f"{own}/intrekken")).text()
    await come_in(client)
    assert (await client.get(own)).status == 404
    assert (await send(client, f"{own}/intrekken", zeker="ja")).status == 404
    token = await client.app[VISITS].begin(talk)
    client.session.cookie_jar.update_cookies({"loket_mijn": token}, client.make_url("/mijn"))
    assert (await send(client, f"{own}/intrekken", zeker="ja")).status == 303
    [withdrawn] = await client.app[VOUCHERS].applications_of(talk)
    assert withdrawn.state is VoucherState.WITHDRAWN
    assert "Ingetrokken" in await text_of(client, own)


async def test_the_account_tells_what_happened_by_which_fund_and_what_is_left(client: Client) -> None:
    talk = await come_in(client)
    assert "Er staat nog niets op." in await text_of(client, "/mijn/rekening")
    await send(client, NEW, **FILLED, doe="verstuur", nummer="n1")
    page = await text_of(client, "/mijn/rekening")
    for part in (
        "Apart gezet voor je aanvraag: € 1.500",
        "Uit: Opleidingsfonds techniek (voorbeeld).",
        "Daarna op je rekening: € 1.500, waarvan € 1.500 nog in behandeling.",
        "Dit is een voorbeeld.",
    ):
        assert part in page
    [receipt] = await client.app[VOUCHERS].applications_of(talk)
    await client.app[VOUCHERS].withdraw(receipt.number, talk)
    page = await text_of(client, "/mijn/rekening")
    assert page.index("Terug naar het fonds: € 1.500") < page.index("Apart gezet voor je aanvraag")
    assert "Daarna op je rekening: € 0." in page


async def test_no_kind_of_voucher_that_is_not_there_can_be_asked(client: Client) -> None:
    await come_in(client)
    assert (await client.get(f"{PAGE}/nieuw/anders")).status == 404
    assert (await send(client, f"{PAGE}/nieuw/anders", **FILLED)).status == 404
