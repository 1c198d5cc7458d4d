"""The ids of what a request makes."""

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.types import Scope
from uuid_utils.compat import uuid7

_STATE = "request_ids"


class RequestIds:
    """Ascending UUIDv7s. Where ``first`` is given they follow from it: a request that is tried again makes
    what its first try made, and not the same once more.

    ``is_continued``: there was such a try, and it may have had its effect.
    """

    def __init__(self, first: UUID | None = None, *, is_continued: bool = False) -> None:
        self._next = first
        self.is_continued = is_continued

    def new(self) -> UUID:
        if self._next is None:
            return uuid7()
        given = self._next
        self._next = UUID(int=given.int + 1)
        return given


def reserve(scope: Scope, ids: RequestIds) -> None:
    scope["state"][_STATE] = ids


def ids_of(request: Request[Any, Any, Any]) -> RequestIds:
    """Those that are reserved by the request's Idempotency-Key, or fresh ones."""
    ids: RequestIds = request.scope["state"].get(_STATE) or RequestIds()
    return ids
