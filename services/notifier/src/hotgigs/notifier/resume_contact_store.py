"""The queries of what resumes say of their candidates' contact. None commits."""

from collections.abc import Iterable

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.notifier import tombstones

_COLUMNS = ("resume_id", "version", "candidate_id", "full_name", "email", "phone")
_PUT = f"""
    INSERT INTO resume_contacts AS known ({", ".join(_COLUMNS)})
    SELECT {", ".join(_COLUMNS)} FROM jsonb_populate_recordset(NULL::resume_contacts, $1) ORDER BY resume_id
    ON CONFLICT (resume_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
    WHERE known.version < excluded.version
"""  # noqa: S608 - the column names are our own


async def put_contacts(connection: Connection, told: Iterable[ResumeCompletedV2]) -> None:
    """Keeps that of the newest version of each resume that is not gone, nor its candidate."""
    newest = {each.resume.resume_id: each for each in sorted(told, key=lambda each: each.resume.version)}
    candidate_ids = {each.resume.candidate_id for each in newest.values()} - {None}
    gone: set[object] = {*await tombstones.gone(connection, filter(None, {*newest, *candidate_ids}))}
    rows = [
        _row(each) for each in newest.values() if not gone & {each.resume.resume_id, each.resume.candidate_id}
    ]
    await connection.execute(_PUT, rows)


def _row(told: ResumeCompletedV2) -> dict[str, object]:
    return {
        "resume_id": told.resume.resume_id,
        "version": told.resume.version,
        "candidate_id": told.resume.candidate_id,
        "full_name": told.data.full_name,
        "email": told.data.email,
        "phone": told.data.phone,
    }
