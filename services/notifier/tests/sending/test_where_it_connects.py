"""Where tries lead: to allowed addresses and nowhere else, whatever names and numbers say."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from aiohttp import AsyncResolver, ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult
from pytest_asyncio import fixture
from support.eventually import eventually
from support.stand_in_dns import Addresses, StandInDns, stand_in_dns
from support.webhook_receivers import WebhookReceiver, webhook_receiver

from hotgigs.contracts.public_addresses import is_public
from hotgigs.notifier.checked_sockets import (
    MOST_ADDRESSES,
    RECEIVED_AT_ONCE,
    CheckedSockets,
    ForbiddenAddress,
)
from hotgigs.notifier.http_sender import HttpSender, http_sender
from hotgigs.notifier.sending import Answered, Outgoing
from hotgigs.notifier.settings import NotifierSettings

PUBLIC = "127.0.0.1"
PRIVATE = "127.0.0.2"
"""The receiver listens at both; only one of them counts as public here."""
NAME = "hooks.example.com"


class Names(AbstractResolver):
    """A resolver that says something else each time, the last for ever. It does not look at what it says."""

    def __init__(self, *told: Sequence[str]) -> None:
        self._told = list(told)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked += 1
        told = self._told.pop(0) if len(self._told) > 1 else self._told[0]
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in told
        ]

    async def close(self) -> None:
        pass


def here_public(address: str) -> bool:
    return address == PUBLIC


def many_private(count: int) -> list[str]:
    return [f"10.{each >> 8}.{each & 255}.1" for each in range(count)]


def settings_with(**given: bool) -> NotifierSettings:
    return NotifierSettings(_env_file=None, **given)  # type: ignore[call-arg, arg-type]


def asking(dns: StandInDns) -> AsyncResolver:
    return AsyncResolver(nameservers=["127.0.0.1"], udp_port=dns.port, tcp_port=dns.port)


@fixture
async def receiver() -> AsyncIterator[WebhookReceiver]:
    """At every address of this machine."""
    async with webhook_receiver(host="0.0.0.0") as listening:
        yield listening


@asynccontextmanager
async def internet(
    resolver: AbstractResolver, may_connect: Callable[[str], bool] = is_public
) -> AsyncIterator[HttpSender]:
    yield HttpSender(
        timeout_s=30.0, allow_http=True, allow_private=False, resolver=resolver, may_connect=may_connect
    )
    await resolver.close()


async def tried(sender: HttpSender, host: str, receiver: WebhookReceiver) -> Answered:
    url = f"http://{host}:{receiver.address[1]}/"
    return await sender.send(Outgoing(delivery_id=uuid4(), url=url, body=b"{}", keys=(b"k" * 32,)))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "127.0.0.1.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::1]",
        "[::1%25lo]",
        "[::1%lo]",
        "[fe80::1%251]",
        "localhost",
        "localhost.",
        "１２７.0.0.1",
        "user@127.0.0.1",
        "hooks.example.com@127.0.0.1",
    ],
)
async def test_no_way_to_write_an_address_of_this_machine_leads_to_it(
    host: str, receiver: WebhookReceiver
) -> None:
    async with internet(ThreadedResolver()) as sender:
        answered = await tried(sender, host, receiver)

    assert (answered.status_code, answered.error) == (None, "forbidden_address")
    assert receiver.connections == 0


@pytest.mark.parametrize(
    "told",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "fe80::1%lo",
        "::1%lo",
        "2130706433",
        "0x7f.1",
        "127.1",
        "localhost",
        "",
    ],
)
async def test_no_name_leads_to_what_is_not_public(told: str, receiver: WebhookReceiver) -> None:
    async with internet(Names([told])) as sender:
        answered = await tried(sender, NAME, receiver)

    assert answered.error == "forbidden_address"
    assert receiver.connections == 0


async def test_of_several_addresses_only_the_public_one_is_connected_to(receiver: WebhookReceiver) -> None:
    for told in ([PRIVATE, PUBLIC], [PUBLIC, PRIVATE], ["::1", PRIVATE, "10.0.0.1", PUBLIC]):
        async with internet(Names(told), here_public) as sender:
            answered = await tried(sender, NAME, receiver)
        assert answered.error is None

    assert receiver.reached_at == {PUBLIC}


async def test_a_public_address_that_refuses_does_not_lead_to_the_private_one_beside_it() -> None:
    async with webhook_receiver(host=PRIVATE) as private:
        async with internet(Names([PUBLIC, PRIVATE]), here_public) as sender:
            answered = await tried(sender, NAME, private)

        assert answered.error == "refused"
        assert private.connections == 0


async def test_of_thousands_of_addresses_the_public_one_is_found(receiver: WebhookReceiver) -> None:
    async with internet(Names([*many_private(5000), PUBLIC]), here_public) as sender:
        assert (await tried(sender, NAME, receiver)).error is None


async def test_of_thousands_of_addresses_few_are_tried() -> None:
    looks: list[str] = []

    def noting(address: str) -> bool:
        looks.append(address)
        return True

    many = [f"127.{each >> 8}.{each & 255}.9" for each in range(5000)]
    async with webhook_receiver() as elsewhere, internet(Names(many), noting) as sender:
        answered = await tried(sender, NAME, elsewhere)

    assert answered.error == "refused"
    assert set(looks[5000:]) == set(many[:MOST_ADDRESSES])
    assert len(looks) - 5000 <= MOST_ADDRESSES**2


async def test_a_name_that_leads_elsewhere_when_it_is_asked_for_again_is_looked_at_each_time(
    receiver: WebhookReceiver,
) -> None:
    names = Names([PUBLIC], [PRIVATE], [PUBLIC])
    async with internet(names, here_public) as sender:
        errors = [(await tried(sender, NAME, receiver)).error for _ in range(3)]

    assert errors == [None, "forbidden_address", None]
    assert names.asked == 3
    assert receiver.reached_at == {PUBLIC}


async def test_a_name_is_asked_for_once_in_a_try_so_that_there_is_no_second_answer(
    receiver: WebhookReceiver,
) -> None:
    names = Names([PUBLIC], [PRIVATE])
    async with internet(names, here_public) as sender:
        assert (await tried(sender, NAME, receiver)).error is None

    assert names.asked == 1
    assert receiver.reached_at == {PUBLIC}


async def test_what_changes_after_the_look_is_seen_when_it_is_connected_to(receiver: WebhookReceiver) -> None:
    looks = 0

    def only_at_first(_address: str) -> bool:
        nonlocal looks
        looks += 1
        return looks == 1

    async with internet(Names([PRIVATE]), only_at_first) as sender:
        answered = await tried(sender, NAME, receiver)

    assert answered.error == "forbidden_address"
    assert receiver.connections == 0


async def test_a_socket_connects_to_nothing_forbidden_however_it_is_asked(receiver: WebhookReceiver) -> None:
    port = receiver.address[1]
    sockets = CheckedSockets(is_public)
    opened = sockets.open((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", port)))
    opened.setblocking(False)

    with pytest.raises(ForbiddenAddress):
        opened.connect(("127.0.0.1", port))
    with pytest.raises(ForbiddenAddress):
        opened.connect_ex(("127.0.0.1", port))
    with pytest.raises(ForbiddenAddress):
        await asyncio.get_running_loop().sock_connect(opened, ("127.0.0.1", port))
    with pytest.raises(ForbiddenAddress):
        await asyncio.get_running_loop().sock_connect(opened, ("localhost", port))
    opened.close()
    assert receiver.connections == 0


def test_little_waits_to_be_read_so_that_nobody_keeps_an_event_loop_reading() -> None:
    opened = CheckedSockets(is_public).open((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 80)))

    with opened:
        # Linux has room for twice as much, for what it notes of it.
        assert opened.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) <= 2 * RECEIVED_AT_ONCE < 65536


async def test_private_addresses_are_connected_to_where_that_is_allowed(receiver: WebhookReceiver) -> None:
    settings = settings_with(webhook_allow_private=True)
    async with http_sender(settings) as sender:
        for host in ("127.0.0.1", "127.0.0.2", "localhost"):
            assert (await tried(sender, host, receiver)).error is None


async def test_neither_http_nor_private_addresses_are_allowed_unless_the_settings_say_so(
    receiver: WebhookReceiver,
) -> None:
    async with http_sender(settings_with()) as sender:
        assert (await tried(sender, "8.8.8.8", receiver)).error == "forbidden_address"
    async with http_sender(settings_with(webhook_allow_http=True)) as sender:
        assert (await tried(sender, "127.0.0.1", receiver)).error == "forbidden_address"

    assert receiver.connections == 0


async def test_dns_is_asked_each_time_and_what_it_says_is_looked_at(receiver: WebhookReceiver) -> None:
    told: list[Addresses] = [[PUBLIC], [PRIVATE], [PRIVATE, PUBLIC], ["::1"], []]
    async with (
        stand_in_dns(lambda name: told[int(name.split(".")[0])]) as dns,
        internet(asking(dns), here_public) as sender,
    ):
        errors = [(await tried(sender, f"{number}.{NAME}", receiver)).error for number in range(len(told))]

    assert errors == [None, "forbidden_address", None, "forbidden_address", "unresolvable"]
    assert receiver.reached_at == {PUBLIC}


async def test_dns_that_never_answers_some_holds_up_no_others(receiver: WebhookReceiver) -> None:
    async with (
        stand_in_dns(lambda name: None if name.startswith("slow") else [PUBLIC]) as dns,
        internet(asking(dns), here_public) as sender,
    ):

        async def all_slow_asked() -> bool:
            return len({each for each in dns.asked if each.startswith("slow")}) == 100

        slow = [asyncio.create_task(tried(sender, f"slow-{each}.{NAME}", receiver)) for each in range(100)]
        await eventually(all_slow_asked)
        quick = await asyncio.gather(*(tried(sender, f"quick-{each}.{NAME}", receiver) for each in range(50)))
        assert not any(task.done() for task in slow)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)

    assert {each.error for each in quick} == {None}


async def test_of_a_name_that_never_resolves_the_try_ends_in_time(receiver: WebhookReceiver) -> None:
    async with stand_in_dns(lambda _name: None) as dns:
        resolver = asking(dns)
        sender = HttpSender(timeout_s=0.5, allow_http=True, allow_private=True, resolver=resolver)
        assert (await tried(sender, NAME, receiver)).error == "timeout"
        await resolver.close()
