"""The upload forms in the OpenAPI document: they are read as they arrive, past Litestar's own decoding."""

from dataclasses import dataclass
from typing import Any, cast, get_args

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from msgspec import Struct

from hotgigs.contracts.resume_state import Source

_FILE = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)


@dataclass
class UploadOperation(Operation):
    def __post_init__(self) -> None:
        source = Schema(type=OpenAPIType.STRING, enum=list(get_args(Source)))
        self.request_body = _form({"file": _FILE, "source": source}, required="file")


@dataclass
class BulkUploadOperation(Operation):
    def __post_init__(self) -> None:
        files = Schema(type=OpenAPIType.ARRAY, items=_FILE, description="Resumes, and zip archives of them")
        self.request_body = _form({"files": files}, required="files")


def accepted(answer: type[Struct]) -> dict[int, ResponseSpec]:
    """202, which is answered where the owner of uploads is away."""
    description = "Safe, and processed when the service that is away returns"
    return {202: ResponseSpec(answer, description=description, generate_examples=False)}


def _form(properties: dict[str, Schema], *, required: str) -> RequestBody:
    schema = Schema(type=OpenAPIType.OBJECT, properties=cast("Any", properties), required=[required])
    return RequestBody(content={"multipart/form-data": OpenAPIMediaType(schema=schema)}, required=True)
