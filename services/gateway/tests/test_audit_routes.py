"""What admins do with users and candidates is kept, and told to admins."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from shown_rows import NOW, insert
from writing_app import WritingApp, add_user

from hotgigs.chassis.database import Pool
from hotgigs.gateway.accounts.principal import Principal

ADMIN, OTHER_ADMIN = (Principal(user_id=uuid4(), role="admin") for _ in range(2))


async def acts(app: WritingApp, who: Principal = ADMIN, query: str = "") -> Any:
    answer = await app.ask(who, "GET", f"/api/admin/audit{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def change(app: WritingApp, user_id: UUID, **changes: str) -> int:
    return (await app.ask(ADMIN, "PATCH", f"/api/admin/users/{user_id}", changes)).status_code


async def test_what_an_admin_sets_of_a_user_is_kept_the_newest_first(
    writing_app: WritingApp, pool: Pool
) -> None:
    user_id = await add_user(pool, role="recruiter", status="pending")
    assert await change(writing_app, user_id, status="active") == 200
    assert await change(writing_app, user_id, status="suspended", role="candidate") == 200

    told = await acts(writing_app)

    assert [act["fields"] for act in told] == [["role=candidate", "status=suspended"], ["status=active"]]
    assert {(act["kind"], act["actor_user_id"], act["user_id"]) for act in told} == {
        ("user_changed", str(ADMIN.user_id), str(user_id))
    }
    assert await acts(writing_app, query="?skip=1&limit=1") == told[1:]
    page = await writing_app.ask(ADMIN, "GET", "/api/admin/audit?limit=1")
    assert page.headers["X-Total-Count"] == "2"


async def test_what_changes_nothing_and_what_is_refused_is_not_kept(
    writing_app: WritingApp, pool: Pool
) -> None:
    user_id = await add_user(pool)
    assert await change(writing_app, user_id, status="active") == 200
    assert await change(writing_app, user_id) == 200
    assert await change(writing_app, uuid4(), status="active") == 404
    assert await change(writing_app, ADMIN.user_id, role="candidate") == 403
    assert await acts(writing_app) == []


async def test_a_user_is_not_changed_without_a_trace(
    writing_app: WritingApp, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("hotgigs.gateway.accounts.audit.add_user_change", fails)
    user_id = await add_user(pool)
    assert await change(writing_app, user_id, status="suspended") == 500
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT status FROM users WHERE user_id = $1", user_id) == "active"


def activity(actor: Principal, **columns: Any) -> dict[str, Any]:
    return {
        "activity_id": uuid4(),
        "candidate_id": uuid4(),
        "kind": "shared",
        "actor_user_id": actor.user_id,
        "actor_role": actor.role,
        "at": NOW,
        "is_private": False,
        "fields": [],
        "tags": [],
    } | columns


async def test_acts_of_recruiters_and_private_ones_of_other_admins_are_not_told(
    writing_app: WritingApp, pool: Pool
) -> None:
    recruiter = Principal(user_id=uuid4(), role="recruiter")
    shared, private = activity(OTHER_ADMIN), activity(OTHER_ADMIN, is_private=True, kind="note_added")
    async with pool.acquire() as connection:
        for row in (shared, private, activity(recruiter)):
            await insert(connection, "activities", row)
    assert [act["activity_id"] for act in await acts(writing_app)] == [str(shared["activity_id"])]
    assert {act["activity_id"] for act in await acts(writing_app, OTHER_ADMIN)} == {
        str(shared["activity_id"]),
        str(private["activity_id"]),
    }


async def test_only_admins_read_it(writing_app: WritingApp) -> None:
    for role in ("recruiter", "candidate"):
        who = Principal(user_id=uuid4(), role=role)  # type: ignore[arg-type]
        assert (await writing_app.ask(who, "GET", "/api/admin/audit")).status_code == 403
