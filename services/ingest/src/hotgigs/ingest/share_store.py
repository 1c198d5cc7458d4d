"""The queries of what admins shared. None commits."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.ingest.access_sources import Link, May, Share


async def links_there(
    connection: Connection, candidate_ids: Collection[UUID], recruiter_ids: Collection[UUID]
) -> set[Link]:
    """Those that an admin shared."""
    rows = await connection.fetch(
        "SELECT candidate_id, recruiter_id FROM shares"
        " WHERE candidate_id = ANY($1) AND recruiter_id = ANY($2)",
        list(candidate_ids),
        list(recruiter_ids),
    )
    return {Link(row["candidate_id"], row["recruiter_id"]) for row in rows}


async def shares_of(connection: Connection, candidate_ids: Collection[UUID]) -> list[Share]:
    rows = await connection.fetch("SELECT * FROM shares WHERE candidate_id = ANY($1)", list(candidate_ids))
    return [
        Share(
            link=Link(row["candidate_id"], row["recruiter_id"]),
            may=may_in(row),
            share_reason=row["share_reason"],
            share_notes=row["share_notes"],
            granted_by=row["granted_by"],
            granted_at=row["granted_at"],
        )
        for row in rows
    ]


async def put_links(
    connection: Connection, links: Iterable[Link], command: ShareCandidatesV1, now: datetime
) -> None:
    """Makes them, or puts them on the command's conditions."""
    ordered = sorted(links)
    await connection.execute(
        "INSERT INTO shares (candidate_id, recruiter_id, can_view_contact_info, can_download_resume,"
        "  can_submit_to_jobs, share_reason, share_notes, granted_by, granted_at)"
        " SELECT candidate_id, recruiter_id, $3, $4, $5, $6, $7, $8, $9"
        " FROM unnest($1::uuid[], $2::uuid[]) AS l (candidate_id, recruiter_id)"
        " ON CONFLICT (candidate_id, recruiter_id) DO UPDATE SET"
        "  can_view_contact_info = excluded.can_view_contact_info,"
        "  can_download_resume = excluded.can_download_resume,"
        "  can_submit_to_jobs = excluded.can_submit_to_jobs, share_reason = excluded.share_reason,"
        "  share_notes = excluded.share_notes, granted_by = excluded.granted_by,"
        "  granted_at = excluded.granted_at",
        [link.candidate_id for link in ordered],
        [link.recruiter_id for link in ordered],
        command.can_view_contact_info,
        command.can_download_resume,
        command.can_submit_to_jobs,
        command.share_reason,
        command.share_notes,
        command.actor.user_id,
        now,
    )


async def remove_links(connection: Connection, candidate_ids: Collection[UUID], recruiter_id: UUID) -> bool:
    """Whether there were any."""
    rows = await connection.fetch(
        "DELETE FROM shares WHERE candidate_id = ANY($1) AND recruiter_id = $2 RETURNING candidate_id",
        list(candidate_ids),
        recruiter_id,
    )
    return bool(rows)


def may_in(row: Record) -> May:
    may = May(0)
    for column, each in _COLUMNS.items():
        may |= each if row[column] else May(0)
    return may


def columns_of(may: May) -> dict[str, bool]:
    return {column: each in may for column, each in _COLUMNS.items()}


_COLUMNS = {
    "can_view_contact_info": May.VIEW_CONTACT_INFO,
    "can_download_resume": May.DOWNLOAD_RESUME,
    "can_submit_to_jobs": May.SUBMIT_TO_JOBS,
}
