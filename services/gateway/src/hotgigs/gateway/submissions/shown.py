"""Submissions as they are answered."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.candidates.showing import contact_of_candidate
from hotgigs.redaction.hiding import redacted_text


class ShownSubmission(Struct, kw_only=True):
    """``candidate_id`` is the candidate that stands where the submitted one was merged into another;
    ``submitted_by`` the user who submitted it, which is the person where they applied themselves."""

    submission_id: UUID
    job_id: UUID
    candidate_id: UUID
    submitted_by: UUID
    note: str
    submitted_at: datetime


async def shown_submissions(
    connection: Connection, principal: Principal, rows: Sequence[Record]
) -> list[ShownSubmission]:
    """``rows`` of the store. What others noted of a contact is hidden from who does not see the contact."""
    return [await _shown(connection, principal, row) for row in rows]


async def _shown(connection: Connection, principal: Principal, row: Record) -> ShownSubmission:
    fields = {name: row[name] for name in ShownSubmission.__struct_fields__}
    if row["note"] and not row["can_view_contact_info"] and row["submitted_by"] != principal.user_id:
        contact = await contact_of_candidate(connection, row["candidate_id"])
        fields["note"] = await asyncio.to_thread(redacted_text, row["note"], contact)
    return ShownSubmission(**fields)
