"""Runs of a sync at work on a real database, from a source in memory and without a bus."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import obstore
from obstore.store import MemoryStore
from support.eventually import eventually
from support.handling import Handling
from support.memory_source import ROOT, MemoryDrive, MemoryProvider

from hotgigs.chassis.database import Pool
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import drive_grant
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.drive_state import DriveSyncState
from hotgigs.contracts.drive_sync.drive_file_fetched import DriveFileFetchedV1
from hotgigs.contracts.message import Message
from hotgigs.drive_sync import leasing, run_queue, running, sync_store
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.resources import Resources
from hotgigs.drive_sync.runner import Runner
from hotgigs.drive_sync.settings import DriveSyncSettings

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GRANT = DriveGrant(access_token="first", refresh_token="refresh")
OWNER = UUID(int=7)


class RunningSync(Handling):
    """One sync, of the folder `ROOT`. ``units_of_work`` may be replaced before a run is claimed."""

    def __init__(self, pool: Pool, drive: MemoryDrive, **settings: object) -> None:
        super().__init__(pool, "drive_sync")
        self.drive = drive
        self.provider = MemoryProvider(drive)
        self.blobs = MemoryStore()
        self.sync_id = uuid4()
        self.submitted: list[DriveFileFetchedV1] = []
        """In the order in which they were told."""
        self.sealing = Sealing(["k" * 32], label=drive_grant.LABEL)
        self.settings = DriveSyncSettings(_env_file=None, drive_progress_seconds=0.01, **settings)  # type: ignore[call-arg,arg-type]

    @property
    def resources(self) -> Resources:
        return Resources(
            settings=self.settings,
            units_of_work=self.units_of_work,
            blobs=self.blobs,
            sealing=self.sealing,
            providers={"google_drive": self.provider},
            runner=Runner(self.units_of_work, self.settings),
            stopping=asyncio.Event(),
        )

    async def set_up(self) -> None:
        state = DriveSyncState(
            sync_id=self.sync_id,
            version=1,
            owner_user_id=OWNER,
            database_id=OWNER,
            provider="google_drive",
            folder_id=ROOT,
            folder_name="Resumes",
            frequency="manual",
            is_active=True,
            created_at=NOW,
            updated_at=NOW,
        )
        sealed = self.sealing.seal(drive_grant.content_of(GRANT), context=drive_grant.context_of(OWNER))
        async with self.pool.acquire() as connection:
            assert await sync_store.add(connection, state, sealed_grant=sealed)
            self.state = state

    async def request(self) -> UUID:
        run_id = uuid4()
        async with self.pool.acquire() as connection:
            assert await run_queue.request(connection, self.state, run_id, trigger="manual", at=NOW)
        return run_id

    async def claim(self) -> HeldRun:
        held = await self._claim()
        assert held is not None
        return held

    async def _claim(self) -> HeldRun | None:
        async with self.pool.acquire() as connection:
            return await leasing.claim(connection, lease_s=30)

    async def start(self) -> HeldRun:
        await self.request()
        return await self.claim()

    async def take_over(self) -> HeldRun:
        """The run whose process is taken for dead; it may be in the middle of something."""

        async def lapse_and_claim() -> HeldRun | None:
            await self.pool.execute("UPDATE runs SET lease_until = now() WHERE status = 'running'")
            return await self._claim()

        held = await eventually(lapse_and_claim)
        assert held is not None
        return held

    async def hold(self) -> HeldRun:
        """The run under way, of a process that is dead, or else a new one."""
        is_running = await self.pool.fetchval("SELECT count(*) FROM runs WHERE status = 'running'")
        return await self.take_over() if is_running else await self.start()

    async def cancel(self) -> None:
        """As when the sync is paused, and switched on again."""
        async with self.pool.acquire() as connection, connection.transaction():
            await sync_store.lock(connection, [self.sync_id])
            await run_queue.cancel(connection, self.sync_id, error_message="Paused.")

    async def go_on(self, held: HeldRun) -> asyncpg.Record:
        """The run, when it has ended."""
        await running.run(held, self.resources)
        return await self.run_of(held.run_id)

    async def run(self) -> asyncpg.Record:
        return await self.go_on(await self.start())

    async def run_of(self, run_id: UUID) -> asyncpg.Record:
        row = await self.pool.fetchrow("SELECT * FROM runs WHERE run_id = $1", run_id)
        assert row is not None
        return row

    async def sync(self) -> asyncpg.Record:
        row = await self.pool.fetchrow("SELECT * FROM syncs WHERE sync_id = $1", self.sync_id)
        assert row is not None
        return row

    async def ledger(self) -> dict[str, str]:
        """States by file; of those passed over, the reasons."""
        rows = await self.pool.fetch("SELECT file_id, coalesce(reason, state) FROM files")
        return {row[0]: row[1] for row in rows}

    async def told(self) -> list[Message]:
        """What was published since this was asked last."""
        told = await super().told()
        self.submitted += [each for each in told if isinstance(each, DriveFileFetchedV1)]
        return told

    async def files_of(self, *submitted: DriveFileFetchedV1) -> list[str]:
        """From which files the resumes came."""
        rows = await self.pool.fetch("SELECT resume_id, file_id FROM imports")
        files = {row["resume_id"]: row["file_id"] for row in rows}
        return [files[each.resume_id] for each in submitted]

    async def newly_submitted(self) -> list[str]:
        """Files submitted since this was asked last, in the order of their ids."""
        before = len(self.submitted)
        await self.told()
        return sorted(await self.files_of(*self.submitted[before:]))

    async def content_of(self, submitted: DriveFileFetchedV1) -> bytes:
        assert submitted.file is not None
        result = await obstore.get_async(self.blobs, submitted.file.blob_key)
        return bytes(await result.bytes_async())

    def blob_keys(self) -> set[str]:
        return {found["path"] for page in obstore.list(self.blobs) for found in page}

    async def read_all(self) -> None:
        """As if all resumes had become something."""
        await self.pool.execute("UPDATE imports SET outcome = 'processed' WHERE outcome IS NULL")


def counts(run: asyncpg.Record) -> dict[str, int]:
    """Of the engine's counts, and those of what was passed over, what is not 0."""
    found = Counter({name: run[name] for name in ("files_found", "files_unchanged", "files_synced")})
    found["files_not_fetched"] = run["files_not_fetched"]
    found.update(run["passed_over"])
    return {name.removeprefix("files_"): n for name, n in found.items() if n}
