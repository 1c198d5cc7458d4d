"""Real parts for all tests; what a package's tests need besides is in a conftest.py of its own."""

import os

import pytest

pytest_plugins = ("support.postgres", "support.rabbitmq")


@pytest.fixture(autouse=True)
def _settings_from_tests_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a developer has set for running the system does not reach its tests."""
    for name in os.environ:
        if name.startswith("HOTGIGS_") and not name.startswith("HOTGIGS_TEST_"):
            monkeypatch.delenv(name)
