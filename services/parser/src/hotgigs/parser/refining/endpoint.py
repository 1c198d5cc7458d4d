"""The OpenAI-compatible API that refines resumes, over HTTP.

It is asked at one address only: redirects and the environment's proxies are not followed. Its
certificate must be one that this machine's store, or ``SSL_CERT_FILE``, trusts.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from hotgigs.parser.document import Document
from hotgigs.parser.refining.chat_request import chat_request
from hotgigs.parser.settings import ParserSettings

MAX_ANSWER_BYTES = 512 * 1024
"""A resume's data has fewer than 100 KiB."""
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_WAIT_S = 1.0
"""Before the second try, where a busy endpoint does not say."""


class NoAnswer(Exception):
    """``str()`` is one word for the books."""


class Endpoint:
    """Open with `open_endpoint`."""

    def __init__(self, http: httpx.AsyncClient, settings: ParserSettings) -> None:
        self._http = http
        self._model = settings.parser_refiner_model
        self._time_limit_s = settings.parser_refiner_time_limit_s

    async def ask(self, document: Document, *, time_left_s: float) -> bytes:
        """The body of the answer, unread. Raises NoAnswer, at the latest when ``time_left_s`` are over."""
        body = chat_request(self._model, "\n".join(line.text for line in document.lines))
        limit_s = min(self._time_limit_s, time_left_s)
        ends_at = asyncio.get_running_loop().time() + limit_s
        try:
            async with asyncio.timeout_at(ends_at):
                try:
                    return await self._post(body)
                except _Busy as busy:
                    if asyncio.get_running_loop().time() + busy.wait_s >= ends_at:
                        raise
                    await asyncio.sleep(busy.wait_s)
                    return await self._post(body)
        except TimeoutError as err:
            raise NoAnswer("out_of_time") from err
        except httpx.HTTPError as err:
            raise NoAnswer("unreachable") from err

    async def _post(self, body: bytes) -> bytes:
        async with self._http.stream("POST", "chat/completions", content=body) as response:
            if response.status_code in _BUSY:
                raise _Busy(_wait_s(response.headers.get("Retry-After")))
            if response.status_code != HTTPStatus.OK:
                raise NoAnswer(f"status_{response.status_code // 100}xx")
            answer = bytearray()
            # Undecoded: nothing was said to be accepted that unpacks to more.
            async for part in response.aiter_raw():
                answer += part
                if len(answer) > MAX_ANSWER_BYTES:
                    raise NoAnswer("too_large")
            return bytes(answer)


class _Busy(NoAnswer):
    def __init__(self, wait_s: float) -> None:
        super().__init__("busy")
        self.wait_s = wait_s


def _wait_s(retry_after: str | None) -> float:
    """``Retry-After``: seconds or an HTTP date (RFC 9110)."""
    if retry_after is None:
        return _WAIT_S
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return _WAIT_S
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


@asynccontextmanager
async def open_endpoint(settings: ParserSettings) -> AsyncIterator[Endpoint]:
    """Connects to nothing yet."""
    headers = {"Accept-Encoding": "identity", "Content-Type": "application/json"}
    if settings.parser_refiner_api_key is not None:
        headers["Authorization"] = f"Bearer {settings.parser_refiner_api_key.get_secret_value()}"
    async with httpx.AsyncClient(
        base_url=settings.parser_refiner_url or "",
        headers=headers,
        verify=ssl.create_default_context(),
        timeout=None,  # noqa: S113 - `ask` limits all of it together
        follow_redirects=False,
        trust_env=False,
    ) as http:
        yield Endpoint(http, settings)
