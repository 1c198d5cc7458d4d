"""Tries to deliver: what goes out, what comes of every kind of answer, and that all ends in time."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standardwebhooks import WebhookVerificationError
from support.free_ports import free_ports
from support.tries import KEY, LONG_S, SECRET, SHORT_S, nothing_is_open, outgoing, sender, tried
from support.webhook_behaviours import (
    answers,
    answers_unread,
    asks_to_wait,
    closes_early,
    closes_in_body,
    closes_in_headers,
    drips,
    drips_headers,
    fails,
    gone,
    hangs,
    reads_nothing,
    redirects,
    reset,
    resets,
    says,
    says_continue_without_end,
    sends_back,
    sends_headers_without_end,
    speaks_no_http,
)
from support.webhook_receivers import Behaviour, Exchange, webhook_receiver

from hotgigs.contracts.webhook_secret import secret_of
from hotgigs.contracts.webhook_state import AttemptError
from hotgigs.notifier.sending import Answered, Outgoing


@pytest.fixture(autouse=True)
def _an_environment_with_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")


async def answered_by(behaviour: Behaviour, *, timeout_s: float = LONG_S) -> Answered:
    """Afterwards nothing is connected any more."""
    async with webhook_receiver(behaviour) as receiver:
        answered = await tried(receiver.url, timeout_s=timeout_s)
        await receiver.let_go()
        return answered


async def test_the_request_is_as_standard_webhooks_have_it() -> None:
    async with webhook_receiver() as receiver, sender() as each:
        sent = outgoing(receiver.url_of("/in?key=a%20b&c=%41"), '{"name":"Zoë"}'.encode())
        answered = await each.send(sent)
        (received,) = await receiver.heard(1)

    assert answered.error is None
    assert answered.status_code == 200
    assert received.method == "POST"
    assert received.target == "/in?key=a%20b&c=%41"
    assert received.body == sent.body
    assert received.verified(SECRET) == {"name": "Zoë"}
    assert received.delivery_id == sent.delivery_id
    assert received.headers["webhook-timestamp"] == str(int(answered.started_at.timestamp()))
    assert received.headers["content-type"] == "application/json"
    assert received.headers["content-length"] == str(len(sent.body))
    assert received.headers["connection"] == "close"
    assert received.headers["accept-encoding"] == "identity"
    assert received.headers["user-agent"].startswith("HotGigs")
    assert received.headers["host"] == f"127.0.0.1:{receiver.address[1]}"
    assert not {"authorization", "cookie"} & received.headers.keys()


async def test_what_is_signed_with_two_keys_is_verified_by_who_has_either() -> None:
    async with webhook_receiver() as receiver, sender() as each:
        await each.send(outgoing(receiver.url, b"{}", KEY, b"o" * 24))
        (received,) = await receiver.heard(1)

    received.verified(SECRET)
    received.verified(secret_of(b"o" * 24))
    with pytest.raises(WebhookVerificationError):
        received.verified(secret_of(b"x" * 24))


async def test_a_delivery_has_the_same_id_in_every_try() -> None:
    async with webhook_receiver(fails) as receiver, sender() as each:
        sent = outgoing(receiver.url)
        await each.send(sent)
        await each.send(sent)
        first, second = await receiver.heard(2)

    assert first.delivery_id == second.delivery_id == sent.delivery_id


async def test_nothing_goes_out_that_nobody_can_verify() -> None:
    async with webhook_receiver() as receiver, sender() as each:
        with pytest.raises(ValueError, match="sign"):
            await each.send(Outgoing(delivery_id=uuid4(), url=receiver.url, body=b"{}", keys=()))
        assert receiver.connections == 0


@pytest.mark.parametrize("status", [200, 201, 202, 204, 206, 299])
async def test_2xx_is_acceptance(status: int) -> None:
    answered = await answered_by(answers(status))

    assert (answered.status_code, answered.error) == (status, None)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 418, 429, 500, 502, 503, 599])
async def test_other_statuses_are_none(status: int) -> None:
    answered = await answered_by(answers(status, b"No."))

    assert (answered.status_code, answered.error, answered.answer) == (status, "status", "No.")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_not_followed(status: int) -> None:
    async with webhook_receiver() as elsewhere:
        answered = await answered_by(redirects(elsewhere.url, status))
        assert elsewhere.connections == 0

    assert (answered.status_code, answered.error) == (status, "redirect")


async def test_cookies_do_not_come_back() -> None:
    cookie = answers(200, headers=[("Set-Cookie", "a=b; Path=/"), ("Set-Cookie", "\x01=;;;=\xff")])
    async with webhook_receiver(cookie) as receiver, sender() as each:
        assert (await each.send(outgoing(receiver.url))).error is None
        await each.send(outgoing(receiver.url))
        _, second = await receiver.heard(2)

    assert "cookie" not in second.headers


async def test_one_who_hangs_times_out_and_is_let_go() -> None:
    answered = await answered_by(hangs, timeout_s=SHORT_S)

    assert (answered.status_code, answered.error, answered.answer) == (None, "timeout", "")
    assert answered.duration_ms >= SHORT_S * 1000


async def test_one_who_drips_headers_times_out() -> None:
    assert (await answered_by(drips_headers(), timeout_s=SHORT_S)).error == "timeout"


async def test_one_who_never_takes_the_body_times_out_and_is_let_go() -> None:
    async with webhook_receiver(connected=reads_nothing) as receiver, sender(timeout_s=SHORT_S) as each:
        answered = await each.send(outgoing(receiver.url, b"x" * 16 * 2**20))
        await nothing_is_open()

    assert answered.error == "timeout"


async def test_one_who_accepts_and_drips_has_accepted_with_what_came_of_the_answer_in_time() -> None:
    answered = await answered_by(drips(200), timeout_s=SHORT_S)

    assert (answered.status_code, answered.error) == (200, None)
    assert 0 < len(answered.answer) < 1024
    assert set(answered.answer) == {"."}


async def test_one_who_drips_has_answered_when_the_first_kilobyte_is_there() -> None:
    answered = await answered_by(drips(200, every_s=0.0))

    assert (answered.error, answered.answer) == (None, "." * 1024)


async def test_one_who_fails_and_drips_has_failed_with_its_status() -> None:
    answered = await answered_by(drips(500), timeout_s=SHORT_S)

    assert (answered.status_code, answered.error) == (500, "status")


@pytest.mark.parametrize(("status", "error"), [(200, None), (500, "status")])
async def test_of_100_mib_that_come_back_only_the_first_are_taken(
    status: int, error: AttemptError | None
) -> None:
    async with webhook_receiver(sends_back(100 * 2**20, status)) as receiver:
        answered = await tried(receiver.url)
        await receiver.let_go()
        assert receiver.sent_bytes < 2 * 2**20

    assert (answered.status_code, answered.error, answered.answer) == (status, error, "x" * 1024)


@pytest.mark.parametrize("early", [closes_early, closes_in_headers, resets])
async def test_one_who_closes_before_it_has_answered_has_not_accepted(early: Behaviour) -> None:
    answered = await answered_by(early)

    assert (answered.status_code, answered.error) == (None, "closed")


async def test_one_who_closes_within_the_body_has_accepted() -> None:
    answered = await answered_by(closes_in_body)

    assert (answered.status_code, answered.error, answered.answer) == (200, None, "half")


async def test_one_who_resets_when_it_is_connected_to_has_not_accepted() -> None:
    async def connected(exchange: Exchange) -> None:
        reset(exchange)

    async with webhook_receiver(connected=connected) as receiver:
        assert (await tried(receiver.url)).error == "closed"


async def test_one_who_accepts_before_it_has_read_anything_has_accepted() -> None:
    async with webhook_receiver(connected=answers_unread) as receiver:
        assert (await tried(receiver.url)).error is None


@pytest.mark.parametrize(
    "words",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
async def test_what_is_not_http_is_no_answer(words: bytes) -> None:
    answered = await answered_by(says(words))

    assert (answered.status_code, answered.error) == (None, "bad_answer")


async def test_who_speaks_another_protocol_is_told_so() -> None:
    assert (await answered_by(speaks_no_http)).error == "bad_answer"


async def test_headers_without_end_are_no_answer() -> None:
    assert (await answered_by(sends_headers_without_end)).error == "bad_answer"


async def test_interim_answers_are_passed_over() -> None:
    interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    answered = await answered_by(says(interim + b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"))

    assert (answered.status_code, answered.error) == (202, None)


async def test_interim_answers_without_end_are_no_answer() -> None:
    assert (await answered_by(says_continue_without_end)).error == "bad_answer"


async def test_nobody_who_listens_is_refused() -> None:
    answered = await tried(f"http://127.0.0.1:{free_ports(1)[0]}/")

    assert (answered.status_code, answered.error) == (None, "refused")


async def test_a_name_without_an_address_is_unresolvable() -> None:
    assert (await tried("http://no-such-host.invalid/")).error == "unresolvable"


@pytest.mark.parametrize(
    ("value", "least_s", "most_s"),
    [("120", 120, 120), ("999999999999", 86400, 86400), ("soon", None, None), ("-1", None, None)],
)
async def test_what_a_receiver_asks_to_wait_is_told(
    value: str, least_s: float | None, most_s: float | None
) -> None:
    answered = await answered_by(answers(429, headers=[("Retry-After", value)]))

    assert (answered.retry_after_s, answered.retry_after_s) == (least_s, most_s)


async def test_a_date_to_wait_until_is_told_in_seconds() -> None:
    answered = await answered_by(asks_to_wait(datetime.now(UTC) + timedelta(hours=1)))

    assert answered.error == "status"
    assert answered.retry_after_s is not None
    assert 3000 < answered.retry_after_s <= 3600


async def test_gone_is_told_as_it_is() -> None:
    assert (await answered_by(gone)).status_code == 410


async def test_an_answer_is_text_that_can_be_kept() -> None:
    answered = await answered_by(answers(500, b"a\0b\xff\xed\xa0\x80" + "é".encode() * 600))

    assert "\0" not in answered.answer
    answered.answer.encode()
    assert answered.answer.startswith("ab\ufffd")
    assert answered.answer.endswith("é")


async def test_a_compressed_answer_is_not_unpacked() -> None:
    answered = await answered_by(
        answers(200, b"\x1f\x8b" + b"not gzip", headers=[("Content-Encoding", "gzip")])
    )

    assert answered.error is None
    assert "not gzip" in answered.answer


async def test_many_who_hang_hold_up_nobody() -> None:
    async with webhook_receiver(hangs) as hanging, webhook_receiver() as healthy, sender() as each:
        waiting = [asyncio.create_task(each.send(outgoing(hanging.url))) for _ in range(150)]
        await hanging.heard(150)
        answered = await asyncio.gather(*(each.send(outgoing(healthy.url)) for _ in range(50)))
        assert not any(task.done() for task in waiting)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await hanging.let_go()

    assert {each.error for each in answered} == {None}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.binary(max_size=200)
    | st.builds(
        b"HTTP/1.1 %d %s\r\n%s: %s\r\n\r\n%s".__mod__,
        st.tuples(
            st.integers(0, 9999),
            st.binary(max_size=10),
            st.sampled_from([b"Content-Length", b"Transfer-Encoding", b"Set-Cookie", b"Upgrade", b"Location"])
            | st.binary(max_size=10),
            st.sampled_from([b"chunked", b"5", b"websocket", b"a=b"]) | st.binary(max_size=20),
            st.sampled_from([b"", b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\n"]) | st.binary(max_size=50),
        ),
    )
)
async def test_whatever_is_answered_ends_in_a_verdict(words: bytes) -> None:
    async with webhook_receiver(says(words)) as receiver:
        answered = await tried(receiver.url, timeout_s=10.0)

    accepted = answered.status_code is not None and 200 <= answered.status_code < 300
    assert (answered.error is None) == accepted
    msgspec.json.encode(answered)
    assert "\0" not in answered.answer


def test_what_goes_out_is_not_in_its_repr() -> None:
    assert "secret" not in repr(outgoing("https://example.com/secret", b"secret", b"secret"))
