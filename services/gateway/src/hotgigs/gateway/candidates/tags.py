"""Queries for tags. None commits; the candidates' databases are locked (`hotgigs.gateway.locks`)."""

from collections.abc import Sequence
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.gateway import tombstones

_PUT = """
    INSERT INTO tags AS old (candidate_id, tagging_database_id, tag, database_id, version, is_removed)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::bool[])
    ON CONFLICT (candidate_id, tagging_database_id, tag)
    DO UPDATE SET version = excluded.version, is_removed = excluded.is_removed
    WHERE old.version < excluded.version
"""


async def put_tags(connection: Connection, events: Sequence[TagsChangedV1]) -> set[UUID]:
    """Keeps the last word on each tag of a candidate that is not gone; returns those candidates' ids."""
    gone = await tombstones.gone(connection, {event.candidate_id for event in events})
    living = [event for event in events if event.candidate_id not in gone]
    told = [(event, tag) for event in living for tag in event.tags]
    newest = {
        (event.candidate_id, event.tagging_database_id, tag.tag): (event, tag)
        for event, tag in sorted(told, key=lambda each: each[1].version)
    }
    keys = sorted(newest)
    await connection.execute(
        _PUT,
        [candidate_id for candidate_id, _, _ in keys],
        [tagging_database_id for _, tagging_database_id, _ in keys],
        [tag for _, _, tag in keys],
        [newest[key][0].database_id for key in keys],
        [newest[key][1].version for key in keys],
        [newest[key][1].is_removed for key in keys],
    )
    return {event.candidate_id for event in living}
