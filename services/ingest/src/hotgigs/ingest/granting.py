"""What recruiters may do with candidates of others, brought up to its sources, and told."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import AccessGrant
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.ingest import candidate_store, grant_store, share_store, submission_store
from hotgigs.ingest.access_sources import Granted, granted
from hotgigs.ingest.share_store import columns_of

Told = AccessGrantedV1 | AccessRevokedV1


async def bring_up_to_sources(
    connection: Connection, candidate_ids: Collection[UUID], *, shares_created: int = 0
) -> list[Told]:
    """Of the whole groups of these candidates, whose databases are locked: to be called whenever a share, a
    submission or a group has changed. What tells of what that changes."""
    groups = await candidate_store.groups_without_resumes(connection, candidate_ids)
    database_ids = {id_: group.survivor.database_id for group in groups for id_ in group.candidates}
    shares, submissions = defaultdict(list), defaultdict(list)
    for share in await share_store.shares_of(connection, database_ids):
        shares[share.link.candidate_id].append(share)
    for submission in await submission_store.sources_of(connection, database_ids):
        submissions[submission.candidate_id].append(submission)
    now = {
        each.link: each
        for group in groups
        for each in granted(
            group,
            [share for id_ in group.candidates for share in shares[id_]],
            [submission for id_ in group.candidates for submission in submissions[id_]],
        )
    }
    before = await grant_store.last_told(connection, database_ids)
    grants = [
        _grant(each, database_ids[link.candidate_id], before.get(link))
        for link, each in sorted(now.items())
        if not _is_told(each, before.get(link))
    ]
    revoked = {
        link: row["version"] + 1
        for link, row in sorted(before.items())
        if link not in now and not row["is_revoked"]
    }
    await grant_store.put_grants(connection, grants)
    await grant_store.revoke(connection, revoked)
    return [
        *_granted_events(grants, shares_created),
        *(
            AccessRevokedV1(
                candidate_id=link.candidate_id,
                database_id=database_ids[link.candidate_id],
                recruiter_id=link.recruiter_id,
                version=version,
            )
            for link, version in revoked.items()
        ),
    ]


def _granted_events(grants: Sequence[AccessGrant], shares_created: int) -> list[AccessGrantedV1]:
    return [
        AccessGrantedV1(grants=tuple(of_it), shares_created=shares_created)
        for _, of_it in groupby(grants, lambda grant: grant.candidate_id)
    ]


def _grant(each: Granted, database_id: UUID, before: Record | None) -> AccessGrant:
    return AccessGrant(
        candidate_id=each.link.candidate_id,
        database_id=database_id,
        recruiter_id=each.link.recruiter_id,
        version=1 if before is None else before["version"] + 1,
        **_said(each),
    )


def _is_told(each: Granted, before: Record | None) -> bool:
    if before is None or before["is_revoked"]:
        return False
    return all(before[name] == value for name, value in _said(each).items())


def _said(each: Granted) -> dict[str, Any]:
    return {
        **columns_of(each.may),
        "share_reason": each.share_reason,
        "share_notes": each.share_notes,
        "granted_by": each.granted_by,
        "granted_at": each.granted_at,
    }
