"""Counts every request before it is looked at, says how many are left, and refuses those beyond the limit."""

from typing import Any, cast

from litestar import Request, Response
from litestar.enums import HttpMethod, ScopeType
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_429_TOO_MANY_REQUESTS
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Counter

from hotgigs.gateway.accounts.authentication import Authentication
from hotgigs.gateway.accounts.bearer import identify
from hotgigs.gateway.errors import Problem, answer_problem
from hotgigs.gateway.rate_limits.keys import Keys
from hotgigs.gateway.rate_limits.limiter import Limiter
from hotgigs.gateway.rate_limits.limits import Kind, Limit, kind_of
from hotgigs.gateway.rate_limits.window import Charge

HEADERS = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]
RETRY_AFTER_HEADER = "Retry-After"

_LIMIT, _REMAINING, _RESET = (name.lower().encode() for name in HEADERS)
_REFUSAL = "rate_limit_refusal"

_refused = Counter(
    "hotgigs_requests_refused_total", "HTTP requests beyond what somebody may make a minute", ["kind"]
)

_REASONS: dict[Kind, str] = {
    "upload": "You may upload {limit} resumes a minute; many go in one bulk upload.",
    "bulk_upload": "You may make {limit} bulk uploads a minute.",
    "accounts": "From one address {limit} attempts a minute to register, log in or refresh are taken.",
    "other": "You may make {limit} requests a minute.",
    "anonymous": "From one address {limit} requests a minute without a token that is accepted are taken.",
}


def limiting(
    app: ASGIApp, *, authentication: Authentication, limiter: Limiter, limits: dict[Kind, Limit], keys: Keys
) -> ASGIApp:
    """To stand around Litestar, whose answers to what has no route have the headers too.

    What is refused is only noted on the scope, for `refusing` and `answer_within_limits`.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] == HttpMethod.OPTIONS:
            return await app(scope, receive, send)
        scope.setdefault("state", {})
        kind = kind_of(scope["method"], scope["path"])
        principal = None if kind == "accounts" else await identify(scope, authentication)
        if principal is not None:
            key = keys.of_user(kind, principal.user_id)
        else:
            kind = "accounts" if kind == "accounts" else "anonymous"
            key = keys.of_address(kind, _host_of(scope))
        charge = await limiter.charge(key, limits[kind])
        if charge.retry_after_s is not None:
            _refused.labels(kind).inc()
            scope["state"][_REFUSAL] = _refusal(kind, charge)
        headers = [
            (_LIMIT, b"%d" % charge.limit),
            (_REMAINING, b"%d" % charge.remaining),
            (_RESET, b"%d" % charge.resets_at),
        ]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        return await app(scope, receive, send_with_headers)

    return answer


def refusing(app: ASGIApp) -> ASGIApp:
    """The first of all middlewares. Raises Problem 429."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal_of(scope)
        if refusal is not None:
            raise refusal
        await app(scope, receive, send)

    return answer


def answer_within_limits(request: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, str]]:
    """Where there is no route there is no middleware either."""
    return answer_problem(request, _refusal_of(request.scope) or error)


def _refusal_of(scope: Scope) -> Problem | None:
    return cast("Problem | None", scope["state"].get(_REFUSAL))


def _refusal(kind: Kind, charge: Charge) -> Problem:
    reason = _REASONS[kind].format(limit=charge.limit)
    return Problem(
        status_code=HTTP_429_TOO_MANY_REQUESTS,
        detail=f"{reason} Try again in {charge.retry_after_s} s.",
        headers={RETRY_AFTER_HEADER: str(charge.retry_after_s)},
    )


def _host_of(scope: Scope) -> str:
    """Empty where the server does not tell, which is one client for all."""
    client = scope.get("client")
    return client[0] if client else ""
