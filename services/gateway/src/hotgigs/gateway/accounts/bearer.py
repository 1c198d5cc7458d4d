"""Who asks: the bearer token of every request, looked at before its route is."""

from typing import cast

from litestar.status_codes import HTTP_401_UNAUTHORIZED
from litestar.types import ASGIApp, Receive, Scope, Send

from hotgigs.gateway.accounts.authentication import Authentication
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.accounts.tokens import InvalidToken
from hotgigs.gateway.errors import Problem

_STATE = "identified"


def authenticating(app: ASGIApp, authentication: Authentication) -> ASGIApp:
    """Puts the principal and the token on the scope; raises Problem 401 without a good token.

    Litestar's own middleware for this makes a connection and a dictionary of headers first, a
    twentieth of what a read costs.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if _needs_no_token(scope):
            return await app(scope, receive, send)
        token = _token_of(scope)
        if token is None:
            raise Problem(
                status_code=HTTP_401_UNAUTHORIZED, detail="Log in, and send the token as 'Bearer <token>'."
            )
        try:
            scope["user"] = _identified(scope) or await authentication.principal_of(token)
        except InvalidToken as err:
            raise Problem(status_code=HTTP_401_UNAUTHORIZED, detail=str(err)) from err
        scope["auth"] = token
        return await app(scope, receive, send)

    return answer


async def identify(scope: Scope, authentication: Authentication) -> Principal | None:
    """Who asks, for what comes before `authenticating`, which then asks no more; None where the token is
    missing or not accepted, or nobody can tell now. Raises nothing: the client is told later."""
    token = _token_of(scope)
    if token is None:
        return None
    try:
        principal = await authentication.principal_of(token)
    except Exception as err:  # noqa: BLE001 - whatever it was, it is raised again where it is answered
        scope["state"][_STATE] = err
        return None
    scope["state"][_STATE] = principal
    return principal


def _identified(scope: Scope) -> Principal | None:
    """None where nobody has asked. Raises what came of asking."""
    outcome = cast("Principal | Exception | None", scope["state"].get(_STATE))
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _needs_no_token(scope: Scope) -> bool:
    return bool(scope["route_handler"].opt.get("exclude_from_auth")) or scope["path"].startswith("/schema")


def _token_of(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"authorization":
            scheme, _, token = value.decode("latin-1").partition(" ")
            if scheme.lower() == "bearer" and (token := token.strip()):
                return token
    return None
