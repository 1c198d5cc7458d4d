"""tags_changed -> the read models of tags and entries."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.gateway.candidates.showing import show_again
from hotgigs.gateway.candidates.tags import put_tags
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_tags_changed(events: Sequence[TagsChangedV1], uow: UnitOfWork) -> None:
    await lock(uow.connection, {event.database_id for event in events})
    await show_again(uow.connection, await put_tags(uow.connection, events))
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
