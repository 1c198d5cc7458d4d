"""Answers that are not a success: always ``{"detail": "..."}``, in words a person can act on."""

import re
from collections.abc import Sequence
from typing import Any, get_type_hints

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi import ResponseSpec
from litestar.status_codes import (
    HTTP_400_BAD_REQUEST,
    HTTP_500_INTERNAL_SERVER_ERROR,
    HTTP_503_SERVICE_UNAVAILABLE,
)
from msgspec import Struct

from hotgigs.chassis import correlation, database
from hotgigs.chassis.blobs import STORE_FAILED
from hotgigs.chassis.bus.interface import BusUnavailable, ConfirmLost, PublishFailed
from hotgigs.gateway.accounts.tokens import KeysUnavailable
from hotgigs.gateway.patterns import IN_WORDS
from hotgigs.gateway.query_parameters import literals, query_name

log = structlog.get_logger(__name__)

RETRY_AFTER_S = 5

AnyRequest = Request[Any, Any, Any]

_UNAVAILABLE = (BusUnavailable, PublishFailed, KeysUnavailable, *database.CONNECTION_LOST, *STORE_FAILED)
_UNSTORABLE = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)
"""PostgreSQL keeps any text but one with a NUL in it."""


class ErrorAnswer(Struct, kw_only=True):
    detail: str


_MEANINGS = {
    400: "The request is not valid; the detail says what to change",
    401: "No token, or one that is not accepted",
    403: "Not for this role",
    404: "Not there, or not for the caller to know of",
    409: "Not in this state",
    413: "Too large",
    429: "Too many requests, or too much at once; the detail says of what, try again after Retry-After",
    501: "Not set up here; the detail says what the operator can do",
    503: "Busy or restarting; the detail says whether anything may have changed, try again after Retry-After",
}


def answers(*status_codes: int) -> dict[int, ResponseSpec]:
    """The errors of a route, for the OpenAPI document; 400, 401, 429 and 503 are every route's."""
    return {
        code: ResponseSpec(ErrorAnswer, description=_MEANINGS[code], generate_examples=False)
        for code in (400, 401, *status_codes, 429, 503)
    }


class Problem(HTTPException):
    """An answer other than success; raise it with ``status_code`` and ``detail``."""


def not_found(what: str) -> Problem:
    """Also for what is there but is not to be known of."""
    return Problem(status_code=404, detail=f"There is no such {what}.")


def invalid(error: msgspec.ValidationError, shape: type[Struct]) -> Problem:
    """Names the field of ``shape`` and what is wrong with it; never what was sent."""
    message, _, path = str(error).partition(" - at `$")
    field = path.strip(".`")
    if not field and (unknown := _UNKNOWN_FIELD.fullmatch(message)):
        field, message = unknown[1], f"there is no such field; there are {', '.join(shape.__struct_fields__)}"
    values = literals(get_type_hints(shape).get(field.partition("[")[0]))
    return Problem(status_code=HTTP_400_BAD_REQUEST, detail=_in_words(field or None, message, tuple(values)))


def answer_problem(request: AnyRequest, error: HTTPException) -> Response[dict[str, str]]:
    detail = error.detail
    if isinstance(error, ValidationException):
        detail = _validation_detail(request, error)
    elif not isinstance(error, Problem) and error.status_code in _PLAIN:
        detail = _PLAIN[error.status_code]
    headers = dict(error.headers or {})
    if error.status_code == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    return Response({"detail": detail}, status_code=error.status_code, headers=headers)


def answer_failure(request: AnyRequest, error: Exception) -> Response[dict[str, str]]:
    if isinstance(error, _UNSTORABLE):
        return Response(
            {"detail": "A text of the request has a character in it that cannot be kept (NUL)."},
            status_code=HTTP_400_BAD_REQUEST,
        )
    if isinstance(error, _UNAVAILABLE):
        log.warning("unavailable", exc_info=error)
        return Response(
            {"detail": _MAYBE_DONE if may_be_on_the_bus(error) else _NOTHING_DONE},
            status_code=HTTP_503_SERVICE_UNAVAILABLE,
            headers={"Retry-After": str(RETRY_AFTER_S)},
        )
    log.error("request_failed", method=request.method, exc_info=error)
    reference = correlation.current().correlation_id
    return Response(
        {"detail": f"Something went wrong on our side. Tell support this reference: {reference}"},
        status_code=HTTP_500_INTERNAL_SERVER_ERROR,
    )


def may_be_on_the_bus(error: Exception) -> bool:
    """Whether a command may have its effect though its sender was told of a failure."""
    return isinstance(error, PublishFailed) and any(
        isinstance(failure, ConfirmLost) for failure in error.failures.values()
    )


_NOTHING_DONE = "The service is busy or restarting. Nothing was changed; try again shortly."
_MAYBE_DONE = (
    "The service was interrupted in the middle of this request, which may or may not have taken effect;"
    " try again with the same Idempotency-Key, or look first where you sent none."
)
_PLAIN = {
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    413: "The request is too large.",
    500: "Something went wrong on our side.",
}


_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `(\w{1,50})`")
_WORDS_OF = {repr(pattern): words for pattern, words in IN_WORDS.items()}
"""As msgspec writes a pattern in its messages."""


def _validation_detail(request: AnyRequest, error: ValidationException) -> str:
    """Names each field and what is wrong with it; never what was sent."""
    problems = []
    for problem in error.extra or []:
        if isinstance(problem, dict) and "message" in problem:
            asked = query_name(request.route_handler, str(problem.get("key", "")))
            problems.append(_in_words(asked.name or None, str(problem["message"]), asked.values))
    return "; ".join(problems) or "The request is not valid."


def _in_words(field: str | None, message: str, values: Sequence[str] = ()) -> str:
    if message == "'data'":
        return "Send the request's body as JSON."
    _, is_pattern, pattern = message.partition(" matching regex ")
    if is_pattern:
        message = _WORDS_OF.get(pattern, "this is not written as it should be")
    if message.startswith("Invalid enum value"):  # which it would repeat
        message = f"one of {', '.join(values)}" if values else "this is none of the values that it may have"
    if field in (None, "data"):
        return f"The body's JSON: {message}" if message.startswith("Expected") else message
    return f"{field}: {message}"
