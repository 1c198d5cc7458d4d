"""Answers that come after few interim ones (1xx), and that can be cut off: aiohttp itself takes in interim
ones without end, and waits half a minute for the other side to end TLS."""

from asyncio import Transport

from aiohttp import ClientResponse, StreamReader, http
from aiohttp.connector import Connection

MOST_INTERIM = 16


class FinalAnswer(ClientResponse):
    _carrier: Transport | None = None

    def cut(self) -> None:
        """Whatever is still to come is not waited for."""
        self.close()
        if self._carrier is not None:
            self._carrier.abort()

    async def start(self, connection: Connection) -> ClientResponse:
        """Raises ClientResponseError where there are more than `MOST_INTERIM` before it."""
        protocol = connection.protocol
        assert protocol is not None
        read = protocol.read
        left = MOST_INTERIM + 1

        async def read_few() -> tuple[http.RawResponseMessage, StreamReader]:
            nonlocal left
            if not left:
                raise http.HttpProcessingError(message="too many interim answers")
            left -= 1
            return await read()

        self._carrier = connection.transport
        protocol.read = read_few  # type: ignore[method-assign]
        return await super().start(connection)
