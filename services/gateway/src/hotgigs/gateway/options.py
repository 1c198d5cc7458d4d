"""OPTIONS: which methods an address takes."""

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send


def answering_options(app: ASGIApp) -> ASGIApp:
    """Before every guard, since nobody is logged in for it. Litestar's own answer forgets what several
    handlers of one path take, all but the first."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != HttpMethod.OPTIONS:
            await app(scope, receive, send)
            return
        methods = {
            method
            for route in scope["litestar_app"].routes
            if route.path_format == scope["path_template"]
            for method in getattr(route, "methods", ())
        }
        headers = [(b"allow", ", ".join(sorted(methods)).encode())]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return answer
