"""When somebody is erased whose file has versions that are nobody's yet, these go too, however late."""

import asyncio
from uuid import UUID, uuid4

from support.candidate_commands import ADA, OWNER, erasure_of, erasure_of_resume
from support.ingest_service import ADMIN, Ingest, fetched, of_type

from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.ingest.on_drive_file_fetched import on_drive_file_fetched
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_erase_resume import on_erase_resume

SOMEBODY_ELSE = ResumeData(email="cy@mail.example", full_name="Cy Third")


async def read(ingest: Ingest, data: ResumeData, replaces: UUID | None = None) -> UUID:
    resume_id = await ingest.fetch(OWNER.user_id, replaces)
    await ingest.parsed(resume_id, data)
    return resume_id


async def erased_with(ingest: Ingest, resume_id: UUID) -> set[UUID]:
    """The resumes that were erased with the candidate of this one."""
    _, events = await ingest.does(on_erase_candidate, erasure_of(await ingest.candidate_of(resume_id)))
    (erased,) = of_type(events, CandidateErasedV1)
    assert len(erased.erasure.resume_ids) == len(set(erased.erasure.resume_ids))
    return set(erased.erasure.resume_ids)


async def test_versions_before_and_after_that_are_nobody_s_are_erased_with_the_candidate(
    ingest: Ingest,
) -> None:
    refused = await ingest.fetch(OWNER.user_id, file=None, refusal="A picture.")
    known = await read(ingest, ADA, refused)
    waiting = await ingest.fetch(OWNER.user_id, known)
    other = await ingest.fetch(OWNER.user_id)
    assert await erased_with(ingest, known) == {refused, known, waiting}
    await ingest.parsed(waiting, ADA)
    assert await ingest.told() == []
    assert [row["resume_id"] for row in await ingest.pool.fetch("SELECT * FROM resumes")] == [other]


async def test_a_version_that_is_another_person_s_stays(ingest: Ingest) -> None:
    first = await read(ingest, ADA)
    second = await read(ingest, SOMEBODY_ELSE, first)
    assert await erased_with(ingest, first) == {first}
    await ingest.candidate_of(second)


async def test_a_new_version_that_comes_after_the_erasure_is_erased_too_in_the_same_name(
    ingest: Ingest,
) -> None:
    first = await read(ingest, ADA)
    await ingest.handle(on_erase_candidate, erasure_of(await ingest.candidate_of(first), ADMIN))
    await ingest.told()
    second = fetched(OWNER.user_id, first)
    for event in second, fetched(OWNER.user_id, second.resume_id):
        await ingest.handle(on_drive_file_fetched, event)
        (erased,) = await ingest.told()
        assert isinstance(erased, ResumeErasedV1)
        assert (erased.erasure.resume_ids, erased.command_id) == ((event.resume_id,), None)
        assert (erased.erasure.actor, erased.erasure.database_id) == (ADMIN, OWNER.user_id)
    await ingest.handle(on_drive_file_fetched, second)
    assert await ingest.told() == []
    assert await ingest.count("resumes") == 0


async def test_an_old_version_that_comes_after_the_erasure_of_a_newer_is_not_taken_in(ingest: Ingest) -> None:
    older = fetched(OWNER.user_id)
    newer = await read(ingest, ADA, older.resume_id)
    assert await erased_with(ingest, newer) == {newer, older.resume_id}
    await ingest.handle(on_drive_file_fetched, older)
    assert (await ingest.told(), await ingest.count("resumes")) == ([], 0)


async def test_a_resume_that_is_erased_alone_takes_the_version_along_that_is_still_being_read(
    ingest: Ingest,
) -> None:
    await ingest.imported(OWNER.user_id, ADA)
    known = await read(ingest, ADA)
    waiting = await ingest.fetch(OWNER.user_id, known)
    _, events = await ingest.does(on_erase_resume, erasure_of_resume(known))
    (erased,) = of_type(events, ResumeErasedV1)
    assert set(erased.erasure.resume_ids) == {known, waiting}
    assert await ingest.count("resumes") == 1


async def test_a_version_before_that_was_erased_already_is_not_erased_again(ingest: Ingest) -> None:
    gone = uuid4()
    await ingest.handle(on_erase_resume, erasure_of_resume(gone))
    first = await read(ingest, ADA)
    await ingest.pool.execute("UPDATE resumes SET replaces_resume_id = $1", gone)
    assert await erased_with(ingest, first) == {first}


async def test_a_new_version_that_comes_while_the_candidate_is_erased_is_erased_too(ingest: Ingest) -> None:
    first = await read(ingest, ADA)
    candidate_id = await ingest.candidate_of(first)
    versions = [fetched(OWNER.user_id, first) for _ in range(20)]
    await ingest.told()
    await asyncio.gather(
        *(ingest.handle(on_drive_file_fetched, each) for each in versions[:10]),
        ingest.handle(on_erase_candidate, erasure_of(candidate_id)),
        *(ingest.handle(on_drive_file_fetched, each) for each in versions[10:]),
    )
    told = await ingest.told()
    erased = [*of_type(told, CandidateErasedV1), *of_type(told, ResumeErasedV1)]
    gone = [resume_id for each in erased for resume_id in each.erasure.resume_ids]
    assert sorted(gone) == sorted([first, *(each.resume_id for each in versions)])
    assert await ingest.count("resumes") == 0
