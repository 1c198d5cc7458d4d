"""The HTTP app: routes, authentication, correlation, error answers, the OpenAPI document."""

import time
from typing import Any

import structlog
from litestar import Litestar, Request
from litestar.config.cors import CORSConfig
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, SerializationException
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult, DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.status_codes import HTTP_400_BAD_REQUEST, HTTP_401_UNAUTHORIZED
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn._types import ASGI3Application

from hotgigs.chassis.correlation import Correlation, accepted_id, accepted_traceparent, correlated
from hotgigs.chassis.service import Runtime
from hotgigs.gateway.accounts.tokens import InvalidToken
from hotgigs.gateway.dependencies import DEPENDENCIES
from hotgigs.gateway.errors import Problem, answer_failure, answer_problem
from hotgigs.gateway.resources import Resources
from hotgigs.gateway.routes.auth import AuthRoutes
from hotgigs.gateway.routes.resumes import ResumeRoutes
from hotgigs.gateway.routes.uploads import UploadRoutes
from hotgigs.gateway.routes.users import UserRoutes
from hotgigs.gateway.settings import MIB, GatewaySettings

log = structlog.get_logger(__name__)

CORRELATION_HEADER = "X-Correlation-ID"


class JsonRequest(Request[Any, Any, Any]):
    async def json(self) -> Any:
        """Raises Problem 400, also for what Litestar takes for a failure of the server."""
        try:
            return await super().json()
        except (SerializationException, UnicodeDecodeError, RecursionError) as err:
            raise Problem(
                status_code=HTTP_400_BAD_REQUEST, detail="The request's body is not sound JSON in UTF-8."
            ) from err


class BearerAuthentication(AbstractAuthenticationMiddleware):
    """Puts the principal and the token on the connection; raises Problem 401 without a good token."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        scheme, _, token = connection.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Problem(
                status_code=HTTP_401_UNAUTHORIZED, detail="Log in, and send the token as 'Bearer <token>'."
            )
        token = token.strip()
        resources: Resources = connection.app.state.resources
        try:
            principal = await resources.authentication.principal_of(token)
        except InvalidToken as err:
            raise Problem(status_code=HTTP_401_UNAUTHORIZED, detail=str(err)) from err
        return AuthenticationResult(user=principal, auth=token)


def correlating(app: ASGIApp) -> ASGIApp:
    """Gives every request its correlation id, tells it to the client, and logs one line when it ends."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            return await app(scope, receive, send)
        headers = dict(scope["headers"])
        correlation = Correlation(
            correlation_id=accepted_id(headers.get(b"x-correlation-id", b"").decode("latin-1")),
            traceparent=accepted_traceparent(headers.get(b"traceparent", b"").decode("latin-1")),
        )
        began = time.perf_counter()
        status = 0

        async def send_correlated(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (CORRELATION_HEADER.lower().encode(), correlation.correlation_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        with correlated(correlation):
            try:
                await app(scope, receive, send_correlated)
            finally:
                duration_ms = round((time.perf_counter() - began) * 1000, 1)
                log.info(
                    "http_request",
                    method=scope["method"],
                    # The route, never the path: what somebody types after the host may be anything.
                    route=scope.get("path_template", "none"),
                    status=status,
                    duration_ms=duration_ms,
                )

    return answer


def build_app(runtime: Runtime[GatewaySettings], resources: Resources) -> ASGI3Application:
    origins = [origin.strip() for origin in runtime.settings.cors_origins.split(",") if origin.strip()]
    app = Litestar(
        route_handlers=[AuthRoutes, UserRoutes, UploadRoutes, ResumeRoutes],
        middleware=[DefineMiddleware(BearerAuthentication, exclude="^/schema")],
        dependencies=DEPENDENCIES,
        request_class=JsonRequest,
        exception_handlers={HTTPException: answer_problem, Exception: answer_failure},
        request_max_body_size=MIB,
        cors_config=CORSConfig(allow_origins=origins, expose_headers=[CORRELATION_HEADER])
        if origins
        else None,
        openapi_config=OpenAPIConfig(
            title="HotGigs resume import",
            version="1.0.0",
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
            components=Components(
                security_schemes={
                    "bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT or API key")
                }
            ),
            security=[{"bearer": []}],
        ),
        logging_config=None,
    )
    app.state.resources = resources
    return correlating(app)  # type: ignore[return-value]
