"""Carries a POST with an Idempotency-Key out once, and answers it again as often as it is asked."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from hotgigs.gateway.idempotency.attempts import Answer, Attempts
from hotgigs.gateway.idempotency.fencing import carries_out
from hotgigs.gateway.idempotency.fingerprint import Fingerprint
from hotgigs.gateway.idempotency.keys import CHANGES_NOTHING, HEADER, key_hash_of
from hotgigs.gateway.idempotency.request_ids import RequestIds, reserve
from hotgigs.gateway.idempotency.spool_space import SpoolSpace
from hotgigs.gateway.idempotency.spooled_body import ClientGone, spooled
from hotgigs.gateway.settings import GatewaySettings
from hotgigs.gateway.uploads.form import FORM_LIMIT, OVERHEAD_BYTES, max_parts_of

REPLAYED_HEADER = "Idempotent-Replayed"

_HEADER = HEADER.lower().encode()


def idempotent(
    app: ASGIApp, attempts: Attempts, spool_space: SpoolSpace, settings: GatewaySettings
) -> ASGIApp:
    """To come after authentication: a key is its user's, and where nobody is logged in there is none.

    The body is read before anything is done, so that what has an effect is always known to be the same
    request; but only of who may use the route.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "POST":
            return await app(scope, receive, send)
        keys = [value for name, value in scope["headers"] if name == _HEADER]
        if not keys or scope.get("user") is None:
            return await app(scope, receive, send)
        route = cast("HTTPRouteHandler", scope["route_handler"])
        if route.opt.get(CHANGES_NOTHING):
            return await app(scope, receive, send)
        key_hash = key_hash_of(keys)
        await route.authorize_connection(ASGIConnection(scope))
        fingerprint = Fingerprint(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"],
            content_type=_content_type_of(scope["headers"]).decode("latin-1"),
            max_parts=max_parts_of(settings.batch_max_files),
        )
        limit = _body_limit(route, settings)
        with spool_space.share_of(scope["user"].user_id) as share:
            try:
                async with spooled(
                    receive, max_bytes=limit, share=share, on_chunk=fingerprint.update
                ) as receive_again:
                    await carry_out(scope, receive_again, send, key_hash, fingerprint.digest())
            except ClientGone:
                return None

    async def carry_out(
        scope: Scope, receive: Receive, send: Send, key_hash: bytes, request_hash: bytes
    ) -> None:
        attempt = await attempts.claim(
            scope["user"].user_id, key_hash, request_hash, about_id=_first_id_in_address(scope)
        )
        if isinstance(attempt, Answer):
            await _replay(attempt, send)
            return
        reserve(scope, RequestIds(attempt.first_id, is_continued=attempt.is_continued))
        carries_out(scope, attempt)
        held = _HeldAnswer()
        try:
            async with attempts.leased(attempt):
                await app(scope, receive, held.send)
        finally:
            await attempts.end(attempt, held.answer)
        # Only now: who has the answer and asks again gets the same one.
        for message in held.messages:
            await send(message)

    return answer


class _HeldAnswer:
    """An app's answer as a whole, which is small where something is posted."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.answer: Answer | None = None
        """None until it is complete."""

    async def send(self, message: Message) -> None:
        self.messages.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            start, *parts = cast("list[Any]", self.messages)
            self.answer = Answer(
                status=start["status"],
                content_type=_content_type_of(start["headers"]),
                body=b"".join(part["body"] for part in parts),
            )


def _first_id_in_address(scope: Scope) -> UUID | None:
    values: Iterable[object] = scope["path_params"].values()
    return next((value for value in values if isinstance(value, UUID)), None)


def _body_limit(route: HTTPRouteHandler, settings: GatewaySettings) -> int:
    """In bytes. A route that has none of Litestar's reads a form, and names the setting that limits it."""
    form_bytes: int = getattr(settings, route.opt.get(FORM_LIMIT, "batch_max_bytes"))
    return route.resolve_request_max_body_size() or form_bytes + OVERHEAD_BYTES


async def _replay(answer: Answer, send: Send) -> None:
    headers = [
        (b"content-type", answer.content_type),
        (b"content-length", str(len(answer.body)).encode()),
        (REPLAYED_HEADER.lower().encode(), b"true"),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})


def _content_type_of(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return next((value for name, value in headers if name.lower() == b"content-type"), b"")
