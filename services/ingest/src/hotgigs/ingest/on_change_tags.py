"""change_tags -> tags_changed, of every candidate of the group whose tags changed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import Activity, ActivityKind, TagState
from hotgigs.contracts.gateway.change_tags import ChangeTagsV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import tag_store
from hotgigs.ingest.access import Opened, open_candidate
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.settling import settle
from hotgigs.ingest.tag_store import Place


async def on_change_tags(command: ChangeTagsV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _change)


async def _change(command: ChangeTagsV1, connection: Connection) -> Sequence[Event]:
    """A tag is added to the survivor, unless one of the group has it; it is removed from all that have it."""
    opened = await open_candidate(connection, command.actor, command.candidate_id, beside_others=True)
    opened.only_for("owner", "shared")
    candidate = opened.candidate
    tagging_id = candidate.database_id if command.actor.role == "admin" else command.actor.database_id
    there = await tag_store.tags_there(
        connection, tagging_id, opened.group.candidates, [*command.add, *command.remove]
    )
    has = {place.tag for place in there}
    changes = await tag_store.put_tags(
        connection,
        tagging_id,
        add=[Place(candidate.candidate_id, tag) for tag in set(command.add) - has],
        remove=[place for place in there if place.tag in set(command.remove) - set(command.add)],
    )
    return [
        *_told(changes, candidate.database_id, tagging_id),
        *await record(connection, _done(command, opened, changes, datetime.now(UTC))),
    ]


def _told(
    changes: Sequence[tuple[UUID, TagState]], database_id: UUID, tagging_database_id: UUID
) -> list[TagsChangedV1]:
    by_candidate = groupby(
        sorted(changes, key=lambda change: (change[0], change[1].tag)), lambda each: each[0]
    )
    return [
        TagsChangedV1(
            candidate_id=candidate_id,
            database_id=database_id,
            tagging_database_id=tagging_database_id,
            tags=tuple(tag for _, tag in of_it),
        )
        for candidate_id, of_it in by_candidate
    ]


def _done(
    command: ChangeTagsV1, opened: Opened, changes: Sequence[tuple[UUID, TagState]], now: datetime
) -> list[Activity]:
    added = tuple(sorted({tag.tag for _, tag in changes if not tag.is_removed}))
    removed = tuple(sorted({tag.tag for _, tag in changes if tag.is_removed}))
    kinds: list[tuple[ActivityKind, tuple[str, ...]]] = [("tags_added", added), ("tags_removed", removed)]
    return [
        activity(
            kind,
            opened.candidate,
            actor=command.actor,
            at=now,
            tags=tags,
            # The tags of whom it is shared with are in a database that the owner does not see.
            is_private=opened.access == "shared",
        )
        for kind, tags in kinds
        if tags
    ]
