"""Queries for what is known of whom events are about, many at once. None commits."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.notifier import audience
from hotgigs.notifier.audience import Known, Person, strictest
from hotgigs.notifier.happened import Facts, Happened
from hotgigs.notifier.showing import Candidate, Job
from hotgigs.redaction.hiding import contact_of

EVENT_COLUMNS = ", ".join(f"e.{name}" for name in Happened.__struct_fields__)
"""Of the table `events`, called ``e``."""
_PERSONS = """
    SELECT asked.candidate_id AS asked_id, s.candidate_id, s.database_id, s.user_id,
        coalesce(consents.can_be_found, false) AS can_be_found
    FROM candidates AS asked JOIN candidates AS s ON s.candidate_id = asked.survivor_id
    LEFT JOIN consents ON consents.candidate_id = s.candidate_id
    WHERE asked.candidate_id = ANY($1)
"""
_GRANTS = """
    SELECT DISTINCT member.survivor_id, access.recruiter_id, access.can_view_contact_info
    FROM candidates AS member JOIN access USING (candidate_id)
    WHERE member.survivor_id = ANY($1) AND NOT access.is_revoked
"""
_MEMBERS = """
    SELECT survivor_id, candidate_id, version, source, added_at, full_name, email, phone, title, location,
        years, top_skills
    FROM candidates WHERE survivor_id = ANY($1) ORDER BY candidate_id
"""
_SAID_BY_RESUMES = """
    SELECT DISTINCT member.survivor_id, told.full_name, told.email, told.phone
    FROM candidates AS member JOIN resume_contacts AS told USING (candidate_id)
    WHERE member.survivor_id = ANY($1) ORDER BY told.full_name, told.email, told.phone
"""


def happened_of(row: Record) -> Happened:
    """Of `EVENT_COLUMNS`."""
    fields: dict[str, Any] = {name: row[name] for name in Happened.__struct_fields__}
    return Happened(**fields | {"facts": msgspec.convert(row["facts"], Facts)})


async def known_of(connection: Connection, happened: Collection[Happened]) -> Mapping[UUID, Known]:
    """Of each event, by its id."""
    persons = await _persons(connection, {each.candidate_id for each in happened})
    jobs = await _jobs(connection, {each.job_id for each in happened})
    return {
        each.event_id: Known(
            person=persons.get(cast(UUID, each.candidate_id)), job=jobs.get(cast(UUID, each.job_id))
        )
        for each in happened
    }


async def candidates(connection: Connection, survivor_ids: Collection[UUID]) -> Mapping[UUID, Candidate]:
    """As they are shown, by the survivor."""
    said: dict[UUID, list[CandidateProfile]] = {}
    survivors: dict[UUID, Record] = {}
    for row in await connection.fetch(_MEMBERS, list(survivor_ids)):
        said.setdefault(row["survivor_id"], []).append(_profile(row))
        if row["candidate_id"] == row["survivor_id"]:
            survivors[row["survivor_id"]] = row
    for row in await connection.fetch(_SAID_BY_RESUMES, list(survivors)):
        contact = CandidateProfile(full_name=row["full_name"], email=row["email"], phone=row["phone"])
        said[row["survivor_id"]].append(contact)
    return {
        survivor_id: Candidate(
            candidate_id=survivor_id,
            version=row["version"],
            source=row["source"],
            added_at=row["added_at"],
            profile=_profile(row),
            contact=contact_of(*said[survivor_id]),
        )
        for survivor_id, row in survivors.items()
    }


async def jobs(connection: Connection, job_ids: Collection[UUID]) -> Mapping[UUID, Job]:
    """As they are shown."""
    rows = await connection.fetch(
        "SELECT job_id, title, company_name FROM jobs WHERE job_id = ANY($1)", list(job_ids)
    )
    return {row["job_id"]: Job(title=row["title"], company_name=row["company_name"]) for row in rows}


async def _persons(connection: Connection, candidate_ids: Collection[UUID | None]) -> Mapping[UUID, Person]:
    """By each candidate of the group that was asked for; without those whose survivor is not known."""
    if not (asked := _known_ids(candidate_ids)):
        return {}
    rows = await connection.fetch(_PERSONS, asked)
    grants: dict[UUID, list[tuple[UUID, bool]]] = {}
    for row in await connection.fetch(_GRANTS, list({row["candidate_id"] for row in rows})):
        grant = (row["recruiter_id"], row["can_view_contact_info"])
        grants.setdefault(row["survivor_id"], []).append(grant)
    return {
        row["asked_id"]: Person(
            candidate_id=row["candidate_id"],
            database_id=row["database_id"],
            user_id=row["user_id"],
            grants=strictest(grants.get(row["candidate_id"], ())),
            can_be_found=row["can_be_found"],
        )
        for row in rows
    }


async def _jobs(connection: Connection, job_ids: Collection[UUID | None]) -> Mapping[UUID, audience.Job]:
    if not (asked := _known_ids(job_ids)):
        return {}
    rows = await connection.fetch(
        "SELECT job_id, owner_user_id, is_open FROM jobs WHERE job_id = ANY($1)", asked
    )
    return {
        row["job_id"]: audience.Job(owner_user_id=row["owner_user_id"], is_open=row["is_open"])
        for row in rows
    }


def _profile(row: Record) -> CandidateProfile:
    return CandidateProfile(
        full_name=row["full_name"],
        email=row["email"],
        phone=row["phone"],
        title=row["title"],
        location=row["location"],
        total_experience_years=row["years"],
        top_skills=tuple(row["top_skills"]),
    )


def _known_ids(ids: Collection[UUID | None]) -> Sequence[UUID]:
    return [each for each in ids if each is not None]
