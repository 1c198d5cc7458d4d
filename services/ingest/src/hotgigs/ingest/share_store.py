"""The queries of shares. None commits."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import AccessGrant
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1


class Link(NamedTuple):
    candidate_id: UUID
    recruiter_id: UUID


async def links_there(
    connection: Connection, candidate_ids: Collection[UUID], recruiter_ids: Collection[UUID]
) -> set[Link]:
    """Those that are there, and not revoked."""
    rows = await connection.fetch(
        "SELECT candidate_id, recruiter_id FROM shares"
        " WHERE candidate_id = ANY($1) AND recruiter_id = ANY($2) AND revoked_at IS NULL",
        list(candidate_ids),
        list(recruiter_ids),
    )
    return {Link(row["candidate_id"], row["recruiter_id"]) for row in rows}


async def put_links(
    connection: Connection, links: Collection[Link], command: ShareCandidatesV1, now: datetime
) -> list[AccessGrant]:
    """Makes them, or brings them back, or puts them on the command's conditions; in their order."""
    ordered = sorted(links)
    rows = await connection.fetch(
        "INSERT INTO shares (candidate_id, recruiter_id, version, can_view_contact_info, can_download_resume,"
        "  can_submit_to_jobs, share_reason, share_notes, granted_by, granted_at)"
        " SELECT candidate_id, recruiter_id, 1, $3, $4, $5, $6, $7, $8, $9"
        " FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS l (candidate_id, recruiter_id, place)"
        " ORDER BY place"
        " ON CONFLICT (candidate_id, recruiter_id) DO UPDATE SET version = shares.version + 1,"
        "  can_view_contact_info = excluded.can_view_contact_info,"
        "  can_download_resume = excluded.can_download_resume,"
        "  can_submit_to_jobs = excluded.can_submit_to_jobs, share_reason = excluded.share_reason,"
        "  share_notes = excluded.share_notes, granted_by = excluded.granted_by,"
        "  granted_at = excluded.granted_at, revoked_at = NULL"
        " RETURNING *, (SELECT database_id FROM candidates c WHERE c.candidate_id = shares.candidate_id)"
        "   AS database_id",
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
    return sorted(map(grant_in, rows), key=lambda grant: (grant.candidate_id, grant.recruiter_id))


async def revoke_links(
    connection: Connection, candidate_ids: Collection[UUID], recruiter_id: UUID, now: datetime
) -> list[tuple[UUID, int]]:
    """Of those that were there, by the candidates' ids, each with its version. Why they were shared is not
    kept."""
    rows = await connection.fetch(
        "UPDATE shares SET version = version + 1, revoked_at = $3, share_reason = NULL, share_notes = NULL"
        " WHERE candidate_id = ANY($1) AND recruiter_id = $2 AND revoked_at IS NULL"
        " RETURNING candidate_id, version",
        list(candidate_ids),
        recruiter_id,
        now,
    )
    return sorted((row["candidate_id"], row["version"]) for row in rows)


async def links_of(
    connection: Connection, actors: Iterable[Actor], candidate_ids: Collection[UUID]
) -> set[Link]:
    """Of the recruiters among ``actors``."""
    recruiters = {actor.user_id for actor in actors if actor.role == "recruiter"}
    return await links_there(connection, candidate_ids, recruiters)


async def shares_changed(connection: Connection, since: int, *, after: Link, limit: int) -> list[Record]:
    """A page in the order of their keys, of those that transaction ``since`` or a later one changed last,
    revoked ones too; with the candidate's ``database_id``."""
    return await connection.fetch(
        f"SELECT c.database_id, s.* FROM ("  # noqa: S608
        f"  SELECT * FROM shares WHERE {CHANGED_SINCE} AND (candidate_id, recruiter_id) > ($2, $3)"
        f"  ORDER BY candidate_id, recruiter_id LIMIT $4"
        f" ) AS s JOIN candidates c USING (candidate_id) ORDER BY candidate_id, recruiter_id",
        since,
        *after,
        limit,
    )


def grant_in(row: Record) -> AccessGrant:
    return AccessGrant(**{name: row[name] for name in AccessGrant.__struct_fields__})
