"""The Idempotency-Key in the OpenAPI document."""

from collections.abc import Sequence

from litestar.openapi.spec import OpenAPI, OpenAPIResponse, Operation, Parameter, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.routes import BaseRoute, HTTPRoute

from hotgigs.gateway.idempotency.keys import CHANGES_NOTHING, HEADER, MAX_CHARACTERS, VISIBLE_ASCII

_PARAMETER = Parameter(
    name=HEADER,
    param_in="header",
    schema=Schema(type=OpenAPIType.STRING, min_length=1, max_length=MAX_CHARACTERS, pattern=VISIBLE_ASCII),
    description=(
        "A key of the client's for this request, such as a UUID. Tried again within 24 hours with the same"
        " key, the request is carried out once and gets the same answer, with the header"
        " Idempotent-Replayed. Requests that need no token (register, log in, refresh) ignore it."
    ),
)
_MEANINGS = {
    "408": "The rest of a request with an Idempotency-Key did not come",
    "409": "The first request with this Idempotency-Key is in flight, or its answer can no longer be read",
    "422": "The Idempotency-Key was used for another request",
    "429": "Too many of the caller's requests with an Idempotency-Key are under way at once",
}


def describe_keys(document: OpenAPI, routes: Sequence[BaseRoute]) -> None:
    """Adds the header, and what is answered because of it, to every POST that takes a token and changes
    something."""
    changing_nothing = {
        route.path_format
        for route in routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.opt.get(CHANGES_NOTHING)
    }
    for address, path in (document.paths or {}).items():
        if path.post is not None and path.post.security != [{}] and address not in changing_nothing:
            _describe(path.post)


def _describe(operation: Operation) -> None:
    responses = operation.responses or {}
    operation.parameters = [*(operation.parameters or []), _PARAMETER]
    for status, meaning in _MEANINGS.items():
        known = responses.get(status)
        described = meaning if known is None else f"{known.description}. {meaning}"
        responses[status] = OpenAPIResponse(description=described, content=responses["400"].content)  # type: ignore[union-attr]
    operation.responses = responses
