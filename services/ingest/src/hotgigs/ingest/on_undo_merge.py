"""undo_merge -> candidate_updated of both, and of all whose group it changes; and what recruiters
may do with each."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.message import Event
from hotgigs.ingest.access import open_candidate
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.changing import put_changed
from hotgigs.ingest.granting import bring_up_to_sources
from hotgigs.ingest.merging import parted
from hotgigs.ingest.settling import settle


async def on_undo_merge(command: UndoMergeV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _undo)


async def _undo(command: UndoMergeV1, connection: Connection) -> Sequence[Event]:
    opened = await open_candidate(connection, command.actor, command.candidate_id)
    opened.only_for("owner")
    now = datetime.now(UTC)
    candidates = parted(opened.group, command.candidate_id, command.merged_id, now)
    done = activity(
        "merge_undone",
        opened.candidate,
        actor=command.actor,
        at=now,
        other_candidate_id=command.merged_id,
    )
    return [
        *await put_changed(connection, candidates),
        *await bring_up_to_sources(connection, opened.group.candidates),
        *await record(connection, [done]),
    ]
