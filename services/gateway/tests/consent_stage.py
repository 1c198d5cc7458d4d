"""The routes to connect a Drive, with a stand-in for Google on a real socket and browsers between."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

import httpx
from support.stand_in_drive import StandInDrive
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import drive_grant
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.drive_connections import store
from hotgigs.gateway.drive_connections.connecting import Connecting
from hotgigs.gateway.http import correlating
from hotgigs.gateway.settings import GatewaySettings

GATEWAY = "https://gateway.example"
AUTHORIZE, CALLBACK, CONNECTIONS = (
    f"/api/google-drive/{name}" for name in ("authorize", "callback", "connections")
)
PROXY = "192.0.2.7"
KEY = "a-key-of-the-operator-" * 2
CLIENT = {"client_id": "hotgigs.apps.example", "client_secret": "a secret of the operator"}


class ConsentStage:
    def __init__(self, pool: Pool, google: StandInDrive) -> None:
        self.pool, self.google = pool, google
        google.behave(**CLIENT)
        self._app = WritingApp(pool)
        self.set_up()

    def set_up(self, **settings: Any) -> None:
        """The gateway with other settings than before."""
        of_google = {
            "google_client_id": CLIENT["client_id"],
            "google_client_secret": CLIENT["client_secret"],
            "google_auth_uri": self.google.authorize_uri,
            "google_token_uri": self.google.token_uri,
            "encryption_key": KEY,
        }
        self.settings = GatewaySettings.model_validate(of_google | settings)
        resources = self._app.resources
        resources.settings = self.settings
        resources.drive_connecting = Connecting(self.settings, self._app.units_of_work)

    @asynccontextmanager
    async def browser(self, *, address: str = "192.0.2.1") -> AsyncIterator["Browser"]:
        """With cookies of its own; ``address`` is where the gateway sees its requests come from."""
        app = ProxyHeadersMiddleware(correlating(cast("Any", self._app.litestar)), trusted_hosts=[PROXY])
        transport = httpx.ASGITransport(cast("Any", app), client=(address, 1))
        async with httpx.AsyncClient(
            mounts={"all://gateway.example": transport, "all://hotgigs.example": transport}
        ) as http:
            yield Browser(http)

    async def sealed_grant(self, who: Principal, connection_id: str) -> bytes | None:
        async with self.pool.acquire() as connection:
            return await store.sealed_grant_of(connection, who.user_id, UUID(connection_id))

    def opened(self, who: Principal, sealed: bytes) -> bytes:
        """As drive-sync does."""
        sealing = Sealing([KEY], label=drive_grant.LABEL)
        return sealing.open(sealed, context=drive_grant.context_of(who.user_id))

    async def let_pass(self, seconds: int) -> None:
        """For whatever is kept."""
        async with self.pool.acquire() as connection:
            for table in ("drive_consents", "drive_connections"):
                await connection.execute(
                    f"UPDATE {table} SET expires_at = expires_at - make_interval(secs => $1)", float(seconds)
                )

    async def rows_as_text(self) -> str:
        """Everything in the gateway's database; bytes in hexadecimal digits."""
        async with self.pool.acquire() as connection:
            tables = await connection.fetch(
                "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
                " WHERE schemaname = current_schema()"
            )
            rows = [
                row["row"]
                for table in tables
                for row in await connection.fetch(f"SELECT t::text AS row FROM {table['name']} AS t")
            ]
        return "\n".join(rows)


class Browser:
    """``seen`` is every answer of the gateway to it."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.seen: list[httpx.Response] = []

    async def ask(
        self, who: Principal | None, method: str, path: str, *, base: str = GATEWAY, **headers: str
    ) -> httpx.Response:
        if who is not None:
            headers["Authorization"] = f"Bearer {who.role}:{who.user_id}"
        answer = await self.http.request(method, base + path, headers=headers)
        self.seen.append(answer)
        return answer

    async def begun(self, who: Principal, **headers: str) -> str:
        """The address at Google."""
        answer = await self.ask(who, "GET", AUTHORIZE, **headers)
        assert answer.status_code == 200, answer.text
        url: str = answer.json()["authorization_url"]
        return url

    async def led_back(self, authorization_url: str) -> str:
        """To which address, by Google, after the user was asked there."""
        answer = await self.http.get(authorization_url)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    async def come_back(self, callback_url: str) -> httpx.Response:
        """Without a token: the browser is led there, not the page's script."""
        answer = await self.http.get(callback_url)
        self.seen.append(answer)
        return answer

    async def connect(self, who: Principal) -> httpx.Response:
        return await self.come_back(await self.led_back(await self.begun(who)))

    async def connection_id(self, who: Principal) -> str:
        """Of a new connection."""
        answer = await self.connect(who)
        assert answer.status_code == 200, answer.text
        connection_id: str = answer.json()["connection_id"]
        return connection_id


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def with_query(url: str, changes: Mapping[str, str | None]) -> str:
    """None takes a parameter away."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | changes
    return urlunsplit(
        parts._replace(query=urlencode({name: value for name, value in query.items() if value is not None}))
    )
