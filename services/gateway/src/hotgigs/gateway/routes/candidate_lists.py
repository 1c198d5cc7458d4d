"""Lists of candidates: a page of them as an answer, or all of them as a file."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from asyncpg import Record
from litestar import Response
from litestar.datastructures import ResponseHeader
from litestar.response import Stream
from msgspec import Struct

from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.conditional import PRIVATE, answer_if_changed
from hotgigs.gateway.listing import store
from hotgigs.gateway.listing.csv_export import HEAD, csv_rows
from hotgigs.gateway.listing.filters import Filters
from hotgigs.gateway.listing.link import link_of
from hotgigs.gateway.listing.store import Place, Scope
from hotgigs.gateway.listing.walk import pages
from hotgigs.gateway.request import GatewayRequest


class ListedCandidate(Struct):
    """As the viewer may see it: ``email`` is null where contact is hidden."""

    candidate_id: UUID
    user_id: UUID | None
    full_name: str | None
    email: str | None
    title: str | None
    location: str | None
    years_of_experience: float
    top_skills: list[str]
    added_at: datetime
    last_viewed_at: datetime | None
    source: str
    tags: list[str]


class ListedForAdmins(ListedCandidate):
    """``probable_duplicates`` are other candidates, in any database, with the same mail address or the
    same phone and name; ten of them at most."""

    database_id: UUID
    probable_duplicates: list[UUID]


LIST_HEADERS = (
    ResponseHeader(
        name="X-Total-Count", documentation_only=True, required=True, description="How many match all in all"
    ),
    ResponseHeader(
        name="X-Total-Count-Estimated",
        documentation_only=True,
        description="`true` where the total is an estimate: of more than 10,000",
    ),
    ResponseHeader(
        name="Link",
        documentation_only=True,
        description="The addresses of the next and the previous page (RFC 8288), where there are any",
    ),
    ResponseHeader(
        name="ETag", documentation_only=True, description="For `If-None-Match`, which is answered 304"
    ),
)


async def list_page(request: GatewayRequest, scope: Scope, filters: Filters, place: Place) -> Response[Any]:
    """The page, with its total and the addresses of its neighbours in the headers."""
    async with request.resources.pool.acquire() as connection:
        page = await store.page(connection, scope, filters, place)
        total, is_estimate = page.total or 0, False
        if total > store.COUNTED:
            total, is_estimate = await store.estimate(connection, scope, filters), True
    headers = {"X-Total-Count": str(total)}
    if is_estimate:
        headers["X-Total-Count-Estimated"] = "true"
    following, preceding = store.cursors(page, place)
    query = [(name, value) for name, value in request.query_params.multi_items()]
    if link := link_of(request.url.path, query, following=following, preceding=preceding):
        headers["Link"] = link
    listed = _listed_for_admins if scope.is_everything else _listed
    return answer_if_changed(request, [listed(row) for row in page.rows], headers=headers)


def csv_file(request: GatewayRequest, scope: Scope, filters: Filters, place: Place) -> Stream:
    """All of the list, made while it is sent, a page at a time. It breaks off where access ends."""
    headers = PRIVATE | {"Content-Disposition": 'attachment; filename="candidates.csv"'}
    content = _csv(request, scope, filters, place)
    return Stream(content, media_type="text/csv; charset=utf-8", headers=headers)


async def _csv(request: GatewayRequest, scope: Scope, filters: Filters, place: Place) -> AsyncIterator[bytes]:
    resources, principal = request.resources, request.principal
    yield HEAD.encode()
    async for rows in pages(resources.pool, scope, filters, place):
        if await resources.authentication.principal_of(request.auth) != principal:
            raise PermissionError("the role has changed")
        yield csv_rows(rows).encode()


def own_scope(principal: Principal) -> Scope:
    """What is in the viewer's database, as far as recruiters and admins are concerned."""
    return Scope(database_id=principal.database_id, viewing_database_id=principal.database_id)


def everything(principal: Principal) -> Scope:
    """Of all databases; for admins."""
    return Scope(database_id=None, viewing_database_id=principal.database_id)


def _listed(row: Record) -> ListedCandidate:
    return ListedCandidate(*_columns_listed(row))


def _listed_for_admins(row: Record) -> ListedForAdmins:
    return ListedForAdmins(*_columns_for_admins(row))


def _columns_of(listed: type[ListedCandidate]) -> Callable[[Record], tuple[Any, ...]]:
    """In the order of the fields; by name for each field they would take three times as long."""
    return itemgetter(
        *("years" if name == "years_of_experience" else name for name in listed.__struct_fields__)
    )


_columns_listed = _columns_of(ListedCandidate)
_columns_for_admins = _columns_of(ListedForAdmins)
