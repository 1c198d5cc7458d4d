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
    await lock(connection, held)
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
    if counts.keys() & _FURTHER or page is not UNSET or is_listed is not UNSET:
        assignments.append(", takeovers = 0")
    status = await connection.execute(
        f"UPDATE runs SET version = version + 1{''.join(assignments)}, passed_over = {_ADDED} WHERE {_HELD}",  # noqa: S608
        *values,
    )
    _require(status)
    if files_synced := counts.get("files_synced"):
        await connection.execute(
            "UPDATE syncs SET total_files_synced = total_files_synced + $2 WHERE sync_id = $1",
            held.sync.sync_id,
            files_synced,
        )


async def renew(connection: Connection, held: HeldRun, *, lease_s: float) -> None:
    """Keeps the run for ``lease_s`` seconds from now. Raises RunOver."""
    status = await connection.execute(
        f"UPDATE runs SET lease_until = now() + $3 * interval '1 s' WHERE {_HELD}",  # noqa: S608
        held.run_id,
        held.token,
        lease_s,
    )
    _require(status)


async def give_back(connection: Connection, held: HeldRun, *, after_s: float = 0.0) -> None:
    """For any process to go on with, ``after_s`` seconds from now; nothing where the run is over."""
    await connection.execute(
        f"UPDATE runs SET lease_token = NULL, lease_until = now() + $3 * interval '1 s' WHERE {_HELD}",  # noqa: S608
        held.run_id,
        held.token,
        after_s,
    )


async def take_asked_again(connection: Connection, held: HeldRun) -> bool:
    """Whether the run was asked for again since it began, or since this was asked last: it is to look once
    more. Raises RunOver."""
    await lock(connection, held)
    status = await connection.execute(
        f"UPDATE runs SET is_asked_again = false WHERE {_HELD} AND is_asked_again",  # noqa: S608
        held.run_id,
        held.token,
    )
    return bool(status == "UPDATE 1")


async def lock(connection: Connection, held: HeldRun) -> int:
    """Locks the sync and the run; returns the version of the sync's grant. Raises RunOver."""
    grant_version: int | None = await connection.fetchval(
        "SELECT grant_version FROM syncs WHERE sync_id = $1 AND is_active FOR NO KEY UPDATE",
        held.sync.sync_id,
    )
    if grant_version is None:
        raise RunOver
    status = await connection.execute(
        f"SELECT FROM runs WHERE {_HELD} FOR NO KEY UPDATE",
        held.run_id,
        held.token,
    )
    if status != "SELECT 1":
        raise RunOver
    return grant_version


async def complete(connection: Connection, held: HeldRun) -> bool:
    """False where the run was asked for again. Under `lock`."""
    next_cursor = await connection.fetchrow(
        "UPDATE runs SET version = version + 1, status = 'completed', ended_at = now(), lease_token = NULL,"
        "  lease_until = NULL, page = NULL WHERE run_id = $1 AND NOT is_asked_again RETURNING next_cursor",
        held.run_id,
    )
    if next_cursor is None:
        return False
    await connection.execute(
        "UPDATE syncs SET cursor = $2, last_sync_at = now(), last_error = NULL, updated_at = now()"
        " WHERE sync_id = $1",
        held.sync.sync_id,
        next_cursor[0],
    )
    return True


async def fail(
    connection: Connection, held: HeldRun, *, error_message: str | None, grant_ended: bool
) -> None:
    """Under `lock`."""
    await connection.execute(
        "UPDATE runs SET version = version + 1, status = 'failed', ended_at = now(), lease_token = NULL,"
        "  lease_until = NULL, error_message = $2 WHERE run_id = $1",
        held.run_id,
        error_message,
    )
    off = ", is_active = false, sealed_grant = NULL, next_sync_at = NULL" if grant_ended else ""
    await connection.execute(
        f"UPDATE syncs SET last_error = $2, updated_at = now(){off} WHERE sync_id = $1",  # noqa: S608
        held.sync.sync_id,
        error_message,
    )


def _require(status: str) -> None:
    if status != "UPDATE 1":
        raise RunOver


_HELD = "run_id = $1 AND lease_token = $2 AND status = 'running'"
_FURTHER: set[Count] = {"files_found", "files_unchanged", "files_synced"}
"""What a run gets further by: none of it is counted again by a process that takes the run over."""
_ADDED = (
    "passed_over || (SELECT coalesce("
    "jsonb_object_agg(key, coalesce((passed_over ->> key)::int, 0) + value::int), '{}')"
    " FROM jsonb_each_text($3::jsonb))"
)
