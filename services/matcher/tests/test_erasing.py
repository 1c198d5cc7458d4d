"""Of who is erased nothing is left, and whatever comes late raises nobody from the dead."""

from uuid import UUID, uuid4

import msgspec
from support.matcher_service import ADMIN, NOW, Matcher, matches_in, posting, profile, recruiter, state

from hotgigs.contracts.candidate_state import AccessGrant, CandidateState, Erasure
from hotgigs.contracts.gateway.preview_matches import PreviewMatchesV1
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.matcher.candidate_run_requested import CandidateRunRequestedV1
from hotgigs.contracts.matcher.matches_forgotten import MatchesForgottenV1
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.matcher import on_candidate_run_requested, on_job_run_requested, on_preview_matches
from hotgigs.matcher.on_access_granted import on_access_granted
from hotgigs.matcher.on_candidate_erased import on_candidate_erased
from hotgigs.matcher.on_resume_erased import on_resume_erased
from hotgigs.matcher.on_view_match import on_view_match

OWNER = recruiter()
OF_CANDIDATES = (
    "candidates",
    "candidate_features",
    "candidate_vectors",
    "candidate_skills",
    "memberships",
    "submissions",
    "matches",
    "shortlists",
    "removed_matches",
    "views",
)


def erased(*candidates: CandidateState) -> CandidateErasedV1:
    erasure = Erasure(
        erasure_id=uuid4(),
        database_id=OWNER.user_id,
        candidate_ids=tuple(each.candidate_id for each in candidates),
        actor=ADMIN,
        at=NOW,
    )
    return CandidateErasedV1(erasure=erasure)


async def mentions(matcher: Matcher, candidate_id: UUID) -> list[str]:
    """The tables that have the id anywhere in them."""
    tables = await matcher.pool.fetch(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'matcher'"
    )
    found = []
    for table in (row["table_name"] for row in tables):
        text = "encode(t.envelope, 'escape')" if table == "outbox" else "t::text"
        statement = f"SELECT count(*) FROM {table} AS t WHERE position($1 IN {text}) > 0"
        if await matcher.pool.fetchval(statement, str(candidate_id)):
            found.append(table)
    return found


async def test_nothing_is_left_of_who_is_erased_and_the_erasure_is_confirmed(matcher: Matcher) -> None:
    candidate = state(OWNER.user_id)
    await matcher.adds(candidate)
    job_id = await matcher.posts(OWNER)
    await matcher.run()
    view = ViewMatchV1(command_id=uuid4(), actor=OWNER, job_id=job_id, candidate_id=candidate.candidate_id)
    await matcher.does(on_view_match, view)
    await matcher.handle(on_candidate_erased, event := erased(candidate))
    assert await mentions(matcher, candidate.candidate_id) == ["tombstones"]
    assert [await matcher.count(table) for table in OF_CANDIDATES] == [0] * len(OF_CANDIDATES)
    (told,) = await matcher.told()
    assert isinstance(told, MatchesForgottenV1)
    assert told.erasure_id == event.erasure.erasure_id


async def test_what_waits_to_be_told_of_the_erased_is_told_of_the_others_alone(matcher: Matcher) -> None:
    gone, other = state(OWNER.user_id), state(OWNER.user_id)
    await matcher.adds(gone, other)
    await matcher.run()
    await matcher.posts(OWNER)
    await matcher.told()
    (request,) = matcher.requested
    await matcher.work(request)
    preview = PreviewMatchesV1(command_id=uuid4(), actor=OWNER, posting=posting())
    found = await on_preview_matches.work(preview, matcher.resources)
    async with matcher.resources.matching.units_of_work.begin() as uow:
        await on_preview_matches.on_preview_matches(preview, found, uow)
    await matcher.handle(on_candidate_erased, erased(gone))
    assert await mentions(matcher, gone.candidate_id) == ["tombstones"]
    told = await matcher.told()
    assert [match.candidate_id for match in matches_in(told)] == [other.candidate_id]
    (previewed,) = (each for each in told if isinstance(each, MatchesPreviewedV1))
    assert [match.candidate_id for match in previewed.matches] == [other.candidate_id]


async def test_what_is_told_late_of_the_erased_is_not_taken_in(matcher: Matcher) -> None:
    candidate = state(OWNER.user_id)
    await matcher.handle(on_candidate_erased, erased(candidate))
    await matcher.adds(candidate)
    await matcher.updates(msgspec.structs.replace(candidate, version=9))
    grant = AccessGrant(
        candidate_id=candidate.candidate_id,
        database_id=OWNER.user_id,
        recruiter_id=uuid4(),
        version=1,
        can_view_contact_info=True,
        can_download_resume=True,
        can_submit_to_jobs=True,
        granted_by=ADMIN.user_id,
        granted_at=NOW,
    )
    await matcher.handle_all(on_access_granted, AccessGrantedV1(grants=(grant,)))
    await matcher.told()
    assert matcher.requested == []
    assert await mentions(matcher, candidate.candidate_id) == ["tombstones"]


async def test_who_is_erased_while_a_run_computes_is_in_none_of_its_matches(matcher: Matcher) -> None:
    candidate = state(OWNER.user_id)
    await matcher.adds(candidate)
    await matcher.run()
    await matcher.posts(OWNER)
    await matcher.told()
    of_job = matcher.requested.pop()
    computed = await on_job_run_requested.work(of_job, matcher.resources)
    assert computed.finalists
    await matcher.handle(on_candidate_erased, erased(candidate))
    async with matcher.resources.matching.units_of_work.begin() as uow:
        await on_job_run_requested.on_job_run_requested(of_job, computed, uow)
    assert await mentions(matcher, candidate.candidate_id) == ["tombstones"]


async def test_who_is_erased_while_their_own_run_computes_is_not_matched(matcher: Matcher) -> None:
    candidate = state(OWNER.user_id)
    await matcher.posts(OWNER)
    await matcher.run()
    await matcher.adds(candidate)
    await matcher.told()
    request = matcher.requested.pop()
    assert isinstance(request, CandidateRunRequestedV1)
    computed = await on_candidate_run_requested.work(request, matcher.resources)
    assert computed.pairs
    await matcher.handle(on_candidate_erased, erased(candidate))
    async with matcher.resources.matching.units_of_work.begin() as uow:
        await on_candidate_run_requested.on_candidate_run_requested(request, computed, uow)
    assert await mentions(matcher, candidate.candidate_id) == ["tombstones"]


async def test_a_full_shortlist_that_loses_somebody_is_filled_up_again(matcher: Matcher) -> None:
    best, *others = (state(OWNER.user_id, of=profile(years=years)) for years in (9, 4, 4, 4, 4))
    await matcher.adds(best, *others)
    await matcher.posts(OWNER)
    await matcher.run()
    assert len(await matcher.pairs()) == matcher.resources.matching.rules.length
    on_it = [id_ for _, id_ in await matcher.pairs()]
    lost = next(each for each in (best, *others) if each.candidate_id in on_it)
    await matcher.handle(on_candidate_erased, erased(lost))
    assert len(matches_in(await matcher.run())) == 1
    assert len(await matcher.pairs()) == matcher.resources.matching.rules.length


async def test_an_erasure_of_resumes_alone_is_confirmed_and_one_that_comes_again_too(
    matcher: Matcher,
) -> None:
    erasure = Erasure(
        erasure_id=uuid4(), database_id=OWNER.user_id, resume_ids=(uuid4(),), actor=ADMIN, at=NOW
    )
    candidate = state(OWNER.user_id)
    await matcher.handle(on_resume_erased, ResumeErasedV1(erasure=erasure))
    for _ in range(2):
        await matcher.handle(on_candidate_erased, erased(candidate))
    assert [type(each) for each in await matcher.told()] == [MatchesForgottenV1] * 3
