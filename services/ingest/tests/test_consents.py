"""change_consent at ingest, on a real database."""

from uuid import uuid4

import pytest
from support.candidate_commands import ADA, BO, OWNER, consent, erasure_of, merge, undo
from support.ingest_service import ADMIN, Ingest, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.ingest.on_change_consent import on_change_consent
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_undo_merge import on_undo_merge

PERSON = Actor(user_id=uuid4(), role="candidate")


async def test_a_person_lets_themselves_be_found_and_no_more(ingest: Ingest) -> None:
    own = await ingest.uploaded(PERSON.user_id, ADA)
    told = []
    for can_be_found in (True, True, False):
        settled, events = await ingest.does(
            on_change_consent, consent(own, PERSON, can_be_found=can_be_found)
        )
        assert settled.rejection is None
        told += of_type(events, ConsentChangedV1)
    assert [(each.candidate_id, each.database_id) for each in told] == [(own, MASTER_DATABASE_ID)] * 2
    assert [(each.version, each.can_be_found) for each in told] == [(1, True), (2, False)]


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (ADMIN, "forbidden"),
        (recruiter(), "not_found"),
        (Actor(user_id=uuid4(), role="candidate"), "not_found"),
    ],
    ids=["admin", "recruiter", "another person"],
)
async def test_nobody_else_consents_for_them(ingest: Ingest, actor: Actor, code: str) -> None:
    own = await ingest.uploaded(PERSON.user_id, ADA)
    settled, events = await ingest.does(on_change_consent, consent(own, actor))
    assert settled.rejection is not None
    assert (settled.rejection.code, events) == (code, [])


async def test_a_recruiter_does_not_consent_for_who_is_in_his_database(ingest: Ingest) -> None:
    imported = await ingest.imported(OWNER.user_id, ADA)
    settled, _ = await ingest.does(on_change_consent, consent(imported, OWNER))
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"


@pytest.mark.parametrize("found", [(True, True), (True, False), (False, True), (False, False)])
async def test_merged_they_are_to_be_found_only_where_each_was(
    ingest: Ingest, found: tuple[bool, bool]
) -> None:
    ids = [await ingest.uploaded(PERSON.user_id, data) for data in (ADA, BO)]
    last = dict.fromkeys(ids, False)
    for candidate_id, can_be_found in zip(ids, found, strict=True):
        await ingest.handle(on_change_consent, consent(candidate_id, PERSON, can_be_found=can_be_found))
        last[candidate_id] = can_be_found
    for handler, command in ((on_merge_candidates, merge(*ids, ADMIN)), (on_undo_merge, undo(*ids, ADMIN))):
        settled, events = await ingest.does(handler, command)  # type: ignore[arg-type]
        assert settled.rejection is None
        last |= {each.candidate_id: each.can_be_found for each in of_type(events, ConsentChangedV1)}
        assert last[ids[0]] == all(found)
    assert last[ids[1]] == found[1]


async def test_an_erasure_leaves_no_consent(ingest: Ingest) -> None:
    own = await ingest.uploaded(PERSON.user_id, ADA)
    await ingest.handle(on_change_consent, consent(own, PERSON))
    await ingest.handle(on_erase_candidate, erasure_of(own, PERSON))
    assert await ingest.count("consents") == 0
