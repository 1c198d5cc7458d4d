"""By what each file is in the folders of a sync: by itself, by shortcuts, or both. None of the queries
commits."""

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection


class Place(Struct, frozen=True):
    """``item_id`` is the file's own id, or its shortcut's."""

    item_id: str
    parent_id: str
    file_id: str


async def put(connection: Connection, sync_id: UUID, places: Collection[Place]) -> None:
    """One of an item: where it is now. Its file has to be in the ledger when the transaction commits."""
    await connection.execute(
        "INSERT INTO places (sync_id, item_id, parent_id, file_id)"
        " SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[]) ON CONFLICT (sync_id, item_id)"
        " DO UPDATE SET parent_id = excluded.parent_id, file_id = excluded.file_id",
        sync_id,
        [place.item_id for place in places],
        [place.parent_id for place in places],
        [place.file_id for place in places],
    )


async def remove(connection: Connection, sync_id: UUID, item_ids: Collection[str]) -> None:
    await connection.execute(
        "DELETE FROM places WHERE sync_id = $1 AND item_id = ANY($2)", sync_id, list(item_ids)
    )


async def files_of(connection: Connection, sync_id: UUID, item_ids: Collection[str]) -> set[str]:
    """The files that have one of the items for a place."""
    rows = await connection.fetch(
        "SELECT DISTINCT file_id FROM places WHERE sync_id = $1 AND item_id = ANY($2)",
        sync_id,
        list(item_ids),
    )
    return {row["file_id"] for row in rows}


async def placed_among(connection: Connection, sync_id: UUID, file_ids: Collection[str]) -> set[str]:
    """Which of the files have a place."""
    rows = await connection.fetch(
        "SELECT DISTINCT file_id FROM places WHERE sync_id = $1 AND file_id = ANY($2)",
        sync_id,
        list(file_ids),
    )
    return {row["file_id"] for row in rows}
