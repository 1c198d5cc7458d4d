"""What every command goes through, by the example of an edit."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

import msgspec
from support.ingest_service import Ingest, recruiter

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.profile_edits import ProfileEdits
from hotgigs.contracts.rejection import Rejection
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.ingest import candidate_store
from hotgigs.ingest.candidates import changed
from hotgigs.ingest.on_edit_candidate import on_edit_candidate
from hotgigs.ingest.settling import settle

ADA = ResumeData(email="ada@mail.example", full_name="Ada Example")
RECRUITER = recruiter()


async def edit(ingest: Ingest, title: str = "Engineer") -> EditCandidateV1:
    candidate_id = await ingest.imported(RECRUITER.user_id, ADA)
    return EditCandidateV1(
        command_id=uuid4(), actor=RECRUITER, candidate_id=candidate_id, edits=ProfileEdits(title=title)
    )


async def test_the_events_of_the_effect_have_the_command_s_id_and_are_counted(ingest: Ingest) -> None:
    command = await edit(ingest)
    settled, (updated, _) = await ingest.does(on_edit_candidate, command)
    assert isinstance(updated, CandidateUpdatedV1)
    assert updated.command_id == command.command_id
    assert settled == CommandSettledV1(command_id=command.command_id, events=1)


async def test_a_command_that_comes_twice_has_its_effect_once_and_its_outcome_told_again(
    ingest: Ingest,
) -> None:
    command = await edit(ingest)
    first, _ = await ingest.does(on_edit_candidate, command)
    state = await ingest.state_of(command.candidate_id)
    other = msgspec.structs.replace(command, edits=ProfileEdits(title="Other"))
    await ingest.handle(on_edit_candidate, other)
    assert await ingest.told() == [first]
    assert await ingest.state_of(command.candidate_id) == state


async def test_a_command_that_comes_twice_at_once_has_its_effect_once(ingest: Ingest) -> None:
    command = await edit(ingest)
    before = await ingest.state_of(command.candidate_id)
    await ingest.told()
    await asyncio.gather(*(ingest.handle(on_edit_candidate, command) for _ in range(4)))
    told = await ingest.told()
    assert sum(isinstance(each, CandidateUpdatedV1) for each in told) == 1
    assert sum(isinstance(each, CommandSettledV1) for each in told) == 4
    assert (await ingest.state_of(command.candidate_id)).version == before.version + 1


async def test_a_command_that_is_refused_half_way_has_changed_nothing_and_tells_nothing(
    ingest: Ingest,
) -> None:
    command = await edit(ingest)
    before = await ingest.state_of(command.candidate_id)

    async def half(command: EditCandidateV1, connection: Connection) -> Sequence[Event]:
        group = await candidate_store.group_of(connection, command.candidate_id)
        assert group is not None
        half_done = changed(group.survivor, before.updated_at, edits=command.edits)
        await candidate_store.put_candidates(connection, [half_done])
        raise Refused("conflict", "Not so.")

    async def on_half(command: EditCandidateV1, uow: UnitOfWork) -> None:
        await settle(command, uow, half)

    rejection = Rejection(code="conflict", detail="Not so.")
    for _ in range(2):
        settled, events = await ingest.does(on_half, command)
        assert (settled.rejection, settled.events, events) == (rejection, 0, [])
    assert await ingest.state_of(command.candidate_id) == before


async def test_a_command_that_changes_nothing_is_settled_without_an_event(ingest: Ingest) -> None:
    command = await edit(ingest)
    await ingest.handle(on_edit_candidate, command)
    again = msgspec.structs.replace(command, command_id=UUID(int=7))
    settled, events = await ingest.does(on_edit_candidate, again)
    assert (settled, events) == (CommandSettledV1(command_id=UUID(int=7)), [])
