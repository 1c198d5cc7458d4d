"""How fast what is told of candidates comes to be shown, beside all that is shown already."""

import time
from collections.abc import Sequence
from random import Random

import msgspec
from people_words import Words

from hotgigs.chassis.database import Pool, open_pool
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.gateway.candidates.store import groups
from hotgigs.gateway.on_candidate_updated import on_candidate_updated

BATCH = 50


async def projected_per_second(url: str, *, seconds: float) -> float:
    """Events of candidates of all databases whose summaries changed, in batches of 50, each committed."""
    pool = await open_pool(url, schema="gateway", max_size=1)
    random, words = Random(11), Words()
    events, taken_s = 0, 0.0
    while taken_s < seconds:
        batch = await _changed(pool, random, words)
        began = time.perf_counter()
        async with pool.acquire() as connection, connection.transaction():
            await on_candidate_updated(batch, UnitOfWork(connection, source="bench"))
        taken_s += time.perf_counter() - began
        events += len(batch)
    await pool.close()
    return events / taken_s


async def _changed(pool: Pool, random: Random, words: Words) -> Sequence[CandidateUpdatedV1]:
    async with pool.acquire() as connection:
        rows = await connection.fetch(
            "SELECT candidate_id FROM candidates TABLESAMPLE SYSTEM (0.5) ORDER BY random() LIMIT $1", BATCH
        )
        found = await groups(connection, [row["candidate_id"] for row in rows])
    changed = []
    for candidate in (each for group in found.values() for each in group):
        summary = " ".join(words.sentences.draw(random, 9))
        profile = msgspec.structs.replace(candidate.profile, summary=summary)
        newer = msgspec.structs.replace(candidate, version=candidate.version + 1, profile=profile)
        changed.append(CandidateUpdatedV1(candidate=newer))
    return changed
