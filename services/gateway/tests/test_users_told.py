"""Others are told when an admin has changed an account."""

from typing import Any

import msgspec
import pytest
from webhook_stage import ADMIN
from writing_app import WritingApp, add_user

from hotgigs.chassis.database import Pool
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.gateway.user_changed import UserChangedV1


async def told(pool: Pool) -> list[Any]:
    """All that is to be sent."""
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT envelope FROM outbox ORDER BY id")
    return [msgspec.msgpack.decode(row["envelope"], type=Envelope).open() for row in rows]


async def test_each_change_is_told_with_a_greater_version(writing_app: WritingApp, pool: Pool) -> None:
    user_id = await add_user(pool)
    changes = ({"role": "admin"}, {"status": "suspended"}, {"status": "active", "role": "candidate"})
    for change in changes:
        answer = await writing_app.ask(ADMIN, "PATCH", f"/api/admin/users/{user_id}", change)
        assert answer.status_code == 200
    assert await told(pool) == [
        UserChangedV1(user_id=user_id, version=1, role="admin", is_active=True),
        UserChangedV1(user_id=user_id, version=2, role="admin", is_active=False),
        UserChangedV1(user_id=user_id, version=3, role="candidate", is_active=True),
    ]


async def test_who_waits_for_approval_is_not_active_before(writing_app: WritingApp, pool: Pool) -> None:
    user_id = await add_user(pool, status="pending")
    await writing_app.ask(ADMIN, "PATCH", f"/api/admin/users/{user_id}", {"role": "candidate"})
    await writing_app.ask(ADMIN, "PATCH", f"/api/admin/users/{user_id}", {"status": "active"})
    assert [each.is_active for each in await told(pool)] == [False, True]


@pytest.mark.parametrize("change", [{}, {"role": "recruiter"}, {"status": "active"}])
async def test_what_changes_nothing_is_not_told(
    writing_app: WritingApp, pool: Pool, change: dict[str, str]
) -> None:
    user_id = await add_user(pool)
    answer = await writing_app.ask(ADMIN, "PATCH", f"/api/admin/users/{user_id}", change)
    assert answer.status_code == 200
    assert await told(pool) == []
