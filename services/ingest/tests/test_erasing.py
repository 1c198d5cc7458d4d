"""erase_candidate and erase_resume at ingest, on a real database: what is left, and what is told."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from support.candidate_commands import (
    ADA,
    BO,
    OWNER,
    erasure_of,
    erasure_of_resume,
    merge,
    note,
    share,
    tags,
)
from support.ingest_service import ADMIN, NOW, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.ingest.on_add_note import on_add_note
from hotgigs.ingest.on_change_tags import on_change_tags
from hotgigs.ingest.on_edit_candidate import on_edit_candidate
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_erase_resume import on_erase_resume
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_share_candidates import on_share_candidates

OF_CANDIDATES = ("candidates", "resumes", "identities", "notes", "tags", "shares")


async def furnished(ingest: Ingest, data: Any, owner: Actor = OWNER) -> UUID:
    """A candidate with something of everything."""
    candidate_id = await ingest.imported(owner.user_id, data)
    await ingest.handle(on_add_note, note(candidate_id, owner))
    await ingest.handle(on_change_tags, tags(candidate_id, owner, add=("a", "b")))
    await ingest.handle(on_share_candidates, share(candidate_id, to=(recruiter(),)))
    edit = EditCandidateV1(
        command_id=uuid4(),
        actor=owner,
        candidate_id=candidate_id,
        edits=ProfileEdits(email=f"new-{data.email}"),
    )
    await ingest.handle(on_edit_candidate, edit)
    return candidate_id


async def resumes_of(ingest: Ingest, candidate_id: UUID) -> set[UUID]:
    rows = await ingest.pool.fetch("SELECT resume_id FROM resumes WHERE candidate_id = $1", candidate_id)
    return {row["resume_id"] for row in rows}


async def counts(ingest: Ingest) -> dict[str, int]:
    return {table: await ingest.count(table) for table in OF_CANDIDATES}


async def test_nothing_is_left_of_a_candidate_but_bare_ids_and_a_line_in_the_log(ingest: Ingest) -> None:
    other = await furnished(ingest, BO)
    before = await counts(ingest)
    ada = await furnished(ingest, ADA)
    resumes = await resumes_of(ingest, ada)
    note_id = await ingest.pool.fetchval("SELECT note_id FROM notes WHERE candidate_id = $1", ada)
    command = erasure_of(ada)
    settled, events = await ingest.does(on_erase_candidate, command)
    assert (settled.events, settled.rejection) == (1, None)
    (erased,) = of_type(events, CandidateErasedV1)
    assert erased.erasure.erasure_id == command.command_id
    assert erased.erasure.candidate_ids == (ada,)
    assert set(erased.erasure.resume_ids) == resumes
    assert erased.erasure.related_ids == (note_id,)
    assert (erased.erasure.database_id, erased.erasure.actor) == (OWNER.user_id, OWNER)
    assert await counts(ingest) == before, "what is somebody else's stays"
    rows = await ingest.pool.fetch("SELECT kind FROM activities WHERE candidate_id = $1", ada)
    assert [row["kind"] for row in rows] == ["erased"]
    assert await ingest.state_of(other)
    ((line,),) = (event.activities for event in of_type(events, ActivitiesRecordedV2))
    assert (line.kind, line.candidate_id, line.actor) == ("erased", ada, OWNER)


async def test_what_waited_to_be_told_of_the_candidate_is_forgotten(ingest: Ingest) -> None:
    ada = await furnished(ingest, ADA)
    resumes = await resumes_of(ingest, ada)
    await ingest.handle(on_erase_candidate, erasure_of(ada))
    rows = await ingest.pool.fetch("SELECT subject, envelope FROM outbox")
    about = [row for row in rows if row["subject"] in {str(ada), *map(str, resumes)}]
    assert len(about) == 1, "the line in the log"
    assert not any(b"mail.example" in row["envelope"] or b"Ada" in row["envelope"] for row in rows)


async def test_all_that_are_merged_are_erased_together(ingest: Ingest) -> None:
    ada, bo = await furnished(ingest, ADA), await furnished(ingest, BO)
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    settled, events = await ingest.does(on_erase_candidate, erasure_of(bo))
    (erased,) = of_type(events, CandidateErasedV1)
    assert set(erased.erasure.candidate_ids) == {ada, bo}
    assert len(erased.erasure.resume_ids) == 2
    assert settled.events == 1
    assert set((await counts(ingest)).values()) == {0}


@pytest.mark.parametrize("handler", [on_erase_candidate, on_erase_resume])
async def test_who_may_erase(ingest: Ingest, handler: Any) -> None:
    recipient, person = recruiter(), Actor(user_id=uuid4(), role="candidate")
    ada = await ingest.imported(OWNER.user_id, ADA)
    await ingest.handle(on_share_candidates, share(ada, to=(recipient,)))
    own = await ingest.uploaded(person.user_id, BO)
    expected = [
        (ada, recipient, "forbidden"),
        (ada, recruiter(), "not_found"),
        (ada, person, "not_found"),
        (own, OWNER, "not_found"),
        (own, person, None),
        (ada, OWNER, None),
        (await ingest.imported(uuid4(), ADA), ADMIN, None),
    ]
    for candidate_id, actor, code in expected:
        (resume_id,) = await resumes_of(ingest, candidate_id)
        is_whole = handler is on_erase_candidate
        command = erasure_of(candidate_id, actor) if is_whole else erasure_of_resume(resume_id, actor)
        settled, events = await ingest.does(handler, command)
        assert (settled.rejection.code if settled.rejection else None) == code
        assert bool(events) == (code is None)


async def test_erasing_again_finds_nobody_and_the_same_command_is_settled_as_before(ingest: Ingest) -> None:
    ada = await ingest.imported(OWNER.user_id, ADA)
    command = erasure_of(ada)
    first, _ = await ingest.does(on_erase_candidate, command)
    await ingest.handle(on_erase_candidate, command)
    assert await ingest.told() == [first]
    settled, _ = await ingest.does(on_erase_candidate, erasure_of(ada))
    assert settled.rejection is not None
    assert settled.rejection.code == "not_found"
    assert await ingest.count("erasures") == 1


async def test_a_resume_that_is_not_the_only_one_goes_alone_and_the_candidate_is_told_without_it(
    ingest: Ingest,
) -> None:
    ada = await ingest.imported(OWNER.user_id, ADA)
    (first,) = await resumes_of(ingest, ada)
    await ingest.imported(OWNER.user_id, ADA)
    (second,) = await resumes_of(ingest, ada) - {first}
    version = (await ingest.state_of(ada)).version
    settled, events = await ingest.does(on_erase_resume, erasure_of_resume(second))
    assert (settled.events, settled.rejection) == (2, None)
    (erased,) = of_type(events, ResumeErasedV1)
    assert (erased.erasure.candidate_ids, erased.erasure.resume_ids) == ((), (second,))
    (updated,) = of_type(events, CandidateUpdatedV1)
    assert (updated.candidate.candidate_id, updated.candidate.resume_ids) == (ada, (first,))
    assert updated.candidate.version == version + 1
    ((line,),) = (event.activities for event in of_type(events, ActivitiesRecordedV2))
    assert (line.kind, line.resume_id) == ("resume_erased", second)
    assert await ingest.count("identities") == 1


async def test_the_person_is_not_recognised_any_more_by_an_erased_resume(ingest: Ingest) -> None:
    ada = await ingest.imported(OWNER.user_id, ADA)
    edit = EditCandidateV1(
        command_id=uuid4(), actor=OWNER, candidate_id=ada, edits=ProfileEdits(full_name="Bo Example")
    )
    await ingest.handle(on_edit_candidate, edit)
    await ingest.handle(on_erase_candidate, erasure_of(ada))
    assert await ingest.imported(OWNER.user_id, ADA) != ada


async def test_the_last_resume_takes_the_candidate_with_it(ingest: Ingest) -> None:
    ada = await furnished(ingest, ADA)
    (resume_id,) = await resumes_of(ingest, ada)
    settled, events = await ingest.does(on_erase_resume, erasure_of_resume(resume_id))
    (erased,) = of_type(events, CandidateErasedV1)
    assert (erased.erasure.candidate_ids, erased.erasure.resume_ids) == ((ada,), (resume_id,))
    assert settled.events == 1
    assert set((await counts(ingest)).values()) == {0}


async def test_of_a_group_the_last_resume_is_the_last_of_all(ingest: Ingest) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    (of_bo,), (of_ada,) = await resumes_of(ingest, bo), await resumes_of(ingest, ada)
    settled, events = await ingest.does(on_erase_resume, erasure_of_resume(of_bo))
    updated = {event.candidate.candidate_id: event.candidate for event in of_type(events, CandidateUpdatedV1)}
    assert settled.events == 3
    assert set(updated) == {ada, bo}
    assert updated[ada].resume_ids == (of_ada,)
    assert updated[ada].profile.full_name == "Ada Example"
    _, events = await ingest.does(on_erase_resume, erasure_of_resume(of_ada))
    (erased,) = of_type(events, CandidateErasedV1)
    assert set(erased.erasure.candidate_ids) == {ada, bo}


@pytest.mark.parametrize("has_failed", [False, True])
async def test_a_resume_without_a_candidate_is_its_uploaders_to_erase(
    ingest: Ingest, has_failed: bool
) -> None:
    resume_id = await ingest.submit(OWNER.user_id)
    if has_failed:
        failure = ResumeParseFailedV1(
            resume_id=resume_id, attempt=1, started_at=NOW, finished_at=NOW, reason="It is empty."
        )
        await ingest.handle(on_resume_parse_failed, failure)
    for stranger in (recruiter(), Actor(user_id=uuid4(), role="candidate")):
        settled, _ = await ingest.does(on_erase_resume, erasure_of_resume(resume_id, stranger))
        assert settled.rejection is not None
        assert settled.rejection.code == "not_found"
    settled, events = await ingest.does(on_erase_resume, erasure_of_resume(resume_id))
    (erased,) = of_type(events, ResumeErasedV1)
    assert (settled.events, erased.erasure.resume_ids) == (1, (resume_id,))
    assert await ingest.count("resumes") == 0
    settled, _ = await ingest.does(on_erase_resume, erasure_of_resume(resume_id))
    assert settled.rejection is not None
    assert settled.rejection.code == "not_found"
