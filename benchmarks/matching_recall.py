"""Whom the matcher kept for a job, against everybody scored."""

import statistics
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import numpy as np
from matching_load import Connection
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.matcher.scoring.scorer import score_candidates

BEST = 50
_FLOOR = 30.0
"""The matcher's default."""


class Everybody(Struct, frozen=True, kw_only=True):
    """``packed`` and ``ids`` are in one order; ``members`` are indexes of them by database."""

    ids: Sequence[UUID]
    packed: Sequence[bytes]
    members: Mapping[UUID, NDArray[np.int64]]


class Recall(Struct, frozen=True, kw_only=True):
    """0 to 1; of databases that have anybody above the floor. ``differing`` counts pairs that were kept with
    another score than they have."""

    overall: float
    of_databases: float
    of_worst_database: float
    kept: int
    differing: int


async def everybody(connection: Connection) -> Everybody:
    rows = await connection.fetch("SELECT candidate_id, packed FROM candidate_features ORDER BY candidate_id")
    index = {row["candidate_id"]: number for number, row in enumerate(rows)}
    members: dict[UUID, list[int]] = {}
    for row in await connection.fetch(
        "SELECT candidate_id, database_id FROM memberships WHERE NOT is_revoked"
    ):
        if row["candidate_id"] in index:
            members.setdefault(row["database_id"], []).append(index[row["candidate_id"]])
    return Everybody(
        ids=list(index),
        packed=[row["packed"] for row in rows],
        members={database: np.array(each) for database, each in members.items()},
    )


async def totals_of(
    connection: Connection, job_id: UUID, people: Everybody, today: date
) -> NDArray[np.float64]:
    packed = await connection.fetchval("SELECT packed FROM job_features WHERE job_id = $1", job_id)
    return score_candidates(packed, people.packed, weights=MatchWeights(), today=today).totals


async def recall(
    connection: Connection, job_id: UUID, people: Everybody, totals: NDArray[np.float64]
) -> Recall:
    rows = await connection.fetch(
        "SELECT database_id, candidate_id, score FROM shortlists WHERE job_id = $1", job_id
    )
    index = {candidate: number for number, candidate in enumerate(people.ids)}
    kept: dict[UUID, list[int]] = {}
    differing = 0
    for row in rows:
        number = index[row["candidate_id"]]
        differing += abs(row["score"] - totals[number]) > 1e-9
        kept.setdefault(row["database_id"], []).append(number)
    found = {
        database: share
        for database, members in people.members.items()
        if (share := _share(totals[members], totals[kept.get(database, [])])) is not None
    }
    everywhere = np.unique([number for numbers in kept.values() for number in numbers]).astype(np.int64)
    overall = _share(totals, totals[everywhere])
    return Recall(
        overall=1.0 if overall is None else overall,
        of_databases=statistics.fmean(found.values()) if found else 1.0,
        of_worst_database=min(found.values(), default=1.0),
        kept=len(rows),
        differing=differing,
    )


def _share(all_totals: NDArray[np.float64], kept_totals: NDArray[np.float64]) -> float | None:
    """Of the best that are above the floor; among equals it does not matter who. None where nobody is."""
    best = np.sort(all_totals[all_totals >= _FLOOR])[::-1][:BEST]
    if not len(best):
        return None
    return min(int((kept_totals >= best[-1]).sum()), len(best)) / len(best)
