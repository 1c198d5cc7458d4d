"""/api/google-drive: a user lets the system read a Drive, at Google, without handling tokens."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from litestar import Controller, Response, delete, get
from litestar.datastructures import Cookie
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, QueryParameter
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_400_BAD_REQUEST,
    HTTP_501_NOT_IMPLEMENTED,
    HTTP_503_SERVICE_UNAVAILABLE,
)
from msgspec import Struct

from hotgigs.gateway.conditional import PRIVATE
from hotgigs.gateway.drive_connections import store
from hotgigs.gateway.drive_connections.connecting import Answered
from hotgigs.gateway.drive_connections.consent import CALLBACK_PATH, cookie_name
from hotgigs.gateway.drive_connections.refused import WORDS, ConsentRefused, Reason
from hotgigs.gateway.errors import ErrorAnswer, Problem, answers, not_found
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.request import GatewayRequest

RETRY_AFTER_S = 30

_UNKEPT = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_STATUS: dict[Reason, int] = {
    "unavailable": HTTP_503_SERVICE_UNAVAILABLE,
    "not_set_up": HTTP_501_NOT_IMPLEMENTED,
}
_TO_THE_PAGE = {
    HTTP_303_SEE_OTHER: ResponseSpec(
        None,
        description="To the operator's page (HOTGIGS_DRIVE_RETURN_URL), with `connection_id`, or with"
        " `error`, a word, and `error_description`",
        generate_examples=False,
    )
}

Code = Annotated[str | None, QueryParameter(description="What Google gave")]
State = Annotated[str | None, QueryParameter(name="state", description="As `authorize` answered it")]
GivenError = Annotated[str | None, QueryParameter(description="Why Google gave no code")]


class Authorization(Struct, kw_only=True):
    """The browser is to be sent to `authorization_url`, and to be back before `expires_at`."""

    authorization_url: str
    state: str
    expires_at: datetime


class DriveConnection(Struct, kw_only=True):
    """To set up folders with until `expires_at`; what was set up by then stays in sync."""

    connection_id: UUID
    expires_at: datetime


class ListedDriveConnection(DriveConnection, kw_only=True):
    created_at: datetime


class Message(Struct, kw_only=True):
    message: str


class DriveConnectionRoutes(Controller):
    path = "/api/google-drive"
    tags = ("Google Drive",)

    @get("/authorize", guards=[require_recruiter_or_admin], responses=answers(403, 501))
    async def authorize(self, request: GatewayRequest) -> Response[Authorization]:
        """Begins to connect a Drive: sends the browser to Google, whose answer comes to the callback.

        The answer sets a cookie, by which the callback knows the browser: a page of another origin fetches it
        with `credentials: "include"`. 501 where the operator has not set up an OAuth client.
        """
        connecting = request.resources.drive_connecting
        try:
            asked = await connecting.ask(request.principal.user_id, _redirect_uri(request))
        except ConsentRefused as refused:
            raise Problem(status_code=_status_of(refused.reason), detail=WORDS[refused.reason]) from refused
        answer = Authorization(
            authorization_url=asked.authorization_url, state=asked.state, expires_at=asked.expires_at
        )
        return Response(answer, headers=_UNKEPT, cookies=[asked.cookie])

    @get(
        CALLBACK_PATH.rpartition("/")[2],
        exclude_from_auth=True,
        security=[{}],
        responses=answers(501) | _TO_THE_PAGE,
    )
    async def callback(
        self,
        request: GatewayRequest,
        code: Code = None,
        given_state: State = None,
        error: GivenError = None,
    ) -> Response[DriveConnection]:
        """Where Google sends the browser back to, with a consent or without.

        Each consent is answered once, within 10 minutes, by the browser that asked for it. 501 where the
        operator has not set up an OAuth client.
        """
        browser_secret = None if given_state is None else request.cookies.get(cookie_name(given_state))
        answered = Answered(state=given_state, code=code, error=error, browser_secret=browser_secret)
        try:
            row = await request.resources.drive_connecting.connect(answered)
        except ConsentRefused as refused:
            response = _refusal(request, refused.reason)
        else:
            response = _connected(
                request, DriveConnection(connection_id=row["connection_id"], expires_at=row["expires_at"])
            )
        if given_state is not None:
            response.set_cookie(_cleared(request, given_state))
        return response

    @get("/connections", guards=[require_recruiter_or_admin], responses=answers(403))
    async def list_connections(self, request: GatewayRequest) -> Response[list[ListedDriveConnection]]:
        """The caller's connections that folders can be set up with, the newest first: 100 at most."""
        async with request.resources.pool.acquire() as connection:
            rows = await store.connections_of(connection, request.principal.user_id)
        return Response([ListedDriveConnection(**row) for row in rows], headers=PRIVATE)

    @delete(
        "/connections/{connection_id:uuid}",
        status_code=HTTP_200_OK,
        guards=[require_recruiter_or_admin],
        responses=answers(403, 404),
    )
    async def remove_connection(self, request: GatewayRequest, connection_id: FromPath[UUID]) -> Message:
        """Forgets a connection of the caller's. Folders that were set up with it stay in sync."""
        async with request.resources.units_of_work.begin() as uow:
            if not await store.remove_connection(uow.connection, request.principal.user_id, connection_id):
                raise not_found("Google Drive connection")
        return Message(message="Google Drive connection removed")


def _redirect_uri(request: GatewayRequest) -> str:
    """The operator's, or by the address at which the request came."""
    base = str(request.base_url).rstrip("/")
    return request.resources.settings.google_redirect_uri or f"{base}{CALLBACK_PATH}"


def _cleared(request: GatewayRequest, state: str) -> Cookie:
    path = urlsplit(_redirect_uri(request)).path
    return Cookie(key=cookie_name(state), value="", path=path, max_age=0, httponly=True, samesite="lax")


def _connected(request: GatewayRequest, made: DriveConnection) -> Response[Any]:
    page = request.resources.settings.drive_return_url
    if page is None:
        return Response(made, headers=_UNKEPT)
    return _to(page, connection_id=str(made.connection_id))


def _refusal(request: GatewayRequest, reason: Reason) -> Response[Any]:
    page = request.resources.settings.drive_return_url
    if page is not None:
        return _to(page, error=reason, error_description=WORDS[reason])
    headers = dict(_UNKEPT)
    if reason == "unavailable":
        headers["Retry-After"] = str(RETRY_AFTER_S)
    return Response(ErrorAnswer(detail=WORDS[reason]), status_code=_status_of(reason), headers=headers)


def _to(page: str, **told: str) -> Response[Any]:
    parts = urlsplit(page)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *told.items()])
    location = urlunsplit(parts._replace(query=query))
    return Response(None, status_code=HTTP_303_SEE_OTHER, headers={**_UNKEPT, "Location": location})


def _status_of(reason: Reason) -> int:
    return _STATUS.get(reason, HTTP_400_BAD_REQUEST)
