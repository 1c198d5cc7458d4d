"""record_activities -> activities_recorded, of those reads that may have happened."""

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import Activity
from hotgigs.contracts.gateway.record_activities import Read, RecordActivitiesV1
from hotgigs.ingest import candidate_store, grant_store
from hotgigs.ingest.access import access_of
from hotgigs.ingest.access_sources import Link
from hotgigs.ingest.activities import record
from hotgigs.ingest.candidates import Group


async def on_record_activities(command: RecordActivitiesV1, uow: UnitOfWork) -> None:
    """A read of what is not there any more, or not for its reader to see, is left out."""
    for event in await record(uow.connection, await _done(uow.connection, command.reads)):
        uow.publish(event)


async def _done(connection: Connection, reads: tuple[Read, ...]) -> list[Activity]:
    ids = {read.candidate_id for read in reads}
    databases = await candidate_store.databases_of(connection, ids)
    await candidate_store.lock_databases(connection, databases.values(), beside_others=True)
    found = await candidate_store.groups(connection, list(ids))
    groups = {id_: group for group in found for id_ in group.candidates}
    links = await grant_store.granted_to(connection, (read.actor for read in reads), groups)
    return [
        _activity(read, groups[read.candidate_id])
        for read in reads
        if read.candidate_id in groups and _may_be(read, groups[read.candidate_id], links)
    ]


def _may_be(read: Read, group: Group, links: set[Link]) -> bool:
    is_shared = any(Link(member, read.actor.user_id) in links for member in group.candidates)
    return access_of(read.actor, group.survivor, is_shared=is_shared) is not None


def _activity(read: Read, group: Group) -> Activity:
    return Activity(
        activity_id=read.activity_id,
        candidate_id=group.survivor.candidate_id,
        database_id=group.survivor.database_id,
        kind=read.kind,
        actor=read.actor,
        at=read.at,
        resume_id=read.resume_id,
    )
