"""Whether persons are to be found by the owners of jobs."""

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.ingest import consent_store
from hotgigs.ingest.candidates import Candidate


async def change_consent(
    connection: Connection, candidate: Candidate, *, can_be_found: bool
) -> list[ConsentChangedV1]:
    """What tells of it, if it is a change."""
    version = await consent_store.put_consent(connection, candidate.candidate_id, can_be_found=can_be_found)
    if version is None:
        return []
    return [
        ConsentChangedV1(
            candidate_id=candidate.candidate_id,
            database_id=candidate.database_id,
            version=version,
            can_be_found=can_be_found,
        )
    ]
