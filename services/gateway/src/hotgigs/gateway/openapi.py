"""What the OpenAPI document says beside what the routes say themselves."""

from collections.abc import Sequence
from inspect import cleandoc
from typing import get_args, get_type_hints

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, OpenAPI, Schema, SecurityScheme
from litestar.routes import BaseRoute, HTTPRoute
from msgspec import Struct

_DESCRIPTION = """\
Resumes become candidates, in databases that recruiters search. Register, log in, and send the access token
(or an API key) as `Authorization: Bearer <token>`.

* Every error is `{"detail": "what to change"}`. What is
  somebody else's is answered 404, as if it were not there.
* 202 instead of 200 or 201: the change is safe and will come, and is not to be read back yet.
* A POST that got no answer can be sent again with the same `Idempotency-Key`.
* `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset` (epoch seconds) are on every answer;
  429 and 503 have `Retry-After`.
* `X-Correlation-ID` is on every answer: tell it to support.
"""


def openapi_config() -> OpenAPIConfig:
    """Operations are described by their handlers' docstrings."""
    return OpenAPIConfig(
        title="HotGigs resume import",
        version="1.0.0",
        description=_DESCRIPTION,
        path="/schema",
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin()],
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT or API key")
            }
        ),
        security=[{"bearer": []}],
    )


def describe_answers(document: OpenAPI, routes: Sequence[BaseRoute]) -> None:
    """With the docstrings of what routes answer, which Litestar leaves out."""
    shapes: dict[str, type[Struct]] = {}
    for route in routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                _collect(handler.parsed_fn_signature.return_type.annotation, shapes)
    for name, schema in (document.components.schemas or {}).items():
        told = vars(shapes[name])["__doc__"] if name in shapes else None  # not that of its base
        if isinstance(schema, Schema) and told and not schema.description:
            schema.description = cleandoc(told)


def _collect(annotation: object, shapes: dict[str, type[Struct]]) -> None:
    """All structs that ``annotation`` is made of, by their names."""
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        if annotation.__name__ not in shapes:
            shapes[annotation.__name__] = annotation
            for field in get_type_hints(annotation).values():
                _collect(field, shapes)
        return
    for part in get_args(annotation):
        _collect(part, shapes)
