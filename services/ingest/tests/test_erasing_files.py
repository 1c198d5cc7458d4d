"""The rest of an erasure, on a real database, bus and folder: files and dead letters, however often."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import obstore
import pytest
from obstore.exceptions import BaseError
from support.candidate_commands import ADA, BO, OWNER, erasure_of, erasure_of_resume, note, share
from support.ingest_service import NOW, Ingest, of_type, recruiter

from hotgigs.chassis.blobs import open_blobs
from hotgigs.chassis.bus.embedded import EmbeddedBus, open_embedded_bus
from hotgigs.chassis.bus.interface import Queue
from hotgigs.chassis.errors import DependencyDown
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.service import installed_services
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.contracts.envelope import Envelope, wrap
from hotgigs.contracts.gateway.submit_batch import BatchFile, SubmitBatchV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.registry import type_of
from hotgigs.contracts.resume_state import StoredFile
from hotgigs.ingest import erasing_files, stored_files
from hotgigs.ingest.on_add_note import on_add_note
from hotgigs.ingest.on_candidate_erased import on_candidate_erased
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_erase_resume import on_erase_resume
from hotgigs.ingest.on_resume_erased import on_resume_erased
from hotgigs.ingest.on_submit_batch import on_submit_batch
from hotgigs.ingest.resources import Resources
from hotgigs.ingest.stored_files import FileNotDeleted, delete_files
from hotgigs.ingest.sweep_erased import AGE, sweep_erased

QUEUES = [queue for service in installed_services().values() for queue in service.queues]


@pytest.fixture
async def bus(database_url: str) -> AsyncIterator[EmbeddedBus]:
    bus = await open_embedded_bus(database_url, pool_size=2)
    await bus.declare(QUEUES)
    yield bus
    await bus.close()


@pytest.fixture
def resources(ingest: Ingest, bus: EmbeddedBus, tmp_path: Path) -> Resources:
    units_of_work = UnitsOfWork(ingest.pool, Relay(ingest.pool, bus, service="ingest"), source="ingest")
    return Resources(blobs=open_blobs(f"file://{tmp_path}"), bus=bus, units_of_work=units_of_work)


async def put_aside(bus: EmbeddedBus, message: Message) -> list[Queue]:
    """Dies in every queue that takes it; these."""
    envelope = wrap(message, source="test", correlation_id="test")
    await bus.publish([envelope])
    taking = [queue for queue in QUEUES if queue.routing_key == type_of(type(message)).routing_key]
    for queue in taking:
        async with bus.subscribe(queue, prefetch=1) as subscription:
            (delivery,) = await subscription.receive(1)
            await subscription.dead_letter(delivery, reason="because")
    return taking


async def dead(bus: EmbeddedBus) -> list[Envelope]:
    return [each.envelope for queue in QUEUES for each in await bus.dead_letters(queue, limit=100)]


async def erased(ingest: Ingest, command: object, resources: Resources) -> CandidateErasedV1 | ResumeErasedV1:
    """All of it."""
    handler = on_erase_candidate if hasattr(command, "candidate_id") else on_erase_resume
    _, events = await ingest.does(handler, command)  # type: ignore[arg-type, type-var]
    (event,) = of_type(events, CandidateErasedV1) or of_type(events, ResumeErasedV1)
    await finish(ingest, event, resources)
    return event  # type: ignore[no-any-return]


async def finish(ingest: Ingest, event: CandidateErasedV1 | ResumeErasedV1, resources: Resources) -> None:
    await erasing_files.erase_files(event, resources)
    await record(ingest, event)


async def record(ingest: Ingest, event: CandidateErasedV1 | ResumeErasedV1) -> None:
    async def handle(message: CandidateErasedV1 | ResumeErasedV1, uow: UnitOfWork) -> None:
        if isinstance(message, CandidateErasedV1):
            await on_candidate_erased(message, None, uow)
        else:
            await on_resume_erased(message, None, uow)

    await ingest.handle(handler=handle, message=event)


async def resume_of(ingest: Ingest, candidate_id: UUID) -> UUID:
    resume_id: UUID = await ingest.pool.fetchval(
        "SELECT resume_id FROM resumes WHERE candidate_id = $1", candidate_id
    )
    return resume_id


async def store_files(resources: Resources, *keys: str) -> None:
    for key in keys:
        await obstore.put_async(resources.blobs, key, b"content")


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def test_all_files_of_the_resumes_go_and_no_others(
    ingest: Ingest, resources: Resources, tmp_path: Path
) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    mine, other = await resume_of(ingest, ada), await resume_of(ingest, bo)
    named = f"resumes/{mine}"
    kept = {f"resumes/{other}", f"resumes/{other}-1/2", f"resumes/{uuid4()}/1"}
    await store_files(resources, named, f"resumes/{mine}-of-a-try", *kept)
    (tmp_path / f"resumes/{mine}-unfinished#1").write_bytes(b"half")
    event = await erased(ingest, erasure_of(ada), resources)
    assert files(tmp_path) == kept
    (confirmed,) = of_type(await ingest.told(), FilesErasedV1)
    assert confirmed.erasure_id == event.erasure.erasure_id


async def test_a_resumes_folder_goes_with_what_was_not_written_to_its_end(
    resources: Resources, tmp_path: Path
) -> None:
    mine, other = uuid4(), uuid4()
    await store_files(resources, f"resumes/{mine}/1", f"resumes/{other}/1")
    (tmp_path / f"resumes/{mine}/2#1").write_bytes(b"half")
    (tmp_path / f"resumes/{other}/2#1").write_bytes(b"half")
    await delete_files(resources.blobs, [mine])
    assert files(tmp_path) == {f"resumes/{other}/1", f"resumes/{other}/2#1"}
    assert not (tmp_path / f"resumes/{mine}").exists()


async def test_elsewhere_than_in_a_folder_files_are_found_by_the_resume() -> None:
    blobs = obstore.store.MemoryStore()
    mine, other = uuid4(), uuid4()
    keys = (f"resumes/{mine}/1", f"resumes/{mine}/2", "older/key", f"resumes/{other}/1")
    for key in keys:
        await obstore.put_async(blobs, key, b"content")
    for _ in range(2):
        await delete_files(blobs, [mine], ["older/key"])
    left = [blob["path"] async for page in obstore.list(blobs) for blob in page]
    assert left == [f"resumes/{other}/1"]


@pytest.mark.parametrize(("answers", "error"), [(True, FileNotDeleted), (False, DependencyDown)])
async def test_a_store_that_is_away_is_told_from_a_file_that_cannot_be_deleted(
    monkeypatch: pytest.MonkeyPatch, answers: bool, error: type[Exception]
) -> None:
    async def fails(*_: object) -> None:
        raise BaseError("no")

    async def is_missing(*_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(stored_files.obstore, "delete_async", fails)
    monkeypatch.setattr(stored_files.obstore, "head_async", is_missing if answers else fails)
    with pytest.raises(error):
        await delete_files(obstore.store.MemoryStore(), [], ["a"])


async def test_dead_letters_about_the_erased_leave_all_queues_and_others_stay(
    ingest: Ingest, bus: EmbeddedBus, resources: Resources
) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    of_both = []
    for candidate_id, data in ((ada, ADA), (bo, BO)):
        parsed = ResumeParsedV2(
            resume_id=await resume_of(ingest, candidate_id),
            attempt=1,
            started_at=NOW,
            finished_at=NOW,
            data=data,
        )
        of_both += await put_aside(bus, parsed)
        of_both += await put_aside(bus, note(candidate_id))
    assert len(await dead(bus)) == len(of_both)
    await erased(ingest, erasure_of(ada), resources)
    left = await dead(bus)
    assert len(left) == len(of_both) / 2
    assert not [each for each in left if b"ada@" in each.data or str(ada).encode() in each.data]


async def test_a_dead_command_to_share_goes_with_any_of_its_candidates(
    ingest: Ingest, bus: EmbeddedBus, resources: Resources
) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    of_both, of_bo = share(bo, ada, to=(recruiter(),)), share(bo, to=(recruiter(),))
    await put_aside(bus, of_both)
    await put_aside(bus, of_bo)
    await erased(ingest, erasure_of(ada), resources)
    assert [each.open() for each in await dead(bus)] == [of_bo]


async def test_what_tells_of_the_erasure_is_not_discarded(
    ingest: Ingest, bus: EmbeddedBus, resources: Resources
) -> None:
    ada = await ingest.imported(OWNER.user_id, ADA)
    _, events = await ingest.does(on_erase_candidate, erasure_of(ada))
    (event,) = of_type(events, CandidateErasedV1)
    queues = await put_aside(bus, event)
    await finish(ingest, event, resources)
    assert len(await dead(bus)) == len(queues) > 0


async def test_others_of_a_batch_are_told_again_when_its_dead_letters_go(
    ingest: Ingest, bus: EmbeddedBus, resources: Resources
) -> None:
    first, second = uuid4(), uuid4()
    command = SubmitBatchV1(
        batch_id=uuid4(),
        owner_user_id=OWNER.user_id,
        database_id=OWNER.user_id,
        source="bulk_upload",
        files=tuple(
            BatchFile(
                resume_id=each,
                filename=f"{each}.pdf",
                file=StoredFile(
                    blob_key=f"resumes/{each}/1", media_type="application/pdf", size_bytes=1, sha256="00"
                ),
            )
            for each in (first, second)
        ),
    )
    await ingest.handle(on_submit_batch, command)
    (received,) = of_type(await ingest.told(), BatchReceivedV1)
    await put_aside(bus, received)
    event = await erased(ingest, erasure_of_resume(first), resources)
    assert await dead(bus) == []
    for _ in range(2):
        (again,) = of_type(await ingest.told(), BatchReceivedV1)
        assert [each.resume_id for each in again.resumes] == [second]
        await finish(ingest, event, resources)


async def test_done_again_after_a_kill_it_ends_in_the_same(
    ingest: Ingest, bus: EmbeddedBus, resources: Resources, tmp_path: Path
) -> None:
    ada = await ingest.imported(OWNER.user_id, ADA)
    await ingest.handle(on_add_note, note(ada))
    resume_id = await resume_of(ingest, ada)
    await store_files(resources, f"resumes/{resume_id}/0", f"resumes/{resume_id}/1")
    _, events = await ingest.does(on_erase_candidate, erasure_of(ada))
    (event,) = of_type(events, CandidateErasedV1)
    await delete_files(resources.blobs, event.erasure.resume_ids)  # killed here,
    await erasing_files.erase_files(event, resources)  # here,
    await finish(ingest, event, resources)
    first = await ingest.pool.fetchval("SELECT files_erased_at FROM erasures")
    await finish(ingest, event, resources)  # or, as a replay, when all was done
    assert await ingest.pool.fetchval("SELECT files_erased_at FROM erasures") == first
    assert files(tmp_path) == set()
    assert len(of_type(await ingest.told(), FilesErasedV1)) == 2


async def test_what_came_late_is_swept_while_the_erasure_is_young(
    ingest: Ingest, bus: EmbeddedBus, resources: Resources, tmp_path: Path
) -> None:
    ada = await ingest.imported(OWNER.user_id, ADA)
    event = await erased(ingest, erasure_of(ada), resources)
    (resume_id,) = event.erasure.resume_ids
    kept = f"resumes/{uuid4()}/1"
    await store_files(resources, f"resumes/{resume_id}/late", kept)
    await put_aside(bus, note(ada))
    await sweep_erased(resources.units_of_work, resources, event.erasure.at + 2 * AGE)
    assert len(files(tmp_path)) == 2
    assert len(await dead(bus)) == 1
    await sweep_erased(resources.units_of_work, resources)
    assert files(tmp_path) == {kept}
    assert await dead(bus) == []
