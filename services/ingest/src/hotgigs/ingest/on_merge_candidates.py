"""merge_candidates -> candidate_updated of both, and of all that were merged into the one that is merged;
and what recruiters may do with the group."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import consent_store
from hotgigs.ingest.access import open_candidates
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.candidates import Candidate
from hotgigs.ingest.changing import put_changed
from hotgigs.ingest.consenting import change_consent
from hotgigs.ingest.granting import bring_up_to_sources
from hotgigs.ingest.merging import merged
from hotgigs.ingest.settling import settle


async def on_merge_candidates(command: MergeCandidatesV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _merge)


async def _merge(command: MergeCandidatesV1, connection: Connection) -> Sequence[Event]:
    ids = (command.candidate_id, command.merged_id)
    opened = await open_candidates(connection, command.actor, ids)
    for each in opened:
        each.only_for("owner")
    by_id = {id_: each.group for each in opened for id_ in each.group.candidates}
    survivor, other = (by_id[id_] for id_ in ids)
    if ids != (survivor.survivor.candidate_id, other.survivor.candidate_id):
        raise Refused("conflict", "One of the candidates is merged into another already; undo that first.")
    now = datetime.now(UTC)
    candidates = merged(survivor, other, now)
    done = activity(
        "merged",
        survivor.survivor,
        actor=command.actor,
        at=now,
        other_candidate_id=other.survivor.candidate_id,
    )
    return [
        *await put_changed(connection, candidates),
        *await bring_up_to_sources(connection, by_id),
        *await _told_of_consent(connection, survivor.survivor, other.survivor),
        *await record(connection, [done]),
    ]


async def _told_of_consent(
    connection: Connection, kept: Candidate, given: Candidate
) -> Sequence[ConsentChangedV1]:
    """Together they are to be found only where each was: nothing of one is shown by the consent of the
    other."""
    if await consent_store.can_be_found(connection, given.candidate_id):
        return ()
    if not await consent_store.can_be_found(connection, kept.candidate_id):
        return ()
    return await change_consent(connection, kept, can_be_found=False)
