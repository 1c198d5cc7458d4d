"""The writes of the process that has a run. None commits, and each is refused once the run is not its own."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import UNSET, UnsetType

from hotgigs.chassis.database import Connection
from hotgigs.contracts.drive_state import PassedOverReason
from hotgigs.drive_sync.leasing import HeldRun

Count = Literal["files_found", "files_unchanged", "files_synced", "files_not_fetched"]


class RunOver(Exception):
    """The run is not this process's any more: taken over, paused or deleted."""


async def advance(
    connection: Connection,
    held: HeldRun,
    *,
    counts: Mapping[Count, int] | None = None,
    passed_over: Mapping[PassedOverReason, int] | None = None,
    kind: Literal["full", "changes"] | UnsetType = UNSET,
    is_listed: bool | UnsetType = UNSET,
    page: str | UnsetType | None = UNSET,
    next_cursor: str | UnsetType | None = UNSET,
) -> None:
    """Adds to the run's counts, and sets what is given. To be called first, and once, in the transaction of
    what it counts: it locks the sync and the run. Raises RunOver, and the transaction is to be left with
    it."""
    counts = counts or {}
    await _lock_sync(connection, held, files_synced=counts.get("files_synced", 0))
    sets = {"kind": kind, "is_listed": is_listed, "page": page, "next_cursor": next_cursor}
    values: list[Any] = [held.run_id, held.token, dict(passed_over or {})]
    assignments = []
    for count, more in counts.items():
        values.append(more)
        assignments.append(f", {count} = {count} + ${len(values)}")
    for name, value in sets.items():
        if value is not UNSET:
            values.append(value)
            assignments.append(f", {name} = ${len(values)}")
    row = await connection.fetchrow(
        f"UPDATE runs SET version = version + 1, takeovers = 0{''.join(assignments)}, passed_over = {_ADDED}"  # noqa: S608
        f" WHERE {_HELD} RETURNING run_id",
        *values,
    )
    if row is None:
        raise RunOver


async def renew(connection: Connection, held: HeldRun, *, lease_s: float) -> None:
    """Keeps the run for ``lease_s`` seconds from now. Raises RunOver."""
    row = await connection.fetchrow(
        f"UPDATE runs SET lease_until = now() + $3 * interval '1 s' WHERE {_HELD} RETURNING run_id",  # noqa: S608
        held.run_id,
        held.token,
        lease_s,
    )
    if row is None:
        raise RunOver


async def give_back(connection: Connection, held: HeldRun) -> None:
    """For another process to go on with at once; nothing where the run is over."""
    await connection.execute(
        f"UPDATE runs SET lease_token = NULL, lease_until = now() WHERE {_HELD}",  # noqa: S608
        held.run_id,
        held.token,
    )


async def take_asked_again(connection: Connection, held: HeldRun) -> bool:
    """Whether the run was asked for again since it began, or since this was asked last: it is to look once
    more. Raises RunOver."""
    await _lock_sync(connection, held)
    row = await connection.fetchrow(
        f"UPDATE runs AS r SET is_asked_again = false FROM runs AS before WHERE {_HELD_AS_R}"  # noqa: S608
        f" AND before.run_id = r.run_id RETURNING before.is_asked_again",
        held.run_id,
        held.token,
    )
    if row is None:
        raise RunOver
    return bool(row["is_asked_again"])


async def _lock_sync(connection: Connection, held: HeldRun, *, files_synced: int = 0) -> None:
    """Raises RunOver."""
    if files_synced:
        statement = (
            "UPDATE syncs SET total_files_synced = total_files_synced + $2"
            " WHERE sync_id = $1 AND is_active RETURNING sync_id"
        )
        row = await connection.fetchrow(statement, held.sync.sync_id, files_synced)
    else:
        statement = "SELECT sync_id FROM syncs WHERE sync_id = $1 AND is_active FOR NO KEY UPDATE"
        row = await connection.fetchrow(statement, held.sync.sync_id)
    if row is None:
        raise RunOver


_HELD = "run_id = $1 AND lease_token = $2 AND status = 'running'"
_HELD_AS_R = "r.run_id = $1 AND r.lease_token = $2 AND r.status = 'running'"
_ADDED = (
    "passed_over || (SELECT coalesce("
    "jsonb_object_agg(key, coalesce((passed_over ->> key)::int, 0) + value::int), '{}')"
    " FROM jsonb_each_text($3::jsonb))"
)
