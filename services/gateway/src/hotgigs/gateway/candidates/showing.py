"""The read model of entries, which is made of all the others. Nothing here commits; the candidates' databases
are locked (`hotgigs.gateway.locks`)."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.gateway.candidates.entries import Entry, Share, Tag, entries_of
from hotgigs.gateway.candidates.store import groups, survivors_of
from hotgigs.redaction.hiding import Contact, contact_of

_KEY = ("database_id", "candidate_id")
_MADE = tuple(name for name in Entry.__struct_fields__ if name != "document")
_COLUMNS = (*_MADE, "search")
_OTHERS = tuple(name for name in _COLUMNS if name not in _KEY)
_PUT = f"""
    INSERT INTO entries AS old ({", ".join(_COLUMNS)})
    SELECT {", ".join(f"made.{name}" for name in _MADE)},
        setweight(to_tsvector('english', words->>'a'), 'A')
        || setweight(to_tsvector('english', words->>'b'), 'B')
        || to_tsvector('english', words->>'d')
        || array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(words->'lexemes')))
    FROM jsonb_array_elements($1) AS told, jsonb_populate_record(NULL::entries, told) AS made,
        jsonb_extract_path(told, 'document') AS words
    ON CONFLICT ({", ".join(_KEY)}) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _OTHERS)}
    WHERE ({", ".join(f"old.{name}" for name in _OTHERS)})
        IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _OTHERS)})
"""  # noqa: S608 - the column names are our own
_TAKE_AWAY = """
    DELETE FROM entries WHERE candidate_id = ANY($1) AND NOT EXISTS (
        SELECT FROM unnest($2::uuid[], $3::uuid[]) AS kept (database_id, candidate_id)
        WHERE kept.database_id = entries.database_id AND kept.candidate_id = entries.candidate_id)
"""


async def show(connection: Connection, survivor_ids: Collection[UUID]) -> None:
    """Makes the entries of these groups again."""
    if not survivor_ids:
        return
    found = await groups(connection, survivor_ids)
    member_ids = {each.candidate_id: survivor_id for survivor_id in found for each in found[survivor_id]}
    shares = await _shares(connection, member_ids)
    tags = await _tags(connection, member_ids)
    findable = await _findable(connection, found)
    is_hidden = findable | {
        survivor_id
        for survivor_id in shares
        for share in shares[survivor_id]
        if not share.can_view_contact_info
    }
    contacts = await _contacts(connection, {each: found[each] for each in is_hidden})
    entries: list[Entry] = []
    for survivor_id, group in found.items():
        made = partial(
            entries_of,
            group,
            shares=shares.get(survivor_id, ()),
            tags=tags.get(survivor_id, ()),
            contact=contacts.get(survivor_id, Contact()),
            can_be_found=survivor_id in findable,
        )
        if survivor_id in is_hidden:  # to look for contacts in a long text takes a second
            entries += await asyncio.to_thread(made)
        else:
            entries += made()
            await asyncio.sleep(0)  # a page of them takes longer than others should wait
    await connection.execute(
        _TAKE_AWAY,
        list(survivor_ids),
        [entry.database_id for entry in entries],
        [entry.candidate_id for entry in entries],
    )
    await connection.execute(_PUT, [msgspec.to_builtins(entry) for entry in entries])


async def show_again(connection: Connection, candidate_ids: Collection[UUID]) -> None:
    """Makes the entries of these candidates' groups again."""
    await show(connection, await survivors_of(connection, candidate_ids))


async def show_hidden_again(connection: Connection, candidate_ids: Collection[UUID]) -> None:
    """As `show_again`, where somebody may not see their contact, which is that of all their resumes."""
    if candidate_ids:
        rows = await connection.fetch(
            "WITH told AS (SELECT survivor_id FROM candidates WHERE candidate_id = ANY($1))"
            " SELECT survivor_id FROM candidates AS shared JOIN access USING (candidate_id)"
            "  WHERE NOT is_revoked AND NOT can_view_contact_info AND survivor_id IN (SELECT * FROM told)"
            " UNION SELECT candidate_id FROM consents"
            "  WHERE can_be_found AND candidate_id IN (SELECT * FROM told)",
            list(candidate_ids),
        )
        await show(connection, {row["survivor_id"] for row in rows})


async def contact_of_candidate(connection: Connection, candidate_id: UUID) -> Contact:
    """What is to be hidden of the candidate's whole group; nothing where it is not known."""
    survivor_ids = await survivors_of(connection, [candidate_id])
    contacts = await _contacts(connection, await groups(connection, survivor_ids))
    return next(iter(contacts.values()), Contact())


async def _contacts(
    connection: Connection, found: Mapping[UUID, Sequence[CandidateState]]
) -> dict[UUID, Contact]:
    rows = await connection.fetch(
        "SELECT DISTINCT survivor_id, data->>'full_name' AS full_name, data->>'email' AS email,"
        "  data->>'phone' AS phone"
        " FROM candidates JOIN resumes USING (candidate_id) WHERE survivor_id = ANY($1) AND data IS NOT NULL"
        " ORDER BY full_name, email, phone",
        list(found),
    )
    sources = {
        survivor_id: [each.profile for each in sorted(group, key=lambda each: each.candidate_id)]
        for survivor_id, group in found.items()
    }
    for row in rows:
        of_resume = CandidateProfile(full_name=row["full_name"], email=row["email"], phone=row["phone"])
        sources[row["survivor_id"]].append(of_resume)
    return {survivor_id: contact_of(*each) for survivor_id, each in sources.items()}


async def _findable(connection: Connection, survivor_ids: Collection[UUID]) -> set[UUID]:
    """Those who let themselves be found; what those said who are merged into another does not count."""
    rows = await connection.fetch(
        "SELECT candidate_id FROM consents WHERE candidate_id = ANY($1) AND can_be_found", list(survivor_ids)
    )
    return {row["candidate_id"] for row in rows}


async def _shares(connection: Connection, member_ids: Mapping[UUID, UUID]) -> dict[UUID, list[Share]]:
    """By survivor."""
    found: dict[UUID, list[Share]] = {}
    for row in await connection.fetch(
        f"SELECT {', '.join(Share.__struct_fields__)} FROM access"  # noqa: S608 - our own
        " WHERE candidate_id = ANY($1) AND NOT is_revoked",
        list(member_ids),
    ):
        found.setdefault(member_ids[row["candidate_id"]], []).append(Share(**row))
    return found


async def _tags(connection: Connection, member_ids: Mapping[UUID, UUID]) -> dict[UUID, list[Tag]]:
    """By survivor."""
    found: dict[UUID, list[Tag]] = {}
    for row in await connection.fetch(
        "SELECT candidate_id, tagging_database_id, tag FROM tags"
        " WHERE candidate_id = ANY($1) AND NOT is_removed",
        list(member_ids),
    ):
        tag = Tag(tagging_database_id=row["tagging_database_id"], tag=row["tag"])
        found.setdefault(member_ids[row["candidate_id"]], []).append(tag)
    return found
