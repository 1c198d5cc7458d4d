"""Whatever is heard when, and whatever becomes of the processes: each webhook is told of each match once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from random import Random
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.notifier_service import deliveries_in
from support.told_notifier import ToldNotifier, happened, match_facts

from hotgigs.chassis.database import Pool
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.notifier import fan_out
from hotgigs.notifier.happened import Happened, MatchFacts

pytestmark = pytest.mark.timeout(600)

ACTS = ("match", "match", "match", "better", "remove", "remove", "fan out", "fan out by two", "claim")
KILLS = ("kill before it commits", "kill after it commits")
SCORES = (40.0, 60.0, 80.0)
TABLES = "events, candidates, jobs, owners, webhooks, deliveries, told_matches, outbox"

acts = st.lists(st.sampled_from(ACTS + KILLS), min_size=5, max_size=25)


class Killed(Exception):
    pass


class MortalUnitsOfWork(UnitsOfWork):
    """Of a process that is killed ``at`` a moment."""

    at: str | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        async with super().begin() as uow:
            yield uow
            if self.at == KILLS[0]:
                raise Killed
        if self.at == KILLS[1]:
            raise Killed


class World:
    """Pairs of one job with a few candidates, which match and match no more, and two webhooks of each kind
    that hear of it."""

    def __init__(self, pool: Pool, choice: Random) -> None:
        self.told = ToldNotifier(pool)
        self.mortal = MortalUnitsOfWork(pool, self.told.units_of_work._relay, source="notifier")
        self.choice = choice
        self.version = 0
        self.standing: dict[UUID, Happened] = {}
        """The match of each candidate that is one, as it was told last."""
        self.all_heard: dict[UUID, Happened] = {}
        """What is to be told in the end: without matches that were none any more before anybody knew."""

    async def begin(self) -> None:
        owner = await self.told.owner()
        self.job_id = await self.told.job(owner)
        self.candidates = [await self.told.candidate(owner) for _ in range(3)]
        self.webhooks = {
            await self.told.listens(owner, is_batched=is_batched, min_score=min_score): min_score
            for is_batched in (False, True)
            for min_score in (0.0, 60.0)
        }

    async def learn(self, event: Happened) -> None:
        self.standing[event.candidate_id or uuid4()] = self.all_heard[event.event_id] = event
        await self.told.learns(event)

    async def act(self, act: str) -> None:
        self.version += 1
        candidate_id = self.choice.choice(self.candidates)
        match = self.standing.get(candidate_id)
        match act:
            case "match" if match is None:
                await self.learn(
                    happened(
                        "match.created",
                        match_facts(self.choice.choice(SCORES)),
                        version=self.version,
                        candidate_id=candidate_id,
                        candidate_version=1,
                        job_id=self.job_id,
                        job_version=1,
                    )
                )
            case "better" if match is not None and isinstance(match.facts, MatchFacts):
                facts = match_facts(match.facts.score + 10.0)
                await self.learn(msgspec.structs.replace(match, version=self.version, facts=facts))
                await self.told.pool.execute(
                    "UPDATE events SET fanned_out_at = NULL WHERE event_id = $1", match.event_id
                )
            case "remove" if match is not None:
                del self.standing[candidate_id]
                if await self.forget(match):
                    del self.all_heard[match.event_id]
            case "fan out":
                await self.told.fans_out()
            case "fan out by two":
                await asyncio.gather(self.told.fans_out(), self.told.fans_out())
            case "claim":
                await self.told.pool.execute("UPDATE deliveries SET is_open = false")
            case "kill before it commits" | "kill after it commits":
                self.mortal.at = act
                with suppress(Killed):
                    await fan_out.step(self.mortal, self.told.resources.settings)

    async def forget(self, match: Happened) -> bool:
        """Whether nobody was told of it yet."""
        await self.told.pool.execute(
            "DELETE FROM told_matches WHERE candidate_id = $1 AND version < $2",
            match.candidate_id,
            self.version,
        )
        status = await self.told.pool.execute(
            "DELETE FROM events AS e WHERE event_id = $1 AND fanned_out_at IS NULL"
            " AND NOT EXISTS (SELECT FROM delivered_events AS d WHERE d.event_id = e.event_id)",
            match.event_id,
        )
        if status == "DELETE 0":
            # It is no match any more: no webhook is to hear that it is a better one.
            await self.told.pool.execute(
                "UPDATE events SET fanned_out_at = now() WHERE event_id = $1 AND fanned_out_at IS NULL",
                match.event_id,
            )
        return status == "DELETE 1"


@given(acts=acts, seed=st.integers(0, 2**32))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_each_webhook_is_told_of_each_match_once(pool: Pool, acts: list[str], seed: int) -> None:
    await pool.execute(f"TRUNCATE {TABLES} CASCADE")
    world = World(pool, Random(seed))
    await world.begin()
    for act in acts:
        await world.act(act)
    await world.told.fans_out()
    heard = {each: await world.told.heard_by(each) for each in world.webhooks}
    for webhook_id, min_score in world.webhooks.items():
        assert len(heard[webhook_id]) == len({*heard[webhook_id]})
        expected = {
            event.event_id
            for event in world.standing.values()
            if isinstance(event.facts, MatchFacts) and event.facts.score >= min_score
        }
        assert expected <= {*heard[webhook_id]} <= {*world.all_heard}
    in_the_end = {each.delivery_id: each for each in deliveries_in(await world.told.told())}
    for row in await world.told.deliveries():
        assert in_the_end[row["delivery_id"]].version == row["version"]
        assert list(in_the_end[row["delivery_id"]].event_ids) == row["event_ids"]
