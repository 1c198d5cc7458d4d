"""Tries to deliver over TLS; and what nobody may read in the logs of any try."""

import logging
from pathlib import Path

import pytest
from support.tries import SECRET, SHORT_S, nothing_is_open, tried
from support.webhook_behaviours import (
    accepts,
    closes_in_body,
    closes_in_headers,
    drips,
    fails,
    hangs,
    reads_nothing,
    resets,
    sends_back,
    speaks_no_http,
)
from support.webhook_receivers import (
    Behaviour,
    Exchange,
    Received,
    certificate_for,
    trusting,
    webhook_receiver,
)


async def test_tls_is_spoken_with_who_has_a_trusted_certificate(tmp_path: Path) -> None:
    certificate = certificate_for(tmp_path, "localhost")
    async with webhook_receiver(name="localhost", certificate=certificate) as receiver:
        answered = await tried(receiver.url, tls=trusting(certificate))
        (received,) = await receiver.heard(1)

    assert answered.error is None
    received.verified(SECRET)


async def test_a_certificate_that_nobody_trusts_ends_the_try_before_anything_is_said(tmp_path: Path) -> None:
    certificate = certificate_for(tmp_path, "localhost")
    async with webhook_receiver(name="localhost", certificate=certificate) as receiver:
        answered = await tried(receiver.url)

    assert answered.error == "tls"
    assert receiver.received == []


async def test_a_certificate_for_another_host_ends_the_try_before_anything_is_said(tmp_path: Path) -> None:
    certificate = certificate_for(tmp_path, "other.example")
    async with webhook_receiver(name="localhost", certificate=certificate) as receiver:
        answered = await tried(receiver.url, tls=trusting(certificate))

    assert answered.error == "tls"
    assert receiver.received == []


async def test_who_does_not_speak_tls_is_told_so() -> None:
    async def connected(exchange: Exchange) -> None:
        await exchange.say(b"220 mail.example ESMTP\r\n")
        await exchange.until_gone()

    async with webhook_receiver(connected=connected) as receiver:
        answered = await tried(receiver.url.replace("http:", "https:"))

    assert answered.error == "tls"


async def test_who_hangs_in_the_handshake_times_out() -> None:
    async with webhook_receiver(connected=reads_nothing) as receiver:
        answered = await tried(receiver.url.replace("http:", "https:"), timeout_s=SHORT_S)

    assert answered.error == "timeout"


async def test_one_who_accepts_over_tls_and_says_no_more_is_let_go(tmp_path: Path) -> None:
    async def accepts_and_stays(exchange: Exchange, received: Received) -> None:
        await accepts(exchange, received)
        await reads_nothing(exchange)

    certificate = certificate_for(tmp_path, "localhost")
    async with webhook_receiver(accepts_and_stays, name="localhost", certificate=certificate) as receiver:
        assert (await tried(receiver.url, tls=trusting(certificate))).error is None
        await nothing_is_open()


@pytest.mark.parametrize("behaviour", [hangs, drips(), sends_back(100 * 2**20), accepts])
async def test_nobody_is_held_to_by_who_does_not_end_tls(tmp_path: Path, behaviour: Behaviour) -> None:
    certificate = certificate_for(tmp_path, "localhost")
    async with webhook_receiver(behaviour, name="localhost", certificate=certificate) as receiver:
        await tried(receiver.url, timeout_s=1.0, tls=trusting(certificate))
        await receiver.let_go(within_s=10.0)


@pytest.mark.parametrize(
    "behaviour",
    [fails, hangs, drips(), closes_in_headers, closes_in_body, resets, speaks_no_http, sends_back(2**20)],
)
@pytest.mark.parametrize("over_tls", [False, True])
async def test_no_log_says_where_a_webhook_is(
    behaviour: Behaviour, over_tls: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    certificate = certificate_for(tmp_path, "localhost") if over_tls else None
    async with webhook_receiver(behaviour, name="localhost", certificate=certificate) as receiver:
        url = receiver.url_of("/secret-of-the-url")
        await tried(url, timeout_s=SHORT_S, tls=trusting(certificate) if certificate else True)
        await tried(url.replace("http:", "https:"), timeout_s=SHORT_S)
        await tried(url.replace("localhost", "secret-of-the-url.invalid"), timeout_s=SHORT_S)
        await nothing_is_open()

    assert "secret-of-the-url" not in caplog.text
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []
