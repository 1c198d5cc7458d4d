"""The read models of matches, and of who has looked at them. Nothing here commits, and all of it locks the
matches (`hotgigs.gateway.locks`)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.inbox import KEPT
from hotgigs.contracts.match_state import Match, RemovedMatch, match_id_of
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.gateway import tombstones
from hotgigs.gateway.locks import lock_matches
from hotgigs.gateway.matching.evidence import evidence_of

_TOLD = (
    "job_version",
    "candidate_version",
    "score",
    "skill_score",
    "experience_score",
    "education_score",
    "location_score",
    "created_at",
)
_COLUMNS = ("job_id", "candidate_id", "version", "match_id", *_TOLD, "evidence", "removed_at")
# In one order, so that those who write at the same time never wait for each other in a circle.
_PUT = f"""
    INSERT INTO matches ({", ".join(_COLUMNS)})
    SELECT {", ".join(_COLUMNS)} FROM jsonb_populate_recordset(NULL::matches, $1) AS told
    WHERE NOT EXISTS (
        SELECT FROM jobs WHERE jobs.job_id = told.job_id AND told.job_version < jobs.matches_since)
    ORDER BY job_id, candidate_id
    ON CONFLICT (job_id, candidate_id) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
    WHERE matches.version < excluded.version
"""  # noqa: S608 - the column names are our own
_VIEW = """
    INSERT INTO match_views AS old (job_id, candidate_id, database_id, viewed_at)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
    ON CONFLICT (job_id, candidate_id, database_id) DO UPDATE SET viewed_at = excluded.viewed_at
    WHERE old.viewed_at > excluded.viewed_at
"""


async def put_matches(connection: Connection, told: Sequence[Match | RemovedMatch]) -> None:
    """Keeps the last word on each pair of a job and a candidate that are not gone, unless the job has
    retired it. A removal is all that is left of a pair."""
    newest = {(each.job_id, each.candidate_id): each for each in sorted(told, key=lambda e: e.version)}
    await lock_matches(connection)
    gone = await tombstones.gone(connection, {each for key in newest for each in key})
    await connection.execute(_PUT, [_row(each) for key, each in newest.items() if not gone & {*key}])


async def put_match_views(connection: Connection, views: Sequence[MatchViewedV1]) -> None:
    """The first time that a database's users looked at a match of what is not gone."""
    first: Mapping[tuple[UUID, UUID, UUID], MatchViewedV1] = {
        (view.job_id, view.candidate_id, view.database_id): view
        for view in sorted(views, key=lambda view: view.viewed_at, reverse=True)
    }
    await lock_matches(connection)
    gone = await tombstones.gone(connection, {each for key in first for each in key[:2]})
    keys = sorted(key for key in first if not gone & {*key[:2]})
    await connection.execute(
        _VIEW,
        [job_id for job_id, _, _ in keys],
        [candidate_id for _, candidate_id, _ in keys],
        [database_id for _, _, database_id in keys],
        [first[key].viewed_at for key in keys],
    )


async def forget_removed(connection: Connection) -> None:
    """When what was told of a pair before is no longer on its way."""
    await connection.execute("DELETE FROM matches WHERE removed_at < now() - $1::interval", KEPT)


def _row(told: Match | RemovedMatch) -> dict[str, object]:
    row: dict[str, object] = {
        "job_id": str(told.job_id),
        "candidate_id": str(told.candidate_id),
        "match_id": str(match_id_of(told.job_id, told.candidate_id)),
        "version": told.version,
    }
    if isinstance(told, RemovedMatch):
        return row | {"removed_at": told.removed_at.isoformat()}
    fields = msgspec.to_builtins(told)
    return row | {name: fields[name] for name in _TOLD} | {"evidence": msgspec.to_builtins(evidence_of(told))}
