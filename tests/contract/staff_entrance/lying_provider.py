"""An organisation's log-in that says what a test wants, true or not."""

import base64
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey


@dataclass
class LyingProvider:
    """Answers as OpenID Connect says; `claims` and `metadata` replace what is true."""

    client_id: str = "loket"
    client_secret: str = "een geheim: met & tekens"
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    nonce: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signing_key: RSAKey | OctKey | None = None
    issuer: str = ""

    async def start(self) -> TestServer:
        """Start answering."""
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._configuration)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/token", self._token)
        app.router.add_get("/userinfo", self._userinfo)
        server = TestServer(app)
        await server.start_server()
        self.issuer = str(server.make_url("")).rstrip("/")
        return server

    def id_token(self) -> str:
        """Return a token of now for the nonce that was asked."""
        now = int(time.time())
        true = {
            "iss": self.issuer,
            "sub": "s-1",
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "email": "sanne@uwv.example",
            "email_verified": True,
        }
        claims = {name: value for name, value in (true | self.claims).items() if value is not None}
        header = {"alg": self.algorithm, "kid": "1"}
        if self.algorithm == "none":
            return ".".join((_part('{"alg":"none"}'), _part(str(claims).replace("'", '"')), ""))
        return jwt.encode(header, claims, self.signing_key or self.key, algorithms=[self.algorithm])

    async def _configuration(self, request: web.Request) -> web.Response:
        del request
        true = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }
        return web.json_response(true | self.metadata)

    async def _keys(self, request: web.Request) -> web.Response:
        del request
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append({**form, "authorization": request.headers.get("Authorization", "")})
        return web.json_response({"access_token": "toegang", "id_token": self.id_token()})

    async def _userinfo(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer toegang"
        return web.json_response(self.told)


def _part(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
