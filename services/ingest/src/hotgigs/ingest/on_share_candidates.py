"""share_candidates -> access_granted, of each candidate: all of them, or none."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import Activity
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import grant_store, share_store
from hotgigs.ingest.access import open_candidates, require_admin
from hotgigs.ingest.access_sources import Link
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.granting import bring_up_to_sources
from hotgigs.ingest.settling import settle


async def on_share_candidates(command: ShareCandidatesV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _share)


async def _share(command: ShareCandidatesV1, connection: Connection) -> Sequence[Event]:
    """Nothing is made for the recruiter whose own the candidate is. What one of a group is granted on is put
    on the same conditions as the survivor: else what is shown of the group would be the others'."""
    opened = await open_candidates(connection, command.actor, set(command.candidate_ids))
    require_admin(command.actor)
    members = {member for each in opened for member in each.group.candidates}
    shared = await share_store.links_there(connection, members, set(command.recruiter_ids))
    granted = await grant_store.granted_among(connection, members, set(command.recruiter_ids))
    now = datetime.now(UTC)
    links: set[Link] = set()
    done: list[Activity] = []
    for each in opened:
        for recruiter_id in sorted(set(command.recruiter_ids) - {each.candidate.database_id}):
            of_group = {Link(member, recruiter_id) for member in each.group.candidates}
            links |= {Link(each.candidate.candidate_id, recruiter_id)} | (of_group & granted)
            done.append(
                activity(
                    "share_changed" if of_group & shared else "shared",
                    each.candidate,
                    actor=command.actor,
                    at=now,
                    recruiter_id=recruiter_id,
                )
            )
    await share_store.put_links(connection, links, command, now)
    created = sum(each.kind == "shared" for each in done)
    told = await bring_up_to_sources(connection, members, shares_created=created)
    return [*told, *await record(connection, done)]
