"""The ids that tie an HTTP request to everything that follows from it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from msgspec import Struct
from structlog.contextvars import bound_contextvars
from uuid_utils.compat import uuid7

_ACCEPTABLE = re.compile(r"[A-Za-z0-9._:-]{8,64}")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Correlation(Struct, frozen=True, kw_only=True):
    """``causation_id`` is the id of the message being handled; None in an HTTP request."""

    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None


_current: ContextVar[Correlation | None] = ContextVar("correlation", default=None)


def current() -> Correlation:
    """The correlation of the request or message in hand; a new one outside of either."""
    return _current.get() or Correlation(correlation_id=new_id())


@contextmanager
def correlated(correlation: Correlation, **fields: str) -> Iterator[None]:
    """Makes ``correlation`` the current one and adds its ids and ``fields`` to every log line inside."""
    token = _current.set(correlation)
    try:
        with bound_contextvars(correlation_id=correlation.correlation_id, **fields):
            yield
    finally:
        _current.reset(token)


def new_id() -> str:
    return str(uuid7())


def accepted_id(offered: str | None) -> str:
    """The id a client offers, where it is harmless in a log line; else a new one."""
    return offered if offered and _ACCEPTABLE.fullmatch(offered) else new_id()


def accepted_traceparent(offered: str | None) -> str | None:
    """The traceparent a client offers, where it has the form of the W3C's Trace Context; else None."""
    return offered if offered and _TRACEPARENT.fullmatch(offered) else None
