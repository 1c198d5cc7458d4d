"""Files of the erased: what is forgotten of them, and what is kept so that they are not taken in again. None
of the queries commits."""

import hashlib
from collections.abc import Collection
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.drive_sync.sync_store import Sync


def digest_of(database_id: UUID, provider: str, file_id: str) -> bytes:
    """Of a file in one database, whichever sync it comes by."""
    return hashlib.sha256(b"\0".join((database_id.bytes, provider.encode(), file_id.encode()))).digest()


async def erased_among(connection: Connection, sync: Sync, file_ids: Collection[str]) -> set[str]:
    """Which of the files are not to be taken in. For a file that is submitted, to be asked after
    `run_store.advance` in the same transaction: an erasure is then either seen or waits."""
    by_digest = {digest_of(sync.database_id, sync.provider, file_id): file_id for file_id in file_ids}
    rows = await connection.fetch("SELECT digest FROM erased_files WHERE digest = ANY($1)", list(by_digest))
    return {by_digest[row["digest"]] for row in rows}


async def origins_of(connection: Connection, resume_ids: Collection[UUID]) -> set[bytes]:
    """The digests of their files; of resumes that no sync brought there is none."""
    rows = await connection.fetch("SELECT digest FROM origins WHERE resume_id = ANY($1)", list(resume_ids))
    return {row["digest"] for row in rows}


async def bury(connection: Connection, digests: Collection[bytes]) -> None:
    """Files that are not to be taken in again."""
    await connection.execute(
        "INSERT INTO erased_files SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING", list(digests)
    )


async def forget_origins(connection: Connection, resume_ids: Collection[UUID]) -> None:
    await connection.execute("DELETE FROM origins WHERE resume_id = ANY($1)", list(resume_ids))


async def syncs_in(connection: Connection, database_id: UUID) -> list[UUID]:
    rows = await connection.fetch("SELECT sync_id FROM syncs WHERE database_id = $1", database_id)
    return [row["sync_id"] for row in rows]


async def files_of(connection: Connection, resume_ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """The files that the resumes came of, in each sync of the same database that could know them too."""
    rows = await connection.fetch(
        "SELECT DISTINCT too.sync_id, i.file_id FROM imports i JOIN syncs s USING (sync_id)"
        " JOIN syncs too ON too.database_id = s.database_id AND too.provider = s.provider"
        " WHERE i.resume_id = ANY($1)",
        list(resume_ids),
    )
    return [(row["sync_id"], row["file_id"]) for row in rows]


async def remove(connection: Connection, files: Collection[tuple[UUID, str]]) -> tuple[set[UUID], set[UUID]]:
    """Of the syncs' files: everything. Returns the resumes that came of them and the runs that told of them
    as errors."""
    sync_ids, file_ids = [sync_id for sync_id, _ in files], [file_id for _, file_id in files]
    await connection.execute(
        f"DELETE FROM files AS known USING {_GONE} AND gone.sync_id = known.sync_id",  # noqa: S608
        sync_ids,
        file_ids,
    )
    imports = await connection.fetch(
        f"DELETE FROM imports AS known USING {_GONE} AND gone.sync_id = known.sync_id"  # noqa: S608
        f" RETURNING known.resume_id",
        sync_ids,
        file_ids,
    )
    errors = await connection.fetch(
        f"DELETE FROM run_errors AS known USING runs AS r, {_GONE}"  # noqa: S608
        f" AND gone.sync_id = r.sync_id AND r.run_id = known.run_id RETURNING known.run_id",
        sync_ids,
        file_ids,
    )
    return {row["resume_id"] for row in imports}, {row["run_id"] for row in errors}


_GONE = (
    "unnest($1::uuid[], $2::text[]) AS gone (sync_id, file_id)"
    # The rest of the condition says which table's sync it is.
    " WHERE gone.file_id = known.file_id"
)
