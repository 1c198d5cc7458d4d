"""The OpenAPI document says of every operation what it does."""

from litestar import Litestar

from hotgigs.gateway.http import ROUTES
from hotgigs.gateway.openapi import describe_answers, openapi_config


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


def test_answers_are_described_as_far_as_they_need_words() -> None:
    app = Litestar([ROUTES], openapi_config=openapi_config())
    describe_answers(app.openapi_schema, app.routes)
    schemas = app.openapi_schema.to_schema()["components"]["schemas"]
    assert "null where contact is hidden" in schemas["ListedCandidate"]["description"]
    assert "The ids are all that is left." in schemas["ErasureProof"]["description"]
    assert not schemas["NoteAdded"].get("description")
