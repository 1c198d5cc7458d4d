"""What somebody may do with a candidate."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.ingest_service import ADMIN, Ingest, recruiter

from hotgigs.chassis.refused import Refused
from hotgigs.contracts.actor import Actor, Role
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.ingest.access import Opened, access_of, open_candidates
from hotgigs.ingest.candidates import Candidate

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA, BO = ResumeData(email="ada@mail.example"), ResumeData(email="bo@mail.example")
OWNER, SHARER, STRANGER = recruiter(), recruiter(), recruiter()
PERSON = Actor(user_id=uuid4(), role="candidate")


def candidate(database_id: UUID, user_id: UUID | None = None) -> Candidate:
    return Candidate(
        candidate_id=uuid4(),
        database_id=database_id,
        user_id=user_id,
        source="resume_import",
        added_at=NOW,
        updated_at=NOW,
    )


def test_an_admin_and_the_recruiter_whose_database_it_is_own_it() -> None:
    imported = candidate(OWNER.user_id)
    assert access_of(OWNER, imported, is_shared=False) == "owner"
    assert access_of(ADMIN, imported, is_shared=False) == "owner"


def test_a_recruiter_whom_it_is_shared_with_does_not_own_it_and_another_is_a_stranger() -> None:
    imported = candidate(OWNER.user_id)
    assert access_of(SHARER, imported, is_shared=True) == "shared"
    assert access_of(STRANGER, imported, is_shared=False) is None


def test_a_person_has_their_own_candidate_and_no_other() -> None:
    assert access_of(PERSON, candidate(MASTER_DATABASE_ID, PERSON.user_id), is_shared=False) == "person"
    assert access_of(PERSON, candidate(MASTER_DATABASE_ID, uuid4()), is_shared=False) is None
    assert access_of(PERSON, candidate(MASTER_DATABASE_ID), is_shared=True) is None
    assert access_of(PERSON, candidate(PERSON.user_id), is_shared=False) is None, "no database of theirs"


@given(st.sampled_from(["recruiter", "candidate"]), st.booleans())
def test_nobody_gets_at_a_candidate_of_others_that_is_not_shared(role: Role, is_masters: bool) -> None:
    foreign = candidate(MASTER_DATABASE_ID if is_masters else uuid4(), uuid4())
    assert access_of(Actor(user_id=uuid4(), role=role), foreign, is_shared=False) is None


async def opened(ingest: Ingest, actor: Actor, *candidate_ids: UUID) -> Sequence[Opened]:
    async with ingest.pool.acquire() as connection, connection.transaction():
        return await open_candidates(connection, actor, candidate_ids)


async def share(ingest: Ingest, candidate_id: UUID, *, is_revoked: bool = False) -> None:
    await ingest.pool.execute(
        "INSERT INTO grants VALUES ($1, $2, 1, $5, true, true, true, NULL, NULL, $3, $4)",
        candidate_id,
        SHARER.user_id,
        OWNER.user_id,
        NOW,
        is_revoked,
    )


async def test_candidates_are_opened_together_or_not_at_all(ingest: Ingest) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    foreign = await ingest.imported(STRANGER.user_id, ADA)
    found = await opened(ingest, OWNER, ada, bo)
    assert {(each.candidate.candidate_id, each.access) for each in found} == {(ada, "owner"), (bo, "owner")}
    for hidden in (foreign, uuid4()):
        with pytest.raises(Refused) as refused:
            await opened(ingest, OWNER, ada, hidden)
        assert refused.value.code == "not_found"


async def test_who_it_is_shared_with_opens_it_until_the_share_is_taken_back(ingest: Ingest) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    await share(ingest, ada)
    await share(ingest, bo, is_revoked=True)
    (found,) = await opened(ingest, SHARER, ada)
    assert found.access == "shared"
    found.only_for("owner", "shared")
    with pytest.raises(Refused) as refused:
        found.only_for("owner", "person")
    assert refused.value.code == "forbidden"
    with pytest.raises(Refused):
        await opened(ingest, SHARER, bo)


async def test_a_share_of_a_merged_candidate_opens_the_one_that_it_is_merged_into(ingest: Ingest) -> None:
    ada, bo = [await ingest.imported(OWNER.user_id, data) for data in (ADA, BO)]
    await share(ingest, bo)
    await ingest.pool.execute("UPDATE candidates SET merged_into = $1 WHERE candidate_id = $2", ada, bo)
    for candidate_id in (ada, bo):
        (found,) = await opened(ingest, SHARER, candidate_id)
        assert (found.candidate.candidate_id, found.access) == (ada, "shared")
