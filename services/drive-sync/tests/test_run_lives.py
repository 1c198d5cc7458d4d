"""Runs of several owners on processes that die, hang and come back late, while owners trigger, pause and
delete: on a real database, never two write, and nothing that was asked for is lost."""

import asyncio
from contextlib import AsyncExitStack
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from support.drive_service import LEASE_S, DriveService, recruiter
from support.expected_runs import Model, ModelRun, ModelSync
from support.postgres import database

from hotgigs.chassis import database as chassis_database
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.drive_sync import run_store
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.run_store import RunOver
from hotgigs.drive_sync.start_due_runs import MOST_TAKEOVERS, queue_due

OWNERS = [recruiter(), recruiter()]
SYNCS_OF = (0, 0, 1)

numbers = st.integers(0, 9)


class Lives(RuleBasedStateMachine):
    server_url = template = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.model = Model()
        self.held: list[HeldRun] = []
        """By processes that know of no end of it: also those that were taken over long ago."""
        self.moment = 0
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        url = await self.stack.enter_async_context(database(self.server_url, template=self.template))
        pool = await chassis_database.open_pool(url, schema="drive_sync", max_size=4)
        self.stack.callback(pool.terminate)
        self.drive = DriveService(pool)
        for owner in SYNCS_OF:
            await self._sets_up(owner)

    async def _sets_up(self, owner: int) -> None:
        self.model.syncs.append(ModelSync(await self.drive.sets_up(OWNERS[owner]), owner))

    def sync(self, number: int) -> ModelSync:
        return self.model.syncs[number % len(self.model.syncs)]

    def process(self, number: int) -> HeldRun:
        return self.held[number % len(self.held)]

    @rule(number=numbers)
    def a_sync_is_triggered(self, number: int) -> None:
        sync = self.sync(number)
        if sync.is_active:
            self.runner.run(self._triggers(sync))

    async def _triggers(self, sync: ModelSync) -> None:
        self.moment += 1
        told = await self.drive.triggers(OWNERS[sync.owner], sync.sync_id)
        if sync.run is None:
            sync.run = ModelRun(told.run_id)
        assert told.run_id == sync.run.run_id
        sync.run.asked(self.moment)

    @rule(number=numbers)
    def a_sync_is_due_and_two_look(self, number: int) -> None:
        sync = self.sync(number)
        if not sync.is_active:
            return

        async def look() -> None:
            await self.drive.is_due(sync.sync_id)
            await asyncio.gather(*(queue_due(self.drive.units_of_work) for _ in range(2)))
            if sync.run is None:
                run_id = await self.drive.pool.fetchval(
                    "SELECT run_id FROM runs WHERE sync_id = $1 AND status = 'queued'", sync.sync_id
                )
                sync.run = ModelRun(run_id)

        self.runner.run(look())

    @rule(count=st.integers(1, 3))
    def processes_look_for_runs(self, count: int) -> None:
        self.runner.run(self._claim(count))

    async def _claim(self, count: int) -> None:
        free = self.model.free()
        claimed = await asyncio.gather(*(self.drive.claims() for _ in range(count)))
        taken = [held for held in claimed if held is not None]
        assert bool(taken) == bool(free)
        assert len({held.run_id for held in taken}) == len(taken)
        for held in taken:
            self._taken(held)

    def _taken(self, held: HeldRun) -> None:
        (sync,) = (each for each in self.model.free() if each.run and each.run.run_id == held.run_id)
        self.model.takes(sync, held)
        self.held.append(held)

    @precondition(lambda self: self.held)
    @rule(number=numbers)
    def a_process_writes(self, number: int) -> None:
        held = self.process(number)
        expected = self.model.held_by(held)
        assert self.runner.run(self._writes(held)) == (expected is not None)
        if expected is not None:
            self._found(expected)

    async def _writes(self, held: HeldRun) -> bool:
        try:
            async with self.drive.units_of_work.begin() as uow:
                await run_store.advance(uow.connection, held, counts={"files_found": 1})
        except RunOver:
            return False
        return True

    def _found(self, sync: ModelSync) -> None:
        assert sync.run is not None
        sync.run.files_found += 1
        sync.run.takeovers = 0

    @precondition(lambda self: self.held)
    @rule(number=numbers)
    def a_process_writes_while_others_look_for_runs(self, number: int) -> None:
        held = self.process(number)
        holder = self.model.held_by(held)

        async def both() -> tuple[bool, HeldRun | None]:
            return await asyncio.gather(self._writes(held), self.drive.claims())

        has_written, taken = self.runner.run(both())
        if has_written:
            assert holder is not None
            self._found(holder)
        elif holder is not None:
            assert taken is not None
            assert taken.run_id == held.run_id
        if taken is not None:
            self._taken(taken)

    @precondition(lambda self: self.held)
    @rule(number=numbers)
    def a_process_ends_its_run(self, number: int) -> None:
        held = self.process(number)
        sync = self.model.held_by(held)
        ended = self.runner.run(self._completes(held))
        if sync is None:
            assert ended is None
            return
        run = sync.run
        assert run is not None
        assert ended == (not run.is_asked_again)
        if ended:
            assert not run.unanswered
            sync.run = None
        else:
            self._looks_again(run, held)

    async def _completes(self, held: HeldRun) -> bool | None:
        try:
            async with self.drive.units_of_work.begin() as uow:
                return await finish(uow, held, status="completed")
        except RunOver:
            return None

    def _looks_again(self, run: ModelRun, held: HeldRun) -> None:
        async def take() -> bool:
            async with self.drive.units_of_work.begin() as uow:
                return await run_store.take_asked_again(uow.connection, held)

        assert self.runner.run(take())
        run.is_asked_again = False
        run.looks()

    @precondition(lambda self: self.held)
    @rule(number=numbers)
    def a_process_ends_its_run_while_it_is_triggered(self, number: int) -> None:
        held = self.process(number)
        sync = self.model.held_by(held)
        if sync is None or sync.run is None or sync.run.is_asked_again:
            return

        command = TriggerDriveSyncV1(
            command_id=uuid4(), actor=OWNERS[sync.owner], sync_id=sync.sync_id, run_id=uuid4()
        )

        async def both() -> tuple[None, bool | None]:
            return await asyncio.gather(self.drive.carry_out(command), self._completes(held))

        self.moment += 1
        _, ended = self.runner.run(both())
        if ended:
            sync.run = ModelRun(command.run_id)
            sync.run.asked(self.moment)
        else:
            sync.run.asked(self.moment)
            self._looks_again(sync.run, held)

    @precondition(lambda self: self.held)
    @rule(number=numbers)
    def a_process_renews_its_lease(self, number: int) -> None:
        held = self.process(number)

        async def renew() -> bool:
            try:
                async with self.drive.units_of_work.begin() as uow:
                    await run_store.renew(uow.connection, held, lease_s=LEASE_S)
            except RunOver:
                return False
            return True

        sync = self.model.held_by(held)
        assert self.runner.run(renew()) == (sync is not None)
        if sync is not None and sync.run is not None:
            sync.run.lease_is_out = False

    @precondition(lambda self: self.held)
    @rule(number=numbers)
    def a_process_drains(self, number: int) -> None:
        held = self.process(number)

        async def give_back() -> None:
            async with self.drive.units_of_work.begin() as uow:
                await run_store.give_back(uow.connection, held)

        sync = self.model.held_by(held)
        self.runner.run(give_back())
        if sync is not None and sync.run is not None:
            sync.run.token, sync.run.lease_is_out = None, True

    @precondition(lambda self: self.held)
    @rule(number=numbers)
    def a_process_is_not_heard_of_for_as_long_as_its_lease(self, number: int) -> None:
        held = self.process(number)
        sync = self.model.held_by(held)
        if sync is not None and sync.run is not None:
            self.runner.run(self.drive.lease_runs_out(held.run_id))
            sync.run.lease_is_out = True

    @rule(number=numbers)
    def a_sync_is_switched_off_or_on(self, number: int) -> None:
        sync = self.sync(number)
        sync.is_active = not sync.is_active
        if not sync.is_active:
            sync.run = None
        self.runner.run(self.drive.changes(OWNERS[sync.owner], sync.sync_id, is_active=sync.is_active))

    @rule(number=numbers)
    def a_sync_is_deleted_and_another_set_up(self, number: int) -> None:
        sync = self.sync(number)
        self.model.syncs.remove(sync)
        self.runner.run(self.drive.deletes(OWNERS[sync.owner], sync.sync_id))
        self.runner.run(self._sets_up(sync.owner))

    @invariant()
    def the_database_has_what_is_expected(self) -> None:
        rows = self.runner.run(
            self.drive.pool.fetch(
                "SELECT run_id, status = 'running', lease_token, files_found, is_asked_again FROM runs"
                " WHERE status IN ('queued', 'running')"
            )
        )
        assert sorted(map(tuple, rows), key=str) == sorted(
            (
                (run.run_id, run.is_running, run.token, run.files_found, run.is_asked_again)
                for run in self.model.runs()
            ),
            key=str,
        )

    def teardown(self) -> None:
        self.runner.run(self._everything_ends())
        self.runner.run(self.stack.aclose())
        self.runner.close()

    async def _everything_ends(self) -> None:
        """What has been asked for is done once processes stay alive."""
        while runs := self.model.runs():
            for run in runs:
                if run.is_running:
                    await self.drive.lease_runs_out(run.run_id)
                    run.lease_is_out = True
            before = len(self.held)
            await self._claim(1)
            for held in self.held[before:]:
                sync = self.model.held_by(held)
                if sync is None:
                    assert held.takeovers >= MOST_TAKEOVERS
                    continue
                assert sync.run is not None
                if not await self._completes(held):
                    assert sync.run.is_asked_again
                    async with self.drive.units_of_work.begin() as uow:
                        assert await run_store.take_asked_again(uow.connection, held)
                    sync.run.looks()
                    assert await self._completes(held)
                assert not sync.run.unanswered
                sync.run = None


def test_runs_have_one_process_at_a_time_and_every_trigger_its_look(
    postgres_url: str, template_database: str
) -> None:
    Lives.server_url, Lives.template = postgres_url, template_database
    run_state_machine_as_test(
        Lives, settings=settings(max_examples=25, stateful_step_count=30, deadline=None)
    )
