"""share_candidates and unshare_candidate at ingest, on a real database."""

from uuid import UUID, uuid4

import pytest
from support.candidate_commands import ADA, BO, OWNER, merge, share, unshare
from support.ingest_service import ADMIN, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.message import Message
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_share_candidates import on_share_candidates
from hotgigs.ingest.on_unshare_candidate import on_unshare_candidate

ONE, TWO = recruiter(), recruiter()


@pytest.fixture
async def ada(ingest: Ingest) -> UUID:
    return await ingest.imported(OWNER.user_id, ADA)


@pytest.fixture
async def bo(ingest: Ingest) -> UUID:
    """In another database."""
    return await ingest.imported(uuid4(), BO)


def granted(events: list[Message]) -> dict[tuple[UUID, UUID], int]:
    """Versions, by candidate and recruiter."""
    return {
        (grant.candidate_id, grant.recruiter_id): grant.version
        for event in of_type(events, AccessGrantedV1)
        for grant in event.grants
    }


def kinds(events: list[Message]) -> list[str]:
    return sorted(each.kind for event in of_type(events, ActivitiesRecordedV2) for each in event.activities)


async def test_every_candidate_is_shared_with_every_recruiter(ingest: Ingest, ada: UUID, bo: UUID) -> None:
    command = share(ada, bo, to=(ONE, TWO))
    settled, events = await ingest.does(on_share_candidates, command)
    told = of_type(events, AccessGrantedV1)
    assert settled.events == len(told) == 2, "each candidate is told of apart"
    assert {event.subject for event in told} == {str(ada), str(bo)}
    assert {event.shares_created for event in told} == {4}
    assert granted(events) == {(each, to.user_id): 1 for each in (ada, bo) for to in (ONE, TWO)}
    grant = told[0].grants[0]
    assert (grant.can_view_contact_info, grant.can_download_resume, grant.can_submit_to_jobs) == (
        True,
        True,
        False,
    )
    assert (grant.share_reason, grant.share_notes, grant.granted_by) == (
        "Fits.",
        "Knows gardens.",
        ADMIN.user_id,
    )
    assert kinds(events) == ["shared"] * 4


async def test_sharing_again_changes_the_conditions_and_makes_nothing_new(ingest: Ingest, ada: UUID) -> None:
    await ingest.handle(on_share_candidates, share(ada, to=(ONE,)))
    _, events = await ingest.does(on_share_candidates, share(ada, to=(ONE, TWO), can_download_resume=False))
    (told,) = of_type(events, AccessGrantedV1)
    assert told.shares_created == 1
    assert granted(events) == {(ada, ONE.user_id): 2, (ada, TWO.user_id): 1}
    assert {grant.can_download_resume for grant in told.grants} == {False}
    assert kinds(events) == ["share_changed", "shared"]


async def test_sharing_after_a_revocation_counts_as_new_under_the_next_version(
    ingest: Ingest, ada: UUID
) -> None:
    await ingest.handle(on_share_candidates, share(ada, to=(ONE,)))
    settled, events = await ingest.does(on_unshare_candidate, unshare(ada, ONE))
    (revoked,) = of_type(events, AccessRevokedV1)
    assert (settled.events, revoked.version, revoked.database_id) == (1, 2, OWNER.user_id)
    assert kinds(events) == ["unshared"]
    assert await ingest.pool.fetchval("SELECT share_reason || share_notes FROM shares") is None
    _, events = await ingest.does(on_share_candidates, share(ada, to=(ONE,)))
    (told,) = of_type(events, AccessGrantedV1)
    assert (told.shares_created, granted(events)) == (1, {(ada, ONE.user_id): 3})


async def test_nothing_is_made_for_the_recruiter_whose_own_the_candidate_is(
    ingest: Ingest, ada: UUID
) -> None:
    _, events = await ingest.does(on_share_candidates, share(ada, to=(OWNER, ONE)))
    assert granted(events) == {(ada, ONE.user_id): 1}
    settled, events = await ingest.does(on_share_candidates, share(ada, to=(OWNER,)))
    assert (settled.events, settled.rejection, events) == (0, None, [])


async def test_nothing_is_shared_by_halves(ingest: Ingest, ada: UUID) -> None:
    settled, events = await ingest.does(on_share_candidates, share(ada, uuid4(), to=(ONE,)))
    assert settled.rejection is not None
    assert (settled.rejection.code, events) == ("not_found", [])
    assert await ingest.count("shares") == 0


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (OWNER, "forbidden"),
        (recruiter(), "not_found"),
        (Actor(user_id=uuid4(), role="candidate"), "not_found"),
    ],
)
async def test_only_admins_share_and_take_back(ingest: Ingest, ada: UUID, actor: Actor, code: str) -> None:
    await ingest.handle(on_share_candidates, share(ada, to=(TWO,)))
    for handler, command in (
        (on_share_candidates, share(ada, to=(ONE,), actor=actor)),
        (on_unshare_candidate, unshare(ada, TWO, actor)),
    ):
        settled, events = await ingest.does(handler, command)  # type: ignore[arg-type]
        assert settled.rejection is not None
        assert (settled.rejection.code, events) == (code, [])


async def test_a_share_recipient_neither_shares_nor_takes_back(ingest: Ingest, ada: UUID) -> None:
    await ingest.handle(on_share_candidates, share(ada, to=(ONE,)))
    settled, _ = await ingest.does(on_share_candidates, share(ada, to=(TWO,), actor=ONE))
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"


async def test_a_share_that_is_not_there_cannot_be_taken_back(ingest: Ingest, ada: UUID) -> None:
    settled, events = await ingest.does(on_unshare_candidate, unshare(ada, ONE))
    assert settled.rejection is not None
    assert (settled.rejection.code, events) == ("not_found", [])


async def test_a_group_is_shared_on_the_same_conditions_and_taken_back_as_a_whole(
    ingest: Ingest, ada: UUID
) -> None:
    other = await ingest.imported(OWNER.user_id, BO)
    await ingest.handle(on_share_candidates, share(other, to=(ONE,)))
    await ingest.handle(on_merge_candidates, merge(ada, other))
    _, events = await ingest.does(on_share_candidates, share(other, to=(ONE,), can_view_contact_info=False))
    told = of_type(events, AccessGrantedV1)
    assert granted(events) == {(ada, ONE.user_id): 1, (other, ONE.user_id): 2}
    assert {grant.can_view_contact_info for event in told for grant in event.grants} == {False}
    assert {event.shares_created for event in told} == {0}, "the group was shared with them already"
    assert kinds(events) == ["share_changed"]
    settled, events = await ingest.does(on_unshare_candidate, unshare(ada, ONE))
    assert {event.candidate_id for event in of_type(events, AccessRevokedV1)} == {ada, other}
    assert settled.events == 2
