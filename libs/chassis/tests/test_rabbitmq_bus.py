import asyncio
from contextlib import suppress

import aio_pika
import pytest
from bus_conformance import put_aside, received, subscribed
from bus_sources import BusSource, RabbitMQSource
from discard_conformance import DiscardConformance
from sample_service.messages import PROGRESSED, progressed

from hotgigs.chassis.bus import amqp_claims
from hotgigs.chassis.bus.amqp_topology import Names
from hotgigs.chassis.bus.interface import BusUnavailable, PublishFailed


class TestRabbitMQBus(DiscardConformance):
    @pytest.fixture
    def source(self, rabbitmq_source: RabbitMQSource) -> BusSource:
        return rabbitmq_source

    async def test_a_subscription_ends_when_its_connection_is_lost_and_the_bus_recovers(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        bus = await rabbitmq_source.open_doomed()
        await bus.declare([PROGRESSED])
        envelope = progressed()
        async with subscribed(bus) as subscription:
            await bus.publish([envelope])
            await received(subscription, 1)
            rabbitmq_source.proxy.cut()
            with pytest.raises(BusUnavailable):
                await received(subscription, 1)
        async with subscribed(bus) as subscription:
            (again,) = await received(subscription, 1)
            assert again.envelope == envelope
            await subscription.ack([again])
        await bus.publish([progressed()])

    async def test_a_subscription_ends_when_its_queue_is_deleted(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        bus = await rabbitmq_source.open()
        await bus.declare([PROGRESSED])
        broker = rabbitmq_source.broker
        async with subscribed(bus) as subscription:
            async with await aio_pika.connect(broker.url) as connection, connection.channel() as channel:
                await channel.queue_delete(Names(broker.namespace).queue(PROGRESSED.name))
            with pytest.raises(BusUnavailable):
                await received(subscription, 1)

    async def test_a_connection_that_ends_without_a_reason_while_a_channel_opens_counts_as_lost(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        bus = rabbitmq_source.broker.bus()
        connection = await bus._connections.connection("consume")
        assert connection.transport is not None
        opening = asyncio.create_task(bus._connections.channel("consume"))
        # As aiormq does by itself where its reader finds the end of the stream after a whole frame.
        await connection.transport.connection.close(None)
        with pytest.raises(BusUnavailable):
            await opening

    async def test_everything_says_so_while_the_broker_cannot_be_reached(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        bus = await rabbitmq_source.open_doomed()
        await bus.declare([PROGRESSED])
        rabbitmq_source.proxy.refuse()
        envelopes = [progressed(1), progressed(2)]
        with pytest.raises(PublishFailed) as failed:
            await bus.publish(envelopes)
        assert set(failed.value.failures) == {e.id for e in envelopes}
        assert {isinstance(e, BusUnavailable) for e in failed.value.failures.values()} == {True}
        with pytest.raises(BusUnavailable):
            await bus.ping()
        with pytest.raises(BusUnavailable):
            await bus.declare([PROGRESSED])
        with pytest.raises(BusUnavailable):
            async with subscribed(bus):
                pass
        rabbitmq_source.proxy.allow()
        await bus.publish(envelopes)
        await bus.ping()

    async def test_a_message_that_is_not_ours_is_put_aside_and_hides_no_other(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        bus = await rabbitmq_source.open()
        await bus.declare([PROGRESSED])
        broker = rabbitmq_source.broker
        async with await aio_pika.connect(broker.url) as connection, connection.channel() as channel:
            events = await channel.get_exchange(Names(broker.namespace).events, ensure=False)
            await events.publish(aio_pika.Message(b"hello"), PROGRESSED.routing_key)
        envelope = progressed()
        await bus.publish([envelope])
        async with subscribed(bus) as subscription:
            (delivery,) = await received(subscription, 1)
            assert delivery.envelope == envelope
            await subscription.dead_letter(delivery, reason="because")
        assert [d.envelope for d in await bus.dead_letters(PROGRESSED, limit=10)] == [envelope]

    async def test_dead_letters_that_another_process_has_in_hand_are_waited_for(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        bus, other = await rabbitmq_source.open(), await rabbitmq_source.open()
        await bus.declare([PROGRESSED])
        envelope = progressed()
        await put_aside(bus, envelope)
        async with other._dead_letters_of(PROGRESSED) as at_hand:
            assert [message.message_id async for message in at_hand.each()] == [str(envelope.id)]
            discarding = asyncio.create_task(bus.discard(PROGRESSED, {envelope.subject}))
            done, _ = await asyncio.wait({discarding}, timeout=0.5)
            assert not done
        assert await discarding == 1

    async def test_a_process_that_died_with_dead_letters_in_hand_holds_up_nobody(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        bus, doomed = await rabbitmq_source.open(), await rabbitmq_source.open_doomed()
        await bus.declare([PROGRESSED])
        envelope = progressed()
        await put_aside(bus, envelope)
        with suppress(BusUnavailable):
            async with doomed._dead_letters_of(PROGRESSED) as at_hand:
                async for _ in at_hand.each():
                    rabbitmq_source.proxy.cut()
        assert await bus.discard(PROGRESSED, {envelope.subject}) == 1

    async def test_who_never_lets_go_of_dead_letters_makes_the_bus_unavailable_to_others(
        self, rabbitmq_source: RabbitMQSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(amqp_claims, "CLAIM_WITHIN_S", 0.2)
        bus, other = await rabbitmq_source.open(), await rabbitmq_source.open()
        await bus.declare([PROGRESSED])
        async with other._dead_letters_of(PROGRESSED):
            with pytest.raises(BusUnavailable):
                await bus.discard(PROGRESSED, {"nobody"})

    async def test_a_dead_letter_that_is_not_ours_is_discarded_by_what_it_says_it_is_about(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        bus = await rabbitmq_source.open()
        await bus.declare([PROGRESSED])
        broker = rabbitmq_source.broker
        async with await aio_pika.connect(broker.url) as connection, connection.channel() as channel:
            dead = await channel.get_exchange(Names(broker.namespace).dead, ensure=False)
            for headers in ({}, {"cloudEvents_subject": "mine"}):
                await dead.publish(aio_pika.Message(b"hello", headers=headers), PROGRESSED.name)
        assert await bus.discard(PROGRESSED, {"mine"}) == 1
        assert (await bus.depths([PROGRESSED]))[PROGRESSED.name].dead_letters == 1

    async def test_systems_of_different_namespaces_do_not_hear_each_other(
        self, rabbitmq_source: RabbitMQSource
    ) -> None:
        ours = await rabbitmq_source.open()
        await ours.declare([PROGRESSED])
        neighbour = type(rabbitmq_source.broker)(rabbitmq_source.broker.url)
        try:
            theirs = neighbour.bus()
            await theirs.declare([PROGRESSED])
            envelope, foreign = progressed(1), progressed(2)
            await theirs.publish([foreign])
            await ours.publish([envelope])
            async with subscribed(ours) as subscription:
                (delivery,) = await received(subscription, 1)
                assert delivery.envelope == envelope
            await theirs.close()
        finally:
            await neighbour.delete_everything()
