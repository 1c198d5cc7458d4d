"""add_note and remove_note at ingest, on a real database."""

from uuid import UUID, uuid4

import pytest
from support.candidate_commands import ADA, BO, OWNER, merge, note, removal, share
from support.ingest_service import ADMIN, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.remove_note import RemoveNoteV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.ingest.on_add_note import on_add_note
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_remove_note import on_remove_note
from hotgigs.ingest.on_share_candidates import on_share_candidates


@pytest.fixture
async def ada(ingest: Ingest) -> UUID:
    return await ingest.imported(OWNER.user_id, ADA)


async def shared(ingest: Ingest, candidate_id: UUID) -> Actor:
    """A recruiter whom the candidate is shared with."""
    recipient = recruiter()
    await ingest.handle(on_share_candidates, share(candidate_id, to=(recipient,)))
    return recipient


async def test_a_note_is_told_with_the_commands_id_for_its_own_and_logged(ingest: Ingest, ada: UUID) -> None:
    command = note(ada, is_private=True, is_important=True)
    settled, events = await ingest.does(on_add_note, command)
    assert (settled.events, settled.rejection) == (1, None)
    (added,) = of_type(events, NoteAddedV1)
    told = added.note
    assert (told.note_id, told.candidate_id, told.database_id) == (command.command_id, ada, OWNER.user_id)
    assert (told.author_user_id, told.title, told.content) == (OWNER.user_id, command.title, command.content)
    assert (told.is_private, told.is_important) == (True, True)
    ((activity,),) = (each.activities for each in of_type(events, ActivitiesRecordedV2))
    assert (activity.kind, activity.note_id, activity.is_private) == ("note_added", told.note_id, True)
    assert activity.actor == OWNER


async def test_the_same_command_again_adds_nothing(ingest: Ingest, ada: UUID) -> None:
    command = note(ada)
    first, _ = await ingest.does(on_add_note, command)
    await ingest.told()
    await ingest.handle(on_add_note, command)
    assert await ingest.told() == [first]
    assert await ingest.count("notes") == 1


async def test_a_note_on_a_merged_candidate_is_the_survivors(ingest: Ingest, ada: UUID) -> None:
    bo = await ingest.imported(OWNER.user_id, BO)
    earlier = note(bo)
    await ingest.handle(on_add_note, earlier)
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    _, events = await ingest.does(on_add_note, note(bo))
    (added,) = of_type(events, NoteAddedV1)
    assert added.note.candidate_id == ada
    _, events = await ingest.does(on_remove_note, removal(note(ada), OWNER))
    assert of_type(events, NoteRemovedV1) == []
    settled, events = await ingest.does(
        on_remove_note,
        RemoveNoteV1(command_id=uuid4(), actor=OWNER, candidate_id=ada, note_id=earlier.command_id),
    )
    (removed,) = of_type(events, NoteRemovedV1)
    assert (settled.rejection, removed.candidate_id) == (None, bo)


@pytest.mark.parametrize(
    "stranger", [recruiter(), Actor(user_id=uuid4(), role="candidate")], ids=lambda actor: actor.role
)
async def test_for_a_stranger_there_is_no_such_candidate(ingest: Ingest, ada: UUID, stranger: Actor) -> None:
    settled, events = await ingest.does(on_add_note, note(ada, stranger))
    assert settled.rejection is not None
    assert (settled.rejection.code, events) == ("not_found", [])
    settled, _ = await ingest.does(on_add_note, note(uuid4(), stranger))
    assert settled.rejection is not None
    assert settled.rejection.code == "not_found"


async def test_the_person_themselves_cannot_note(ingest: Ingest) -> None:
    person = Actor(user_id=uuid4(), role="candidate")
    own = await ingest.uploaded(person.user_id, ADA)
    settled, _ = await ingest.does(on_add_note, note(own, person))
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"


async def test_nothing_is_kept_of_what_a_removed_note_said(ingest: Ingest, ada: UUID) -> None:
    command = note(ada)
    await ingest.handle(on_add_note, command)
    settled, events = await ingest.does(on_remove_note, removal(command, OWNER))
    assert settled.events == 1
    (removed,) = of_type(events, NoteRemovedV1)
    assert (removed.note_id, removed.candidate_id, removed.database_id) == (
        command.command_id,
        ada,
        OWNER.user_id,
    )
    ((activity,),) = (each.activities for each in of_type(events, ActivitiesRecordedV2))
    assert (activity.kind, activity.note_id) == ("note_removed", command.command_id)
    row = await ingest.pool.fetchrow("SELECT title || content AS text, removed_at FROM notes")
    assert row is not None
    assert row["text"] == ""
    assert row["removed_at"] is not None
    settled, events = await ingest.does(on_remove_note, removal(command, OWNER))
    assert settled.rejection is not None
    assert (settled.rejection.code, events) == ("not_found", [])


async def test_a_note_cannot_be_reached_by_another_candidate(ingest: Ingest, ada: UUID) -> None:
    bo = await ingest.imported(OWNER.user_id, BO)
    command = note(ada)
    await ingest.handle(on_add_note, command)
    other = RemoveNoteV1(command_id=uuid4(), actor=OWNER, candidate_id=bo, note_id=command.command_id)
    settled, _ = await ingest.does(on_remove_note, other)
    assert settled.rejection is not None
    assert settled.rejection.code == "not_found"


@pytest.mark.parametrize(
    ("author", "is_private", "by", "code"),
    [
        ("owner", False, "owner", None),
        ("owner", False, "admin", None),
        ("owner", False, "recipient", "forbidden"),
        ("owner", False, "stranger", "not_found"),
        ("owner", True, "recipient", "not_found"),
        ("owner", True, "admin", "not_found"),
        ("recipient", False, "owner", None),
        ("recipient", True, "owner", "not_found"),
        ("recipient", True, "recipient", None),
        ("admin", True, "owner", "not_found"),
    ],
)
async def test_who_may_remove_whose_note(
    ingest: Ingest, ada: UUID, author: str, is_private: bool, by: str, code: str | None
) -> None:
    actors = {
        "owner": OWNER,
        "admin": ADMIN,
        "recipient": await shared(ingest, ada),
        "stranger": recruiter(),
    }
    command = note(ada, actors[author], is_private=is_private)
    await ingest.handle(on_add_note, command)
    settled, events = await ingest.does(on_remove_note, removal(command, actors[by]))
    assert (settled.rejection.code if settled.rejection else None) == code
    assert len(of_type(events, NoteRemovedV1)) == (code is None)
