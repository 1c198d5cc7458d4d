"""change_tags at ingest, on a real database."""

from uuid import UUID, uuid4

import pytest
from support.candidate_commands import ADA, BO, OWNER, merge, share, tags, unshare
from support.ingest_service import ADMIN, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import TagState
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.message import Message
from hotgigs.ingest.on_change_tags import on_change_tags
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_share_candidates import on_share_candidates
from hotgigs.ingest.on_unshare_candidate import on_unshare_candidate


@pytest.fixture
async def ada(ingest: Ingest) -> UUID:
    return await ingest.imported(OWNER.user_id, ADA)


async def shared(ingest: Ingest, candidate_id: UUID) -> Actor:
    """A recruiter whom the candidate is shared with."""
    recipient = recruiter()
    await ingest.handle(on_share_candidates, share(candidate_id, to=(recipient,)))
    return recipient


def logged(events: list[Message]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (each.kind, each.tags) for event in of_type(events, ActivitiesRecordedV2) for each in event.activities
    ]


async def test_only_what_changes_is_told_and_logged(ingest: Ingest, ada: UUID) -> None:
    await ingest.handle(on_change_tags, tags(ada, add=("a", "b")))
    settled, events = await ingest.does(on_change_tags, tags(ada, add=("c", "b", "c"), remove=("a", "z")))
    assert settled.events == 1
    (changed,) = of_type(events, TagsChangedV1)
    assert (changed.candidate_id, changed.database_id, changed.tagging_database_id) == (
        ada,
        OWNER.user_id,
        OWNER.user_id,
    )
    assert changed.tags == (TagState(tag="a", version=2, is_removed=True), TagState(tag="c", version=1))
    assert logged(events) == [("tags_added", ("c",)), ("tags_removed", ("a",))]


async def test_the_tags_of_whom_it_is_shared_with_are_logged_for_them_alone(
    ingest: Ingest, ada: UUID
) -> None:
    recipient = await shared(ingest, ada)
    logged_for_all = {}
    for actor in (OWNER, ADMIN, recipient):
        _, events = await ingest.does(on_change_tags, tags(ada, actor, add=(f"{actor.user_id}",)))
        (recorded,) = of_type(events, ActivitiesRecordedV2)
        logged_for_all[actor] = not recorded.activities[0].is_private
    assert logged_for_all == {OWNER: True, ADMIN: True, recipient: False}


async def test_what_changes_nothing_is_settled_without_events(ingest: Ingest, ada: UUID) -> None:
    await ingest.handle(on_change_tags, tags(ada, add=("a",)))
    settled, events = await ingest.does(on_change_tags, tags(ada, add=("a",), remove=("b",)))
    assert (settled.events, settled.rejection, events) == (0, None, [])


async def test_the_version_grows_with_every_change_of_a_tag(ingest: Ingest, ada: UUID) -> None:
    for command in (tags(ada, add=("a",)), tags(ada, remove=("a",))):
        await ingest.handle(on_change_tags, command)
    _, events = await ingest.does(on_change_tags, tags(ada, add=("a",)))
    (changed,) = of_type(events, TagsChangedV1)
    assert changed.tags == (TagState(tag="a", version=3),)


async def test_tags_are_the_taggers_databases_and_an_admins_the_candidates(ingest: Ingest, ada: UUID) -> None:
    recipient = await shared(ingest, ada)
    found = {}
    for actor in (OWNER, recipient, ADMIN):
        _, events = await ingest.does(on_change_tags, tags(ada, actor, add=(f"{actor.user_id}",)))
        (changed,) = of_type(events, TagsChangedV1)
        assert changed.database_id == OWNER.user_id
        found[actor] = changed.tagging_database_id
    assert found == {OWNER: OWNER.user_id, recipient: recipient.user_id, ADMIN: OWNER.user_id}


async def test_nobody_removes_a_tag_of_another_database(ingest: Ingest, ada: UUID) -> None:
    recipient = await shared(ingest, ada)
    await ingest.handle(on_change_tags, tags(ada, add=("a",)))
    settled, _ = await ingest.does(on_change_tags, tags(ada, recipient, remove=("a",)))
    assert settled.events == 0
    assert await ingest.pool.fetchval("SELECT count(*) FROM tags WHERE NOT is_removed") == 1


async def test_tags_of_a_group_are_added_once_and_removed_from_all_that_have_them(
    ingest: Ingest, ada: UUID
) -> None:
    bo = await ingest.imported(OWNER.user_id, BO)
    for each in (ada, bo):
        await ingest.handle(on_change_tags, tags(each, add=("both",)))
    await ingest.handle(on_change_tags, tags(bo, add=("bo",)))
    await ingest.handle(on_merge_candidates, merge(ada, bo))
    settled, events = await ingest.does(on_change_tags, tags(bo, add=("bo", "new"), remove=("both",)))
    changed = {
        event.candidate_id: {(tag.tag, tag.is_removed) for tag in event.tags}
        for event in of_type(events, TagsChangedV1)
    }
    assert settled.events == 2
    assert changed == {ada: {("both", True), ("new", False)}, bo: {("both", True)}}
    assert logged(events) == [("tags_added", ("new",)), ("tags_removed", ("both",))]


@pytest.mark.parametrize(("role", "code"), [("recruiter", "not_found"), ("candidate", "not_found")])
async def test_for_a_stranger_there_is_no_such_candidate(
    ingest: Ingest, ada: UUID, role: str, code: str
) -> None:
    stranger = Actor(user_id=uuid4(), role=role)  # type: ignore[arg-type]
    settled, events = await ingest.does(on_change_tags, tags(ada, stranger, add=("a",)))
    assert settled.rejection is not None
    assert (settled.rejection.code, events) == (code, [])


async def test_the_person_themselves_cannot_tag(ingest: Ingest) -> None:
    person = Actor(user_id=uuid4(), role="candidate")
    own = await ingest.uploaded(person.user_id, ADA)
    settled, _ = await ingest.does(on_change_tags, tags(own, person, add=("a",)))
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"


async def test_a_recruiter_whom_the_candidate_is_not_shared_with_any_more_cannot_tag(
    ingest: Ingest, ada: UUID
) -> None:
    recipient = await shared(ingest, ada)
    await ingest.handle(on_unshare_candidate, unshare(ada, recipient))
    settled, _ = await ingest.does(on_change_tags, tags(ada, recipient, add=("a",)))
    assert settled.rejection is not None
    assert settled.rejection.code == "not_found"
