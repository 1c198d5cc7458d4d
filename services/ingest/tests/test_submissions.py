"""submit_candidate, withdraw_submission and job_deleted at ingest, on a real database."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from support.candidate_commands import (
    ADA,
    BO,
    OWNER,
    erasure_of,
    merge,
    note,
    share,
    submission,
    undo,
    unshare,
    withdrawal,
)
from support.ingest_service import ADMIN, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import AccessGrant
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.message import Message
from hotgigs.ingest.on_add_note import on_add_note
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_job_deleted import on_job_deleted
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_share_candidates import on_share_candidates
from hotgigs.ingest.on_submit_candidate import on_submit_candidate
from hotgigs.ingest.on_undo_merge import on_undo_merge
from hotgigs.ingest.on_unshare_candidate import on_unshare_candidate
from hotgigs.ingest.on_withdraw_submission import on_withdraw_submission

EMPLOYER, AGENT, OTHER = recruiter(), recruiter(), recruiter()
PERSON = Actor(user_id=uuid4(), role="candidate")


@pytest.fixture
async def ada(ingest: Ingest) -> UUID:
    return await ingest.imported(OWNER.user_id, ADA)


def grants(events: list[Message]) -> list[AccessGrant]:
    return [grant for event in of_type(events, AccessGrantedV1) for grant in event.grants]


def permissions(grant: AccessGrant) -> tuple[bool, bool, bool]:
    return grant.can_view_contact_info, grant.can_download_resume, grant.can_submit_to_jobs


def revoked(events: list[Message]) -> set[UUID]:
    """From which recruiters."""
    return {event.recruiter_id for event in of_type(events, AccessRevokedV1)}


def done(events: list[Message]) -> list[tuple[str, UUID | None, UUID | None, UUID | None]]:
    """What the log says: kind, who, whose job, and which."""
    return [
        (each.kind, each.actor and each.actor.user_id, each.recruiter_id, each.job_id)
        for event in of_type(events, ActivitiesRecordedV2)
        for each in event.activities
    ]


def code(settled: CommandSettledV1) -> str | None:
    return settled.rejection and settled.rejection.code


async def test_the_owner_submits_and_the_job_s_owner_may_do_what_he_may(ingest: Ingest, ada: UUID) -> None:
    command = submission(ada, EMPLOYER)
    settled, events = await ingest.does(on_submit_candidate, command)
    (told,) = of_type(events, CandidateSubmittedV1)
    state = told.submission
    assert settled.events == 2
    assert (
        state.submission_id,
        state.job_id,
        state.job_owner_id,
        state.candidate_id,
        state.submitted_by,
    ) == (
        command.submission_id,
        command.job_id,
        EMPLOYER.user_id,
        ada,
        OWNER.user_id,
    )
    assert (state.note, state.database_id) == ("Knows gardens.", OWNER.user_id)
    (grant,) = grants(events)
    assert (grant.recruiter_id, grant.granted_by, grant.granted_at) == (
        EMPLOYER.user_id,
        OWNER.user_id,
        state.submitted_at,
    )
    assert permissions(grant) == (True, True, True)
    assert done(events) == [("submitted", OWNER.user_id, EMPLOYER.user_id, command.job_id)]
    assert code((await ingest.does(on_add_note, note(ada, EMPLOYER)))[0]) is None


async def test_whom_it_is_shared_with_submits_with_his_permissions_where_he_may(
    ingest: Ingest, ada: UUID
) -> None:
    await ingest.handle(on_share_candidates, share(ada, to=(AGENT,)))
    settled, events = await ingest.does(on_submit_candidate, submission(ada, EMPLOYER, AGENT))
    assert (code(settled), events) == ("forbidden", [])
    conditions = {"can_submit_to_jobs": True, "can_view_contact_info": False}
    await ingest.handle(on_share_candidates, share(ada, to=(AGENT,), **conditions))
    _, events = await ingest.does(on_submit_candidate, submission(ada, EMPLOYER, AGENT))
    (grant,) = grants(events)
    assert (permissions(grant), grant.share_reason) == ((False, True, True), None)


async def test_a_person_applies_and_is_not_passed_on(ingest: Ingest) -> None:
    own = await ingest.uploaded(PERSON.user_id, ADA)
    _, events = await ingest.does(on_submit_candidate, submission(own, EMPLOYER, PERSON))
    (grant,) = grants(events)
    assert (permissions(grant), grant.granted_by) == ((True, True, False), PERSON.user_id)
    settled, _ = await ingest.does(on_submit_candidate, submission(own, OTHER, EMPLOYER))
    assert code(settled) == "forbidden"


@pytest.mark.parametrize("actor", [recruiter(), PERSON], ids=["recruiter", "person"])
async def test_to_strangers_there_is_no_candidate(ingest: Ingest, ada: UUID, actor: Actor) -> None:
    settled, events = await ingest.does(on_submit_candidate, submission(ada, EMPLOYER, actor))
    assert (code(settled), events) == ("not_found", [])


async def test_who_needs_no_grant_gets_none(ingest: Ingest, ada: UUID) -> None:
    """The candidate's owner, the submitter himself, and admins."""
    await ingest.handle(on_share_candidates, share(ada, to=(AGENT,), can_submit_to_jobs=True))
    for to, actor in ((OWNER, OWNER), (OWNER, AGENT), (AGENT, AGENT), (ADMIN, OWNER), (ADMIN, ADMIN)):
        settled, events = await ingest.does(on_submit_candidate, submission(ada, to, actor))
        assert (code(settled), settled.events, grants(events)) == (None, 1, [])


async def test_nobody_submits_a_candidate_twice_to_a_job_but_another_may(ingest: Ingest, ada: UUID) -> None:
    job_id = uuid4()
    await ingest.handle(on_share_candidates, share(ada, to=(AGENT,), can_submit_to_jobs=True))
    first = submission(ada, EMPLOYER, job_id=job_id)
    assert code((await ingest.does(on_submit_candidate, first))[0]) is None
    settled, events = await ingest.does(on_submit_candidate, submission(ada, EMPLOYER, job_id=job_id))
    assert (code(settled), events) == ("conflict", [])
    settled, _ = await ingest.does(on_submit_candidate, submission(ada, EMPLOYER, AGENT, job_id=job_id))
    assert code(settled) is None
    await ingest.handle(on_withdraw_submission, withdrawal(first))
    again = await ingest.does(on_submit_candidate, submission(ada, EMPLOYER, job_id=job_id))
    assert code(again[0]) is None


async def test_a_command_that_comes_twice_submits_once(ingest: Ingest, ada: UUID) -> None:
    command = submission(ada, EMPLOYER)
    first, _ = await ingest.does(on_submit_candidate, command)
    await ingest.handle(on_submit_candidate, command)
    assert await ingest.told() == [first]
    assert await ingest.count("submissions") == 1


@pytest.mark.parametrize("who", [OWNER, EMPLOYER, ADMIN], ids=["submitter", "job owner", "admin"])
async def test_a_withdrawn_submission_takes_its_access_and_its_note_with_it(
    ingest: Ingest, ada: UUID, who: Actor
) -> None:
    command = submission(ada, EMPLOYER)
    await ingest.handle(on_submit_candidate, command)
    settled, events = await ingest.does(on_withdraw_submission, withdrawal(command, who))
    assert (settled.events, revoked(events)) == (2, {EMPLOYER.user_id})
    (told,) = of_type(events, SubmissionWithdrawnV1)
    assert (told.submission_id, told.job_id) == (command.submission_id, command.job_id)
    assert await ingest.pool.fetchval("SELECT note FROM submissions") == ""
    assert done(events) == [("submission_withdrawn", who.user_id, EMPLOYER.user_id, command.job_id)]
    assert code((await ingest.does(on_add_note, note(ada, EMPLOYER)))[0]) == "not_found"
    assert code((await ingest.does(on_withdraw_submission, withdrawal(command, who)))[0]) == "not_found"


async def test_others_withdraw_nothing(ingest: Ingest, ada: UUID) -> None:
    command = submission(ada, EMPLOYER)
    await ingest.handle(on_submit_candidate, command)
    former = Actor(user_id=EMPLOYER.user_id, role="candidate")
    other = await ingest.imported(AGENT.user_id, BO)
    for who, candidate_id in ((OTHER, ada), (former, ada), (OWNER, other), (OWNER, uuid4())):
        attempt = withdrawal(command, who)
        settled, events = await ingest.does(
            on_withdraw_submission, type(attempt)(**_fields(attempt) | {"candidate_id": candidate_id})
        )
        assert (code(settled), events) == ("not_found", [])


def _fields(command: Any) -> dict[str, Any]:
    return {name: getattr(command, name) for name in command.__struct_fields__}


async def test_what_a_share_gives_stays_when_the_submission_goes_and_the_other_way_round(
    ingest: Ingest, ada: UUID
) -> None:
    command = submission(ada, EMPLOYER)
    await ingest.handle(on_submit_candidate, command)
    hidden = share(ada, to=(EMPLOYER,), can_view_contact_info=False, can_download_resume=False)
    _, events = await ingest.does(on_share_candidates, hidden)
    (both,) = grants(events)
    assert (permissions(both), both.version, both.share_reason) == ((True, True, True), 2, "Fits.")
    _, events = await ingest.does(on_withdraw_submission, withdrawal(command))
    (shared,) = grants(events)
    assert (permissions(shared), shared.version, revoked(events)) == ((False, False, False), 3, set())
    await ingest.handle(on_submit_candidate, submission(ada, EMPLOYER))
    _, events = await ingest.does(on_unshare_candidate, unshare(ada, EMPLOYER))
    (submitted,) = grants(events)
    assert (permissions(submitted), submitted.version) == ((True, True, True), 5)
    assert (submitted.share_reason, submitted.share_notes, revoked(events)) == (None, None, set())
    settled, _ = await ingest.does(on_unshare_candidate, unshare(ada, EMPLOYER))
    assert code(settled) == "not_found", "nothing is shared; the submission is withdrawn apart"


async def test_what_was_passed_on_follows_its_submitter_s_share(ingest: Ingest, ada: UUID) -> None:
    await ingest.handle(on_share_candidates, share(ada, to=(AGENT,), can_submit_to_jobs=True))
    await ingest.handle(on_submit_candidate, submission(ada, EMPLOYER, AGENT))
    await ingest.handle(on_submit_candidate, submission(ada, OTHER, EMPLOYER))
    hidden = share(ada, to=(AGENT,), can_submit_to_jobs=True, can_view_contact_info=False)
    settled, events = await ingest.does(on_share_candidates, hidden)
    assert {each.recruiter_id: permissions(each) for each in grants(events)} == dict.fromkeys(
        (AGENT.user_id, EMPLOYER.user_id, OTHER.user_id), (False, True, True)
    )
    assert settled.events == 1, "all of one candidate"
    _, events = await ingest.does(on_share_candidates, share(ada, to=(AGENT,)))
    assert revoked(events) == {EMPLOYER.user_id, OTHER.user_id}, "he may not submit any more"
    _, events = await ingest.does(on_share_candidates, share(ada, to=(AGENT,), can_submit_to_jobs=True))
    assert {each.recruiter_id for each in grants(events)} >= {EMPLOYER.user_id, OTHER.user_id}
    settled, events = await ingest.does(on_unshare_candidate, unshare(ada, AGENT))
    assert (settled.events, revoked(events)) == (3, {AGENT.user_id, EMPLOYER.user_id, OTHER.user_id})


async def test_a_merge_takes_from_what_was_passed_on_and_its_undoing_gives_it_back(
    ingest: Ingest, ada: UUID
) -> None:
    bo = await ingest.imported(OWNER.user_id, BO)
    await ingest.handle(on_share_candidates, share(ada, to=(AGENT,), can_submit_to_jobs=True))
    await ingest.handle(on_share_candidates, share(bo, to=(AGENT,), can_view_contact_info=False))
    await ingest.handle(on_submit_candidate, submission(ada, EMPLOYER, AGENT))
    _, events = await ingest.does(on_merge_candidates, merge(ada, bo))
    assert [permissions(each) for each in grants(events)] == [(False, True, False)]
    _, events = await ingest.does(on_undo_merge, undo(ada, bo))
    assert [permissions(each) for each in grants(events)] == [(True, True, True)]


async def test_of_a_group_the_one_is_submitted_that_its_submitter_has(ingest: Ingest, ada: UUID) -> None:
    bo = await ingest.imported(OWNER.user_id, BO)
    await ingest.handle(on_share_candidates, share(bo, to=(AGENT,), can_submit_to_jobs=True))
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    _, events = await ingest.does(on_submit_candidate, submission(ada, EMPLOYER, AGENT))
    assert [each.candidate_id for each in grants(events)] == [bo]
    _, events = await ingest.does(on_submit_candidate, submission(bo, OTHER, OWNER))
    assert [each.candidate_id for each in grants(events)] == [ada]


async def test_a_job_that_is_deleted_takes_its_submissions_with_it_and_gets_no_more(
    ingest: Ingest, ada: UUID
) -> None:
    job_id, bo = uuid4(), await ingest.imported(AGENT.user_id, BO)
    for command in (
        submission(ada, EMPLOYER, job_id=job_id),
        submission(bo, EMPLOYER, AGENT, job_id=job_id),
        submission(ada, OTHER),
    ):
        await ingest.handle(on_submit_candidate, command)
    await ingest.told()
    await ingest.handle(on_job_deleted, JobDeletedV1(job_id=job_id))
    events = await ingest.told()
    assert {each.candidate_id for each in of_type(events, SubmissionWithdrawnV1)} == {ada, bo}
    assert {(each.candidate_id, each.recruiter_id) for each in of_type(events, AccessRevokedV1)} == {
        (ada, EMPLOYER.user_id),
        (bo, EMPLOYER.user_id),
    }
    assert done(events) == [("submission_withdrawn", None, EMPLOYER.user_id, job_id)] * 2
    await ingest.handle(on_job_deleted, JobDeletedV1(job_id=job_id))
    assert await ingest.told() == [], "the second time there is nothing left"
    settled, _ = await ingest.does(on_submit_candidate, submission(ada, EMPLOYER, job_id=job_id))
    assert code(settled) == "not_found"


async def test_an_erasure_leaves_nothing_of_submissions(ingest: Ingest, ada: UUID) -> None:
    kept, withdrawn = submission(ada, EMPLOYER), submission(ada, OTHER)
    for command in (kept, withdrawn):
        await ingest.handle(on_submit_candidate, command)
    await ingest.handle(on_withdraw_submission, withdrawal(withdrawn))
    _, events = await ingest.does(on_erase_candidate, erasure_of(ada))
    (erased,) = of_type(events, CandidateErasedV1)
    assert {kept.submission_id, withdrawn.submission_id} <= set(erased.erasure.related_ids)
    assert [await ingest.count(table) for table in ("submissions", "grants", "shares")] == [0, 0, 0]
    late = submission(ada, EMPLOYER)
    assert code((await ingest.does(on_submit_candidate, late))[0]) == "not_found"
    assert code((await ingest.does(on_withdraw_submission, withdrawal(kept)))[0]) == "not_found"


async def test_an_erasure_takes_back_from_the_outbox_what_was_said_of_a_submission(
    ingest: Ingest, ada: UUID
) -> None:
    await ingest.told()
    await ingest.handle(on_submit_candidate, submission(ada, EMPLOYER, note="Her secret garden."))
    await ingest.handle(on_erase_candidate, erasure_of(ada))
    left = await ingest.told()
    assert not of_type(left, CandidateSubmittedV1)
    assert not of_type(left, AccessGrantedV1)
