"""The grant of a run: opened when the run begins, kept when its tokens were renewed."""

from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import drive_grant
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.sync_store import Sync


class SealedGrant(Struct, frozen=True, kw_only=True):
    sync_id: UUID
    owner_user_id: UUID
    sealed_grant: bytes


def open_grant(sealing: Sealing, sync: Sync) -> DriveGrant | None:
    """None where the sync has none. Raises `hotgigs.chassis.sealing.Unopenable` where the key that sealed it
    is gone, or it is not the owner's."""
    if sync.sealed_grant is None:
        return None
    opened = sealing.open(sync.sealed_grant, context=drive_grant.context_of(sync.owner_user_id))
    return drive_grant.grant_in(opened)


def sealed(sealing: Sealing, sync: Sync, grant: DriveGrant) -> bytes:
    context = drive_grant.context_of(sync.owner_user_id)
    return sealing.seal(drive_grant.content_of(grant), context=context)


async def keep_renewed(connection: Connection, held: HeldRun, sealing: Sealing, grant: DriveGrant) -> None:
    """In place of the one that the run began with; nothing where the owner has given another meanwhile, or
    the run is over."""
    await connection.execute(
        "UPDATE syncs AS s SET sealed_grant = $4 FROM runs AS r"
        " WHERE s.sync_id = r.sync_id AND r.run_id = $1 AND r.lease_token = $2 AND r.status = 'running'"
        " AND s.is_active AND s.grant_version = $3",
        held.run_id,
        held.token,
        held.sync.grant_version,
        sealed(sealing, held.sync, grant),
    )


async def sealed_grants(connection: Connection, *, after: UUID, limit: int) -> list[SealedGrant]:
    """A page in the order of their syncs' ids."""
    rows = await connection.fetch(
        "SELECT sync_id, owner_user_id, sealed_grant FROM syncs"
        " WHERE sealed_grant IS NOT NULL AND sync_id > $1 ORDER BY sync_id LIMIT $2",
        after,
        limit,
    )
    return [msgspec.convert(dict(row), SealedGrant) for row in rows]


async def seal_anew(connection: Connection, grant: SealedGrant, anew: bytes) -> None:
    """Nothing where it is another by now."""
    await connection.execute(
        "UPDATE syncs SET sealed_grant = $3 WHERE sync_id = $1 AND sealed_grant = $2",
        grant.sync_id,
        grant.sealed_grant,
        anew,
    )
