import asyncio
import http.client
import json
from typing import Any

import httpx
import pytest
from google.auth.exceptions import RefreshError
from googleapiclient.errors import HttpError
from support.eventually import eventually
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.accounts import Grant


def refusal(client: Any) -> HttpError:
    with pytest.raises(HttpError) as refused:
        client.files().list().execute()
    return refused.value


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("too_many_requests", 429, "rateLimitExceeded"),
        ("user_rate_limit", 403, "userRateLimitExceeded"),
        ("rate_limit", 403, "rateLimitExceeded"),
        ("daily_limit", 403, "dailyLimitExceeded"),
        ("not_found", 404, "notFound"),
        ("gone", 410, "fullSyncRequired"),
        ("internal", 500, "internalError"),
        ("unavailable", 503, "backendError"),
    ],
)
def test_refusals_have_googles_shape_and_come_as_often_as_wanted(
    drive: StandInDrive, client: Any, kind: Any, status: int, reason: str
) -> None:
    drive.faults.add("files.list", kind, times=2)

    for _ in range(2):
        error = refusal(client)
        told = json.loads(error.content)["error"]
        assert (error.status_code, told["code"], told["errors"][0]["reason"]) == (status, status, reason)
        assert told["message"]
    client.files().list().execute()


def test_the_library_knows_what_to_try_again(drive: StandInDrive, client: Any) -> None:
    for kind in ("user_rate_limit", "rate_limit", "too_many_requests", "unavailable", "html_bad_gateway"):
        drive.faults.add("files.list", kind)  # type: ignore[arg-type]

    request = client.files().list()
    request._sleep = lambda _seconds: None
    assert request.execute(num_retries=5)["files"] == []
    assert drive.faults.left() == 0


def test_it_is_said_when_to_come_again(drive: StandInDrive, client: Any) -> None:
    drive.faults.add("any", "too_many_requests", retry_after_s=7)

    assert refusal(client).resp["retry-after"] == "7"


def test_a_fault_may_concern_one_file_after_some_requests(drive: StandInDrive, client: Any) -> None:
    good, bad = drive.files.add_file("a", b"good"), drive.files.add_file("b", b"bad")
    drive.faults.add("files.media", "internal", times=-1, item_id=bad, after=1)

    for _ in range(2):
        assert client.files().get_media(fileId=good).execute() == b"good"
    assert client.files().get_media(fileId=bad).execute() == b"bad"
    for _ in range(2):
        with pytest.raises(HttpError):
            client.files().get_media(fileId=bad).execute()
    drive.faults.clear()
    assert client.files().get_media(fileId=bad).execute() == b"bad"


def test_one_unauthorized_answer_makes_the_library_refresh(drive: StandInDrive, client: Any) -> None:
    drive.faults.add("files.list", "unauthorized")

    client.files().list().execute()

    assert drive.records.read().requests["token"] == 1


def test_a_refresh_may_be_refused(drive: StandInDrive, client: Any) -> None:
    drive.accounts.expire_access_tokens()
    drive.faults.add("token", "invalid_grant")

    with pytest.raises(RefreshError, match="invalid_grant"):
        client.files().list().execute()


def test_a_body_is_cut_in_its_middle(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_file("a", b"x" * 10_000)
    drive.faults.add("files.media", "cut", after_bytes=1000)

    with pytest.raises(http.client.IncompleteRead) as cut:
        client.files().get_media(fileId=file_id).execute()

    assert cut.value.partial == b"x" * 1000
    assert drive.records.read().fetches == {file_id: 1}
    assert drive.records.read().whole_fetches == {}
    assert len(client.files().get_media(fileId=file_id).execute()) == 10_000


def test_a_connection_ends_without_an_answer(drive: StandInDrive) -> None:
    drive.faults.add("files.list", "hang_up")

    with pytest.raises(httpx.RemoteProtocolError):
        ask(drive, drive.accounts.grant())


def test_a_slow_body_comes_whole_in_the_end(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_file("a", b"0123456789")
    drive.faults.add("files.media", "slow", seconds=0.001, part_bytes=3)

    assert client.files().get_media(fileId=file_id).execute() == b"0123456789"


def test_an_answer_may_be_no_json(drive: StandInDrive) -> None:
    drive.faults.add("files.list", "not_json")

    assert ask(drive, drive.accounts.grant()).text == "<html>"


def test_the_quota_of_a_user_is_enforced_and_counted(drive: StandInDrive) -> None:
    now = 100.0
    drive.records.clock = lambda: now
    drive.behave(quota_per_second=2)
    grant, other = drive.accounts.grant(), drive.accounts.grant("other@example.com")

    answers = [ask(drive, grant) for _ in range(3)]
    assert ask(drive, other).status_code == 200
    now = 101.0
    assert ask(drive, grant).status_code == 200

    assert [answer.status_code for answer in answers] == [200, 200, 403]
    assert answers[2].json()["error"]["errors"][0]["reason"] == "userRateLimitExceeded"
    record = drive.records.read()
    assert record.over_quota == {grant.mail: 1}
    assert record.busiest_second == {grant.mail: 2, other.mail: 1}


async def test_answers_are_held_and_requests_at_the_same_time_counted(drive: StandInDrive) -> None:
    file_id = drive.files.add_file("a", b"content")
    drive.faults.add("files.media", "held", times=3, after_bytes=2)
    fields = {"Authorization": f"Bearer {drive.accounts.grant().access_token}"}
    address = f"{drive.api_endpoint}files/{file_id}?alt=media"

    async def are_held() -> bool:
        return drive.faults.held() == 3

    async with httpx.AsyncClient(timeout=60) as browser, asyncio.TaskGroup() as group:
        fetches = [group.create_task(browser.get(address, headers=fields)) for _ in range(3)]
        await eventually(are_held)
        drive.faults.release()

    assert [fetch.result().content for fetch in fetches] == [b"content"] * 3
    record = drive.records.read()
    assert record.most_at_once == record.most_fetches_at_once == 3
    drive.records.forget()
    assert drive.records.read().most_at_once == 0


def ask(drive: StandInDrive, grant: Grant, path: str = "files") -> httpx.Response:
    return httpx.get(
        drive.api_endpoint + path, headers={"Authorization": f"Bearer {grant.access_token}"}, timeout=30
    )
