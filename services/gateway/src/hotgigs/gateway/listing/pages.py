"""Pages of lists that are counted, by how many to leave out: their parameters and their headers."""

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import urlencode

from litestar.datastructures import ResponseHeader
from litestar.params import QueryParameter

from hotgigs.gateway.conditional import PRIVATE

MOST_SKIPPED = 1_000_000

Skip = Annotated[int, QueryParameter(ge=0, le=MOST_SKIPPED, description="How many to leave out")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many to list at most")]

PAGE_HEADERS = (
    ResponseHeader(
        name="X-Total-Count", documentation_only=True, required=True, description="How many match all in all"
    ),
    ResponseHeader(
        name="Link",
        documentation_only=True,
        description="The addresses of the next and the previous page (RFC 8288), where there are any",
    ),
)


def page_headers(
    path: str,
    query: Iterable[tuple[str, str]],
    *,
    skip: int,
    limit: int,
    total: int,
    counted: int | None = None,
) -> dict[str, str]:
    """Where ``counted`` is given, the total was counted up to one more than it."""
    headers = PRIVATE | {"X-Total-Count": str(total)}
    if counted is not None and total > counted:
        headers["X-Total-Count-Estimated"] = "true"
    kept = [(name, value) for name, value in query if name != "skip"]
    following = skip + limit if skip + limit < total else None
    preceding = max(skip - limit, 0) if skip else None
    links = [
        f'<{path}?{urlencode([*kept, ("skip", place)])}>; rel="{name}"'
        for name, place in (("prev", preceding), ("next", following))
        if place is not None and place <= MOST_SKIPPED
    ]
    return headers | ({"Link": ", ".join(links)} if links else {})
