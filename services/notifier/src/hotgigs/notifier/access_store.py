"""The queries of what recruiters may see of others' candidates. None commits."""

from collections.abc import Iterable

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import AccessGrant
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.notifier import tombstones

_COLUMNS = ("candidate_id", "recruiter_id", "version", "is_revoked", "can_view_contact_info")
_PUT = f"""
    INSERT INTO access AS known ({", ".join(_COLUMNS)})
    SELECT {", ".join(_COLUMNS)} FROM jsonb_populate_recordset(NULL::access, $1)
    ORDER BY candidate_id, recruiter_id
    ON CONFLICT (candidate_id, recruiter_id) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
    WHERE known.version < excluded.version
"""  # noqa: S608 - the column names are our own


async def put_access(connection: Connection, told: Iterable[AccessGrant | AccessRevokedV1]) -> None:
    """Keeps the last word on each recruiter's access to a candidate that is not gone."""
    newest = {(each.candidate_id, each.recruiter_id): each for each in sorted(told, key=lambda e: e.version)}
    gone = await tombstones.gone(connection, {candidate_id for candidate_id, _ in newest})
    rows = [_row(each) for each in newest.values() if each.candidate_id not in gone]
    await connection.execute(_PUT, rows)


def _row(told: AccessGrant | AccessRevokedV1) -> dict[str, object]:
    return {
        "candidate_id": told.candidate_id,
        "recruiter_id": told.recruiter_id,
        "version": told.version,
        "is_revoked": isinstance(told, AccessRevokedV1),
        "can_view_contact_info": isinstance(told, AccessGrant) and told.can_view_contact_info,
    }
