"""What ingest tells again of what belongs to candidates, and of who was erased."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from support.candidate_commands import (
    ADA,
    BO,
    OWNER,
    consent,
    erasure_of,
    erasure_of_resume,
    note,
    removal,
    share,
    submission,
    tags,
    unshare,
    withdrawal,
)
from support.ingest_service import Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import TagState
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.message import Message
from hotgigs.ingest import public_state as module
from hotgigs.ingest.erasing_files import confirm
from hotgigs.ingest.on_add_note import on_add_note
from hotgigs.ingest.on_change_consent import on_change_consent
from hotgigs.ingest.on_change_tags import on_change_tags
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_erase_resume import on_erase_resume
from hotgigs.ingest.on_remove_note import on_remove_note
from hotgigs.ingest.on_share_candidates import on_share_candidates
from hotgigs.ingest.on_submit_candidate import on_submit_candidate
from hotgigs.ingest.on_unshare_candidate import on_unshare_candidate
from hotgigs.ingest.on_withdraw_submission import on_withdraw_submission
from hotgigs.ingest.public_state import public_state


@pytest.fixture
async def ada(ingest: Ingest) -> UUID:
    return await ingest.imported(OWNER.user_id, ADA)


async def told_again(ingest: Ingest, since: int = 0) -> list[Message]:
    async with ingest.pool.acquire() as connection:
        return [event async for event in public_state(connection, since)]


async def mark(ingest: Ingest) -> int:
    """What changes from now on has at least this number."""
    number: int = await ingest.pool.fetchval("SELECT pg_current_xact_id()::text::bigint + 1")
    return number


def without_command(messages: Sequence[Message]) -> list[dict[str, object]]:
    return [
        {name: getattr(each, name) for name in each.__struct_fields__ if name not in _OF_THE_COMMAND}
        for each in messages
    ]


_OF_THE_COMMAND = ("command_id", "shares_created")


async def test_shares_are_told_as_they_are_and_revoked_ones_as_revoked(ingest: Ingest, ada: UUID) -> None:
    kept, revoked = recruiter(), recruiter()
    _, first = await ingest.does(on_share_candidates, share(ada, to=(kept,)))
    await ingest.handle(on_share_candidates, share(ada, to=(revoked,)))
    _, second = await ingest.does(on_unshare_candidate, unshare(ada, revoked))
    again = await told_again(ingest)
    for events, kind in ((first, AccessGrantedV1), (second, AccessRevokedV1)):
        assert without_command(of_type(again, kind)) == without_command(of_type(events, kind))


async def test_submissions_are_told_as_they_are_and_withdrawn_ones_as_withdrawn(
    ingest: Ingest, ada: UUID
) -> None:
    gone = submission(ada, recruiter())
    _, first = await ingest.does(on_submit_candidate, submission(ada, recruiter()))
    await ingest.handle(on_submit_candidate, gone)
    _, second = await ingest.does(on_withdraw_submission, withdrawal(gone))
    again = await told_again(ingest)
    for events, kinds in (
        (first, (CandidateSubmittedV1, AccessGrantedV1)),
        (second, (SubmissionWithdrawnV1, AccessRevokedV1)),
    ):
        for kind in kinds:
            assert without_command(of_type(again, kind)) == without_command(of_type(events, kind))


async def test_consents_are_told_as_they_are(ingest: Ingest) -> None:
    person = Actor(user_id=uuid4(), role="candidate")
    own = await ingest.uploaded(person.user_id, BO)
    await ingest.handle(on_change_consent, consent(own, person))
    since = await mark(ingest)
    _, told = await ingest.does(on_change_consent, consent(own, person, can_be_found=False))
    for again in (await told_again(ingest), await told_again(ingest, since)):
        assert without_command(of_type(again, ConsentChangedV1)) == without_command(
            of_type(told, ConsentChangedV1)
        )
    assert of_type(await told_again(ingest, await mark(ingest)), ConsentChangedV1) == []


async def test_notes_are_told_as_they_are_and_removed_ones_as_removed(ingest: Ingest, ada: UUID) -> None:
    gone = note(ada)
    _, first = await ingest.does(on_add_note, note(ada, is_private=True))
    await ingest.handle(on_add_note, gone)
    _, second = await ingest.does(on_remove_note, removal(gone))
    again = await told_again(ingest)
    for events, kind in ((first, NoteAddedV1), (second, NoteRemovedV1)):
        assert without_command(of_type(again, kind)) == without_command(of_type(events, kind))


async def test_tags_are_told_by_database_with_those_that_were_removed(ingest: Ingest, ada: UUID) -> None:
    other = recruiter()
    await ingest.handle(on_share_candidates, share(ada, to=(other,)))
    await ingest.handle(on_change_tags, tags(ada, add=("a", "b")))
    await ingest.handle(on_change_tags, tags(ada, remove=("a",)))
    await ingest.handle(on_change_tags, tags(ada, other, add=("a",)))
    told = {event.tagging_database_id: event for event in of_type(await told_again(ingest), TagsChangedV1)}
    assert {id_: event.tags for id_, event in told.items()} == {
        OWNER.user_id: (TagState(tag="a", version=2, is_removed=True), TagState(tag="b", version=1)),
        other.user_id: (TagState(tag="a", version=1),),
    }
    assert {(event.candidate_id, event.database_id) for event in told.values()} == {(ada, OWNER.user_id)}


async def test_activities_are_told_as_they_were(ingest: Ingest, ada: UUID) -> None:
    await ingest.told()
    await ingest.handle(on_add_note, note(ada, is_private=True))
    await ingest.handle(on_change_tags, tags(ada, add=("a",)))
    first = [
        each for event in of_type(await ingest.told(), ActivitiesRecordedV2) for each in event.activities
    ]
    told = of_type(await told_again(ingest), ActivitiesRecordedV2)
    again = [each for event in told for each in event.activities]
    assert [each for each in again if each.kind != "resume_added"] == first


async def test_erasures_are_told_before_all_else_and_of_the_erased_nothing_but_the_line_in_the_log(
    ingest: Ingest, ada: UUID
) -> None:
    alone = await ingest.submit(OWNER.user_id)
    bo = await ingest.imported(OWNER.user_id, BO)
    _, whole = await ingest.does(on_erase_candidate, erasure_of(ada))
    _, resume = await ingest.does(on_erase_resume, erasure_of_resume(alone))
    (erased,), (erased_alone,) = of_type(whole, CandidateErasedV1), of_type(resume, ResumeErasedV1)
    await ingest.handle(lambda event, uow: confirm(event.erasure, uow), erased)
    (confirmed,) = of_type(await ingest.told(), FilesErasedV1)
    again = await told_again(ingest)
    assert {type(event) for event in again[:3]} == {CandidateErasedV1, ResumeErasedV1, FilesErasedV1}
    assert without_command(of_type(again, CandidateErasedV1)) == without_command([erased])
    assert without_command(of_type(again, ResumeErasedV1)) == without_command([erased_alone])
    assert of_type(again, FilesErasedV1) == [confirmed]
    assert [event.candidate.candidate_id for event in of_type(again, CandidateUpdatedV1)] == [bo]
    of_ada = [event for event in again if event.subject == str(ada)]
    assert [event.activities[0].kind for event in of_type(of_ada, ActivitiesRecordedV2)] == ["erased"]
    assert len(of_ada) == 1


async def test_only_what_changed_since_is_told_page_by_page(
    ingest: Ingest, ada: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    recipients = tuple(recruiter() for _ in range(5))
    names = ["a", "b", "c", "d", "e"]
    bo = await ingest.imported(OWNER.user_id, BO)
    await ingest.handle(on_change_tags, tags(ada, add=("old",)))
    await ingest.handle(on_add_note, note(ada))
    await ingest.handle(on_share_candidates, share(ada, to=(recruiter(),)))
    since = await mark(ingest)
    for each in (ada, bo):
        await ingest.handle(on_change_tags, tags(each, add=names))
        await ingest.handle(on_add_note, note(each))
        await ingest.handle(on_share_candidates, share(each, to=recipients))
    again = await told_again(ingest, since)
    assert {
        (event.candidate_id, tag.tag) for event in of_type(again, TagsChangedV1) for tag in event.tags
    } == {(each, name) for each in (ada, bo) for name in names}
    assert [
        (grant.candidate_id, grant.recruiter_id)
        for event in of_type(again, AccessGrantedV1)
        for grant in event.grants
    ] == sorted((each, to.user_id) for each in (ada, bo) for to in recipients)
    assert len(of_type(again, NoteAddedV1)) == 2
    activities = [each for event in of_type(again, ActivitiesRecordedV2) for each in event.activities]
    assert len(activities) == 2 * (1 + 1 + len(recipients))
    assert of_type(again, CandidateUpdatedV1) == []
