"""What makes two requests the same one."""

import hashlib
from typing import Any

import msgspec
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from hotgigs.gateway.uploads.form import boundary_of


class Fingerprint:
    """SHA-256 over method, path, query and the body, which is given in pieces.

    Of a form its parts count (name, file name, content type, bytes) and not the boundary between them,
    which clients choose anew for every try. A form that is damaged, or has more than ``max_parts``, is any
    sequence of bytes.
    """

    def __init__(self, *, method: str, path: str, query: bytes, content_type: str, max_parts: int) -> None:
        self._target = (method, path, query)
        self._bytes = hashlib.sha256()
        boundary = boundary_of(content_type)
        self._form = None if boundary is None else _FormFingerprint(boundary, max_parts)

    def update(self, chunk: bytes) -> None:
        self._bytes.update(chunk)
        if self._form is not None:
            try:
                self._form.update(chunk)
            except MultipartError:
                self._form = None

    def digest(self) -> bytes:
        form = None if self._form is None else self._form.digest()
        body = ("bytes", self._bytes.digest()) if form is None else ("form", form)
        return hashlib.sha256(msgspec.msgpack.encode((self._target, body))).digest()


class _FormFingerprint:
    """Each part is hashed by itself, so that what ends one and begins the next cannot be confused."""

    def __init__(self, boundary: str, max_parts: int) -> None:
        self._parser = PushMultipartParser(boundary, max_segment_count=max_parts)
        self._parts = hashlib.sha256()
        self._head: tuple[str | None, str | None, str | None] = (None, None, None)
        self._content = hashlib.sha256()

    def update(self, chunk: bytes) -> None:
        """Raises MultipartError."""
        if not chunk or self._parser.closed:
            return
        event: Any
        for event in self._parser.parse(chunk):
            if isinstance(event, MultipartSegment):
                self._head = (event.name, event.filename, event.content_type)
                self._content = hashlib.sha256()
            elif event is None:
                self._parts.update(msgspec.msgpack.encode((self._head, self._content.digest())))
            else:
                self._content.update(event)

    def digest(self) -> bytes | None:
        """None where the form has no end."""
        try:
            self._parser.close()  # type: ignore[no-untyped-call]
        except MultipartError:
            return None
        return self._parts.digest()
