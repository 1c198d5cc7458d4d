"""Queries for the read models of candidates and what is theirs. None commits; their databases are locked
(`hotgigs.gateway.locks`)."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.gateway import tombstones
from hotgigs.gateway.candidates.search_terms import name_key
from hotgigs.gateway.newest_rows import put_newest
from hotgigs.gateway.wakeups import resume_key, wake
from hotgigs.redaction.folding import unaccented

_LONGEST_KEY = 300
_STATE = CandidateState.__struct_fields__
_COLUMNS = (*_STATE, "email_key", "phone_key", "name_key")
_PUT = put_newest("candidates", "candidate_id", _COLUMNS)
_GROUPS = f"SELECT {', '.join(_STATE)} FROM candidates WHERE survivor_id = ANY($1)"  # noqa: S608 - the names are our own


async def put_candidates(connection: Connection, candidates: Sequence[CandidateState]) -> set[UUID]:
    """Keeps the newest version of each that is not gone; returns the survivors whose groups that changes.

    Wakes those who wait for one of their resumes to be shown.
    """
    newest = {each.candidate_id: each for each in sorted(candidates, key=lambda each: each.version)}
    for candidate_id in await tombstones.gone(connection, newest):
        del newest[candidate_id]
    before = await survivors_of(connection, newest)
    await connection.execute(_PUT, [_row(newest[candidate_id]) for candidate_id in sorted(newest)])
    await wake(
        connection, (resume_key(resume_id) for each in newest.values() for resume_id in each.resume_ids)
    )
    return before | await survivors_of(connection, newest)


async def survivors_of(connection: Connection, candidate_ids: Collection[UUID]) -> set[UUID]:
    """Of those candidates that are known."""
    rows = await connection.fetch(
        "SELECT DISTINCT survivor_id FROM candidates WHERE candidate_id = ANY($1)", list(candidate_ids)
    )
    return {row["survivor_id"] for row in rows}


async def groups(connection: Connection, survivor_ids: Collection[UUID]) -> dict[UUID, list[CandidateState]]:
    """By the survivor, who may itself not be known yet."""
    found: dict[UUID, list[CandidateState]] = {}
    for row in await connection.fetch(_GROUPS, list(survivor_ids)):
        found.setdefault(row["survivor_id"], []).append(_state(row))
    return found


def email_key(email: str | None) -> str | None:
    """What the same address has in common, however it is written."""
    return unaccented(email or "")[:_LONGEST_KEY] or None


def phone_key(phone: str | None) -> str | None:
    """The digits."""
    return "".join(str(int(char)) for char in phone or "" if char.isdecimal())[:_LONGEST_KEY] or None


def _row(candidate: CandidateState) -> dict[str, object]:
    row: dict[str, object] = msgspec.to_builtins(candidate)
    return row | {
        "email_key": email_key(candidate.profile.email),
        "phone_key": phone_key(candidate.profile.phone),
        "name_key": name_key(candidate.profile),
    }


def _state(row: Record) -> CandidateState:
    fields: dict[str, Any] = dict(row.items())
    fields |= {name: tuple(fields[name]) for name in ("merged_ids", "resume_ids", "edited")}
    return CandidateState(**fields | {"profile": msgspec.convert(row["profile"], CandidateProfile)})
