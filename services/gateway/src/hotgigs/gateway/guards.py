"""Who may use which addresses. Coroutines, since Litestar calls plain functions in another thread."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.status_codes import HTTP_403_FORBIDDEN

from hotgigs.gateway.errors import Problem

AnyConnection = ASGIConnection[Any, Any, Any, Any]


async def require_admin(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Raises Problem 403."""
    if connection.user.role != "admin":
        raise Problem(status_code=HTTP_403_FORBIDDEN, detail="Only admins may do this.")


async def require_recruiter_or_admin(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Raises Problem 403."""
    if connection.user.role not in ("recruiter", "admin"):
        raise Problem(status_code=HTTP_403_FORBIDDEN, detail="Only recruiters and admins may do this.")


async def require_candidate(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Raises Problem 403."""
    if connection.user.role != "candidate":
        raise Problem(status_code=HTTP_403_FORBIDDEN, detail="Only the person themselves may do this.")
