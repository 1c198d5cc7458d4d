"""Files of the erased: what is forgotten of them, and what is kept so that they are not taken in again. None
of the queries commits."""

import hashlib
from collections.abc import Collection
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.drive_sync.sync_store import Sync


def digest_of(database_id: UUID, provider: str, file_id: str) -> bytes:
    """Of a file in one database, whichever sync it comes by."""
    return hashlib.sha256(b"\0".join((database_id.bytes, provider.encode(), file_id.encode()))).digest()


async def erased_among(connection: Connection, sync: Sync, file_ids: Collection[str]) -> set[str]:
    """Which of the files are not to be taken in. For a file that is submitted, to be asked after
    `run_store.advance` in the same transaction: an erasure is then either seen or waits."""
    by_digest = {digest_of(sync.database_id, sync.provider, file_id): file_id for file_id in file_ids}
    rows = await connection.fetch("SELECT digest FROM erased_files WHERE digest = ANY($1)", list(by_digest))
    return {by_digest[row["digest"]] for row in rows}
