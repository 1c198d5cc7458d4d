"""Guards of addresses."""

from inspect import iscoroutinefunction

from litestar import Litestar
from litestar.routes import HTTPRoute

from hotgigs.gateway.http import ROUTES


def test_no_guard_takes_a_request_to_another_thread_and_back() -> None:
    guards = {
        guard
        for route in Litestar([ROUTES], openapi_config=None).routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for layer in handler.ownership_layers
        for guard in layer.guards or ()
    }

    assert guards
    assert all(iscoroutinefunction(guard) for guard in guards)
