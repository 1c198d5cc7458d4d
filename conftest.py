"""Real parts for all tests; what a package's tests need besides is in a conftest.py of its own."""

import os

import hypothesis
import pytest
import structlog

pytest_plugins = ("support.postgres", "support.rabbitmq", "support.otlp")


def pytest_configure() -> None:
    # A busy machine is no failure.
    hypothesis.settings.register_profile("untimed", hypothesis.settings(), deadline=None)
    hypothesis.settings.load_profile("untimed")
    # structlog's own default draws every traceback with rich, which takes longer than most tests.
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ]
    )


@pytest.fixture(autouse=True)
def _settings_from_tests_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a developer has set for running the system does not reach its tests."""
    for name in os.environ:
        if name.startswith("HOTGIGS_") and not name.startswith("HOTGIGS_TEST_"):
            monkeypatch.delenv(name)
