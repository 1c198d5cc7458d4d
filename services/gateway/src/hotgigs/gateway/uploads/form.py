"""A multipart form read as it arrives: files are never held in memory as a whole."""

from collections.abc import AsyncIterator
from typing import Any

from litestar import Request
from litestar.status_codes import HTTP_400_BAD_REQUEST, HTTP_413_REQUEST_ENTITY_TOO_LARGE
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from hotgigs.gateway.errors import Problem

MAX_FIELDS = 20
"""Besides files."""
MAX_FIELD_BYTES = 4096
OVERHEAD_BYTES = 2**20
"""Room for what a form has around its files."""
DRAIN_FACTOR = 4
FORM_LIMIT = "form_limit"
"""The ``opt`` of a route that names the setting with the most bytes of its files."""


class FilePart:
    """One file of the form; read its `chunks` to the end, or leave them, before the next part."""

    def __init__(self, name: str, filename: str, events: AsyncIterator[Any]) -> None:
        self.name = name
        self.filename = filename
        self._events = events
        self._ended = False

    async def chunks(self) -> AsyncIterator[bytes]:
        while not self._ended:
            event = await anext(self._events)
            if event is None:
                self._ended = True
            else:
                yield bytes(event)

    async def skip(self) -> None:
        """Reads what is left of the file and drops it."""
        async for _ in self.chunks():
            pass


class Form:
    """The files of a form, one after the other; `fields` has the other fields read so far."""

    def __init__(self, request: Request[Any, Any, Any], *, max_files: int, max_bytes: int) -> None:
        self.fields: dict[str, str] = {}
        self._request = request
        self._stream = request.stream()
        self._max_files = max_files
        self._max_bytes = max_bytes
        self._received_bytes = 0

    async def drain(self) -> None:
        """After a refusal reads on, within bounds, so that a client that still sends gets to read it."""
        async for chunk in self._stream:
            self._received_bytes += len(chunk)
            if self._received_bytes > DRAIN_FACTOR * self._max_bytes:
                return

    async def files(self) -> AsyncIterator[FilePart]:
        """Raises Problem 400 where the body is no sound form or has too many fields, 413 where it has
        too many files or is too large."""
        events = self._events()
        file_count = 0
        async for event in events:
            segment: MultipartSegment = event
            if segment.filename is None:
                await self._read_field(segment.name or "", events)
                continue
            file_count += 1
            if file_count > self._max_files:
                detail = f"Upload at most {self._max_files} files at once."
                if self._max_files == 1:
                    detail = "Upload one file; use the bulk upload for more."
                raise Problem(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE, detail=detail)
            part = FilePart(segment.name or "", segment.filename, events)
            yield part
            await part.skip()

    async def _read_field(self, name: str, events: AsyncIterator[Any]) -> None:
        value = b""
        while (event := await anext(events)) is not None:
            value += event
            if len(value) > MAX_FIELD_BYTES:
                raise _bad_form("A field of the form is too long.")
        if len(self.fields) >= MAX_FIELDS:
            raise _bad_form("The form has too many fields.")
        try:
            self.fields[name] = value.decode()
        except UnicodeDecodeError as err:
            raise _bad_form("A field of the form is not UTF-8 text.") from err

    async def _events(self) -> AsyncIterator[Any]:
        """Segments, their bytes, and None at the end of each."""
        boundary = boundary_of(self._request.headers.get("content-type", ""))
        if boundary is None:
            raise _bad_form("Send the file as multipart/form-data.")
        parser = PushMultipartParser(boundary, max_segment_count=max_parts_of(self._max_files))
        try:
            with parser:
                async for chunk in self._stream:
                    self._count(len(chunk))
                    if chunk and not parser.closed:
                        for event in parser.parse(chunk):
                            yield event
        except MultipartError as err:
            raise _bad_form("The form is damaged, or has too many parts.") from err

    def _count(self, size: int) -> None:
        self._received_bytes += size
        if self._received_bytes > self._max_bytes + OVERHEAD_BYTES:
            raise Problem(
                status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE,
                detail=f"Upload at most {self._max_bytes // 2**20} MiB at once.",
            )


def max_parts_of(max_files: int) -> int:
    """One more than there may be: who has too many is told of what."""
    return max_files + MAX_FIELDS + 1


def boundary_of(content_type: str) -> str | None:
    """What stands between the parts of a form; None of what is no form."""
    media_type, options = parse_options_header(content_type)  # type: ignore[no-untyped-call]
    boundary = str(options.get("boundary", ""))
    return boundary if media_type == "multipart/form-data" and boundary else None


def _bad_form(detail: str) -> Problem:
    return Problem(status_code=HTTP_400_BAD_REQUEST, detail=detail)
