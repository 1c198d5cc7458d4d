"""What a run needs to know of its sync, and the lock that everything of a sync is written under."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.drive_state import Provider


class Sync(Struct, frozen=True, kw_only=True):
    sync_id: UUID
    owner_user_id: UUID
    database_id: UUID
    provider: Provider
    folder_id: str
    sealed_grant: bytes | None
    grant_version: int
    cursor: str | None
    is_active: bool


async def lock(connection: Connection, sync_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the syncs that are there, each locked to the end of the transaction. Whoever writes anything
    of a sync does this first, so that nobody waits in a circle."""
    rows = await connection.fetch(
        "SELECT sync_id FROM syncs WHERE sync_id = ANY($1) ORDER BY sync_id FOR NO KEY UPDATE", sync_ids
    )
    return [row["sync_id"] for row in rows]
