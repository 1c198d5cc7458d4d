"""The HTTP app: routes, authentication, correlation, error answers, the OpenAPI document."""

import time
from typing import cast

import structlog
from litestar import Litestar, Router
from litestar.config.cors import CORSConfig
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn._types import ASGI3Application

from hotgigs.chassis.correlation import Correlation, accepted_id, accepted_traceparent, correlated
from hotgigs.chassis.metrics import HTTP_METHODS, http_answered
from hotgigs.chassis.service import Runtime
from hotgigs.chassis.tracing import UNTRACED, Tracer
from hotgigs.gateway.accounts.bearer import authenticating
from hotgigs.gateway.bodies import describe_bodies
from hotgigs.gateway.errors import answer_failure
from hotgigs.gateway.idempotency.middleware import REPLAYED_HEADER, idempotent
from hotgigs.gateway.idempotency.openapi import describe_keys
from hotgigs.gateway.idempotency.spool_space import SpoolSpace
from hotgigs.gateway.openapi import describe_answers, openapi_config
from hotgigs.gateway.options import answering_options
from hotgigs.gateway.rate_limits.keys import Keys
from hotgigs.gateway.rate_limits.limiter import Limiter, shared_in
from hotgigs.gateway.rate_limits.limits import limits_of
from hotgigs.gateway.rate_limits.middleware import (
    HEADERS,
    RETRY_AFTER_HEADER,
    answer_within_limits,
    limiting,
    refusing,
)
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.resources import Resources
from hotgigs.gateway.routes.admin_candidates import AdminCandidateRoutes
from hotgigs.gateway.routes.audit import AuditRoutes
from hotgigs.gateway.routes.auth import AuthRoutes
from hotgigs.gateway.routes.candidate import CandidateRoutes
from hotgigs.gateway.routes.candidate_matches import CandidateMatchRoutes
from hotgigs.gateway.routes.candidates import CandidateListRoutes
from hotgigs.gateway.routes.consents import ConsentRoutes
from hotgigs.gateway.routes.drive_connections import DriveConnectionRoutes
from hotgigs.gateway.routes.edits import EditRoutes
from hotgigs.gateway.routes.erasures import ErasureRoutes
from hotgigs.gateway.routes.google_drive import GoogleDriveRoutes
from hotgigs.gateway.routes.job_matches import JobMatchRoutes
from hotgigs.gateway.routes.jobs import JobRoutes
from hotgigs.gateway.routes.matching import MatchingRoutes
from hotgigs.gateway.routes.merges import MergeRoutes
from hotgigs.gateway.routes.notes import NoteRoutes
from hotgigs.gateway.routes.previews import PreviewRoutes
from hotgigs.gateway.routes.resumes import ResumeRoutes
from hotgigs.gateway.routes.retries import RetryRoutes
from hotgigs.gateway.routes.shares import ShareRoutes
from hotgigs.gateway.routes.submissions import SubmissionRoutes
from hotgigs.gateway.routes.tags import TagRoutes
from hotgigs.gateway.routes.uploads import UploadRoutes
from hotgigs.gateway.routes.users import UserRoutes
from hotgigs.gateway.routes.webhook_deliveries import WebhookDeliveryRoutes
from hotgigs.gateway.routes.webhooks import WebhookRoutes
from hotgigs.gateway.settings import MIB, GatewaySettings
from hotgigs.gateway.uploads.form import OVERHEAD_BYTES
from hotgigs.gateway.webhooks.openapi import describe_webhooks

log = structlog.get_logger(__name__)

CORRELATION_HEADER = "X-Correlation-ID"
EXPOSED_HEADERS = (
    CORRELATION_HEADER,
    REPLAYED_HEADER,
    RETRY_AFTER_HEADER,
    *HEADERS,
    "Content-Disposition",
    "ETag",
    "Link",
    "X-Total-Count",
    "X-Total-Count-Estimated",
)
"""That scripts of pages of other origins may read."""
BATCHES_PER_USER = 2
"""Of the largest, how many a user may send at once with an Idempotency-Key."""


# Litestar puts the methods of one path together in a router, not from several controllers of an app.
ROUTES = Router(
    path="/",
    route_handlers=[
        AuthRoutes,
        UserRoutes,
        UploadRoutes,
        ResumeRoutes,
        EditRoutes,
        NoteRoutes,
        TagRoutes,
        MergeRoutes,
        ShareRoutes,
        ErasureRoutes,
        RetryRoutes,
        AuditRoutes,
        CandidateListRoutes,
        CandidateRoutes,
        AdminCandidateRoutes,
        JobRoutes,
        CandidateMatchRoutes,
        JobMatchRoutes,
        MatchingRoutes,
        PreviewRoutes,
        SubmissionRoutes,
        ConsentRoutes,
        DriveConnectionRoutes,
        GoogleDriveRoutes,
        WebhookRoutes,
        WebhookDeliveryRoutes,
    ],
)


def correlating(app: ASGIApp, tracer: Tracer = UNTRACED) -> ASGIApp:
    """Gives every request its correlation id and its span, tells the id to the client, and logs, counts
    and times the request when it ends."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            return await app(scope, receive, send)
        headers = dict(scope["headers"])
        correlation_id = accepted_id(headers.get(b"x-correlation-id", b"").decode("latin-1"))
        method = scope["method"] if scope["method"] in HTTP_METHODS else "other"
        span = tracer.serving(
            method, accepted_traceparent(headers.get(b"traceparent", b"").decode("latin-1"))
        )
        began = time.perf_counter()
        status = 0

        async def send_correlated(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (CORRELATION_HEADER.lower().encode(), correlation_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        with span, correlated(Correlation(correlation_id=correlation_id, traceparent=span.traceparent)):
            try:
                await app(scope, receive, send_correlated)
            finally:
                duration_s = time.perf_counter() - began
                # The route, never the path: what somebody types after the host may be anything.
                route = scope.get("path_template")
                http_answered(method, route, status, duration_s)
                span.answered(route, status)
                log.info(
                    "http_request",
                    method=method,
                    route=route or "none",
                    status=status,
                    duration_ms=round(duration_s * 1000, 1),
                )

    return answer


def build_app(runtime: Runtime[GatewaySettings], resources: Resources) -> ASGI3Application:
    origins = [origin.strip() for origin in runtime.settings.cors_origins.split(",") if origin.strip()]
    spool_space = SpoolSpace(
        max_bytes=runtime.settings.idempotency_spool_max_bytes,
        max_user_bytes=BATCHES_PER_USER * (runtime.settings.batch_max_bytes + OVERHEAD_BYTES),
    )
    app = Litestar(
        route_handlers=[ROUTES],
        middleware=[
            answering_options,
            refusing,
            DefineMiddleware(authenticating, authentication=resources.authentication),
            DefineMiddleware(
                idempotent,
                attempts=resources.attempts,
                spool_space=spool_space,
                settings=runtime.settings,
            ),
        ],
        request_class=GatewayRequest,
        exception_handlers={HTTPException: answer_within_limits, Exception: answer_failure},
        request_max_body_size=MIB,
        cors_config=cors_config(origins) if origins else None,
        openapi_config=openapi_config(),
        logging_config=None,
    )
    describe_keys(app.openapi_schema, app.routes)
    describe_answers(app.openapi_schema, app.routes)
    describe_bodies(app.openapi_schema, app.routes)
    describe_webhooks(app.openapi_schema)
    app.state.resources = resources
    return correlating(_limited(app, runtime, resources), runtime.tracer)  # type: ignore[return-value]


def cors_config(origins: list[str]) -> CORSConfig:
    """Pages of origins that are named in full may have cookies set: a consent at Google is bound to the
    browser by one."""
    return CORSConfig(
        allow_origins=origins,
        expose_headers=[*EXPOSED_HEADERS],
        allow_credentials=not any("*" in origin for origin in origins),
    )


def _limited(app: Litestar, runtime: Runtime[GatewaySettings], resources: Resources) -> ASGIApp:
    settings = runtime.settings
    if not settings.rate_limits:
        return cast("ASGIApp", app)
    return limiting(
        cast("ASGIApp", app),
        authentication=resources.authentication,
        limiter=Limiter(shared_in(runtime.pool), store_wait_s=settings.rate_limit_store_seconds),
        limits=limits_of(settings),
        keys=Keys(settings.signing_secret()),
    )
