"""What the parser made of files that were synced is counted with the run that synced them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_state import DriveFileError
from hotgigs.drive_sync import import_store, run_errors, sync_store
from hotgigs.drive_sync.import_store import Import, Result
from hotgigs.drive_sync.telling import tell


class Outcome(Struct, frozen=True, kw_only=True):
    resume_id: UUID
    version: int
    """The resume's, that told it."""
    failure: str | None = None
    """None where it became a candidate."""

    @property
    def result(self) -> Result:
        return "processed" if self.failure is None else "failed"


async def count_outcomes(outcomes: Sequence[Outcome], uow: UnitOfWork) -> None:
    """Of each resume the newest counts; those that no sync brought are passed over."""
    newest: dict[UUID, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda each: each.version):
        newest[outcome.resume_id] = outcome
    connection = uow.connection
    sync_ids = await import_store.syncs_of(connection, newest)
    if not sync_ids:
        return
    await sync_store.lock(connection, sync_ids)
    known = await import_store.find(connection, newest)
    told = [(each, newest[each.resume_id]) for each in known]
    to_count = [(each, outcome) for each, outcome in told if outcome.version > each.outcome_version]
    if not to_count:
        return
    await _count(connection, to_count)
    await tell(
        uow,
        sorted({each.run_id for each, _ in to_count}),
        sync_ids={each.sync_id for each, _ in to_count},
    )


async def _count(connection: Connection, to_count: Sequence[tuple[Import, Outcome]]) -> None:
    more: Counter[tuple[UUID, UUID, Result]] = Counter()
    for each, outcome in to_count:
        if each.outcome is not None:
            more[each.run_id, each.sync_id, each.outcome] -= 1
        more[each.run_id, each.sync_id, outcome.result] += 1
    await import_store.set_outcomes(
        connection, [(each.resume_id, outcome.result, outcome.version) for each, outcome in to_count]
    )
    for (run_id, sync_id, result), count in more.items():
        await import_store.count(connection, run_id, sync_id, result, count)
    await run_errors.remove(connection, [each.resume_id for each, _ in to_count])
    at = await sync_store.clock(connection)
    errors: defaultdict[UUID, list[DriveFileError]] = defaultdict(list)
    for each, outcome in to_count:
        if outcome.failure is not None:
            errors[each.run_id].append(
                DriveFileError(file_id=each.file_id, resume_id=each.resume_id, reason=outcome.failure, at=at)
            )
    for run_id, of_it in errors.items():
        await run_errors.add(connection, run_id, of_it)
