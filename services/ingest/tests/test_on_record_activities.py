"""record_activities at ingest, on a real database: only reads that may have happened are kept."""

from typing import Any
from uuid import UUID, uuid4

from support.candidate_commands import ADA, BO, OWNER, erasure_of, merge, share, unshare
from support.ingest_service import ADMIN, NOW, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import Activity
from hotgigs.contracts.gateway.record_activities import Read, RecordActivitiesV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_record_activities import on_record_activities
from hotgigs.ingest.on_share_candidates import on_share_candidates
from hotgigs.ingest.on_unshare_candidate import on_unshare_candidate


def read(candidate_id: UUID, actor: Actor = OWNER, **changes: Any) -> Read:
    fields: dict[str, Any] = {"kind": "viewed", "at": NOW, **changes}
    return Read(activity_id=uuid4(), candidate_id=candidate_id, actor=actor, **fields)


async def recorded(ingest: Ingest, *reads: Read) -> tuple[Activity, ...]:
    await ingest.told()
    command = RecordActivitiesV1(batch_id=uuid4(), reads=reads)
    await ingest.handle(on_record_activities, command)
    events = await ingest.told()
    assert len(events) <= 1, "one event tells of all"
    return tuple(each for event in of_type(events, ActivitiesRecordedV2) for each in event.activities)


async def test_a_read_is_recorded_as_it_was_told(ingest: Ingest) -> None:
    ada, resume_id = await ingest.imported(OWNER.user_id, ADA), uuid4()
    done = read(ada, kind="downloaded", resume_id=resume_id)
    assert await recorded(ingest, done) == (
        Activity(
            activity_id=done.activity_id,
            candidate_id=ada,
            database_id=OWNER.user_id,
            kind="downloaded",
            actor=OWNER,
            at=NOW,
            resume_id=resume_id,
        ),
    )
    assert await recorded(ingest, done) == (), "it is there"


async def test_reads_of_several_candidates_are_told_under_a_subject_of_none_of_them(ingest: Ingest) -> None:
    ada = await ingest.imported(OWNER.user_id, ADA)
    bo = await ingest.imported(OWNER.user_id, BO)
    await ingest.told()
    command = RecordActivitiesV1(batch_id=uuid4(), reads=(read(ada), read(bo)))
    await ingest.handle(on_record_activities, command)
    (event,) = await ingest.told()
    assert event.subject not in {str(ada), str(bo)}


async def test_reads_by_those_who_may_see_the_candidate_are_kept_and_others_left_out(ingest: Ingest) -> None:
    person = Actor(user_id=uuid4(), role="candidate")
    ada = await ingest.imported(OWNER.user_id, ADA)
    own = await ingest.uploaded(person.user_id, ADA)
    recipient, former = recruiter(), recruiter()
    await ingest.handle(on_share_candidates, share(ada, to=(recipient, former)))
    await ingest.handle(on_unshare_candidate, unshare(ada, former))
    kept = [read(ada), read(ada, ADMIN), read(ada, recipient), read(own, person)]
    strangers = [read(ada, former), read(ada, person), read(own, OWNER), read(uuid4(), ADMIN)]
    done = await recorded(ingest, *kept, *strangers)
    assert {each.activity_id for each in done} == {each.activity_id for each in kept}


async def test_a_share_counts_for_its_recipient_alone(ingest: Ingest) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    one, two = recruiter(), recruiter()
    await ingest.handle(on_share_candidates, share(ada, to=(one,)))
    await ingest.handle(on_share_candidates, share(bo, to=(two,)))
    assert await recorded(ingest, read(ada, two), read(bo, one)) == ()


async def test_a_read_of_a_merged_candidate_is_of_the_survivor(ingest: Ingest) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    (done,) = await recorded(ingest, read(bo))
    assert done.candidate_id == ada


async def test_nothing_is_recorded_of_who_was_erased(ingest: Ingest) -> None:
    ada = await ingest.imported(OWNER.user_id, ADA)
    await ingest.handle(on_erase_candidate, erasure_of(ada))
    assert await recorded(ingest, read(ada)) == ()
