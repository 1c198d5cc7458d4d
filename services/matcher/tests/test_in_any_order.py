"""Whatever is done in whatever order, what is kept in the end is what would be found from scratch."""

import asyncio
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from labour_market import Market
from support.matcher_service import Matcher

from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.match_state import Match
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.message import Message
from hotgigs.matcher.shortlists import Rules

pytestmark = pytest.mark.timeout(600)

ACTS = ("add", "update", "merge", "share", "erase", "post", "change", "delete", "submit", "withdraw")
TABLES = (
    "jobs, candidates, memberships, submissions, runs, tombstones, deleted_jobs, candidate_features,"
    " candidate_vectors, candidate_skills, settled_commands, outbox"
)

acts = st.lists(
    st.one_of(
        st.sampled_from(["update", "erase", "share", "change"]),
        st.sampled_from(ACTS),
        st.sampled_from(["work", "work", "work all at once"]),
    ),
    max_size=20,
)


@pytest.fixture
def rules() -> Rules:
    return Rules(length=1, floor=30.0)


async def do(act: str, market: Market, choice: Random) -> list[Message]:
    matcher = market.matcher
    told: list[Message] = []
    match act:
        case "work":
            told += await matcher.told()
            if matcher.requested:
                await matcher.work(matcher.requested.pop(choice.randrange(len(matcher.requested))))
        case "work all at once":
            told += await matcher.told()
            requested, matcher.requested = matcher.requested, []
            await asyncio.gather(*map(matcher.work, requested))
        case _:
            await getattr(market, act)(choice)
    return told + await matcher.told()


@given(acts=acts, seed=st.integers(0, 2**32))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_is_kept_is_what_would_be_found_from_scratch(
    matcher: Matcher, acts: list[str], seed: int
) -> None:
    await matcher.pool.execute(f"TRUNCATE {TABLES} CASCADE")
    matcher.requested.clear()
    market, choice = Market(matcher), Random(seed)
    told: list[Message] = []
    for act in (*["post"] * 2, *["add"] * 7, *["work all at once"] * 2, *acts):
        told += await do(act, market, choice)
    told += await matcher.run()
    expected = market.expected()
    assert await matcher.pairs() == expected
    choice.shuffle(told)
    assert as_projected(told, set(market.states)) == expected


def as_projected(told: list[Message], alive: set[UUID]) -> dict[tuple[UUID, UUID], float]:
    """What a projection keeps that hears in any order, of candidates that it knows not to be erased."""
    newest: dict[tuple[UUID, UUID], tuple[int, Match | None]] = {}
    since: dict[UUID, int] = {}
    gone: set[UUID] = set()
    for message in told:
        match message:
            case MatchesComputedV1():
                of_it = [*((each, each) for each in message.matches), *((e, None) for e in message.removed)]
                for each, match in of_it:
                    key = each.job_id, each.candidate_id
                    newest[key] = max(newest.get(key, (0, None)), (each.version, match), key=lambda n: n[0])
            case JobUpdatedV1():
                since[message.job.job_id] = max(since.get(message.job.job_id, 0), message.job.matches_since)
            case JobDeletedV1():
                gone.add(message.job_id)
            case CandidateErasedV1():
                raise AssertionError("the matcher does not tell of it")
    return {
        (job_id, id_): match.score
        for (job_id, id_), (_, match) in newest.items()
        if match is not None
        and id_ in alive
        and job_id not in gone
        and match.job_version >= since.get(job_id, 0)
    }
