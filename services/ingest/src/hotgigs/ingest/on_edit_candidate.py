"""edit_candidate -> candidate_updated: what was edited by hand lies over what the resumes say."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import candidate_store
from hotgigs.ingest.access import open_candidate
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.candidates import changed
from hotgigs.ingest.changing import put_changed
from hotgigs.ingest.identity import identity_of
from hotgigs.ingest.profiles import edited_further, fields_that_differ
from hotgigs.ingest.settling import settle


async def on_edit_candidate(command: EditCandidateV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _edit)


async def _edit(command: EditCandidateV1, connection: Connection) -> Sequence[Event]:
    opened = await open_candidate(connection, command.actor, command.candidate_id)
    opened.only_for("owner", "person")
    candidate = opened.candidate
    edits = edited_further(candidate.edits, command.edits, command.reset)
    fields = fields_that_differ(candidate.edits, edits)
    if not fields:
        return ()
    now = datetime.now(UTC)
    told = await put_changed(connection, [changed(candidate, now, edits=edits)])
    identity = identity_of(
        email=edits.email or None, phone=edits.phone or None, full_name=edits.full_name or None
    )
    await candidate_store.put_identity(connection, candidate.candidate_id, candidate, identity)
    done = activity("edited", candidate, actor=command.actor, at=now, fields=fields)
    return [*told, *await record(connection, [done])]
