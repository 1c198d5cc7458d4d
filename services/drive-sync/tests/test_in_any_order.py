"""Whatever happens in the source, and whatever becomes of the processes: each version of a file in the folder
is one resume in the end, and the counts say so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.memory_source import OUTSIDE, ROOT, MemoryDrive, Stall
from support.running_syncs import RunningSync

from hotgigs.chassis.database import Pool
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.drive_sync import running
from hotgigs.drive_sync.run_store import RunOver

pytestmark = pytest.mark.timeout(900)

EDITS = (
    *["add", "add folder", "add shortcut", "write", "write", "touch", "rename"],
    *["move", "move", "trash", "restore", "remove", "lock", "forbid", "add again"],
)
RUNS = ("run", "run", "kill", "kill", "kill", "run by two", "ask again", "lose cursors", "pause", "drain")
TABLES = "syncs, runs, folders, files, imports, origins, run_errors, outbox"

acts = st.lists(st.one_of(st.sampled_from(EDITS), st.sampled_from(RUNS)), min_size=5, max_size=30)


class Killed(Exception):
    pass


class Fuse:
    """Once it has burned down, nothing comes of whatever the process does."""

    def __init__(self) -> None:
        self.left: int | None = None

    def burn(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                raise Killed


class MortalUnitsOfWork(UnitsOfWork):
    """Of a process that may be killed before a transaction, before it commits, and after."""

    fuse: Fuse

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        self.fuse.burn()
        async with super().begin() as uow:
            yield uow
            self.fuse.burn()
        self.fuse.burn()


class World:
    """A drive in which somebody works while its folder is kept in sync."""

    def __init__(self, pool: Pool, choice: Random) -> None:
        self.choice = choice
        self.drive = MemoryDrive(page_size=choice.choice([1, 2, 3, 100]), has_cursors=choice.random() < 0.8)
        self.sync = RunningSync(pool, self.drive, drive_files_at_once=choice.choice([1, 3]))
        self.fuse = Fuse()
        self.drive.before_call = self.fuse.burn
        units_of_work = MortalUnitsOfWork(pool, self.sync.units_of_work._relay, source="drive-sync")
        units_of_work.fuse = self.fuse
        self.sync.units_of_work = units_of_work
        self.texts = 0
        self.deaths = 0

    def items(self, kind: str) -> list[str]:
        return [id_ for id_ in self.drive.items if id_.startswith(kind)]

    def folder(self) -> str:
        return self.choice.choice([ROOT, ROOT, OUTSIDE, *self.items("folder")])

    def edit(self, act: str) -> None:
        drive, choice = self.drive, self.choice
        self.texts += 1
        files = self.items("file")
        movable = [*files, *self.items("folder"), *self.items("folder"), *self.items("shortcut")]
        match act:
            case "add":
                drive.add(f"text {self.texts}", self.folder(), is_native=choice.random() < 0.2)
            case "add again" if files:
                drive.add(drive.items[choice.choice(files)].content or b"", self.folder())
            case "add folder":
                drive.add_folder(self.folder())
            case "add shortcut" if files:
                drive.add_shortcut(choice.choice([*files, *self.items("folder")]), self.folder())
            case "write" if files:
                drive.write(choice.choice(files), f"text {choice.choice([1, 2, self.texts])}")
            case "touch" if files:
                drive.touch(choice.choice(files))
            case "rename" if files:
                drive.rename(choice.choice(files), f"other {self.texts}.rtf")
            case "move" if movable:
                item, folder = choice.choice(movable), self.folder()
                if not drive.is_in(folder, item):
                    drive.move(item, folder)
            case "trash" if movable:
                drive.trash(choice.choice(movable))
            case "restore" if movable:
                drive.trash(choice.choice(movable), is_trashed=False)
            case "remove" if movable:
                drive.remove(choice.choice(movable))
            case "lock" if files:
                drive.unavailable ^= {choice.choice(files)}
            case "forbid" if files:
                file = drive.items[choice.choice(files)]
                file.passed_over = None if file.passed_over else "wrong_type"
                drive.rename(file.item_id, file.name)
            case "lose cursors":
                drive.lose_cursors()

    async def act(self, act: str) -> None:
        match act:
            case "run":
                await self.go_on()
            case "kill":
                self.fuse.left = self.choice.randrange(1, 40)
                try:
                    await self.go_on()
                except Killed:
                    self.deaths += 1
                self.fuse.left = None
            case "ask again":
                held = await self.sync.hold()
                await self.sync.pool.execute("UPDATE runs SET is_asked_again = true WHERE status = 'running'")
                await self.sync.go_on(held)
            case "pause":
                held = await self.sync.hold()
                work = asyncio.create_task(running.run(held, self.sync.resources))
                await asyncio.sleep(self.choice.random() / 100)
                await self.sync.cancel()
                await asyncio.wait([work])
                assert work.exception() is None or isinstance(work.exception(), RunOver)
                self.deaths += 1
            case "drain":
                work = asyncio.create_task(running.run(await self.sync.hold(), self.sync.resources))
                await asyncio.sleep(self.choice.random() / 30)
                work.cancel()
                await asyncio.wait([work])
                self.deaths += 1
            case "run by two":
                await self.run_by_two()
            case _:
                self.edit(act)

    async def go_on(self) -> None:
        await self.sync.go_on(await self.sync.hold())

    async def run_by_two(self) -> None:
        """A process that is slow, and another that takes its run over for that."""
        self.drive.stall = stall = Stall(self.choice.randrange(1, 12))
        slow = asyncio.create_task(running.run(await self.sync.hold(), self.sync.resources))
        reached = asyncio.create_task(stall.reached.wait())
        await asyncio.wait([slow, reached], return_when=asyncio.FIRST_COMPLETED)
        self.drive.stall = None
        if slow.done():
            reached.cancel()
            await slow
            return
        self.edit(self.choice.choice(EDITS))
        await self.sync.go_on(await self.sync.take_over())
        stall.released.set()
        with pytest.raises(RunOver):
            await slow
        self.deaths += 1

    async def settle(self) -> None:
        """Nothing is in the way any more."""
        self.drive.unavailable.clear()
        await self.go_on()
        await self.go_on()


@given(acts=acts, seed=st.integers(0, 2**32))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_version_in_the_folder_is_one_resume(pool: Pool, acts: list[str], seed: int) -> None:
    await pool.execute(f"TRUNCATE {TABLES} CASCADE")
    world = World(pool, Random(seed))
    await world.sync.set_up()
    for act in ["add", "add folder", "add", "add", *acts]:
        await world.act(act)
    await world.settle()
    sync = world.sync
    await sync.told()
    by_file: dict[str, list] = {}
    for file_id, submitted in zip(await sync.files_of(*sync.submitted), sync.submitted, strict=True):
        by_file.setdefault(file_id, []).append(submitted)

    there = world.drive.resumes()
    assert {file_id for file_id, state in (await sync.ledger()).items() if state == "submitted"} == set(there)
    for file_id, content in there.items():
        assert (await sync.content_of(by_file[file_id][-1])).startswith(content)
    for file_id, versions in by_file.items():
        contents = [(await sync.content_of(each)).rpartition(b"}")[0] for each in versions]
        assert all(one != next_one for one, next_one in pairwise(contents)), file_id
        assert [each.replaces_resume_id for each in versions] == [
            None,
            *(each.resume_id for each in versions[:-1]),
        ]

    runs = await pool.fetch("SELECT * FROM runs")
    for run in runs:
        assert run["status"] in ("completed", "cancelled")
        done = run["files_unchanged"] + run["files_synced"] + run["files_not_fetched"]
        assert run["files_found"] == done or (run["files_found"] > done and run["status"] == "cancelled")
        assert all(count >= 0 for count in run["passed_over"].values())
    assert sum(run["files_synced"] for run in runs) == len(sync.submitted)
    assert (await sync.sync())["total_files_synced"] == len(sync.submitted)
    fetched = sum(world.drive.fetches.values())
    unchanged = sum(run["files_unchanged"] for run in runs)
    assert fetched <= len(sync.submitted) + unchanged + world.deaths * sync.settings.drive_files_at_once
    assert sync.blob_keys() >= {each.file.blob_key for each in sync.submitted if each.file}

    before = sum(world.drive.fetches.values())
    quiet = await sync.run()
    assert quiet["files_synced"] == 0
    assert sum(world.drive.fetches.values()) == before
