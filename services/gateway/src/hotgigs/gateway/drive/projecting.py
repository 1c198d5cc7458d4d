"""The read models of syncs and their runs. Nothing here commits; the syncs are locked
(`hotgigs.gateway.locks`)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.drive_state import DriveRunState, DriveSyncState
from hotgigs.gateway import tombstones
from hotgigs.gateway.locks import lock_drive_runs
from hotgigs.gateway.newest_rows import put_newest

_PUT_SYNCS = put_newest("drive_syncs", "sync_id", DriveSyncState.__struct_fields__)
_PUT_RUNS = put_newest("drive_runs", "run_id", DriveRunState.__struct_fields__)
_FORGET_RESUMES = """
    UPDATE drive_runs AS run
    SET errors = left_over.errors, error_count = run.error_count - left_over.forgotten
    FROM drive_runs AS named CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(error ORDER BY place) FILTER (WHERE NOT is_gone), '[]') AS errors,
            count(*) FILTER (WHERE is_gone) AS forgotten
        FROM jsonb_array_elements(named.errors) WITH ORDINALITY AS each (error, place),
            coalesce((error->>'resume_id')::uuid = ANY($1), false) AS is_gone
    ) AS left_over
    WHERE named.errors @> ANY($2::text[]::jsonb[]) AND run.run_id = named.run_id
"""


async def put_syncs(connection: Connection, syncs: Sequence[DriveSyncState]) -> None:
    """Keeps the newest version of each that is not deleted."""
    newest = {sync.sync_id: sync for sync in sorted(syncs, key=lambda sync: sync.version)}
    for sync_id in await tombstones.gone(connection, newest):
        del newest[sync_id]
    await connection.execute(_PUT_SYNCS, [msgspec.to_builtins(newest[sync_id]) for sync_id in sorted(newest)])


async def put_runs(connection: Connection, runs: Sequence[DriveRunState]) -> None:
    """Keeps the last word on each run of what is not deleted, without the errors of what is erased."""
    newest = {run.run_id: run for run in sorted(runs, key=lambda run: run.version)}
    await lock_drive_runs(connection)
    gone = await tombstones.gone(connection, {each for run in newest.values() for each in _named(run)})
    await connection.execute(
        _PUT_RUNS,
        [
            msgspec.to_builtins(_without(newest[run_id], gone))
            for run_id in sorted(newest)
            if newest[run_id].sync_id not in gone
        ],
    )


async def delete_syncs(connection: Connection, sync_ids: Sequence[UUID]) -> None:
    """With their runs, for good."""
    await lock_drive_runs(connection)
    await tombstones.bury(connection, sync_ids)
    await connection.execute("DELETE FROM drive_runs WHERE sync_id = ANY($1)", sync_ids)
    await connection.execute("DELETE FROM drive_syncs WHERE sync_id = ANY($1)", sync_ids)


async def forget_resumes(connection: Connection, resume_ids: Iterable[UUID]) -> None:
    """What runs say of them: drive-sync tells the runs again without it, later."""
    ids = list(resume_ids)
    await lock_drive_runs(connection, alone=True)
    await connection.execute(_FORGET_RESUMES, ids, [f'[{{"resume_id": "{each}"}}]' for each in ids])


def _named(run: DriveRunState) -> set[UUID]:
    """What may be gone of what it names."""
    return {run.sync_id, *(error.resume_id for error in run.errors if error.resume_id is not None)}


def _without(run: DriveRunState, gone: set[UUID]) -> DriveRunState:
    errors = tuple(error for error in run.errors if error.resume_id not in gone)
    error_count = run.error_count - (len(run.errors) - len(errors))
    return msgspec.structs.replace(run, errors=errors, error_count=error_count)
