"""A run of a sync, from wherever it stands to its end."""

from hotgigs.chassis.sealing import Unopenable
from hotgigs.drive_sync import ending, fetching, folder_store, following_changes, grants, run_store, sweeping
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.resources import Resources
from hotgigs.drive_sync.sources.errors import CursorLost, GrantEnded, SourceError
from hotgigs.drive_sync.stepping import RunUnderWay


async def run(held: HeldRun, resources: Resources) -> None:
    """Returns when the run is over and recorded, or given back to be taken with another grant. Raises
    `run_store.RunOver`, and what is raised where the database or the object store is away: the run is as it
    stands then, and goes on where it is taken next. May be cancelled at any time, with the same effect."""
    try:
        await _run(held, resources)
    except GrantEnded as err:
        await _fail(held, resources, str(err), grant_ended=True)
    except Unopenable:
        # The grant is kept: one process may have been started without the key.
        await _fail(held, resources, _UNOPENABLE)
    except SourceError as err:
        await _fail(held, resources, str(err))


_UNOPENABLE = "The connection can no longer be read; connect it again."
_NO_PROVIDER = "This server no longer keeps folders of this kind in sync; delete the sync."


class _NoProvider(SourceError):
    """For a sync that was set up where there was one."""


async def _run(held: HeldRun, resources: Resources) -> None:
    provider = resources.providers.get(held.sync.provider)
    if provider is None:
        raise _NoProvider(_NO_PROVIDER)
    grant = grants.open_grant(resources.sealing, held.sync)
    async with provider.open(held.sync.folder_id, grant, owner=str(held.sync.owner_user_id)) as source:
        under_way = RunUnderWay(held=held, resources=resources, provider=provider, source=source, grant=grant)
        try:
            await _complete(under_way)
        except SourceError:
            async with resources.units_of_work.begin() as uow:
                await under_way.keep_grant(uow.connection)
            raise


async def _complete(run: RunUnderWay) -> None:
    while True:
        if not run.held.is_listed:
            await _list(run)
        await fetching.fetch_pending(run)
        async with run.resources.units_of_work.begin() as uow:
            if await ending.finish(uow, run.held, status="completed"):
                return
        await _look_again(run)


async def _list(run: RunUnderWay) -> None:
    """Brings the ledger to what the source has."""
    if run.sync.cursor is not None:
        await run.source.cursor()
        try:
            await following_changes.follow(run)
        except CursorLost:
            await sweeping.begin(run)
    elif run.held.kind != "full":
        await sweeping.begin(run)
    await sweeping.sweep(run)
    if run.sync.cursor is None:
        await sweeping.end(run)
    async with run.step() as step:
        step.cursor = run.held.next_cursor
        step.sets = {"is_listed": True, "page": None}


async def _look_again(run: RunUnderWay) -> None:
    async with run.step() as step:
        await run_store.take_asked_again(step.connection, run.held)
        if run.sync.cursor is None:
            await folder_store.begin(step.connection, run.sync)
        step.sets = {"is_listed": False, "page": None, "next_cursor": None}


async def _fail(held: HeldRun, resources: Resources, message: str, *, grant_ended: bool = False) -> None:
    async with resources.units_of_work.begin() as uow:
        await ending.finish(uow, held, status="failed", error_message=message, grant_ended=grant_ended)
