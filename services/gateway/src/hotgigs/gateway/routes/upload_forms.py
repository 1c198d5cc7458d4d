"""Files in the OpenAPI document: forms, which are read as they arrive, past Litestar's own decoding, and
downloads."""

from dataclasses import dataclass
from typing import Any, cast, get_args

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Encoding, OpenAPIMediaType, OpenAPIResponse, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from msgspec import Struct

from hotgigs.contracts.resume_state import Source
from hotgigs.filetypes import FileType

_FILE = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
_RESUMES = [one.media_type for one in FileType if one is not FileType.ZIP]


@dataclass
class UploadOperation(Operation):
    def __post_init__(self) -> None:
        source = Schema(type=OpenAPIType.STRING, enum=list(get_args(Source)))
        self.request_body = _form({"file": _FILE, "source": source}, file="file", types=_RESUMES)


@dataclass
class BulkUploadOperation(Operation):
    def __post_init__(self) -> None:
        files = Schema(
            type=OpenAPIType.ARRAY,
            items=_FILE,
            min_items=1,
            description="Resumes, and zip archives of them; one that is neither fails alone",
        )
        types = [*_RESUMES, FileType.ZIP.media_type]
        self.request_body = _form({"files": files}, file="files", types=types)


@dataclass
class DownloadOperation(Operation):
    def __post_init__(self) -> None:
        assert self.responses is not None
        self.responses["200"] = OpenAPIResponse(
            description="The file", content={one: OpenAPIMediaType(schema=_FILE) for one in _RESUMES}
        )


def accepted(answer: type[Struct]) -> dict[int, ResponseSpec]:
    """202, which is answered where the owner of uploads is away."""
    description = "Safe, and processed when the service that is away returns"
    return {202: ResponseSpec(answer, description=description, generate_examples=False)}


def _form(properties: dict[str, Schema], *, file: str, types: list[str]) -> RequestBody:
    """What is in a file decides, not the type that a client says it has; but it should be one of these."""
    schema = Schema(type=OpenAPIType.OBJECT, properties=cast("Any", properties), required=[file])
    encoding = {file: Encoding(content_type=", ".join(types))}
    return RequestBody(
        content={"multipart/form-data": OpenAPIMediaType(schema=schema, encoding=encoding)}, required=True
    )
