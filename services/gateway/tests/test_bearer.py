from typing import Any, cast

import pytest
from litestar import Litestar, WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.middleware import DefineMiddleware
from litestar.testing import TestClient

from hotgigs.chassis.notifications import Notifications
from hotgigs.gateway.accounts.authentication import Authentication
from hotgigs.gateway.accounts.bearer import authenticating


@websocket("/closed")
async def closed(socket: WebSocket[Any, Any, Any]) -> None:
    await socket.accept()
    await socket.close()


@websocket("/open", exclude_from_auth=True)
async def open_to_all(socket: WebSocket[Any, Any, Any]) -> None:
    await socket.accept()
    await socket.send_text("welcome")
    await socket.close()


def test_a_websocket_needs_a_token_too_where_its_route_does_not_say_otherwise() -> None:
    notifications = Notifications("", schema="", channel="")
    authentication = Authentication(cast("Any", None), cast("Any", None), notifications)
    app = Litestar(
        [closed, open_to_all], middleware=[DefineMiddleware(authenticating, authentication=authentication)]
    )
    with TestClient(app) as client:
        with client.websocket_connect("/open") as socket:
            assert socket.receive_text() == "welcome"
        with pytest.raises(WebSocketDisconnect, match="Log in"), client.websocket_connect("/closed"):
            pass
