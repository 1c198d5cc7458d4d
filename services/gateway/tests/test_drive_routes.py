"""Endpoints 13 to 17: who sets a folder up lists, changes, triggers and deletes it, and nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from drive_stage import ACCESS_TOKEN, ADMIN, ANN, BEN, PERSON, REFRESH_TOKEN, SYNCS, Stage
from told import NOW, tell
from told_by_drive_sync import run
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.contracts.rejection import Rejection

CHANGE = {"folder_name": "Updated Folder Name", "sync_frequency": "weekly", "is_active": True}
REQUESTS: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("GET", "", None),
    ("PUT", "", CHANGE),
    ("POST", "/sync", None),
    ("DELETE", "", None),
    ("GET", "/runs", None),
    ("GET", f"/runs/{run('first').run_id}", None),
)


@pytest.fixture
def drive(writing_app: WritingApp, pool: Pool) -> Stage:
    return Stage(writing_app, pool)


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
async def test_somebody_elses_sync_is_not_there_for_admins_either(
    drive: Stage, method: str, path: str, body: dict[str, Any] | None
) -> None:
    state = await drive.set_up()
    async with drive.pool.acquire() as connection:
        await tell(connection, DriveRunProgressedV1(run=run("first")))
    for who, status in ((BEN, 404), (ADMIN, 404), (PERSON, 403)):
        answer = await drive.app.ask(who, method, f"{SYNCS}/{state.sync_id}{path}", body)
        unknown = await drive.app.ask(who, method, f"{SYNCS}/{uuid4()}{path}", body)
        assert answer.status_code == unknown.status_code == status
        assert answer.json() == unknown.json()
    assert drive.app.ingest.commands == []
    answer = await drive.app.ask(ANN, method, f"{SYNCS}/{state.sync_id}{path}", body)
    assert answer.status_code == 200


async def test_who_is_a_recruiter_no_more_reaches_no_sync(drive: Stage) -> None:
    state = await drive.set_up()
    former = msgspec.structs.replace(ANN, role="candidate")
    for method, path, body in REQUESTS:
        answer = await drive.app.ask(former, method, f"{SYNCS}/{state.sync_id}{path}", body)
        assert answer.status_code == 403


async def test_everybody_lists_their_own_the_newest_first(drive: Stage) -> None:
    names = {
        str((await drive.set_up(name, owner=owner, created_at=NOW.replace(day=day))).sync_id): name
        for day, (name, owner) in enumerate(
            [("old", ANN), ("of Ben", BEN), ("new", ANN), ("of the admin", ADMIN)], start=1
        )
    }
    for who, expected in ((ANN, ["new", "old"]), (BEN, ["of Ben"]), (ADMIN, ["of the admin"])):
        answer = await drive.app.ask(who, "GET", SYNCS)
        assert [names[each["id"]] for each in answer.json()] == expected
        assert answer.headers["X-Total-Count"] == str(len(expected))
    answer = await drive.app.ask(ANN, "GET", f"{SYNCS}?limit=1")
    assert answer.headers["Link"] == f'<{SYNCS}?limit=1&skip=1>; rel="next"'
    assert (await drive.app.ask(ANN, "GET", f"{SYNCS}?skip=2")).json() == []


async def test_what_is_the_matter_is_shown(drive: Stage) -> None:
    state = await drive.set_up(is_active=False, next_sync_at=None, last_error="Connect again.")
    told = await drive.read(ANN, f"/{state.sync_id}")
    assert (told["is_active"], told["next_sync_at"], told["last_error"]) == (False, None, "Connect again.")


async def test_a_sync_is_changed_as_documented(drive: Stage) -> None:
    state = await drive.set_up(is_active=False)
    answer = await drive.app.ask(ANN, "PUT", f"{SYNCS}/{state.sync_id}", CHANGE)
    assert answer.status_code == 200
    assert answer.json().items() >= (CHANGE | {"next_sync_at": "2026-03-08T12:00:00Z"}).items()
    assert answer.json() == await drive.read(ANN, f"/{state.sync_id}")
    assert drive.app.sent == ChangeDriveSyncV1(
        command_id=drive.app.sent.command_id,
        actor=ANN.actor,
        sync_id=state.sync_id,
        folder_name="Updated Folder Name",
        frequency="weekly",
        is_active=True,
    )


async def test_what_is_left_out_of_a_change_stays(drive: Stage) -> None:
    state = await drive.set_up()
    await drive.app.ask(ANN, "PUT", f"{SYNCS}/{state.sync_id}", {"is_active": False})
    sent = drive.app.sent
    assert (sent.folder_name, sent.frequency, sent.is_active, sent.sealed_grant) == (None, None, False, None)


async def test_google_drive_is_connected_again_with_new_tokens(drive: Stage) -> None:
    state = await drive.set_up()
    tokens = {"access_token": ACCESS_TOKEN, "refresh_token": REFRESH_TOKEN}
    answer = await drive.app.ask(ANN, "PUT", f"{SYNCS}/{state.sync_id}", tokens)
    assert answer.status_code == 200
    assert ACCESS_TOKEN not in answer.text
    assert drive.opened(drive.app.sent.sealed_grant) == DriveGrant(**tokens)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Send at least one of folder_name"),
        ({"folder_name": None}, "Send at least one of folder_name"),
        ({"is_active": "yes"}, "is_active: Expected `bool | null`"),
        ({"sync_frequency": "hourly"}, "sync_frequency: one of daily, weekly, manual"),
        ({"refresh_token": REFRESH_TOKEN}, "access_token: send it with the refresh_token"),
        ({"access_token": "two words"}, "access_token: write the token as it was given"),
        ({"folder_id": "another"}, "folder_id: there is no such field"),
    ],
)
async def test_a_change_that_makes_no_sense_is_refused(
    drive: Stage, body: dict[str, Any], words: str
) -> None:
    state = await drive.set_up()
    answer = await drive.app.ask(ANN, "PUT", f"{SYNCS}/{state.sync_id}", body)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert drive.app.ingest.commands == []


@pytest.mark.parametrize("body", [{"is_active": True}, {"access_token": ACCESS_TOKEN}])
async def test_who_is_an_admin_no_more_switches_on_nothing_of_then(
    drive: Stage, body: dict[str, Any]
) -> None:
    state = await drive.set_up(owner=ADMIN, is_active=False)
    former = msgspec.structs.replace(ADMIN, role="recruiter")
    path = f"{SYNCS}/{state.sync_id}"
    assert (await drive.app.ask(former, "PUT", path, body)).status_code == 403
    assert drive.app.ingest.commands == []
    assert (await drive.app.ask(former, "PUT", path, {"folder_name": "Old"})).status_code == 200
    assert (await drive.app.ask(former, "DELETE", path)).status_code == 200


async def test_a_watched_folder_is_connected_to_nothing(drive: Stage) -> None:
    state = await drive.set_up(owner=ADMIN, provider="watched_folder")
    answer = await drive.app.ask(ADMIN, "PUT", f"{SYNCS}/{state.sync_id}", {"access_token": ACCESS_TOKEN})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("was_active", "body", "is_active", "next_sync_in"),
    [
        (True, {"is_active": False}, False, None),
        (False, {"is_active": True}, True, timedelta(days=1)),
        (True, {"sync_frequency": "weekly"}, True, timedelta(weeks=1)),
        (True, {"sync_frequency": "manual"}, True, None),
        (False, {"sync_frequency": "weekly"}, False, None),
    ],
)
async def test_while_drive_sync_is_away_a_change_is_answered_as_it_will_be(
    drive: Stage,
    was_active: bool,
    body: dict[str, Any],
    is_active: bool,
    next_sync_in: timedelta | None,
) -> None:
    state = await drive.set_up(is_active=was_active)
    drive.app.without_ingest()
    began = datetime.now(UTC)
    answer = await drive.app.ask(ANN, "PUT", f"{SYNCS}/{state.sync_id}", body)
    told = answer.json()
    assert (answer.status_code, told["is_active"]) == (202, is_active)
    if next_sync_in is None:
        assert told["next_sync_at"] is None
    else:
        assert datetime.fromisoformat(told["next_sync_at"]) >= began + next_sync_in


async def test_another_name_leaves_the_schedule_as_it_is(drive: Stage) -> None:
    state = await drive.set_up()
    drive.app.without_ingest()
    answer = await drive.app.ask(ANN, "PUT", f"{SYNCS}/{state.sync_id}", {"folder_name": "New"})
    assert (answer.json()["folder_name"], answer.json()["next_sync_at"]) == ("New", "2026-03-02T12:00:00Z")


async def test_a_sync_is_triggered_as_documented(drive: Stage) -> None:
    state = await drive.set_up()
    answer = await drive.app.ask(ANN, "POST", f"{SYNCS}/{state.sync_id}/sync")
    sent = drive.app.sent
    assert answer.status_code == 200
    assert list(answer.json().items()) == [
        ("message", "Sync triggered successfully"),
        ("sync_id", str(state.sync_id)),
        ("task_id", str(sent.run_id)),
    ]
    assert sent == TriggerDriveSyncV1(
        command_id=sent.command_id, actor=ANN.actor, sync_id=state.sync_id, run_id=sent.run_id
    )
    assert (await drive.read(ANN, f"/{state.sync_id}/runs/{sent.run_id}"))["status"] == "queued"


async def test_a_trigger_while_a_run_is_under_way_is_that_run(drive: Stage) -> None:
    state = await drive.set_up()
    under_way = run("under way", version=7, status="running", files_found=4)

    async def coalesce(connection: Connection, command: TriggerDriveSyncV1) -> None:
        told = DriveRunProgressedV1(run=under_way, command_id=command.command_id)
        await tell(connection, told)

    drive.app.ingest.effect = coalesce
    answer = await drive.app.ask(ANN, "POST", f"{SYNCS}/{state.sync_id}/sync")
    assert answer.json()["task_id"] == str(under_way.run_id)
    for task_id in (under_way.run_id, drive.app.sent.run_id):
        told = await drive.read(ANN, f"/{state.sync_id}/runs/{task_id}")
        assert (told["run_id"], told["files_found"]) == (str(under_way.run_id), 4)


async def test_a_sync_that_is_switched_off_is_not_triggered(drive: Stage) -> None:
    state = await drive.set_up(is_active=False)
    detail = "This sync is switched off; switch it on first."
    drive.app.ingest.rejection = Rejection(code="conflict", detail=detail)
    answer = await drive.app.ask(ANN, "POST", f"{SYNCS}/{state.sync_id}/sync")
    assert (answer.status_code, answer.json()) == (409, {"detail": detail})


async def test_a_deleted_sync_is_gone_with_its_runs(drive: Stage) -> None:
    state = await drive.set_up()
    async with drive.pool.acquire() as connection:
        await tell(connection, DriveRunProgressedV1(run=run("first")))
    answer = await drive.app.ask(ANN, "DELETE", f"{SYNCS}/{state.sync_id}")
    assert (answer.status_code, answer.json()) == (
        200,
        {"message": "Sync configuration deleted successfully"},
    )
    assert drive.app.sent == DeleteDriveSyncV1(
        command_id=drive.app.sent.command_id, actor=ANN.actor, sync_id=state.sync_id
    )
    for path in ("", "/runs", f"/runs/{run('first').run_id}"):
        await drive.read(ANN, f"/{state.sync_id}{path}", 404)
    assert await drive.read(ANN, "") == []


@pytest.mark.parametrize(("method", "path"), [("POST", "/sync"), ("DELETE", "")])
async def test_while_drive_sync_is_away_a_command_is_safe(drive: Stage, method: str, path: str) -> None:
    state = await drive.set_up()
    drive.app.without_ingest()
    answer = await drive.app.ask(ANN, method, f"{SYNCS}/{state.sync_id}{path}")
    assert answer.status_code == 202
    if path:
        assert answer.json()["task_id"] == str(drive.app.sent.run_id)
