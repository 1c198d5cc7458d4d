"""A read model made again, beside an owner and projections that go on at the worst moments."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec
import pytest
from sample_service.messages import progress
from sqlalchemy import Column, Integer, MetaData, Table, Uuid

from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.handlers import Handler, WorkHandler
from hotgigs.chassis.read_models import Difference
from hotgigs.chassis.rebuild import MissingOwner, NothingTold, rebuild
from hotgigs.chassis.service import AnyService, ReadModel, Service
from hotgigs.chassis.settings import Settings
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.message import Event
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1

ADA, BOB, CLEO = (UUID(int=number) for number in (1, 2, 3))
_TABLES = MetaData()
_KNOWN = Table("known", _TABLES, Column("resume_id", Uuid, primary_key=True), Column("sequence", Integer))

Step = Callable[[], Awaitable[object]]


def event_of(resume_id: UUID, sequence: int) -> ParseProgressedV1:
    return msgspec.structs.replace(progress(sequence), resume_id=resume_id)


async def project(event: ParseProgressedV1, uow: UnitOfWork) -> None:
    """The newest sequence is true."""
    await uow.connection.execute(
        "INSERT INTO known VALUES ($1, $2) ON CONFLICT (resume_id) DO UPDATE SET sequence = excluded.sequence"
        " WHERE known.sequence < excluded.sequence",
        event.resume_id,
        event.sequence,
    )


class Owner:
    """Owns ``sample.owned``; ``before_reading[n]`` is done right before its state is read the nth time,
    ``after_reading[n]`` right after."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.readings = 0
        self.before_reading: dict[int, Step] = {}
        self.after_reading: dict[int, Step] = {}

    async def change(self, resume_id: UUID, sequence: int) -> None:
        async with self._pool.acquire() as connection:
            await _own(connection, resume_id, sequence)

    async def change_and_tell(self, resume_id: UUID, sequence: int) -> None:
        """And the service that is rebuilt hears of it."""
        await self.change(resume_id, sequence)
        async with self._pool.acquire() as connection:
            await project(event_of(resume_id, sequence), UnitOfWork(connection, source="sample"))

    @asynccontextmanager
    async def changing(self, resume_id: UUID, sequence: int) -> AsyncIterator[None]:
        """In a transaction that ends with the block."""
        async with self._pool.acquire() as connection, connection.transaction():
            await _own(connection, resume_id, sequence)
            yield

    async def public_state(self, connection: Connection, since: int) -> AsyncIterator[Event]:
        self.readings += 1
        if (step := self.before_reading.get(self.readings)) is not None:
            await step()
        for row in await connection.fetch("SELECT * FROM owned WHERE changed_in >= $1", since):
            yield event_of(row["resume_id"], row["sequence"])
        if (step := self.after_reading.get(self.readings)) is not None:
            await step()

    @property
    def service(self) -> AnyService:
        return _service(public_state=self.public_state)


async def _own(connection: Connection, resume_id: UUID, sequence: int) -> None:
    await connection.execute(
        "INSERT INTO owned VALUES ($1, $2)"
        " ON CONFLICT (resume_id) DO UPDATE SET sequence = excluded.sequence, changed_in = DEFAULT",
        resume_id,
        sequence,
    )


def _service(**fields: object) -> AnyService:
    return Service(
        name="sample",
        package="sample_service",
        settings=Settings,
        metadata=_TABLES,
        resources=None,  # type: ignore[arg-type]
        **fields,  # type: ignore[arg-type]
    )


def projecting(own_rows: str = "false") -> AnyService:
    return _service(
        handlers=(Handler(message=ParseProgressedV1, handle=project),),
        read_models=(ReadModel(table=_KNOWN, owners=["sample"], own_rows=own_rows),),
    )


@pytest.fixture(autouse=True)
async def _tables(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await connection.execute("CREATE TABLE known (resume_id uuid PRIMARY KEY, sequence int)")
        await connection.execute(
            "CREATE TABLE owned (resume_id uuid PRIMARY KEY, sequence int,"
            " changed_in bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint)"
        )


@pytest.fixture
async def owner(pool: Pool) -> Owner:
    owner = Owner(pool)
    await owner.change(ADA, 1)
    await owner.change(BOB, 1)
    return owner


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


async def known(pool: Pool) -> dict[UUID, int]:
    async with pool.acquire() as connection:
        return {row["resume_id"]: row["sequence"] for row in await connection.fetch("SELECT * FROM known")}


async def put(pool: Pool, rows: dict[UUID, int]) -> None:
    async with pool.acquire() as connection:
        await connection.executemany("INSERT INTO known VALUES ($1, $2)", list(rows.items()))


async def test_missing_wrong_and_left_over_rows_are_corrected_and_counted(
    owner: Owner, pool: Pool, settings: Settings, database_url: str
) -> None:
    await put(pool, {ADA: 7, CLEO: 1})
    differences = await rebuild(projecting(), [owner.service], settings, database_url)
    assert differences == [Difference(table="known", missing=1, different=1, left_over=1)]
    assert await known(pool) == {ADA: 1, BOB: 1}


async def test_a_check_counts_and_changes_nothing(
    owner: Owner, pool: Pool, settings: Settings, database_url: str
) -> None:
    await put(pool, {ADA: 7, CLEO: 1})
    differences = await rebuild(projecting(), [owner.service], settings, database_url, only_check=True)
    assert differences == [Difference(table="known", missing=1, different=1, left_over=1)]
    assert await known(pool) == {ADA: 7, CLEO: 1}


async def test_rows_that_are_the_service_s_own_word_stay(
    owner: Owner, pool: Pool, settings: Settings, database_url: str
) -> None:
    await put(pool, {CLEO: 0})
    await rebuild(projecting(own_rows="live.sequence = 0"), [owner.service], settings, database_url)
    assert await known(pool) == {ADA: 1, BOB: 1, CLEO: 0}


@pytest.mark.parametrize("reading", [1, 2, 3])
async def test_what_an_owner_changes_and_tells_meanwhile_is_not_set_back(
    owner: Owner, pool: Pool, settings: Settings, database_url: str, reading: int
) -> None:
    async def change_and_tell() -> None:
        await owner.change_and_tell(ADA, 2)
        await owner.change_and_tell(CLEO, 1)

    async def change_while_nobody_can_be_told() -> None:
        await owner.change(ADA, 2)
        await owner.change(CLEO, 1)

    owner.before_reading[reading] = change_and_tell if reading < 3 else change_while_nobody_can_be_told
    await rebuild(projecting(), [owner.service], settings, database_url)
    assert owner.readings == 3
    assert await known(pool) == {ADA: 2, BOB: 1, CLEO: 1}


async def test_what_is_told_between_the_last_reading_and_the_lock_is_not_set_back(
    owner: Owner, pool: Pool, settings: Settings, database_url: str
) -> None:
    owner.after_reading[2] = lambda: owner.change_and_tell(ADA, 2)
    await rebuild(projecting(), [owner.service], settings, database_url)
    assert await known(pool) == {ADA: 2, BOB: 1}


async def test_a_transaction_that_ends_after_a_reading_is_found_by_the_next_one(
    owner: Owner, pool: Pool, settings: Settings, database_url: str
) -> None:
    changing = owner.changing(ADA, 2)
    owner.before_reading = {1: changing.__aenter__, 3: lambda: changing.__aexit__(None, None, None)}
    await rebuild(projecting(), [owner.service], settings, database_url)
    assert await known(pool) == {ADA: 2, BOB: 1}


async def test_at_the_end_nobody_else_writes_but_everybody_reads(
    owner: Owner, pool: Pool, settings: Settings, database_url: str
) -> None:
    await put(pool, {ADA: 7})
    seen: list[object] = []

    async def look_and_write() -> None:
        seen.append(await known(pool))
        async with pool.acquire() as connection:
            await connection.execute("SET lock_timeout = '50ms'")
            try:
                await connection.execute("UPDATE known SET sequence = 8")
            except asyncpg.LockNotAvailableError:
                seen.append("locked")
            await connection.execute("RESET lock_timeout")

    owner.before_reading[3] = look_and_write
    await rebuild(projecting(), [owner.service], settings, database_url)
    assert seen == [{ADA: 7}, "locked"]


@pytest.mark.parametrize("lock", ["UPDATE known SET sequence = 8", "SELECT FROM known FOR UPDATE"])
async def test_who_is_in_the_way_is_waited_for_and_nothing_is_forgotten_meanwhile(
    owner: Owner,
    pool: Pool,
    settings: Settings,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    lock: str,
) -> None:
    """The first stands in the way of the lock, the second of the corrections under it."""
    monkeypatch.setattr("hotgigs.chassis.rebuild.LOCK_TIMEOUT_S", 0.05)
    await put(pool, {ADA: 7})
    async with pool.acquire() as other:
        transaction = other.transaction()

        async def change_and_stand_in_the_way() -> None:
            await owner.change(BOB, 2)
            await transaction.start()
            await other.execute(lock)

        owner.after_reading[2] = change_and_stand_in_the_way
        monkeypatch.setattr("hotgigs.chassis.rebuild.asyncio.sleep", lambda _: transaction.rollback())
        await rebuild(projecting(), [owner.service], settings, database_url)
    assert await known(pool) == {ADA: 1, BOB: 2}


async def test_without_the_owner_s_code_nothing_is_touched(
    pool: Pool, settings: Settings, database_url: str
) -> None:
    await put(pool, {ADA: 7})
    for installed in ([], [_service()]):
        with pytest.raises(MissingOwner, match="not installed here: sample"):
            await rebuild(projecting(), installed, settings, database_url)
    assert await known(pool) == {ADA: 7}


async def test_owners_that_know_nothing_at_all_are_believed_only_if_one_insists(
    pool: Pool, settings: Settings, database_url: str
) -> None:
    knows_nothing = Owner(pool).service
    assert await rebuild(projecting(), [knows_nothing], settings, database_url) == [
        Difference(table="known", missing=0, different=0, left_over=0)
    ]
    await put(pool, {ADA: 7})
    with pytest.raises(NothingTold):
        await rebuild(projecting(), [knows_nothing], settings, database_url)
    assert await known(pool) == {ADA: 7}
    await rebuild(projecting(), [knows_nothing], settings, database_url, even_to_nothing=True)
    assert await known(pool) == {}


async def test_a_handler_that_does_more_than_project_is_refused_and_nothing_changes(
    owner: Owner, pool: Pool, settings: Settings, database_url: str
) -> None:
    async def publish(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        uow.publish(event)

    async def work(event: ParseProgressedV1, resources: object) -> None:
        raise AssertionError

    async def record(event: ParseProgressedV1, outcome: None, uow: UnitOfWork) -> None:
        raise AssertionError

    await put(pool, {ADA: 7})
    for handler in (
        Handler(message=ParseProgressedV1, handle=publish),
        WorkHandler(message=ParseProgressedV1, work=work, record=record),
    ):
        service = _service(handlers=(handler,), read_models=(ReadModel(table=_KNOWN, owners=["sample"]),))
        with pytest.raises(TypeError):
            await rebuild(service, [owner.service], settings, database_url)
    assert await known(pool) == {ADA: 7}
