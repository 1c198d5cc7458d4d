"""The stand-in on a socket: an ASGI application, in a thread of this process."""

import asyncio
import gzip
import logging
import socket
import threading
import urllib.parse
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import uvicorn
from support.stand_in_drive import api, control, oauth
from support.stand_in_drive.accounts import Accounts
from support.stand_in_drive.behaviour import Behaviour
from support.stand_in_drive.errors import OAuthRefused, Refused, user_rate_limit
from support.stand_in_drive.faults import Fault, Faults, refusal
from support.stand_in_drive.files import Files
from support.stand_in_drive.messages import Answer, Request, html_answer, json_answer
from support.stand_in_drive.records import Records


class Cut(Exception):
    """Ends the connection: what has been sent stays the only answer."""


def _is_unwanted(record: logging.LogRecord) -> bool:
    """An error in the stand-in itself is logged; a connection that a test wanted to be cut is none."""
    return not (record.exc_info and record.exc_info[0] is Cut)


class StandInDrive:
    """Serves from `start`, or from the beginning of ``with``, until `stop`."""

    def __init__(self, port: int = 0) -> None:
        lock = threading.RLock()
        self.behaviour = Behaviour()
        self.files = Files(lock)
        self.accounts = Accounts(lock, self.behaviour)
        self.faults = Faults(lock)
        self.records = Records(lock)
        self._lock = lock
        self._api = api.Api(self.files, self.accounts, self.behaviour)
        self._oauth = oauth.OAuth(self.accounts, self.behaviour)
        self._port = port
        self._socket: socket.socket | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.url = ""

    @property
    def api_endpoint(self) -> str:
        return f"{self.url}/drive/v3/"

    @property
    def token_uri(self) -> str:
        return f"{self.url}/token"

    @property
    def authorize_uri(self) -> str:
        return f"{self.url}/authorize"

    @property
    def revoke_uri(self) -> str:
        return f"{self.url}/revoke"

    def behave(self, **changes: Any) -> Behaviour:
        """Sets attributes of the behaviour, and answers it."""
        for name, value in changes.items():
            if not hasattr(self.behaviour, name):
                raise ValueError(name)
            setattr(self.behaviour, name, value)
        return self.behaviour

    def start(self) -> None:
        self.bind()
        self._thread = threading.Thread(target=self.serve, name="stand-in-drive", daemon=True)
        self._thread.start()

    def bind(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", self._port), backlog=512)
        self._port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        config = uvicorn.Config(
            self._serve,
            http="httptools",
            interface="asgi3",
            proxy_headers=False,
            lifespan="off",
            access_log=False,
            log_config=None,
            log_level="error",
            server_header=False,
            timeout_keep_alive=60,
            timeout_graceful_shutdown=1,
        )
        logging.getLogger("uvicorn.error").addFilter(_is_unwanted)
        self._server = uvicorn.Server(config)

    def serve(self) -> None:
        assert self._server
        assert self._socket
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """It can be started again, at the same address and with all that it had."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
        if self._socket:
            self._socket.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        request = await _read(scope, receive)
        if request is None:
            return
        if request.path.startswith("/control/"):
            parts = {part: getattr(self, part) for part in control.PARTS}
            await _send(send, request, control.answer(request, parts, self.behaviour), None)
            return
        operation, item_id = self._route(request)
        is_fetch = operation in ("files.media", "files.export")
        with self._lock:
            self.records.begun(operation, is_fetch=is_fetch)
        try:
            if self.behaviour.latency_s:
                await asyncio.sleep(self.behaviour.latency_s)
            with self._lock:
                answer, fault = self._answer(request, operation, item_id)
                self.records.statuses[answer.status] += 1
                if answer.fetched and answer.begins:
                    self.records.fetches[answer.fetched] += 1
            if fault and fault.kind == "hang_up":
                # ASGI has no word for it: the connection behind uvicorn's own ``send``.
                send.__self__.transport.abort()
                await receive()
                return
            with suppress(OSError):
                await _send(send, request, answer, fault)
            with self._lock:
                self.records.bytes_sent += len(answer.body) if answer.fetched else 0
                if answer.fetched and answer.ends:
                    self.records.whole_fetches[answer.fetched] += 1
        finally:
            with self._lock:
                self.records.ended(is_fetch=is_fetch)

    def _route(self, request: Request) -> tuple[str, str | None]:
        found = api.route(request.path)
        if found is None:
            return oauth.route(request.path) or "unknown", None
        operation, item_id = found
        if operation == "files.get" and request.query.get("alt") == "media":
            operation = "files.media"
        return operation, item_id

    def _answer(self, request: Request, operation: str, item_id: str | None) -> tuple[Answer, Fault | None]:
        """And the fault that has yet to be met while it is sent."""
        if operation == "unknown":
            return html_answer(404, "The requested URL was not found on this server."), None
        try:
            if operation in ("authorize", "token", "revoke"):
                fault = self._fault(operation, None)
                return self._oauth.answer(request, operation), fault
            if request.method not in ("GET", "HEAD"):
                return html_answer(405, "The request method is inappropriate for the URL."), None
            authorization = request.headers.get("authorization", "")
            if authorization:
                self.records.tokens_seen[authorization.partition(" ")[2]] = None
            mail = self._api.user_of(request, operation)
            if self.records.is_over_quota(mail, self.behaviour.quota_per_second):
                raise user_rate_limit()
            fault = self._fault(operation, item_id or _folder_of(request))
            if fault and fault.kind == "html_bad_gateway":
                return html_answer(502, "The server encountered a temporary error."), None
            answer = self._api.answer(request, operation, item_id, mail)
            if fault and fault.kind == "not_json":
                answer.body = b"<html>"
        except (Refused, OAuthRefused) as refused:
            headers = refused.headers if isinstance(refused, Refused) else {}
            return json_answer(refused.body, refused.code, headers), None
        return answer, fault

    def _fault(self, operation: str, item_id: str | None) -> Fault | None:
        """Raises what it tells."""
        fault = self.faults.next_for(operation, item_id)
        told = refusal(fault) if fault else None
        if told:
            raise told
        return fault


def _folder_of(request: Request) -> str | None:
    query = request.query.get("q", "")
    return query.split("'")[1] if query.startswith("'") else None


async def _read(scope: Any, receive: Any) -> Request | None:
    if scope["type"] != "http":
        return None
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return Request(
        scope["method"],
        scope["path"],
        dict(urllib.parse.parse_qsl(scope["query_string"].decode(), keep_blank_values=True)),
        {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        body,
    )


async def _send(send: Any, request: Request, answer: Answer, fault: Fault | None) -> None:
    """Raises Cut."""
    if fault and fault.kind == "late":
        await asyncio.sleep(fault.seconds)
    body = answer.body
    headers = answer.headers
    if "json" in headers.get("Content-Type", "") and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 1)
        headers = headers | {"Content-Encoding": "gzip"}
    headers = headers | {"Content-Length": str(len(body))}
    listed = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": listed})
    if request.method == "HEAD":
        body = b""
    if fault and fault.kind == "cut":
        cut_body = body[: min(fault.after_bytes, max(len(body) - 1, 0))]
        await send({"type": "http.response.body", "body": cut_body, "more_body": True})
        raise Cut
    if fault and fault.kind == "held":
        await send({"type": "http.response.body", "body": body[: fault.after_bytes], "more_body": True})
        body = body[fault.after_bytes :]
        await _held(fault)
    if fault and fault.kind == "slow":
        for start in range(0, len(body), fault.part_bytes):
            await send(
                {
                    "type": "http.response.body",
                    "body": body[start : start + fault.part_bytes],
                    "more_body": True,
                }
            )
            await asyncio.sleep(fault.seconds)
        body = b""
    await send({"type": "http.response.body", "body": body})


async def _held(fault: Fault) -> None:
    fault.holding += 1
    try:
        while not fault.is_released:  # noqa: ASYNC110 - another thread releases it
            await asyncio.sleep(0.01)
    finally:
        fault.holding -= 1
