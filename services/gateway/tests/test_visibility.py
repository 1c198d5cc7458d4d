"""Who sees which candidate."""

from uuid import UUID, uuid4

import pytest
from shown_rows import add_candidate, share

from hotgigs.chassis.database import Pool
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.accounts.principal import Principal, Role
from hotgigs.gateway.visibility import Seen, candidate_seen_by

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")


def owned(candidate_id: UUID, database_id: UUID) -> Seen:
    return Seen(
        candidate_id=candidate_id,
        database_id=database_id,
        shown_database_id=database_id,
        is_owner=True,
        can_view_contact_info=True,
        can_download_resume=True,
        can_submit_to_jobs=True,
    )


async def test_a_candidate_is_seen_by_its_database_s_recruiter_and_by_admins_and_by_nobody_else(
    pool: Pool,
) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        as_owned = owned(candidate_id, ANN.user_id)
        assert await candidate_seen_by(connection, ANN, candidate_id) == as_owned
        assert await candidate_seen_by(connection, ADMIN, candidate_id) == as_owned
        assert await candidate_seen_by(connection, BEN, candidate_id) is None
        assert await candidate_seen_by(connection, ANN, uuid4()) is None


async def test_whom_it_is_shared_with_sees_it_with_the_share_s_permissions_and_does_not_own_it(
    pool: Pool,
) -> None:
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        await share(
            connection,
            candidate_id,
            BEN.user_id,
            can_view_contact_info=False,
            can_download_resume=False,
        )
        assert await candidate_seen_by(connection, BEN, candidate_id) == Seen(
            candidate_id=candidate_id,
            database_id=ANN.user_id,
            shown_database_id=BEN.user_id,
            is_owner=False,
            can_view_contact_info=False,
            can_download_resume=False,
            can_submit_to_jobs=True,
        )
        assert await candidate_seen_by(connection, ADMIN, candidate_id) == owned(candidate_id, ANN.user_id)


@pytest.mark.parametrize("role", ["candidate", "recruiter"])
async def test_candidates_see_what_their_own_account_uploaded_and_no_other_role_does_by_its_account(
    pool: Pool, role: Role
) -> None:
    asker = Principal(user_id=uuid4(), role=role)
    async with pool.acquire() as connection:
        own = await add_candidate(connection, user_id=asker.user_id)
        another_s = await add_candidate(connection, user_id=uuid4())
        imported = await add_candidate(connection)
        seen = await candidate_seen_by(connection, asker, own)
        assert seen == (owned(own, MASTER_DATABASE_ID) if role == "candidate" else None)
        assert await candidate_seen_by(connection, asker, another_s) is None
        assert await candidate_seen_by(connection, asker, imported) is None


async def test_a_candidate_s_account_does_not_see_a_database_that_has_its_id(pool: Pool) -> None:
    user_id = uuid4()
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=user_id)
        asker = Principal(user_id=user_id, role="candidate")
        assert await candidate_seen_by(connection, asker, candidate_id) is None


async def test_a_merged_candidate_is_seen_as_the_one_that_it_was_merged_into(pool: Pool) -> None:
    async with pool.acquire() as connection:
        survivor_id = await add_candidate(connection, database_id=ANN.user_id)
        merged_id = await add_candidate(connection, database_id=ANN.user_id, survivor_id=survivor_id)
        assert await candidate_seen_by(connection, ANN, merged_id) == owned(survivor_id, ANN.user_id)
        assert await candidate_seen_by(connection, BEN, merged_id) is None
