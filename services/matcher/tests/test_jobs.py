"""Posting, changing, closing, opening again and deleting jobs."""

from uuid import uuid4

import msgspec
import pytest
from support.matcher_service import ADMIN, Matcher, matches_in, posting, profile, recruiter, state

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.change_job import ChangeJobV1
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.job_state import JobStatus
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.matcher import on_job_run_requested
from hotgigs.matcher.on_change_job import on_change_job
from hotgigs.matcher.on_delete_job import on_delete_job
from hotgigs.matcher.on_post_job import on_post_job

OWNER = recruiter()
PERSON = Actor(user_id=uuid4(), role="candidate")


def post(actor: Actor = OWNER, status: JobStatus = "open") -> PostJobV1:
    return PostJobV1(command_id=uuid4(), actor=actor, job_id=uuid4(), posting=posting(), status=status)


def change(
    job: PostJobV1, actor: Actor = OWNER, *, status: JobStatus = "open", title: str = "Cook"
) -> ChangeJobV1:
    return ChangeJobV1(
        command_id=uuid4(), actor=actor, job_id=job.job_id, posting=posting(title), status=status
    )


def delete(job: PostJobV1, actor: Actor = OWNER) -> DeleteJobV1:
    return DeleteJobV1(command_id=uuid4(), actor=actor, job_id=job.job_id)


async def test_a_job_is_told_of_and_its_run_is_queued(matcher: Matcher) -> None:
    command = post()
    settled, (posted, progressed) = await matcher.does(on_post_job, command)
    assert settled.rejection is None
    assert isinstance(posted, JobPostedV1)
    assert (posted.job.version, posted.job.database_id) == (1, OWNER.user_id)
    assert isinstance(progressed, MatchingProgressedV1)
    assert progressed.run.status == "queued"
    assert len(matcher.requested) == 1


async def test_an_administrator_s_job_belongs_to_the_master_database(matcher: Matcher) -> None:
    _, (posted, _) = await matcher.does(on_post_job, post(ADMIN))
    assert isinstance(posted, JobPostedV1)
    assert posted.job.database_id == MASTER_DATABASE_ID


async def test_a_job_that_is_posted_closed_is_not_matched(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    _, events = await matcher.does(on_post_job, post(status="closed"))
    assert len(events) == 1
    await matcher.run()
    assert await matcher.pairs() == {}


async def test_a_person_posts_no_job(matcher: Matcher) -> None:
    settled, events = await matcher.does(on_post_job, post(PERSON))
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"
    assert events == []


async def test_a_changed_job_is_told_of_and_matched_again(matcher: Matcher) -> None:
    developer, cook = state(OWNER.user_id), state(OWNER.user_id, of=profile("Cook", "Pastry"))
    await matcher.adds(developer, cook)
    await matcher.handle(on_post_job, job := post())
    await matcher.run()
    command = msgspec.structs.replace(change(job), posting=posting("Cook", "Pastry"))
    settled, (updated, *_) = await matcher.does(on_change_job, command)
    assert isinstance(updated, JobUpdatedV1)
    assert (settled.rejection, updated.job.version, updated.job.matches_since) == (None, 2, 1)
    told = await matcher.run()
    assert [match.candidate_id for match in matches_in(told)] == [cook.candidate_id]
    removed = [each for told_of in told if isinstance(told_of, MatchesComputedV1) for each in told_of.removed]
    assert [each.candidate_id for each in removed] == [developer.candidate_id]


async def test_a_job_that_stays_as_it_is_is_not_told_of(matcher: Matcher) -> None:
    await matcher.handle(on_post_job, job := post())
    same = msgspec.structs.replace(change(job), posting=job.posting)
    settled, events = await matcher.does(on_change_job, same)
    assert (settled.rejection, settled.events, events) == (None, 0, [])


async def test_closing_retires_the_matches_and_opening_again_finds_them_anew(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    await matcher.handle(on_post_job, job := post())
    await matcher.run()
    closing = msgspec.structs.replace(change(job, status="closed"), posting=job.posting)
    _, (closed,) = await matcher.does(on_change_job, closing)
    assert isinstance(closed, JobUpdatedV1)
    assert (closed.job.version, closed.job.matches_since) == (2, 2)
    await matcher.run()
    for table in ("matches", "shortlists", "job_features", "job_vectors", "job_skills"):
        assert await matcher.count(table) == 0
    await matcher.adds(state(OWNER.user_id))
    assert matches_in(await matcher.run()) == []
    opening = msgspec.structs.replace(closing, command_id=uuid4(), status="open")
    await matcher.does(on_change_job, opening)
    assert [match.job_version for match in matches_in(await matcher.run())] == [3, 3]


async def test_a_deleted_job_is_gone_and_its_id_is_not_taken_again(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    await matcher.handle(on_post_job, job := post())
    await matcher.run()
    settled, (deleted,) = await matcher.does(on_delete_job, delete(job))
    assert isinstance(deleted, JobDeletedV1)
    assert settled.rejection is None
    for table in ("jobs", "matches", "shortlists", "runs", "job_features", "job_vectors", "job_skills"):
        assert await matcher.count(table) == 0
    again = msgspec.structs.replace(job, command_id=uuid4())
    settled, _ = await matcher.does(on_post_job, again)
    assert settled.rejection is not None
    assert settled.rejection.code == "conflict"


@pytest.mark.parametrize("ends", ["deleted", "closed", "changed"])
async def test_what_a_run_found_of_a_job_that_is_no_longer_so_is_not_kept(
    matcher: Matcher, ends: str
) -> None:
    await matcher.adds(state(OWNER.user_id))
    await matcher.run()
    await matcher.handle(on_post_job, job := post())
    await matcher.told()
    request = matcher.requested.pop()
    computed = await on_job_run_requested.work(request, matcher.resources)
    assert computed.finalists
    if ends == "deleted":
        await matcher.handle(on_delete_job, delete(job))
    else:
        await matcher.handle(on_change_job, change(job, status="closed" if ends == "closed" else "open"))
    await matcher.told()
    async with matcher.resources.matching.units_of_work.begin() as uow:
        await on_job_run_requested.on_job_run_requested(request, computed, uow)
    assert matches_in(await matcher.told()) == []
    assert await matcher.pairs() == {}


@pytest.mark.parametrize(
    ("actor", "status", "code"),
    [
        (recruiter(), "open", "forbidden"),
        (recruiter(), "closed", "not_found"),
        (Actor(user_id=OWNER.user_id, role="candidate"), "open", "forbidden"),
    ],
)
async def test_nobody_else_changes_or_deletes_a_job(
    matcher: Matcher, actor: Actor, status: JobStatus, code: str
) -> None:
    await matcher.handle(on_post_job, job := post(status=status))
    settled, events = await matcher.does(on_change_job, change(job, actor))
    deleted, _ = await matcher.does(on_delete_job, delete(job, actor))
    for each in (settled, deleted):
        assert each.rejection is not None
        assert each.rejection.code == code
    assert events == []
    assert await matcher.count("jobs") == 1


async def test_an_administrator_changes_and_deletes_any_job(matcher: Matcher) -> None:
    await matcher.handle(on_post_job, job := post(status="closed"))
    changed, _ = await matcher.does(on_change_job, change(job, ADMIN))
    deleted, _ = await matcher.does(on_delete_job, delete(job, ADMIN))
    assert (changed.rejection, deleted.rejection) == (None, None)
