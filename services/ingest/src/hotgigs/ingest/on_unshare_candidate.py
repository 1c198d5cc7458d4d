"""unshare_candidate -> access_revoked, of every candidate of the group that was shared; access_granted
where a submission leaves the recruiter something."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.unshare_candidate import UnshareCandidateV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import share_store
from hotgigs.ingest.access import open_candidate, require_admin
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.granting import bring_up_to_sources
from hotgigs.ingest.settling import settle


async def on_unshare_candidate(command: UnshareCandidateV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _unshare)


async def _unshare(command: UnshareCandidateV1, connection: Connection) -> Sequence[Event]:
    opened = await open_candidate(connection, command.actor, command.candidate_id)
    require_admin(command.actor)
    candidate, now = opened.candidate, datetime.now(UTC)
    members = opened.group.candidates
    if not await share_store.remove_links(connection, members, command.recruiter_id):
        raise Refused("not_found", "The candidate is not shared with this recruiter.")
    told = await bring_up_to_sources(connection, members)
    done = activity("unshared", candidate, actor=command.actor, at=now, recruiter_id=command.recruiter_id)
    return [*told, *await record(connection, [done])]
