"""Files that no resume names."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import obstore
from obstore.store import LocalStore
from support.resume_states import uploaded

from hotgigs.chassis.blobs import open_blobs
from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.resume_state import StoredFile
from hotgigs.ingest import store
from hotgigs.ingest.sweep_files import AGE, sweep_files


async def test_only_old_files_that_no_resume_names_are_deleted(pool: Pool, tmp_path: Path) -> None:
    blobs = open_blobs(f"file://{tmp_path}")
    assert isinstance(blobs, LocalStore)
    named, orphan = uuid4(), uuid4()
    for resume_id in (named, orphan):
        await obstore.put_async(blobs, f"resumes/{resume_id}", b"content")
    now = datetime.now(UTC)
    file = StoredFile(blob_key=f"resumes/{named}", media_type="application/pdf", size_bytes=7, sha256="00")
    async with pool.acquire() as connection:
        await store.add_resumes(connection, [uploaded(resume_id=named, file=file)])
    units_of_work = UnitsOfWork(pool, Relay(pool, _no_bus(), service="ingest"), source="ingest")

    await sweep_files(units_of_work, blobs, now)
    assert _files(tmp_path) == {str(named), str(orphan)}, "both are young"

    await sweep_files(units_of_work, blobs, now + 2 * AGE)
    assert _files(tmp_path) == {str(named)}


def _files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "resumes").iterdir()}


def _no_bus() -> Bus:
    """Sweeping tells nobody."""
    return None  # type: ignore[return-value]
