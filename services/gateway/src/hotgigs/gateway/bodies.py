"""The JSON bodies that routes take: what the OpenAPI document says of them, and how they are read."""

from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, cast, get_args

import msgspec
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi.spec import OpenAPI, OpenAPIMediaType, Reference, RequestBody
from litestar.routes import BaseRoute, HTTPRoute
from msgspec import Struct


def body_of(handler: BaseRouteHandler) -> type[Struct] | None:
    """The shape of the handler's body, which may be one that can be left out; None where it takes none of
    its own."""
    shape = _annotation_of(handler)
    if isinstance(shape, UnionType):
        shape, *_ = (each for each in get_args(shape) if each is not NoneType)
    return shape if isinstance(shape, type) and issubclass(shape, Struct) else None


def describe_bodies(document: OpenAPI, routes: Sequence[BaseRoute]) -> None:
    """As msgspec, which reads them, describes them. Litestar leaves bounds of 0, what holds of the items of
    a list, and that other fields are refused out of the document; and takes one that can be left out for one
    that may be null."""
    shapes: dict[type[Struct], None] = {}
    for route in routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            if (shape := body_of(handler)) is not None:
                shapes[shape] = None
                if shape is not _annotation_of(handler):
                    _describe_optional(document, route.path_format, shape)
    _, described = msgspec.json.schema_components(shapes, ref_template=_PLACE + "{name}")
    schemas = cast("dict[str, Mapping[str, Any]]", document.components.schemas)
    assert described.keys() <= schemas.keys()
    schemas.update(described)


_PLACE = "#/components/schemas/"


def _annotation_of(handler: BaseRouteHandler) -> object:
    field = handler.parsed_data_field if isinstance(handler, HTTPRouteHandler) else None
    return None if field is None else field.annotation


def _describe_optional(document: OpenAPI, path: str, shape: type[Struct]) -> None:
    """Of a POST."""
    assert document.paths is not None
    operation = document.paths[path].post
    assert operation is not None
    body = OpenAPIMediaType(schema=Reference(ref=_PLACE + shape.__name__))
    operation.request_body = RequestBody(content={"application/json": body}, required=False)
