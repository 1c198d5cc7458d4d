"""Candidates that have changed, in the database and in the events that tell of it."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.ingest import candidate_store
from hotgigs.ingest.candidates import Candidate


async def put_changed(connection: Connection, candidates: Sequence[Candidate]) -> list[CandidateUpdatedV1]:
    """Writes ``candidates``, which were `changed`; returns what tells of each now, in their order."""
    await candidate_store.put_candidates(connection, candidates)
    ids = [each.candidate_id for each in candidates]
    groups = await candidate_store.groups(connection, ids)
    states = {id_: group.state_of(id_) for group in groups for id_ in group.candidates}
    return [CandidateUpdatedV1(candidate=states[id_]) for id_ in ids]
