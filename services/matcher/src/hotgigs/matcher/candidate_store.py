"""The queries of candidates. None commits."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState


class Candidate(Struct, frozen=True, kw_only=True):
    candidate_id: UUID
    version: int
    profile: CandidateProfile | None
    """None for one that is merged into another."""


_FIND = "SELECT candidate_id, version, profile FROM candidates WHERE candidate_id = $1"
_FIND_TO_CHANGE = f"{_FIND} FOR NO KEY UPDATE"


async def put_candidates(connection: Connection, states: Iterable[CandidateState]) -> set[UUID]:
    """Keeps of each candidate the newest; returns those that were new."""
    newest: dict[UUID, CandidateState] = {}
    for state in states:
        known = newest.get(state.candidate_id)
        if known is None or known.version < state.version:
            newest[state.candidate_id] = state
    rows = await connection.fetch(
        "INSERT INTO candidates AS known (candidate_id, version, database_id, profile)"
        " SELECT candidate_id, version, database_id, profile"
        "  FROM jsonb_to_recordset($1) AS told"
        "   (candidate_id uuid, version integer, database_id uuid, profile jsonb)"
        "  ORDER BY candidate_id"
        " ON CONFLICT (candidate_id) DO UPDATE"
        "  SET version = excluded.version, profile = excluded.profile, changed_at = now()"
        "  WHERE known.version < excluded.version"
        " RETURNING candidate_id",
        [
            {
                "candidate_id": state.candidate_id,
                "version": state.version,
                "database_id": state.database_id,
                "profile": _profile_of(state),
            }
            for state in newest.values()
        ],
    )
    return {row["candidate_id"] for row in rows}


async def merged_among(connection: Connection, candidate_ids: Collection[UUID]) -> set[UUID]:
    """Those that are merged into another."""
    rows = await connection.fetch(
        "SELECT candidate_id FROM candidates WHERE candidate_id = ANY($1) AND profile IS NULL",
        list(candidate_ids),
    )
    return {row["candidate_id"] for row in rows}


def _profile_of(state: CandidateState) -> CandidateProfile | None:
    """Without contact, which nothing is matched by; the name is kept to be left out of what is matched."""
    if state.survivor_id != state.candidate_id:
        return None
    return msgspec.structs.replace(state.profile, email=None, phone=None)


async def find(connection: Connection, candidate_id: UUID, *, for_change: bool = False) -> Candidate | None:
    """With ``for_change``, nobody else changes the candidate before the transaction ends."""
    row = await connection.fetchrow(_FIND_TO_CHANGE if for_change else _FIND, candidate_id)
    if row is None:
        return None
    return msgspec.convert(dict(row), Candidate)


async def lock_to_remove(connection: Connection, candidate_ids: Collection[UUID]) -> None:
    """Waits for those who change them, or hold them; until the transaction ends nobody does."""
    await connection.execute(
        "SELECT FROM candidates WHERE candidate_id = ANY($1) ORDER BY candidate_id FOR UPDATE",
        list(candidate_ids),
    )


async def hold(connection: Connection, candidate_ids: Collection[UUID]) -> set[UUID]:
    """Those that are there. They are not removed before the transaction ends, though they may be changed."""
    rows = await connection.fetch(
        "SELECT candidate_id FROM candidates WHERE candidate_id = ANY($1)"
        " ORDER BY candidate_id FOR KEY SHARE",
        list(candidate_ids),
    )
    return {row["candidate_id"] for row in rows}


async def put_matched(
    connection: Connection, candidate_id: UUID, *, at: datetime, on: date, scored_by: str
) -> None:
    await connection.execute(
        "UPDATE candidates SET matched_at = $2, matched_on = $3, matched_by = $4 WHERE candidate_id = $1",
        candidate_id,
        at,
        on,
        scored_by,
    )


async def is_up_to_date(connection: Connection, candidate_id: UUID, *, on: date, scored_by: str) -> bool:
    """Whether neither the candidate nor any open job has changed since it was matched by this scorer."""
    return bool(
        await connection.fetchval(
            "SELECT c.matched_on = $2 AND c.matched_by = $3 AND c.changed_at < c.matched_at AND NOT EXISTS"
            "  (SELECT FROM jobs j WHERE j.status = 'open' AND j.updated_at >= c.matched_at)"
            " FROM candidates c WHERE c.candidate_id = $1",
            candidate_id,
            on,
            scored_by,
        )
    )
