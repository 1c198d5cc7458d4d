"""The JSON bodies that routes take: what the OpenAPI document says of them, and how they are read."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import msgspec
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi.spec import OpenAPI
from litestar.routes import BaseRoute, HTTPRoute
from msgspec import Struct


def body_of(handler: BaseRouteHandler) -> type[Struct] | None:
    """The shape of the handler's body; None where it takes none of its own."""
    field = handler.parsed_data_field if isinstance(handler, HTTPRouteHandler) else None
    shape = None if field is None else field.annotation
    return shape if isinstance(shape, type) and issubclass(shape, Struct) else None


def describe_bodies(document: OpenAPI, routes: Sequence[BaseRoute]) -> None:
    """As msgspec, which reads them, describes them. Litestar leaves bounds of 0, what holds of the items of
    a list, and that other fields are refused out of the document."""
    shapes = {
        shape: None
        for route in routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if (shape := body_of(handler)) is not None
    }
    _, described = msgspec.json.schema_components(shapes, ref_template="#/components/schemas/{name}")
    schemas = cast("dict[str, Mapping[str, Any]]", document.components.schemas)
    assert described.keys() <= schemas.keys()
    schemas.update(described)
