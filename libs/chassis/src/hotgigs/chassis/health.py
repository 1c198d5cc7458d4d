"""``/health/live``, ``/health/ready`` and ``/metrics``, for every process, beside a service's own app."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from uvicorn._types import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope

Checks = Callable[[], Awaitable[dict[str, str]]]
"""The state of everything that readiness depends on, by name: "ok", or what is wrong."""


async def _kept() -> bytes:
    return generate_latest()


def with_health(
    app: ASGI3Application | None, checks: Checks, metrics: Callable[[], Awaitable[bytes]] = _kept
) -> ASGI3Application:
    """Answers the health paths and leaves every other one to ``app`` (404 without one). ``metrics`` are
    in Prometheus's text format."""

    async def answer(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            match scope["path"]:
                case "/health/live":
                    return await _send_json(send, 200, {"status": "ok"})
                case "/health/ready":
                    states = await checks()
                    is_ready = all(state == "ok" for state in states.values())
                    body = {"status": "ok" if is_ready else "unavailable", "checks": states}
                    return await _send_json(send, 200 if is_ready else 503, body)
                case "/metrics":
                    return await _send(send, 200, await metrics(), CONTENT_TYPE_LATEST)
        if app is not None:
            return await app(scope, receive, send)
        if scope["type"] == "http":
            return await _send_json(send, 404, {"detail": "Not found"})
        return None

    return answer


async def _send_json(send: ASGISendCallable, status: int, body: dict[str, Any]) -> None:
    await _send(send, status, msgspec.json.encode(body), "application/json")


async def _send(send: ASGISendCallable, status: int, body: bytes, content_type: str) -> None:
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": body, "more_body": False})
