"""All that one may see of a candidate, as one JSON document, made while it is sent."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.candidates.showing import contact_of_candidate
from hotgigs.gateway.detail import activities, store
from hotgigs.gateway.detail.activities import ShownActivity
from hotgigs.gateway.detail.answer import CandidateDetail, ShownResume
from hotgigs.gateway.resources import Resources
from hotgigs.gateway.visibility import Seen, candidate_seen_by
from hotgigs.redaction.hiding import Contact, redacted_data

Reading = Callable[[], AbstractAsyncContextManager[Connection]]

MOST = 10_000
"""Notes, and resumes, of one candidate."""
PAGE = 500


class ExportedResume(ShownResume, kw_only=True):
    """``data`` is what was understood of it, and where each value came from; null before it is completed."""

    data: ResumeData | None


class CandidateExport(Struct, kw_only=True):
    exported_at: datetime
    candidate: CandidateDetail
    resumes: list[ExportedResume]
    activity: list[ShownActivity]
    """The newest first; a person's own export has none of what recruiters did."""


async def exported(
    resources: Resources, token: str, principal: Principal, seen: Seen, candidate: CandidateDetail
) -> AsyncIterator[bytes]:
    """A `CandidateExport`. A resume at a time, and a page of activities, are in memory. It breaks off where
    access ends, or becomes another."""

    @asynccontextmanager
    async def reading() -> AsyncIterator[Connection]:
        if await resources.authentication.principal_of(token) != principal:
            raise PermissionError("the role has changed")
        async with resources.pool.acquire() as connection:
            if await candidate_seen_by(connection, principal, seen.candidate_id) != seen:
                raise PermissionError("the access has changed")
            yield connection

    contact: Contact | None = None
    if not seen.can_view_contact_info:
        async with reading() as connection:
            contact = await contact_of_candidate(connection, seen.candidate_id)
    yield b'{"exported_at":' + msgspec.json.encode(datetime.now(UTC))
    yield b',"candidate":' + msgspec.json.encode(candidate) + b',"resumes":['
    for number, resume in enumerate(candidate.resumes):
        async with reading() as connection:
            data = await store.parsed_data(connection, resume.resume_id)
        if data is not None and contact is not None:
            data = await asyncio.to_thread(redacted_data, data, contact)
        told = ExportedResume(**msgspec.structs.asdict(resume), data=data)
        yield b"," * bool(number) + msgspec.json.encode(told)
    yield b'],"activity":['
    if principal.role != "candidate":
        async for page in _activity_pages(reading, principal, seen):
            yield page
    yield b"]}"


async def _activity_pages(reading: Reading, principal: Principal, seen: Seen) -> AsyncIterator[bytes]:
    last: ShownActivity | None = None
    while True:
        async with reading() as connection:
            page = await activities.page_before(connection, principal, seen, last, limit=PAGE)
        if page:
            yield b"," * (last is not None) + b",".join(map(msgspec.json.encode, page))
            last = page[-1]
        if len(page) < PAGE:
            return
