"""Lists and searches of a million candidates, through the gateway's process.

They are in 200 databases of 500 to 40,000. The peer is asyncpg alone: it makes the gateway's own statements
on the same database, and makes JSON of the rows. Both take turns, first on one connection, then on eight.
"""

import asyncio
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import cycle
from uuid import UUID, uuid4

import httpx
import msgspec
import uvloop
from candidate_endpoints import Endpoint, Viewer
from candidate_load import Load, load
from candidate_projection import projected_per_second
from client import Recruiter
from msgspec import Struct
from options import Options
from page import Row
from people import database_sizes
from processes import BENCHMARKS, environment
from recorded import replay
from stores import postgres_server
from system import migrate, service, shared_settings
from timing import percentile

from hotgigs.chassis.database import connect
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.accounts.principal import Principal, Role

TITLE = "Candidates: lists and searches over HTTP, p50 / p99 (raw: asyncpg with the same statements)"
DATABASES = 200
LARGEST, TYPICAL = 0, 60
TWICE_AND_S = 0.003
"""How much slower than the peer an endpoint may be: by half of its speed, and by these seconds."""


class Times(Struct, frozen=True):
    p50_s: float
    p99_s: float

    def __str__(self) -> str:
        return f"{self.p50_s * 1000:.1f} / {self.p99_s * 1000:.1f} ms"


class User(Struct, frozen=True):
    principal: Principal
    token: str


def run(options: Options) -> list[Row]:
    (options.folder / "postgres").mkdir()
    admin = {"HOTGIGS_ADMIN_EMAIL": "admin@mail.example", "HOTGIGS_ADMIN_PASSWORD": secrets.token_urlsafe(12)}
    with ExitStack() as stack:
        url = stack.enter_context(postgres_server(options.folder / "postgres"))
        settings = shared_settings(options.folder) | admin
        settings |= {
            "HOTGIGS_DATABASE_URL": url,
            "HOTGIGS_RATE_LIMITS": "off",
            "HOTGIGS_ACCESS_TOKEN_SECONDS": "7200",
        }
        migrate(options.folder, settings)
        gateway = stack.enter_context(service("gateway", options.folder, settings))
        users = users_of(gateway, admin)
        began = time.monotonic()
        count = options.pick(full=1_000_000, quick=10_000)
        databases = [uuid4() for _ in range(DATABASES)]
        databases[LARGEST] = users["largest"].principal.user_id
        databases[TYPICAL] = users["typical"].principal.user_id
        sizes = [*database_sizes(DATABASES, count), count // 50]
        load(Load(url=url, databases=[*databases, MASTER_DATABASE_ID], sizes=sizes, count=count))
        loaded = Row(what=f"{count:,} candidates loaded", ours=f"{time.monotonic() - began:.0f} s")
        rows = [loaded, *measured(url, gateway, users, options)]
        per_second = asyncio.run(projected_per_second(url, seconds=options.pick(full=8, quick=1)))
        return [*rows, Row(what="changed candidates shown, in batches of 50", ours=f"{per_second:,.0f} /s")]


def users_of(gateway: int, admin: dict[str, str]) -> dict[str, User]:
    users = {name: _user(gateway, Recruiter(gateway).token) for name in ("largest", "typical")}
    account = {"email": admin["HOTGIGS_ADMIN_EMAIL"], "password": admin["HOTGIGS_ADMIN_PASSWORD"]}
    answer = httpx.post(f"http://127.0.0.1:{gateway}/api/auth/login", json=account).raise_for_status()
    return users | {"admin": _user(gateway, answer.json()["access_token"])}


def _user(gateway: int, token: str) -> User:
    headers = {"Authorization": f"Bearer {token}"}
    me = httpx.get(f"http://127.0.0.1:{gateway}/api/auth/me", headers=headers).raise_for_status().json()
    role: Role = me["role"]
    return User(Principal(user_id=UUID(me["user_id"]), role=role), token)


def measured(url: str, gateway: int, users: dict[str, User], options: Options) -> list[Row]:
    endpoints = uvloop.run(_endpoints(url, users))
    rows = []
    for connections in (1, 8):
        slow = []
        rows.append(Row(what=f"on {connections} connection{'s' * (connections > 1)}", ours="", peer=""))
        for endpoint in endpoints:
            ours, raw = _turns(url, gateway, users[endpoint.who].token, endpoint, connections, options)
            rows.append(
                Row(
                    what=f"  {endpoint.name}", ours=str(ours), peer=f"{raw} raw", ratio=raw.p50_s / ours.p50_s
                )
            )
            if ours.p50_s > 2 * raw.p50_s + TWICE_AND_S:
                slow.append(endpoint.name)
        rows.append(Row(what="  slower at p50 than 2 x raw + 3 ms", ours=", ".join(slow) or "none"))
    return rows


async def _endpoints(url: str, users: dict[str, User]) -> list[Endpoint]:
    connection = await connect(url, schema="gateway", purpose="bench")
    found = [
        endpoint
        for who, user in users.items()
        for endpoint in await Viewer(connection, who, user.principal).endpoints(all_of_them=who != "typical")
    ]
    await connection.close()
    return found


def _turns(
    url: str, gateway: int, token: str, endpoint: Endpoint, connections: int, options: Options
) -> tuple[Times, Times]:
    """Of the gateway, and of the peer."""
    ours, raw = [], []
    seconds = options.pick(full=500, quick=100) / 1000
    for _ in range(options.pick(full=3, quick=1)):
        ours.append(_load(gateway, token, endpoint, connections, seconds))
        raw.append(uvloop.run(_raw(url, endpoint, connections, seconds)))
    return _median(ours), _median(raw)


def _median(times: Sequence[Times]) -> Times:
    return Times(statistics.median(t.p50_s for t in times), statistics.median(t.p99_s for t in times))


def _load(port: int, token: str, endpoint: Endpoint, connections: int, seconds: float) -> Times:
    """Raises RuntimeError where an answer was not 200."""
    paths = " ".join(asked.path for asked in endpoint.asked)
    done = subprocess.run(
        [
            sys.executable,
            BENCHMARKS / "http_load.py",
            str(port),
            paths,
            str(connections),
            str(seconds),
            token,
        ],
        env=environment({}),
        capture_output=True,
        check=True,
    )
    result: dict[str, float] = msgspec.json.decode(done.stdout)
    if result["errors"]:
        raise RuntimeError(f"{endpoint.name}: {result['errors']:.0f} answers were not 200")
    return Times(result["p50_s"], result["p99_s"])


async def _raw(url: str, endpoint: Endpoint, connections: int, seconds: float) -> Times:
    turns = cycle([asked.statements for asked in endpoint.asked])
    taken: list[float] = []

    async def ask() -> None:
        connection = await connect(url, schema="gateway", purpose="bench")
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            await replay(connection, next(turns))
            taken.append(time.perf_counter() - began)
        await connection.close()

    await asyncio.gather(*(ask() for _ in range(connections)))
    return Times(percentile(taken, 50), percentile(taken, 99))
