"""Logging in through somebody's own organisation: OpenID Connect, the code flow with PKCE.

What is signed and claimed is checked by joserfc and Authlib; the requests go through the app's own session.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self, cast
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

# Signatures that only the provider can make; never `none`, nor one made with what we know ourselves.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]
_TIMEOUT = aiohttp.ClientTimeout(total=10)
# Seconds that two clocks may differ.
_LEEWAY = 60
_SEPARATOR = "."


class ProviderError(Exception):
    """The organisation's log-in does not answer, or answers what cannot be right."""


@dataclass(frozen=True, kw_only=True)
class ProviderAccount:
    """Where the organisation's log-in is, and who we are there."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What a browser keeps while somebody logs in elsewhere, so that no other answer counts."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Self:
        """Return an attempt nobody can guess."""
        return cls(state=_random(), nonce=_random(), verifier=_random())

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """Return the attempt that `to_text` wrote, or None."""
        parts = text.split(_SEPARATOR)
        if len(parts) != len(("state", "nonce", "verifier")) or not all(parts):
            return None
        state, nonce, verifier = parts
        return cls(state=state, nonce=nonce, verifier=verifier)

    def to_text(self) -> str:
        """Return the attempt as a cookie holds it."""
        return _SEPARATOR.join((self.state, self.nonce, self.verifier))


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whom the organisation says somebody is."""

    name: str
    """The issuer and its own name for somebody, which never changes."""
    verified_email: str | None


class Provider:
    """The log-in of an organisation."""

    def __init__(self, http: aiohttp.ClientSession, account: ProviderAccount) -> None:
        self._http = http
        self._account = account

    async def address(self, attempt: Attempt, back: str) -> str:
        """Return where the browser goes to log in; it comes back at `back`.

        Raises:
            ProviderError: the log-in does not answer as it should.
        """
        metadata = await self.metadata()
        asked = {
            "response_type": "code",
            "client_id": self._account.client_id,
            "redirect_uri": back,
            "scope": "openid email",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": create_s256_code_challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }
        address: str = metadata["authorization_endpoint"]
        return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"

    async def identify(self, attempt: Attempt, answer: Mapping[str, str], back: str) -> Identity:
        """Return whom the answer of the log-in is about.

        Raises:
            ProviderError: it is no answer to this attempt, or says what cannot be right.
        """
        if not secrets.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            message = "the answer belongs to another attempt"
            raise ProviderError(message)
        if answer.get("iss", self._account.issuer) != self._account.issuer or "code" not in answer:
            message = "the answer holds no code of this issuer"
            raise ProviderError(message)
        metadata = await self.metadata()
        tokens = await self._exchange(metadata, attempt, answer["code"], back)
        keys = await self._json("GET", metadata["jwks_uri"])
        try:
            claims = self._checked(tokens, keys, attempt)
            subject = str(claims["sub"])
            told = claims if "email" in claims else await self._told_about(metadata, tokens, subject)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            message = f"the answer is not to be trusted: {type(error).__name__}"
            raise ProviderError(message) from error
        is_verified = told.get("email_verified") is True
        return Identity(
            name=f"{self._account.issuer} {subject}",
            verified_email=str(told["email"]).strip().casefold() if is_verified and "email" in told else None,
        )

    async def metadata(self) -> Mapping[str, Any]:
        """Return what the log-in says of itself, at the address that its name gives.

        Raises:
            ProviderError: it does not answer, or is another's.
        """
        metadata = await self._json("GET", get_well_known_url(self._account.issuer, external=True))
        if metadata.get("issuer") != self._account.issuer:
            message = "the log-in has another name than LOKET_OIDC_ISSUER"
            raise ProviderError(message)
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not is_protected(str(metadata.get(name, ""))):
                message = f"the log-in has no {name} over https"
                raise ProviderError(message)
        return metadata

    async def _exchange(
        self, metadata: Mapping[str, Any], attempt: Attempt, code: str, back: str
    ) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": attempt.verifier,
        }
        client = {"client_id": self._account.client_id, "client_secret": self._account.client_secret}
        ways = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" not in ways:
            return await self._json("POST", metadata["token_endpoint"], data={**form, **client})
        # RFC 6749, section 2.3.1: both are encoded as in a form first.
        login = aiohttp.encode_basic_auth(*(quote(part, safe="") for part in client.values()))
        headers = {aiohttp.hdrs.AUTHORIZATION: login}
        return await self._json("POST", metadata["token_endpoint"], data=form, headers=headers)

    def _checked(
        self, tokens: Mapping[str, Any], keys: Mapping[str, Any], attempt: Attempt
    ) -> Mapping[str, Any]:
        """Return the claims of the id token, once its signature and all that it claims are right."""
        account = self._account
        token = jwt.decode(
            tokens["id_token"],
            KeySet.import_key_set(cast("KeySetSerialization", keys)),
            algorithms=ALGORITHMS,
        )
        claims = CodeIDToken(
            token.claims,
            token.header,
            options={
                "iss": {"essential": True, "value": account.issuer},
                "aud": {"essential": True, "value": account.client_id},
            },
            params={
                "nonce": attempt.nonce,
                "client_id": account.client_id,
                "access_token": tokens.get("access_token"),
            },
        )
        claims.validate(leeway=_LEEWAY)
        return claims

    async def _told_about(
        self, metadata: Mapping[str, Any], tokens: Mapping[str, Any], subject: str
    ) -> Mapping[str, Any]:
        """Return what the log-in tells apart from the id token; not of anybody else."""
        if not is_protected(str(metadata.get("userinfo_endpoint", ""))):
            return {}
        headers = {aiohttp.hdrs.AUTHORIZATION: f"Bearer {tokens['access_token']}"}
        told = await self._json("GET", metadata["userinfo_endpoint"], headers=headers)
        return told if told.get("sub") == subject else {}

    async def _json(self, method: str, url: str, **request: Any) -> Mapping[str, Any]:  # noqa: ANN401 - aiohttp's own
        try:
            async with self._http.request(
                method, url, timeout=_TIMEOUT, allow_redirects=False, **request
            ) as response:
                response.raise_for_status()
                answer = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            message = f"the log-in does not answer: {type(error).__name__}"
            raise ProviderError(message) from error
        if not isinstance(answer, dict):
            message = "the log-in answers no JSON object"
            raise ProviderError(message)
        return answer


def is_protected(url: str) -> bool:
    """Tell whether nobody on the way can read what goes to this address; this machine needs no TLS."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    )


def _random() -> str:
    return secrets.token_urlsafe(32)
