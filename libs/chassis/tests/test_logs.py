import json
import logging
import sys
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest
import structlog

from hotgigs.chassis import logs
from hotgigs.chassis.correlation import Correlation, accepted_id, correlated, current
from hotgigs.chassis.errors import Permanent
from hotgigs.chassis.settings import Settings

SECRET = "Jane Doe, jane@example.com"


@pytest.fixture
def log_format() -> str:
    return "json"


class Written:
    """Standard error while a test runs."""

    def __init__(self) -> None:
        self.stream = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)

    def getvalue(self) -> str:
        self.stream.flush()
        raw = self.stream.buffer
        assert isinstance(raw, BytesIO)
        return raw.getvalue().decode()


@pytest.fixture
def written(log_format: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    """What the configured logging writes."""
    written = Written()
    monkeypatch.setattr(sys, "stderr", written.stream)
    monkeypatch.setenv("HOTGIGS_LOG_FORMAT", log_format)
    root = logging.getLogger()
    handlers, level, configuration = root.handlers, root.level, structlog.get_config()
    logs.configure(Settings())
    yield written
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**configuration)


def lines(written: Written) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def logger() -> Any:
    return structlog.get_logger("test")


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_the_message_of_a_foreign_exception_is_never_logged(written: Written) -> None:
    foreign = logging.getLogger("some_driver")
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as err:
            raise KeyError(SECRET) from err
    except KeyError as err:
        logger().exception("failed")
        logger().warning("failed", exc_info=err)
        logger().error("failed", exc_info=True)
        logger().error("failed", exc_info=sys.exc_info())
        foreign.exception("failed")
        foreign.error("failed", exc_info=err)
    text = written.getvalue()
    assert text.count("failed") >= 6
    assert "KeyError" in text
    assert "test_logs.py" in text, "where it was raised is logged"
    assert "Jane" not in text
    assert "jane@" not in text


def test_the_message_of_our_own_exception_is_logged(written: Written) -> None:
    try:
        raise Permanent("the batch has no files")
    except Permanent:
        logger().exception("failed")
    (line,) = lines(written)
    assert line["error"] == "Permanent: the batch has no files"


def test_every_line_carries_the_correlation_id_also_those_of_libraries(written: Written) -> None:
    with correlated(Correlation(correlation_id="from-the-request"), queue="a.queue"):
        logger().info("own")
        logging.getLogger("some_driver").warning("foreign")
    logger().info("outside")
    own, foreign, outside = lines(written)
    assert own["correlation_id"] == foreign["correlation_id"] == "from-the-request"
    assert own["queue"] == foreign["queue"] == "a.queue"
    assert "correlation_id" not in outside
    assert {line["level"] for line in (own, foreign)} == {"info", "warning"}


def test_a_correlation_ends_with_its_block() -> None:
    outer, inner = Correlation(correlation_id="outer-id"), Correlation(correlation_id="inner-id")
    with correlated(outer):
        with correlated(inner):
            assert current() == inner
        assert current() == outer
    assert current() != outer


@pytest.mark.parametrize(
    "offered", [None, "", "short", "a" * 65, "with\nnewline", 'quote"quote', "späße-und-mehr"]
)
def test_an_id_that_could_forge_a_log_line_is_replaced(offered: str | None) -> None:
    assert accepted_id(offered) != offered


def test_a_harmless_id_of_the_client_is_kept() -> None:
    assert accepted_id("web-01.2026:abc_DEF") == "web-01.2026:abc_DEF"


def test_urls_with_passwords_are_not_logged_by_libraries(written: Written) -> None:
    for name in ("aio_pika.connection", "aiormq.connection", "alembic.runtime.migration", "httpx", "uvicorn"):
        logging.getLogger(name).info("connecting to amqp://user:password@broker/")
        logging.getLogger(name).warning("lost amqp://user:password@broker/")
    assert "password" not in written.getvalue()
