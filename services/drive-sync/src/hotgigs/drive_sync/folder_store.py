"""The folders of a sync: its own and those in it, and how far each is listed. None of the queries commits."""

from collections.abc import Collection, Mapping
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.drive_sync.sync_store import Sync


class UnlistedFolder(Struct, frozen=True):
    folder_id: str
    page: str | None
    """To ask for next."""


async def begin(connection: Connection, sync: Sync) -> None:
    """Forgets which folders there were and what was in them: everything is to be listed from the sync's own
    folder on, and no cursor tells of changes before that is done."""
    await connection.execute("DELETE FROM places WHERE sync_id = $1", sync.sync_id)
    await connection.execute("DELETE FROM folders WHERE sync_id = $1", sync.sync_id)
    await connection.execute(
        "INSERT INTO folders (sync_id, folder_id) VALUES ($1, $2)", sync.sync_id, sync.folder_id
    )
    await keep_cursor(connection, sync.sync_id, None)


async def keep_cursor(connection: Connection, sync_id: UUID, cursor: str | None) -> None:
    """From which changes are asked for next: the ledger is what the source was there."""
    await connection.execute("UPDATE syncs SET cursor = $2 WHERE sync_id = $1", sync_id, cursor)


async def next_unlisted(connection: Connection, sync_id: UUID) -> UnlistedFolder | None:
    row = await connection.fetchrow(
        "SELECT folder_id, page FROM folders WHERE sync_id = $1 AND NOT is_listed ORDER BY folder_id LIMIT 1",
        sync_id,
    )
    return None if row is None else UnlistedFolder(row["folder_id"], row["page"])


async def turn_page(connection: Connection, sync_id: UUID, folder_id: str, page: str | None) -> None:
    """``page`` is the one to ask for next; None where there is none."""
    await connection.execute(
        "UPDATE folders SET page = $3, is_listed = $3::text IS NULL WHERE sync_id = $1 AND folder_id = $2",
        sync_id,
        folder_id,
        page,
    )


async def list_anew(connection: Connection, sync_id: UUID, folder_id: str) -> None:
    await connection.execute(
        "UPDATE folders SET page = NULL, is_listed = false WHERE sync_id = $1 AND folder_id = $2",
        sync_id,
        folder_id,
    )


async def put(connection: Connection, sync_id: UUID, parents: Mapping[str, str]) -> None:
    """Folders by id, with the folder that each is in now. Those that are new are to be listed; the sync's own
    stays what it is."""
    await connection.execute(
        "INSERT INTO folders AS f (sync_id, folder_id, parent_id)"
        " SELECT $1, * FROM unnest($2::text[], $3::text[]) ON CONFLICT (sync_id, folder_id)"
        " DO UPDATE SET parent_id = excluded.parent_id WHERE f.parent_id IS NOT NULL",
        sync_id,
        list(parents),
        list(parents.values()),
    )


async def known_among(connection: Connection, sync_id: UUID, folder_ids: Collection[str]) -> set[str]:
    rows = await connection.fetch(
        "SELECT folder_id FROM folders WHERE sync_id = $1 AND folder_id = ANY($2)", sync_id, list(folder_ids)
    )
    return {row["folder_id"] for row in rows}


async def remove(connection: Connection, sync_id: UUID, folder_id: str) -> list[str]:
    """The folder and all in it are of the sync no longer. Returns what files had places there."""
    rows = await connection.fetch(
        "WITH RECURSIVE leaving AS ("
        "  SELECT folder_id FROM folders WHERE sync_id = $1 AND folder_id = $2 AND parent_id IS NOT NULL"
        "  UNION SELECT f.folder_id FROM folders f JOIN leaving l ON f.parent_id = l.folder_id"
        "  WHERE f.sync_id = $1"
        "), gone AS ("
        "  DELETE FROM folders WHERE sync_id = $1 AND folder_id IN (SELECT folder_id FROM leaving)"
        ") DELETE FROM places WHERE sync_id = $1 AND parent_id IN (SELECT folder_id FROM leaving)"
        " RETURNING file_id",
        sync_id,
        folder_id,
    )
    return [row["file_id"] for row in rows]
