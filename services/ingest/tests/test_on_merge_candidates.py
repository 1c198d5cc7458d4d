"""merge_candidates and undo_merge at ingest, on a real database."""

import asyncio
from uuid import UUID, uuid4

import msgspec
import pytest
from support.ingest_service import ADMIN, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.ingest.on_edit_candidate import on_edit_candidate
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_undo_merge import on_undo_merge

ADA, BO, CY = (
    ResumeData(email=f"{name}@mail.example", full_name=f"{name.title()} Example", location=name)
    for name in ("ada", "bo", "cy")
)
OWNER = recruiter()


def merge(into: UUID, other: UUID, actor: Actor = OWNER) -> MergeCandidatesV1:
    return MergeCandidatesV1(command_id=uuid4(), actor=actor, candidate_id=into, merged_id=other)


def undo(of: UUID, other: UUID, actor: Actor = OWNER) -> UndoMergeV1:
    return UndoMergeV1(command_id=uuid4(), actor=actor, candidate_id=of, merged_id=other)


def told(events: list[Message]) -> dict[UUID, CandidateState]:
    updated = of_type(events, CandidateUpdatedV1)
    return {event.candidate.candidate_id: event.candidate for event in updated}


async def three(ingest: Ingest) -> list[UUID]:
    return [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO, CY)]


async def test_both_are_told_and_the_newest_resume_of_both_leads(ingest: Ingest) -> None:
    ada, bo, _ = await three(ingest)
    settled, events = await ingest.does(on_merge_candidates, merge(ada, bo))
    states = told(events)
    assert (settled.events, settled.rejection, set(states)) == (2, None, {ada, bo})
    assert states[ada].merged_ids == (bo,)
    assert states[ada].profile.location == "bo"
    assert len(states[ada].resume_ids) == 2
    assert (states[bo].survivor_id, states[bo].profile.location) == (ada, "bo")
    (recorded,) = of_type(events, ActivitiesRecordedV2)
    (activity,) = recorded.activities
    assert (activity.kind, activity.candidate_id, activity.other_candidate_id) == ("merged", ada, bo)


async def test_all_that_are_merged_into_the_merged_one_are_told_their_new_survivor(ingest: Ingest) -> None:
    ada, bo, cy = await three(ingest)
    await ingest.handle(on_merge_candidates, merge(bo, cy))
    settled, events = await ingest.does(on_merge_candidates, merge(ada, bo))
    states = told(events)
    assert settled.events == 3
    assert {state.survivor_id for state in states.values()} == {ada}
    assert set(states[ada].merged_ids) == {bo, cy}
    assert states[bo].merged_ids == (cy,)


async def test_undone_all_is_as_it_was(ingest: Ingest) -> None:
    ada, bo, cy = await three(ingest)
    await ingest.handle(on_merge_candidates, merge(bo, cy))
    before = {each: await ingest.state_of(each) for each in (ada, bo, cy)}
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    settled, events = await ingest.does(on_undo_merge, undo(ada, bo))
    assert (settled.events, settled.rejection) == (3, None)
    for each, state in told(events).items():
        as_before = msgspec.structs.replace(
            state, version=before[each].version, updated_at=before[each].updated_at
        )
        assert as_before == before[each]
        assert state.version == before[each].version + 2
    (recorded,) = of_type(events, ActivitiesRecordedV2)
    assert [(each.kind, each.other_candidate_id) for each in recorded.activities] == [("merge_undone", bo)]


async def test_one_that_was_merged_earlier_is_parted_from_the_survivor_s_group(ingest: Ingest) -> None:
    ada, bo, cy = await three(ingest)
    await ingest.handle(on_merge_candidates, merge(bo, cy))
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    _, events = await ingest.does(on_undo_merge, undo(ada, cy))
    states = told(events)
    assert (states[ada].merged_ids, states[bo].merged_ids, states[cy].survivor_id) == ((bo,), (), cy)


async def test_a_resume_of_the_merged_one_leads_the_survivor_and_stays_its_own(ingest: Ingest) -> None:
    ada, bo, _ = await three(ingest)
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    await ingest.told()
    newer = msgspec.structs.replace(BO, location="Rome")
    assert await ingest.imported(OWNER.user_id, newer) == bo
    states = told(await ingest.told())
    assert {id_: state.profile.location for id_, state in states.items()} == {ada: "Rome", bo: "Rome"}
    await ingest.handle(on_undo_merge, undo(ada, bo))
    assert (await ingest.state_of(ada)).profile.location == "ada"
    assert len((await ingest.state_of(bo)).resume_ids) == 2


async def test_an_edit_of_the_merged_one_is_one_of_the_survivor(ingest: Ingest) -> None:
    ada, bo, _ = await three(ingest)
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    command = EditCandidateV1(
        command_id=uuid4(), actor=OWNER, candidate_id=bo, edits=ProfileEdits(title="Engineer")
    )
    _, events = await ingest.does(on_edit_candidate, command)
    assert told(events)[ada].profile.title == "Engineer"
    assert (await ingest.state_of(bo)).profile.title is None


async def test_one_that_is_merged_already_or_the_same_is_a_conflict(ingest: Ingest) -> None:
    ada, bo, cy = await three(ingest)
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    before = [await ingest.state_of(each) for each in (ada, bo, cy)]
    for command in (merge(ada, ada), merge(ada, bo), merge(bo, ada), merge(cy, bo), merge(bo, cy)):
        settled, events = await ingest.does(on_merge_candidates, command)
        assert settled.rejection is not None
        assert (settled.rejection.code, events) == ("conflict", [])
    assert [await ingest.state_of(each) for each in (ada, bo, cy)] == before


async def test_candidates_of_two_databases_or_accounts_are_not_merged(ingest: Ingest) -> None:
    ada, *_ = await three(ingest)
    others = [
        await ingest.imported(recruiter().user_id, ADA),
        await ingest.imported(ADMIN.user_id, ADA, MASTER_DATABASE_ID),
        await ingest.uploaded(uuid4(), ADA),
        await ingest.uploaded(uuid4(), ADA),
    ]
    for one, other in [(ada, others[0]), (ada, others[1]), (others[1], others[2]), (others[2], others[3])]:
        settled, events = await ingest.does(on_merge_candidates, merge(one, other, ADMIN))
        assert settled.rejection is not None
        assert (settled.rejection.code, events) == ("conflict", [])


async def test_a_foreign_candidate_is_not_there_to_be_merged_or_parted(ingest: Ingest) -> None:
    ada, bo, _ = await three(ingest)
    stranger = recruiter()
    foreign = await ingest.imported(stranger.user_id, ADA)
    for command in (merge(ada, foreign), merge(foreign, ada), merge(ada, bo, stranger)):
        settled, _ = await ingest.does(on_merge_candidates, command)
        assert settled.rejection is not None
        assert settled.rejection.code == "not_found"
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    for attempt in (undo(ada, bo, stranger), undo(ada, foreign), undo(bo, ada)):
        settled, _ = await ingest.does(on_undo_merge, attempt)
        assert settled.rejection is not None
        assert settled.rejection.code == "not_found"


@pytest.mark.parametrize("handler", [on_merge_candidates, on_undo_merge])
async def test_a_person_may_not_merge_or_part_their_own(ingest: Ingest, handler: object) -> None:
    person = Actor(user_id=uuid4(), role="candidate")
    one, other = [await ingest.uploaded(person.user_id, data) for data in (ADA, BO)]
    commands = {on_merge_candidates: merge(one, other, person), on_undo_merge: undo(one, other, person)}
    settled, _ = await ingest.does(handler, commands[handler])  # type: ignore[index, arg-type]
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"


async def test_merges_of_two_into_each_other_at_once_leave_one_survivor(ingest: Ingest) -> None:
    ada, bo, _ = await three(ingest)
    await asyncio.gather(
        ingest.handle(on_merge_candidates, merge(ada, bo)), ingest.handle(on_merge_candidates, merge(bo, ada))
    )
    survivors = {(await ingest.state_of(each)).survivor_id for each in (ada, bo)}
    assert len(survivors) == 1
