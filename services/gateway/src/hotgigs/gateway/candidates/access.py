"""Queries for shares. None commits; the candidates' databases are locked (`hotgigs.gateway.locks`)."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import AccessGrant
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.gateway import tombstones
from hotgigs.gateway.newest_rows import put_newest

_PUT = put_newest("access", "candidate_id, recruiter_id", (*AccessGrant.__struct_fields__, "is_revoked"))
_NOTHING = {"can_view_contact_info": False, "can_download_resume": False, "can_submit_to_jobs": False}

Told = AccessGrant | AccessRevokedV1


async def put_access(connection: Connection, told: Sequence[Told]) -> set[UUID]:
    """Keeps the last word on each share of a candidate that is not gone; returns those candidates' ids. A
    revocation is all that is left of a share."""
    newest = {(each.candidate_id, each.recruiter_id): each for each in sorted(told, key=lambda e: e.version)}
    gone = await tombstones.gone(connection, {candidate_id for candidate_id, _ in newest})
    rows = [_row(newest[key]) for key in sorted(newest) if key[0] not in gone]
    await connection.execute(_PUT, rows)
    return {candidate_id for candidate_id, _ in newest} - gone


def _row(told: Told) -> dict[str, object]:
    row: dict[str, object] = msgspec.to_builtins(told)
    is_revoked = isinstance(told, AccessRevokedV1)
    return row | (_NOTHING if is_revoked else {}) | {"is_revoked": is_revoked}
