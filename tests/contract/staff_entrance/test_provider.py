"""What an organisation's log-in says is believed only when it must be true."""

import base64
import hashlib
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import aiohttp
import pytest
from joserfc.jwk import OctKey, RSAKey

from staff_entrance.provider import Attempt, Identity, Provider, ProviderAccount, ProviderError
from tests.contract.staff_entrance.lying_provider import LyingProvider

BACK = "https://loket.example/login/organisatie/terug"


@pytest.fixture
async def lying() -> AsyncIterator[LyingProvider]:
    provider = LyingProvider()
    server = await provider.start()
    yield provider
    await server.close()


@pytest.fixture
async def provider(lying: LyingProvider) -> AsyncIterator[Provider]:
    account = ProviderAccount(
        issuer=lying.issuer, client_id=lying.client_id, client_secret=lying.client_secret
    )
    async with aiohttp.ClientSession() as http:
        yield Provider(http, account)


async def identify(lying: LyingProvider, provider: Provider, **answer: str) -> Identity:
    attempt = Attempt.new()
    lying.nonce = attempt.nonce
    return await provider.identify(attempt, {"state": attempt.state, "code": "c", **answer}, BACK)


async def test_an_honest_answer_says_who_it_is(lying: LyingProvider, provider: Provider) -> None:
    identity = await identify(lying, provider)
    assert identity == Identity(name=f"{lying.issuer} s-1", verified_email="sanne@uwv.example")
    [asked] = lying.asked
    assert asked["redirect_uri"] == BACK
    plain = base64.b64decode(asked["authorization"].removeprefix("Basic ")).decode()
    assert plain == f"loket:{quote(lying.client_secret, safe='')}"


async def test_the_code_is_worth_nothing_without_what_the_browser_kept(
    lying: LyingProvider, provider: Provider
) -> None:
    attempt = Attempt.new()
    asked = parse_qs(urlsplit(await provider.address(attempt, BACK)).query)
    digest = hashlib.sha256(attempt.verifier.encode()).digest()
    assert asked["code_challenge"] == [base64.urlsafe_b64encode(digest).rstrip(b"=").decode()]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"] == [attempt.state]
    assert attempt.verifier not in str(asked)
    lying.nonce = attempt.nonce
    await provider.identify(attempt, {"state": attempt.state, "code": "c"}, BACK)
    assert lying.asked[0]["code_verifier"] == attempt.verifier


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "een-ander"},
        {"aud": "een-ander", "azp": "loket"},
        {"aud": ["loket", "een-ander"], "azp": "een-ander"},
        {"exp": None},
        {"nonce": "van een ander"},
        {"nonce": None},
        {"sub": None},
        {"at_hash": "klopt-niet"},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_us_is_refused(
    lying: LyingProvider, provider: Provider, claims: dict[str, Any]
) -> None:
    lying.claims = claims
    with pytest.raises(ProviderError):
        await identify(lying, provider)


@pytest.mark.parametrize(("claim", "seconds"), [("exp", -3600), ("iat", 3600)])
async def test_a_token_of_another_time_is_refused(
    lying: LyingProvider, provider: Provider, claim: str, seconds: int
) -> None:
    lying.claims = {claim: int(time.time()) + seconds}
    with pytest.raises(ProviderError):
        await identify(lying, provider)


async def test_a_token_that_nobody_signed_is_refused(lying: LyingProvider, provider: Provider) -> None:
    lying.algorithm = "none"
    with pytest.raises(ProviderError):
        await identify(lying, provider)


async def test_a_token_signed_by_another_is_refused(lying: LyingProvider, provider: Provider) -> None:
    lying.signing_key = RSAKey.generate_key(2048, {"kid": "1"})
    with pytest.raises(ProviderError):
        await identify(lying, provider)


async def test_a_token_signed_with_what_everybody_knows_is_refused(
    lying: LyingProvider, provider: Provider
) -> None:
    # Whoever has the public key could sign with it, if it were taken for a shared secret.
    lying.algorithm, lying.signing_key = "HS256", OctKey.import_key("een geheim dat lang genoeg is 123456")
    with pytest.raises(ProviderError):
        await identify(lying, provider)


@pytest.mark.parametrize(
    "answer", [{"state": "van een ander"}, {"state": ""}, {"iss": "https://evil.example"}]
)
async def test_an_answer_to_another_question_is_refused(
    lying: LyingProvider, provider: Provider, answer: dict[str, str]
) -> None:
    with pytest.raises(ProviderError):
        await identify(lying, provider, **answer)
    assert lying.asked == []


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": None}])
async def test_an_address_that_nobody_checked_does_not_count(
    lying: LyingProvider, provider: Provider, claims: dict[str, Any]
) -> None:
    lying.claims = claims
    assert (await identify(lying, provider)).verified_email is None


@pytest.mark.parametrize(("subject", "found"), [("s-1", "sanne@uwv.example"), ("s-2", None)])
async def test_an_address_told_apart_counts_when_it_is_of_the_same_person(
    lying: LyingProvider, provider: Provider, subject: str, found: str | None
) -> None:
    lying.claims = {"email": None, "email_verified": None}
    lying.told = {"sub": subject, "email": "Sanne@uwv.example", "email_verified": True}
    assert (await identify(lying, provider)).verified_email == found


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://uwv.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
async def test_a_log_in_that_describes_itself_oddly_is_not_used(
    lying: LyingProvider, provider: Provider, metadata: dict[str, Any]
) -> None:
    lying.metadata = metadata
    with pytest.raises(ProviderError):
        await provider.address(Attempt.new(), BACK)


async def test_a_log_in_that_takes_the_secret_in_the_form_only_gets_it_there(
    lying: LyingProvider, provider: Provider
) -> None:
    lying.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    await identify(lying, provider)
    assert (lying.asked[0]["client_secret"], lying.asked[0]["authorization"]) == (lying.client_secret, "")


async def test_a_log_in_that_is_away_is_told_of() -> None:
    # Port 9 is `discard`: nothing answers there.
    account = ProviderAccount(issuer="http://127.0.0.1:9", client_id="loket", client_secret="x")
    async with aiohttp.ClientSession() as http:
        with pytest.raises(ProviderError, match="does not answer"):
            await Provider(http, account).address(Attempt.new(), BACK)


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "..", "a..c"])
def test_a_cookie_that_holds_no_attempt_is_none(text: str) -> None:
    assert Attempt.from_text(text) is None


def test_an_attempt_is_read_back() -> None:
    attempt = Attempt.new()
    assert Attempt.from_text(attempt.to_text()) == attempt
    assert len({attempt.state, attempt.nonce, attempt.verifier}) == 3
