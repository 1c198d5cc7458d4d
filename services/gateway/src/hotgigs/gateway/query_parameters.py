"""The parameters of a route's query as clients know them."""

from collections.abc import Iterator
from typing import Literal, get_args, get_origin

from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter
from litestar.typing import FieldDefinition
from msgspec import Struct


class QueryName(Struct, frozen=True):
    """``values`` are all that there may be; none where there is no list of them."""

    name: str
    values: tuple[str, ...]


def query_name(handler: BaseRouteHandler, argument: str) -> QueryName:
    """Of what a route, or a dependency of it, calls ``argument``."""
    for field in _fields(handler, argument):
        asked = field.kwarg_definition
        name = (asked.name if isinstance(asked, QueryParameter) else None) or argument
        return QueryName(name, tuple(dict.fromkeys(literals(field.annotation))))
    return QueryName(argument, ())


def _fields(handler: BaseRouteHandler, argument: str) -> Iterator[FieldDefinition]:
    signatures = [handler.parsed_fn_signature]
    signatures += [each.parsed_fn_signature for each in handler.resolve_dependencies().values()]
    for signature in signatures:
        if argument in signature.parameters:
            yield signature.parameters[argument]


def literals(annotation: object) -> Iterator[str]:
    """The values that a type lists, itself or of its items."""
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
        return
    for part in get_args(annotation):
        yield from literals(part)
