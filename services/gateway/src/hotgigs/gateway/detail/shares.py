"""With whom one candidate is shared. None commits."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.gateway.visibility import Seen


class ShownShare(Struct, kw_only=True):
    """``email`` and ``full_name`` are null for recruiters whose accounts an outside issuer keeps."""

    recruiter_id: UUID
    email: str | None
    full_name: str | None
    can_view_contact_info: bool
    can_download_resume: bool
    can_submit_to_jobs: bool
    share_reason: str | None
    share_notes: str | None
    granted_by: UUID | None
    granted_at: datetime | None


async def page(connection: Connection, seen: Seen, *, skip: int, limit: int) -> list[ShownShare]:
    """The newest first; of several to one recruiter, through candidates that were merged, the last."""
    rows = await connection.fetch(
        "SELECT share.*, users.email, users.full_name FROM ("
        "  SELECT DISTINCT ON (recruiter_id) recruiter_id, can_view_contact_info, can_download_resume,"
        "   can_submit_to_jobs, share_reason, share_notes, granted_by, granted_at"
        "  FROM access WHERE NOT is_revoked"
        "   AND candidate_id = ANY(ARRAY(SELECT candidate_id FROM candidates WHERE survivor_id = $1))"
        "  ORDER BY recruiter_id, granted_at DESC, candidate_id DESC"
        " ) AS share LEFT JOIN users ON users.user_id = share.recruiter_id"
        " ORDER BY granted_at DESC, recruiter_id LIMIT $2 OFFSET $3",
        seen.candidate_id,
        limit,
        skip,
    )
    return [ShownShare(**row) for row in rows]


async def count(connection: Connection, seen: Seen) -> int:
    """Of recruiters."""
    return int(
        await connection.fetchval(
            "SELECT count(DISTINCT recruiter_id) FROM access WHERE NOT is_revoked"
            " AND candidate_id = ANY(ARRAY(SELECT candidate_id FROM candidates WHERE survivor_id = $1))",
            seen.candidate_id,
        )
    )
