"""Endpoint 12: a folder in Google Drive is set up to be kept in sync."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from drive_stage import ACCESS_TOKEN, ADMIN, ANN, BEN, GIVEN, PERSON, REFRESH_TOKEN, SYNCS, Stage
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.chassis.sealing import Unopenable
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.drive_connections.store import add_connection

SET_UP = "/api/google-drive/setup"
WATCHED = {"provider": "watched_folder", "folder_id": "inbox"}


@pytest.fixture
def drive(writing_app: WritingApp, pool: Pool) -> Stage:
    return Stage(writing_app, pool)


@pytest.mark.parametrize("who", [ANN, ADMIN], ids=["recruiter", "admin"])
async def test_a_folder_is_set_up_as_documented(drive: Stage, who: Principal) -> None:
    answer = await drive.app.ask(who, "POST", SET_UP, GIVEN)
    sent = drive.app.sent
    assert answer.status_code == 201
    assert list(answer.json().items()) == [
        ("id", str(sent.sync_id)),
        ("folder_id", "google_drive_folder_id"),
        ("folder_name", "Resumes 2025"),
        ("is_active", True),
        ("sync_frequency", "daily"),
        ("last_sync_at", None),
        ("next_sync_at", "2026-03-02T12:00:00Z"),
        ("total_files_synced", 0),
        ("total_files_processed", 0),
        ("total_files_failed", 0),
        ("created_at", "2026-03-01T12:00:00Z"),
        ("last_error", None),
        ("provider", "google_drive"),
    ]
    assert msgspec.structs.replace(sent, sealed_grant=None) == SetUpDriveSyncV1(
        command_id=sent.command_id,
        actor=who.actor,
        sync_id=sent.sync_id,
        provider="google_drive",
        folder_id="google_drive_folder_id",
        folder_name="Resumes 2025",
        frequency="daily",
    )
    assert drive.opened(sent.sealed_grant, who) == DriveGrant(
        access_token=ACCESS_TOKEN, refresh_token=REFRESH_TOKEN
    )
    assert await drive.read(who, f"/{sent.sync_id}") == answer.json()


async def test_tokens_are_sealed_for_their_owner_alone(drive: Stage) -> None:
    await drive.app.ask(ANN, "POST", SET_UP, GIVEN)
    with pytest.raises(Unopenable):
        drive.opened(drive.app.sent.sealed_grant, BEN)


async def test_what_is_left_out_is_what_most_want(drive: Stage) -> None:
    address = "https://drive.google.com/drive/u/1/folders/1AbC?usp=sharing"
    answer = await drive.app.ask(ANN, "POST", SET_UP, {"folder_id": address, "access_token": ACCESS_TOKEN})
    assert answer.status_code == 201
    assert (drive.app.sent.folder_id, drive.app.sent.folder_name) == ("1AbC", "1AbC")
    assert drive.app.sent.frequency == "daily"
    assert drive.opened(drive.app.sent.sealed_grant) == DriveGrant(access_token=ACCESS_TOKEN)


async def test_candidates_keep_nothing_in_sync(drive: Stage) -> None:
    assert (await drive.app.ask(PERSON, "POST", SET_UP, GIVEN)).status_code == 403
    assert (await drive.app.ask(PERSON, "GET", SYNCS)).status_code == 403
    assert drive.app.ingest.commands == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"folder_id": "https://drive.google.com/drive/my-drive"},
            "folder_id: write a folder's id, or",
        ),
        ({"folder_id": "root"}, "folder_id: choose a folder"),
        ({"folder_id": ""}, "folder_id: write something"),
        ({"folder_name": " "}, "folder_name: write something"),
        ({"folder_name": "a" * 201}, "folder_name: Expected `str` of length <= 200"),
        ({"sync_frequency": "hourly"}, "sync_frequency: one of daily, weekly, manual"),
        ({"provider": "dropbox"}, "provider: one of google_drive, watched_folder"),
        ({"access_token": None}, "access_token: send it with the refresh_token"),
        ({"access_token": None, "refresh_token": None}, "Send the access_token and refresh_token"),
        ({"connection_id": str(UUID(int=1))}, "Send either tokens or a connection_id, not both"),
        ({"refreshToken": "x"}, "refreshToken: there is no such field"),
        ({"access_token": "a" * 4097}, "access_token: Expected `str` of length <= 4096"),
        ({"access_token": f"{ACCESS_TOKEN}\r\nX: y"}, "access_token: write the token as it was given"),
        ({"refresh_token": f" {REFRESH_TOKEN}"}, "refresh_token: write the token as it was given"),
        ({"refresh_token": ""}, "refresh_token: write the token as it was given"),
        ({"access_token": [ACCESS_TOKEN]}, "access_token: Expected `str | null`"),
    ],
)
async def test_what_is_wrong_is_said_without_any_token(
    drive: Stage, fields: dict[str, Any], words: str
) -> None:
    answer = await drive.app.ask(ANN, "POST", SET_UP, GIVEN | fields)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert ACCESS_TOKEN not in answer.text
    assert REFRESH_TOKEN not in answer.text
    assert drive.app.ingest.commands == []


async def test_a_folder_is_set_up_with_a_connection_of_the_callers_own(drive: Stage) -> None:
    async with drive.pool.acquire() as connection:
        for number, who in enumerate((ANN, BEN)):
            await add_connection(
                connection, connection_id=UUID(int=number), user_id=who.user_id, sealed_grant=b"sealed"
            )
    answer = await drive.app.ask(
        ANN, "POST", SET_UP, {"folder_id": "folder", "connection_id": str(UUID(int=0))}
    )
    assert (answer.status_code, drive.app.sent.sealed_grant) == (201, b"sealed")
    for number in (1, 2):
        given = {"folder_id": "folder", "connection_id": str(UUID(int=number))}
        answer = await drive.app.ask(ANN, "POST", SET_UP, given)
        assert (answer.status_code, answer.json()) == (404, {"detail": "There is no such connection."})


async def test_the_same_folder_twice_is_refused_in_its_owners_words(drive: Stage) -> None:
    detail = "This folder is kept in sync already."
    drive.app.ingest.rejection = Rejection(code="conflict", detail=detail)
    answer = await drive.app.ask(ANN, "POST", SET_UP, GIVEN)
    assert (answer.status_code, answer.json()) == (409, {"detail": detail})


@pytest.mark.parametrize(("frequency", "days"), [("daily", 1), ("weekly", 7), ("manual", None)])
async def test_while_drive_sync_is_away_a_folder_is_answered_as_it_will_be(
    drive: Stage, frequency: str, days: int | None
) -> None:
    drive.app.without_ingest()
    began = datetime.now(UTC)
    answer = await drive.app.ask(ANN, "POST", SET_UP, GIVEN | {"sync_frequency": frequency})
    told = answer.json()
    assert (answer.status_code, told["id"]) == (202, str(drive.app.sent.sync_id))
    assert (told["folder_name"], told["is_active"], told["last_sync_at"]) == ("Resumes 2025", True, None)
    created_at = datetime.fromisoformat(told["created_at"])
    assert created_at >= began
    next_sync_at = told["next_sync_at"] and datetime.fromisoformat(told["next_sync_at"])
    assert next_sync_at == (created_at + timedelta(days=days) if days else None)


async def test_without_the_bus_nothing_is_set_up(drive: Stage) -> None:
    drive.app.ingest.broker_is_away = True
    answer = await drive.app.ask(ANN, "POST", SET_UP, GIVEN)
    assert answer.status_code == 503
    assert ACCESS_TOKEN not in answer.text


async def test_a_request_that_is_tried_again_with_its_key_sets_up_one_folder(drive: Stage) -> None:
    answers = [await drive.app.ask(ANN, "POST", SET_UP, GIVEN, key="k") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["id"] == str(drive.app.sent.sync_id)


async def test_no_token_is_in_any_table_of_the_gateway(drive: Stage) -> None:
    await drive.app.ask(ANN, "POST", SET_UP, GIVEN, key="k")
    async with drive.pool.acquire() as connection:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'gateway'")
        kept = [
            row["kept"]
            for table in tables
            for row in await connection.fetch(
                f"SELECT row_to_json(a_row)::text AS kept FROM gateway.{table['tablename']} AS a_row"
            )
        ]
    whole = "\n".join(kept)
    assert "google_drive_folder_id" in whole
    for token in (ACCESS_TOKEN, REFRESH_TOKEN):
        assert token not in whole
        assert token.encode().hex() not in whole


async def test_a_watched_folder_is_for_admins_and_takes_no_tokens(drive: Stage) -> None:
    assert (await drive.app.ask(ANN, "POST", SET_UP, WATCHED)).status_code == 403
    for grant in ({"access_token": ACCESS_TOKEN}, {"connection_id": str(UUID(int=1))}):
        answer = await drive.app.ask(ADMIN, "POST", SET_UP, WATCHED | grant)
        assert answer.status_code == 400
        assert "Only a folder in Google Drive takes tokens" in answer.json()["detail"]
    assert drive.app.ingest.commands == []
    answer = await drive.app.ask(ADMIN, "POST", SET_UP, WATCHED)
    assert (answer.status_code, answer.json()["provider"]) == (201, "watched_folder")
    assert (drive.app.sent.folder_id, drive.app.sent.sealed_grant) == ("inbox", None)
