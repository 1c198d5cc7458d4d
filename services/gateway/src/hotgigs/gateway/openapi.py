"""What the OpenAPI document says beside what the routes say themselves."""

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

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
