"""Forgetting what is erased. Nothing here commits; the database and the resumes are locked
(`hotgigs.gateway.locks`)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.gateway import tombstones
from hotgigs.gateway.candidates.activities import ERASED
from hotgigs.gateway.candidates.showing import show, show_again
from hotgigs.gateway.candidates.store import survivors_of
from hotgigs.gateway.drive.projecting import forget_resumes
from hotgigs.gateway.locks import lock_matches
from hotgigs.gateway.wakeups import resume_key, wake
from hotgigs.gateway.webhooks.projecting import forget_deliveries

_OF_CANDIDATES = (
    "candidates",
    "access",
    "notes",
    "tags",
    "activities",
    "views",
    "entries",
    "submissions",
    "consents",
    "matches",
    "match_views",
)
"""In the order in which projections write."""
_RECORD = """
    INSERT INTO erasures
        (erasure_id, database_id, candidate_ids, resume_ids, actor_user_id, actor_role, erased_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
"""


def ids_to_lock(erasures: Sequence[Erasure]) -> set[UUID]:
    """The databases, and what is told of without a database: batches, and the progress of resumes."""
    return {
        each
        for erasure in erasures
        for each in (erasure.database_id, *erasure.resume_ids, *erasure.related_ids)
    }


async def erase(connection: Connection, erasures: Sequence[Erasure]) -> None:
    """Deletes everything of theirs, and keeps the ids, so that nothing of it comes back."""
    candidate_ids = [each for erasure in erasures for each in erasure.candidate_ids]
    resume_ids = [each for erasure in erasures for each in erasure.resume_ids]
    related_ids = [each for erasure in erasures for each in erasure.related_ids]
    ids = [*candidate_ids, *resume_ids, *related_ids]
    await lock_matches(connection, alone=True)
    await forget_resumes(connection, resume_ids)
    delivery_ids = await forget_deliveries(connection, candidate_ids, resume_ids)
    await tombstones.bury(connection, ids)
    await connection.executemany(_RECORD, [_row(erasure) for erasure in erasures])
    await connection.execute("DELETE FROM batches WHERE batch_id = ANY($1)", related_ids)
    had_them = await _delete_resumes(connection, resume_ids)
    survivor_ids = await survivors_of(connection, candidate_ids)
    for table in _OF_CANDIDATES:
        kept = f"AND kind <> '{ERASED}'" if table == "activities" else ""
        await connection.execute(f"DELETE FROM {table} WHERE candidate_id = ANY($1) {kept}", candidate_ids)  # noqa: S608
    await connection.execute("DELETE FROM matching_runs WHERE about_id = ANY($1)", candidate_ids)
    await connection.execute("DELETE FROM matching_answers WHERE candidate_ids && $1", candidate_ids)
    await show(connection, survivor_ids)
    await show_again(connection, had_them)
    await _delete_records(connection, [*ids, *delivery_ids])
    await wake(connection, map(resume_key, resume_ids))


async def put_confirmations(connection: Connection, service: str, at: Mapping[UUID, datetime]) -> None:
    """By erasure: that the service has nothing left of it, which it says again with each replay; the first
    time counts."""
    erasure_ids = sorted(at)
    await connection.execute(
        "INSERT INTO erasure_confirmations AS old (erasure_id, service, at)"
        " SELECT erasure_id, $1, at FROM unnest($2::uuid[], $3::timestamptz[]) AS told (erasure_id, at)"
        " ON CONFLICT (erasure_id, service) DO UPDATE SET at = excluded.at WHERE old.at > excluded.at",
        service,
        erasure_ids,
        [at[erasure_id] for erasure_id in erasure_ids],
    )


async def _delete_resumes(connection: Connection, resume_ids: Sequence[UUID]) -> set[UUID]:
    """Returns the ids of the candidates that had them."""
    rows = await connection.fetch(
        "DELETE FROM resumes WHERE resume_id = ANY($1) RETURNING candidate_id", resume_ids
    )
    await connection.execute("DELETE FROM resume_progress WHERE resume_id = ANY($1)", resume_ids)
    return {row["candidate_id"] for row in rows if row["candidate_id"] is not None}


async def _delete_records(connection: Connection, ids: Sequence[UUID]) -> None:
    """What the gateway keeps for itself: answers that can be asked for again, and messages it has to send."""
    await connection.execute(
        "DELETE FROM idempotency_keys WHERE first_id = ANY($1) OR about_id = ANY($1)", ids
    )
    await connection.execute("DELETE FROM outbox WHERE subject = ANY($1)", [str(each) for each in ids])


def _row(erasure: Erasure) -> tuple[object, ...]:
    return (
        erasure.erasure_id,
        erasure.database_id,
        list(erasure.candidate_ids),
        list(erasure.resume_ids),
        erasure.actor.user_id,
        erasure.actor.role,
        erasure.at,
    )
