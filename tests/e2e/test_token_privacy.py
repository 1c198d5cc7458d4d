"""After all other tests: the tokens of Google Drives are in clear in no file, table, message or log."""

import re
from collections.abc import Callable
from pathlib import Path

import aio_pika
import pytest
from e2e.api import Api
from e2e.background_loop import BackgroundLoop
from e2e.deployment import Deployment, DistributedDeployment
from e2e.drive import SyncedFolder, synced_folder
from e2e.drive_syncs import SET_UP
from e2e.erasure.traces import texts
from support.stand_in_drive import StandInDrive

TOKEN = re.compile(r"ya29\.[\w-]{20}|1//0[\w-]{20}|\b4/[\w-]{40}")
"""As Google's, and the stand-in's, begin: access tokens, refresh tokens, and codes for them."""

RecruiterOf = Callable[[Deployment], Api]


@pytest.fixture
def folder(deployment: Deployment, google: StandInDrive, recruiter_of: RecruiterOf) -> SyncedFolder:
    """One of whose tokens the first has been renewed, and that is kept in sync yet."""
    folder = synced_folder(google, recruiter_of(deployment))
    folder.add(0)
    folder.set_up(expires_in_s=0)
    assert folder.run_once()["files_processed"] == 1
    assert all(TOKEN.match(token) for token in google.accounts.tokens_given())
    return folder


def test_no_table_blob_or_dead_letter_has_a_token(
    deployment: Deployment, loop: BackgroundLoop, folder: SyncedFolder
) -> None:
    known, found = set(), set()
    for place, text in texts(deployment, loop):
        if folder.folder_id in text:
            known.add(place)
        if TOKEN.search(text):
            found.add(place)
    assert {"drive_sync.syncs", "gateway.drive_syncs"} <= known
    assert found == set()


def test_no_log_has_a_token_or_what_folder_it_is_for(deployment: Deployment, folder: SyncedFolder) -> None:
    log = deployment.log_text()
    assert "run_taken" in log
    assert TOKEN.search(log) is None
    assert folder.folder_id not in log
    assert folder.mail not in log


def test_no_file_of_the_database_has_a_token(
    embedded: Deployment, google: StandInDrive, recruiter_of: RecruiterOf
) -> None:
    """As it is on the disk, with what was deleted and what is in the log of writes."""
    folder = synced_folder(google, recruiter_of(embedded))
    folder.set_up(expires_in_s=0)
    folder.run_once()
    embedded.query("drive-sync", "CHECKPOINT")
    known, found = [], []
    for path in sorted(each for each in embedded.folder.rglob("*") if each.is_file()):
        text = read(path)
        if folder.folder_id in text:
            known.append(path)
        if TOKEN.search(text):
            found.append(path)
    assert known
    assert found == []


def test_no_message_that_waits_has_a_token(
    distributed: DistributedDeployment, google: StandInDrive, recruiter_of: RecruiterOf, loop: BackgroundLoop
) -> None:
    folder = synced_folder(google, recruiter_of(distributed))
    folder.set_up()
    other = synced_folder(google, folder.api)
    with distributed.away("drive-sync"):
        body = {"folder_id": other.folder_id, "folder_name": "Later", "sync_frequency": "manual"}
        answer = folder.api.http.post(SET_UP, json=body | other.grant())
        assert answer.status_code == 202
        changed = folder.api.http.put(folder.path, json=folder.grant())
        assert changed.status_code == 202
        waiting = [
            loop.run(first_of(distributed, queue))
            for queue in ("drive-sync.set_up_drive_sync", "drive-sync.change_drive_sync")
        ]
    assert other.folder_id in waiting[0]
    assert folder.sync_id in waiting[1]
    assert [TOKEN.search(message) for message in waiting] == [None, None]


async def first_of(deployment: DistributedDeployment, queue: str) -> str:
    """The message, whole; it stays where it is."""
    url, namespace = deployment.amqp
    async with await aio_pika.connect(url) as connection, connection.channel() as channel:
        message = await (await channel.get_queue(f"{namespace}.{queue}")).get()
        text = f"{message.headers} {message.body.decode()}"
        await message.nack(requeue=True)
        return text


def read(path: Path) -> str:
    """What is written in it, among whatever else there is. A file may be gone by now."""
    try:
        return path.read_bytes().decode("latin-1")
    except FileNotFoundError:
        return ""
