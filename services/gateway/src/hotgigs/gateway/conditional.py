"""Answers that a client may keep, and asks for again only whether they have changed (RFC 9110, 13)."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

import msgspec
from litestar import Response
from litestar.enums import MediaType
from litestar.openapi import ResponseSpec
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from hotgigs.gateway.request import GatewayRequest

PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}
"""One user's alone, and asked for again each time: access can end at any moment."""

NOT_MODIFIED = {
    HTTP_304_NOT_MODIFIED: ResponseSpec(
        None, description="Still as the If-None-Match of the request has it", generate_examples=False
    )
}

_encoder = msgspec.json.Encoder()


def answer_if_changed(
    request: GatewayRequest,
    answer: Any,
    *,
    headers: Mapping[str, str] | None = None,
    leaving_out: Iterable[str] = (),
) -> Response[Any]:
    """``answer`` as JSON with an ETag, or 304. What is in the fields ``leaving_out`` of it does not count as
    a change; headers do."""
    body = _encoder.encode(answer)
    named = dict(headers or {})
    unseen = dict.fromkeys(leaving_out)
    counted = _encoder.encode(msgspec.structs.replace(answer, **unseen)) if unseen else body
    etag = f'W/"{blake2b(counted + _encoder.encode(named), digest_size=16).hexdigest()}"'
    named |= PRIVATE | {"ETag": etag}
    if is_matched(request.headers.get("If-None-Match"), etag):
        return Response(None, status_code=HTTP_304_NOT_MODIFIED, headers=named)
    return Response(body, media_type=MediaType.JSON, headers=named)


def is_matched(if_none_match: str | None, etag: str) -> bool:
    """By the weak comparison, for which W/ makes no difference."""
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return tags == ["*"] or etag.removeprefix("W/") in tags
