"""Webhooks: how long a delivery takes while others are dead or slow, how many a second, and kill -9.

Ten recruiters with ten webhooks each, and what ingest tells of their candidates, through a notifier of one
process: it hears it, finds who is to hear of it, makes the bodies, signs, sends, and records every try; the
gateway beside it keeps what its users read of it. In one run all webhooks answer at once; in the other a
tenth are dead (they take a request, and never answer) and a tenth answer after seconds, one of each a
recruiter's; the healthy ones are compared with themselves. Time to delivery is from when ingest's message is
on the bus to when the request is in the receiver's hands. The receivers are a process of their own.

The peers sign the same body and post it, and do nothing else: they forget what is refused, and what is in
hand when they are killed.
"""

import asyncio
import contextlib
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import msgspec
from options import Options
from page import Row, duration, rate
from processes import environment
from timing import percentile
from webhook_system import (
    RECRUITERS,
    WEBHOOKS,
    WEBHOOKS_EACH,
    Happened,
    NotReceived,
    WebhookSystem,
    webhook_system,
)

from hotgigs.contracts.webhook_events import EXAMPLE_AT, EXAMPLE_OF, Payload

TITLE = f"Webhooks: {WEBHOOKS} of {RECRUITERS} recruiters, a tenth dead and a tenth slow"
WORST_RATIO = 1.5
_DEAD = range(3, WEBHOOKS, WEBHOOKS_EACH)
_SLOW = range(7, WEBHOOKS, WEBHOOKS_EACH)
_HEALTHY = sorted({*range(WEBHOOKS)} - {*_DEAD} - {*_SLOW})
_CANDIDATES_PER_S = 10
_PEERS = (("aiohttp", 1), ("aiohttp", 100), ("httpx", 1), ("httpx", 100))


def run(options: Options) -> list[Row]:
    return asyncio.run(_measured(options))


async def _measured(options: Options) -> list[Row]:
    async with webhook_system(options.folder) as system:
        candidates = options.pick(full=1_000, quick=40)
        await _delivery_times(system, options.pick(full=100, quick=10))
        well, ill = list[float](), list[float]()
        paced = options.pick(full=300, quick=40)
        for _ in range(options.pick(full=2, quick=1)):
            well += await _delivery_times(system, paced, per_s=_CANDIDATES_PER_S)
            ill += await _delivery_times(system, paced, per_s=_CANDIDATES_PER_S, slow=_SLOW, dead=_DEAD)
        at_once = await _delivery_times(system, candidates)
        at_once_ill = await _delivery_times(system, candidates, slow=_SLOW, dead=_DEAD)
        killed = await _killed(system, options.pick(full=200, quick=20))
        count = options.pick(full=5_000, quick=200)
        peers = [
            (f"{client}, {'one after the other' if at_once == 1 else f'{at_once} at once'}", seconds)
            for client, at_once in _PEERS
            for seconds in [await asyncio.to_thread(_by_peer, client, system.url, count, at_once)]
        ]
    deliveries = candidates * WEBHOOKS_EACH
    ours_per_s = deliveries / max(at_once)
    return [
        *_compared(f"{paced * WEBHOOKS_EACH:,}, {_CANDIDATES_PER_S * WEBHOOKS_EACH}/s", ill, well),
        *_compared(f"{deliveries:,} at once", at_once_ill, at_once),
        *(
            rate("deliveries, all healthy", ours_per_s, name, count / seconds, unit="/s")
            for name, seconds in peers
        ),
        killed,
    ]


async def _delivery_times(
    system: WebhookSystem,
    candidates: int,
    *,
    per_s: float | None = None,
    slow: Sequence[int] = (),
    dead: Sequence[int] = (),
) -> list[float]:
    """Of all deliveries to the healthy webhooks. Raises RuntimeError where one does not arrive."""
    await system.behave()
    system.subscribe_anew()
    await system.behave(slow=slow, dead=dead)
    await system.receivers.ask("forget")
    happened = await system.happen(candidates, per_s=per_s)
    await system.until_received(happened.deliveries * len(_HEALTHY if slow else range(WEBHOOKS)) // WEBHOOKS)
    return await _first_arrivals(system, happened)


async def _first_arrivals(system: WebhookSystem, happened: Happened) -> list[float]:
    """Seconds to each delivery to a healthy webhook."""
    first: dict[tuple[int, str], float] = {}
    for each in await system.received():
        if each.webhook in _HEALTHY and each.candidate_id in happened.told_at:
            taken_s = each.at - happened.told_at[each.candidate_id]
            first.setdefault((each.webhook, each.candidate_id), taken_s)
    return list(first.values())


async def _killed(system: WebhookSystem, candidates: int) -> Row:
    """In the middle of its deliveries, and started again."""
    await system.behave()
    system.subscribe_anew()
    await system.receivers.ask("forget")
    happened = await system.happen(candidates)
    await system.until_received(happened.deliveries // 2)
    await system.kill_notifier()
    with contextlib.suppress(NotReceived):
        await system.until_received(happened.deliveries)
    seen = Counter((each.webhook, each.candidate_id) for each in await system.received())
    lost, twice = happened.deliveries - len(seen), seen.total() - len(seen)
    return Row(
        what=f"{happened.deliveries:,} deliveries, kill -9 in the middle",
        ours=f"{lost} lost, {twice} made twice",
    )


def _compared(what: str, ill: Sequence[float], well: Sequence[float]) -> list[Row]:
    """Times with a fifth of the webhooks ill, in the place of the peer's those with none."""
    rows = []
    for percent in (50, 99):
        row = duration(
            f"{what}: to the healthy, p{percent}",
            percentile(ill, percent),
            "all healthy",
            percentile(well, percent),
        )
        assert row.ratio is not None
        times = 1 / row.ratio
        verdict = "" if times < WORST_RATIO else f" MISSED, {WORST_RATIO} at most"
        rows.append(msgspec.structs.replace(row, peer=f"{row.peer}, x{times:.2f}{verdict}"))
    return rows


def _by_peer(client: str, url: str, count: int, at_once: int) -> float:
    """Seconds."""
    event = "candidate.added"
    payload = Payload(id=uuid4(), type=event, event=event, timestamp=EXAMPLE_AT, data=EXAMPLE_OF[event])
    done = subprocess.run(
        [
            sys.executable,
            Path(__file__).with_name("peers") / "webhook_loop.py",
            *(client, url, str(WEBHOOKS), str(count), str(at_once)),
        ],
        input=msgspec.json.encode(payload),
        env=environment({}),
        stdout=subprocess.PIPE,
        check=True,
    )
    return float(done.stdout)
