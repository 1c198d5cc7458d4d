"""The OpenAPI document says of every operation what it does."""

from litestar import Litestar

from hotgigs.gateway.http import ROUTES
from hotgigs.gateway.openapi import openapi_config


def test_every_operation_is_described() -> None:
    document = Litestar([ROUTES], openapi_config=openapi_config()).openapi_schema.to_schema()
    undescribed = [
        (method, path)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if not operation.get("description")
    ]
    assert undescribed == []
    assert "Idempotency-Key" in document["info"]["description"]
