"""What the parser's handlers work with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import obstore
from msgspec import Struct
from obstore.store import ObjectStore

from hotgigs.chassis.blobs import STORE_FAILED
from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.errors import DependencyDown, Transient
from hotgigs.chassis.service import Runtime
from hotgigs.chassis.tracing import UNTRACED, Tracer
from hotgigs.parser.parsing import Parsing, open_parsing
from hotgigs.parser.settings import ParserSettings


class ObjectUnreadable(Transient):
    """The object store does not give one object, as where access to it is denied."""


class Resources(Struct, frozen=True, kw_only=True):
    parsing: Parsing
    blobs: ObjectStore
    bus: Bus
    tracer: Tracer = UNTRACED

    async def read_blob(self, key: str) -> bytes | None:
        """The object, or None where there is none. Raises DependencyDown, or ObjectUnreadable where the
        store answers but does not give this one."""
        try:
            found = await obstore.get_async(self.blobs, key)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            return None
        except STORE_FAILED as err:
            if await self._store_answers():
                raise ObjectUnreadable("one object of the store cannot be read") from err
            raise DependencyDown("the object store cannot be read") from err

    async def _store_answers(self) -> bool:
        try:
            await obstore.head_async(self.blobs, "resumes/none")
        except FileNotFoundError:
            return True
        except STORE_FAILED:
            return False
        return True


@asynccontextmanager
async def open_resources(runtime: Runtime[ParserSettings]) -> AsyncIterator[Resources]:
    async with open_parsing(runtime.settings, runtime.tracer) as parsing:
        await parsing.start()
        yield Resources(parsing=parsing, blobs=runtime.blobs, bus=runtime.bus, tracer=runtime.tracer)
