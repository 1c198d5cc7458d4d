"""Owners whose webhook was disabled are sent mail, by a real SMTP server."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any, cast
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from support.free_ports import free_ports
from told import tell
from told_by_notifier import webhook
from writing_app import add_user

from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.gateway.mail import Mail, MailNotTaken
from hotgigs.gateway.webhooks.tell_owners import send_notices

SECRET = "a-token-in-the-path"


class Postbox:
    """What an SMTP server has taken; it refuses recipients with ``refusal``."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.refusal = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.letters.append(message_from_bytes(cast("bytes", envelope.content)))
        return "250 taken"


@pytest.fixture
def free_port() -> int:
    [port] = free_ports(1)
    return port


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def mail(postbox: Postbox, free_port: int) -> Iterator[Mail]:
    server = Controller(postbox, hostname="127.0.0.1", port=free_port)
    server.start()
    yield Mail(f"smtp://127.0.0.1:{free_port}", sender="HotGigs <no-reply@hotgigs.example>")
    server.stop()


@pytest.fixture
def units_of_work(pool: Pool) -> UnitsOfWork:
    return UnitsOfWork(pool, cast("Relay", None), source="gateway")


async def disabled(pool: Pool, **changes: Any) -> UUID:
    """A webhook that was disabled just now; its owner's id."""
    owner = Actor(user_id=await add_user(pool), role="recruiter")
    now = datetime.now(UTC)
    state = webhook(
        "sheds",
        owner=owner,
        **{
            "url": f"https://ats.example/{SECRET}",
            "is_active": False,
            "disabled_by": "failing",
            "disabled_at": now,
            **changes,
        },
    )
    async with pool.acquire() as connection:
        await tell(connection, WebhookChangedV1(webhook=state))
    return owner.user_id


async def test_an_owner_is_told_once_that_a_webhook_was_disabled_and_what_to_do(
    pool: Pool, units_of_work: UnitsOfWork, mail: Mail, postbox: Postbox
) -> None:
    owner_id = await disabled(pool)
    await send_notices(units_of_work, mail)
    await send_notices(units_of_work, mail)
    [letter] = postbox.letters
    assert letter["To"] == f"{owner_id}@mail.example"
    assert letter["Subject"] == "Your webhook to ats.example was disabled"
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert b"accepted nothing for days" in text
    assert SECRET.encode() not in letter.as_bytes()


@pytest.mark.parametrize(
    "changes",
    [
        {"disabled_by": "owner"},
        {"disabled_by": "owner_inactive"},
        {"is_active": True, "disabled_by": None, "disabled_at": None},
        {"disabled_at": datetime.now(UTC) - timedelta(days=8)},
    ],
    ids=["switched off", "suspended", "active", "long ago"],
)
async def test_nobody_is_told_of_what_they_did_themselves_or_of_what_is_past(
    pool: Pool, units_of_work: UnitsOfWork, mail: Mail, postbox: Postbox, changes: dict[str, Any]
) -> None:
    await disabled(pool, **changes)
    await send_notices(units_of_work, mail)
    assert postbox.letters == []


async def test_what_the_server_did_not_take_is_handed_in_again_when_its_claim_is_out(
    pool: Pool, units_of_work: UnitsOfWork, mail: Mail, postbox: Postbox
) -> None:
    await disabled(pool)
    postbox.refusal = "451 later"
    await send_notices(units_of_work, mail)
    postbox.refusal = ""
    await send_notices(units_of_work, mail)
    assert postbox.letters == [], "another may be sending it"
    await pool.execute("UPDATE webhook_notices SET claimed_until = now()")
    await send_notices(units_of_work, mail)
    assert len(postbox.letters) == 1


async def test_what_the_server_will_never_take_is_not_handed_in_again(
    pool: Pool, units_of_work: UnitsOfWork, mail: Mail, postbox: Postbox
) -> None:
    await disabled(pool)
    postbox.refusal = "550 no such mailbox"
    await send_notices(units_of_work, mail)
    postbox.refusal = ""
    await pool.execute("UPDATE webhook_notices SET claimed_until = now()")
    await send_notices(units_of_work, mail)
    assert postbox.letters == []


async def test_a_server_that_is_away_is_told_of_without_the_letter(
    free_port: int,
) -> None:
    away = Mail(f"smtp://127.0.0.1:{free_port}", sender="HotGigs <no-reply@hotgigs.example>")
    with pytest.raises(MailNotTaken) as raised:
        await away.send("ann@mail.example", subject="Hello", text="Ann")
    assert not raised.value.is_final
    assert "ann" not in str(raised.value)


async def test_a_password_is_not_sent_to_a_server_without_tls(
    postbox: Postbox, mail: Mail, free_port: int
) -> None:
    with_password = Mail(f"smtp://user:word@127.0.0.1:{free_port}", sender="no-reply@hotgigs.example")
    with pytest.raises(MailNotTaken):
        await with_password.send("ann@mail.example", subject="Hello", text="Ann")
    assert postbox.letters == []


@pytest.mark.parametrize("url", ["mail.example", "https://mail.example", "smtp:mail.example"])
def test_what_is_no_address_of_a_mail_server_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="HOTGIGS_SMTP_URL"):
        Mail(url, sender="no-reply@hotgigs.example")
