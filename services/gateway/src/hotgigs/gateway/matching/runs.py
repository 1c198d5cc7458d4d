"""The read model of the matcher's runs. Nothing here commits."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.inbox import KEPT
from hotgigs.contracts.match_state import MatchingRun
from hotgigs.gateway import tombstones
from hotgigs.gateway.locks import lock_matches
from hotgigs.gateway.newest_rows import put_newest

_COLUMNS = MatchingRun.__struct_fields__
_PUT = put_newest("matching_runs", "run_id", _COLUMNS)
# Who asked for what was under way already was given a number that is not the run's.
_RUN = f"""
    SELECT {", ".join(_COLUMNS)} FROM matching_runs WHERE run_id = coalesce(
        (SELECT (result->>'run_id')::uuid FROM command_outcomes
         WHERE command_id = $1 AND result ? 'run_id' LIMIT 1), $1)
"""  # noqa: S608 - the column names are our own


async def put_runs(connection: Connection, runs: Sequence[MatchingRun]) -> None:
    """Keeps the last word on each run for what is not gone."""
    newest = {run.run_id: run for run in sorted(runs, key=lambda run: run.version)}
    await lock_matches(connection)
    gone = await tombstones.gone(connection, {run.about_id for run in newest.values()})
    await connection.execute(
        _PUT, [msgspec.to_builtins(run) for run in newest.values() if run.about_id not in gone]
    )


async def forget_old(connection: Connection) -> None:
    """That ended long ago."""
    await connection.execute("DELETE FROM matching_runs WHERE ended_at < now() - $1::interval", KEPT)


async def run_asked_for(connection: Connection, task_id: UUID) -> MatchingRun | None:
    """The run that a request for one, which has the number ``task_id``, came to."""
    row: Record | None = await connection.fetchrow(_RUN, task_id)
    return None if row is None else MatchingRun(**row)
