"""What every bus promises of discarding dead letters, beside all else."""

import asyncio

import msgspec
from bus_conformance import BusConformance, put_aside, taken
from bus_sources import BusSource
from sample_service.messages import PROGRESSED, PROGRESSED_TOO, progressed

from hotgigs.chassis.bus.interface import Bus
from hotgigs.contracts.envelope import Envelope


class DiscardConformance(BusConformance):
    async def test_discarded_dead_letters_are_gone_and_those_about_others_stay(self, bus: Bus) -> None:
        mine, too, other = progressed(1), progressed(2), about("somebody else", 3)
        for envelope in (mine, other, too):
            await put_aside(bus, envelope)
        assert await bus.discard(PROGRESSED, {mine.subject, "nobody"}) == 2
        assert [d.envelope for d in await bus.dead_letters(PROGRESSED, limit=10)] == [other]
        assert await bus.discard(PROGRESSED, {mine.subject}) == 0
        assert await bus.replay(PROGRESSED) == 1
        assert await taken(bus, PROGRESSED, 1) == [other]

    async def test_what_waits_to_be_handled_is_not_discarded(self, bus: Bus) -> None:
        dead, waiting = progressed(1), progressed(2)
        await put_aside(bus, dead)
        await bus.publish([waiting])
        assert await bus.discard(PROGRESSED, {waiting.subject}) == 1
        assert await taken(bus, PROGRESSED, 1) == [waiting]

    async def test_dead_letters_of_another_queue_are_not_discarded(self, bus: Bus) -> None:
        await bus.declare([PROGRESSED_TOO])
        envelope = progressed()
        await put_aside(bus, envelope)
        assert await bus.discard(PROGRESSED_TOO, {envelope.subject}) == 0
        assert len(await bus.dead_letters(PROGRESSED, limit=10)) == 1

    async def test_there_is_nothing_to_discard_in_a_queue_that_is_not_there(self, bus: Bus) -> None:
        assert await bus.discard(PROGRESSED_TOO, {progressed().subject}) == 0
        await bus.ping()

    async def test_none_is_missed_by_several_who_discard_and_list_at_once(
        self, source: BusSource, bus: Bus
    ) -> None:
        envelopes = [about(f"subject {n % 3}", n) for n in range(30)]
        for envelope in envelopes:
            await put_aside(bus, envelope)
        buses = [bus, await source.open(), await source.open()]
        discarded = await asyncio.gather(
            *(one.discard(PROGRESSED, {f"subject {n}"}) for n, one in enumerate(buses)),
            *(one.dead_letters(PROGRESSED, limit=100) for one in buses),
        )
        assert discarded[:3] == [10, 10, 10]
        assert await bus.dead_letters(PROGRESSED, limit=10) == []


def about(subject: str, sequence: int) -> Envelope:
    return msgspec.structs.replace(progressed(sequence), subject=subject)
