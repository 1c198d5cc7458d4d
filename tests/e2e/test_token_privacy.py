"""After all other tests: the tokens of Google Drives, and the secrets of webhooks, are in clear in no file,
table, message or log."""

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import aio_pika
import pytest
from e2e.api import Api
from e2e.background_loop import BackgroundLoop
from e2e.deployment import Deployment, DistributedDeployment
from e2e.drive import SyncedFolder, synced_folder
from e2e.drive_syncs import SET_UP
from e2e.erasure.traces import texts
from e2e.webhooks import WEBHOOKS, Listener, listening
from support.stand_in_drive import StandInDrive

TOKEN = re.compile(r"ya29\.[\w-]{20}|1//0[\w-]{20}|\b4/[\w-]{40}|whsec_[\w+/]{20}")
"""As Google's, and the stand-in's, begin: access tokens, refresh tokens, and codes for them. And the
secrets of webhooks."""

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


@pytest.fixture
def listener(deployment: Deployment, recruiter_of: RecruiterOf) -> Iterator[Listener]:
    """A webhook that was called, with two secrets."""
    with listening() as listen:
        listener = listen(recruiter_of(deployment), headers={"Idempotency-Key": str(uuid4())})
        listener.rotate()
        listener.post("test")
        (call,) = listener.inbox.until_called(1)
        assert listener.payload(call)
        assert TOKEN.match(listener.secret)
        yield listener


def in_any_dress(secret: str) -> list[str]:
    """As somebody might keep it, but for the beginning."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return [secret.removeprefix("whsec_"), key.hex(), key.decode(errors="replace"), key.decode("latin-1")]


def test_no_table_blob_or_dead_letter_has_a_token(
    deployment: Deployment, loop: BackgroundLoop, folder: SyncedFolder, listener: Listener
) -> None:
    secrets = [dressed for secret in listener.secrets for dressed in in_any_dress(secret)]
    known, found = set(), set()
    for place, text in texts(deployment, loop):
        if folder.folder_id in text or listener.inbox.url in text:
            known.add(place)
        if TOKEN.search(text) or any(secret in text for secret in secrets):
            found.add(place)
    assert {"drive_sync.syncs", "gateway.drive_syncs", "notifier.webhooks", "gateway.webhooks"} <= known
    assert found == set()


def test_no_log_has_a_token_or_what_folder_or_address_it_is_for(
    deployment: Deployment, folder: SyncedFolder, listener: Listener
) -> None:
    log = deployment.log_text()
    assert "run_taken" in log
    assert TOKEN.search(log) is None
    assert folder.folder_id not in log
    assert folder.mail not in log
    assert listener.inbox.url not in log
    assert not [dressed for secret in listener.secrets for dressed in in_any_dress(secret) if dressed in log]


def test_no_file_of_the_database_has_a_token(
    embedded: Deployment, google: StandInDrive, recruiter_of: RecruiterOf
) -> None:
    """As it is on the disk, with what was deleted and what is in the log of writes."""
    folder = synced_folder(google, recruiter_of(embedded))
    folder.set_up(expires_in_s=0)
    folder.run_once()
    with listening() as listen:
        listener = listen(folder.api)
        listener.rotate()
    embedded.query("drive-sync", "CHECKPOINT")
    secrets = [dressed for secret in listener.secrets for dressed in in_any_dress(secret)]
    known: set[str] = set()
    found = []
    for path in sorted(each for each in embedded.folder.rglob("*") if each.is_file()):
        text = read(path)
        known |= {name for name in (folder.folder_id, listener.inbox.url) if name in text}
        if TOKEN.search(text) or any(secret in text for secret in secrets):
            found.append(path)
    assert known == {folder.folder_id, listener.inbox.url}
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


def test_no_message_that_waits_has_a_secret(
    distributed: DistributedDeployment, recruiter_of: RecruiterOf, loop: BackgroundLoop
) -> None:
    with listening() as listen:
        listener = listen(recruiter_of(distributed))
        with distributed.away("notifier"):
            rotated = listener.api.http.post(listener.path("rotate-secret"))
            assert rotated.status_code == 202
            body = {"url": "http://127.0.0.1:9/added", "events": ["match.created"]}
            added = listener.api.http.post(WEBHOOKS, json=body)
            assert added.status_code == 202
            waiting = [
                loop.run(first_of(distributed, queue))
                for queue in ("notifier.rotate_webhook_secret", "notifier.add_webhook")
            ]
        secrets = [answer.json()["secret"] for answer in (rotated, added)]
        listener.api.secrets.add(*secrets)
    assert listener.id in waiting[0]
    assert "http://127.0.0.1:9/added" in waiting[1]
    for message in waiting:
        assert TOKEN.search(message) is None
        assert not [dressed for secret in secrets for dressed in in_any_dress(secret) if dressed in message]


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
