"""unshare_candidate -> access_revoked, of every candidate of the group that was shared."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.unshare_candidate import UnshareCandidateV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import share_store
from hotgigs.ingest.access import open_candidate, require_admin
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.refused import Refused
from hotgigs.ingest.settling import settle


async def on_unshare_candidate(command: UnshareCandidateV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _unshare)


async def _unshare(command: UnshareCandidateV1, connection: Connection) -> Sequence[Event]:
    opened = await open_candidate(connection, command.actor, command.candidate_id)
    require_admin(command.actor)
    candidate, now = opened.candidate, datetime.now(UTC)
    revoked = await share_store.revoke_links(connection, opened.group.candidates, command.recruiter_id, now)
    if not revoked:
        raise Refused("not_found", "The candidate is not shared with this recruiter.")
    told = [
        AccessRevokedV1(
            candidate_id=candidate_id,
            database_id=candidate.database_id,
            recruiter_id=command.recruiter_id,
            version=version,
        )
        for candidate_id, version in revoked
    ]
    done = activity("unshared", candidate, actor=command.actor, at=now, recruiter_id=command.recruiter_id)
    return [*told, *await record(connection, [done])]
