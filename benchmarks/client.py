"""A recruiter of the system's API, on bare asyncio streams: a client that takes little of the machine.

One connection a request.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import uuid4

import httpx

File = tuple[str, bytes]
"""A name and a content."""


class Recruiter:
    """Registers and logs in on being made."""

    def __init__(self, port: int) -> None:
        self._port = port
        account = {"email": f"{uuid4().hex}@mail.example", "password": secrets.token_urlsafe(12)}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
            http.post("/api/auth/register", json=account | {"role": "recruiter"}).raise_for_status()
            answer = http.post("/api/auth/login", json=account).raise_for_status()
        self.token: str = answer.json()["access_token"]

    async def upload(self, file: File) -> str:
        """The resume's id."""
        answer = await self._post_form("/api/resumes/upload", "file", [file])
        return str(answer["resume_id"])

    async def bulk_upload(self, files: Sequence[File]) -> str:
        """The batch's id."""
        answer = await self._post_form("/api/resumes/bulk-upload", "files", files)
        return str(answer["batch_id"])

    async def until_ended(self, resume_id: str) -> str:
        """Follows the resume's Server-Sent Events; returns its last status."""
        status = ""
        async for line in self._lines(self._request("GET", f"/api/resumes/{resume_id}/events")):
            if line.startswith(b"data: "):
                status = json.loads(line.removeprefix(b"data: "))["status"]
        return status

    async def batch(self, batch_id: str) -> dict[str, Any]:
        return await self._json(self._request("GET", f"/api/resumes/batches/{batch_id}"))

    async def _post_form(self, path: str, field: str, files: Sequence[File]) -> dict[str, Any]:
        boundary = secrets.token_hex(16)
        disposition = f'Content-Disposition: form-data; name="{field}"; filename='
        parts = [
            f'--{boundary}\r\n{disposition}"{name}"\r\n\r\n'.encode() + content + b"\r\n"
            for name, content in files
        ]
        body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
        return await self._json(
            self._request("POST", path, body, f"Content-Type: multipart/form-data; boundary={boundary}\r\n")
        )

    def _request(self, method: str, path: str, body: bytes = b"", headers: str = "") -> bytes:
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}"
            f"Authorization: Bearer {self.token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def _json(self, request: bytes) -> dict[str, Any]:
        *_, body = [line async for line in self._lines(request)]
        answer: dict[str, Any] = json.loads(body)
        return answer

    async def _lines(self, request: bytes) -> AsyncIterator[bytes]:
        """The answer's lines, its head included. Raises RuntimeError where it is not 2xx."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**22)
        try:
            writer.write(request)
            await writer.drain()
            status_line = await reader.readline()
            if not status_line.startswith(b"HTTP/1.1 2"):
                raise RuntimeError(
                    f"answered {status_line.decode().strip()}: {(await reader.read())[-200:]!r}"
                )
            while line := await reader.readline():
                yield line
        finally:
            writer.close()
