"""The routes that the gateway has, as its application knows them."""

from typing import Any
from unittest.mock import MagicMock

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from hotgigs.gateway import http
from hotgigs.gateway.settings import GatewaySettings

BESIDE_THE_APPLICATION = ("GET /health/live", "GET /health/ready", "GET /metrics")
"""Every process answers these, in front of the gateway's application."""


def application() -> Litestar:
    """The gateway's own, with nothing behind it."""
    made: list[Litestar] = []

    class Kept(Litestar):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            made.append(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(http, "Litestar", Kept)
        http.build_app(MagicMock(settings=GatewaySettings()), MagicMock())
    (app,) = made
    return app


def routes() -> set[str]:
    """As "GET /api/auth/me", with what is variable in braces."""
    return set(BESIDE_THE_APPLICATION) | {
        f"{method} {route.path_format}"
        for route in application().routes
        if isinstance(route, HTTPRoute)
        for method in route.methods - {"OPTIONS"}
    }
