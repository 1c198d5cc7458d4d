from typing import Any, cast

import pytest

from hotgigs.chassis import correlation
from hotgigs.gateway.http import correlating

TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


async def traceparent_of_a_request_with(offered: str | None) -> str | None:
    seen: list[str | None] = []

    async def app(*_: Any) -> None:
        seen.append(correlation.current().traceparent)

    headers = [] if offered is None else [(b"traceparent", offered.encode("latin-1"))]
    scope = cast("Any", {"type": "http", "method": "GET", "headers": headers})
    await correlating(app)(scope, cast("Any", None), cast("Any", None))
    (traceparent,) = seen
    return traceparent


async def test_a_client_s_trace_goes_on() -> None:
    assert await traceparent_of_a_request_with(TRACEPARENT) == TRACEPARENT


@pytest.mark.parametrize(
    "offered",
    [
        None,
        "",
        TRACEPARENT.upper(),
        TRACEPARENT + "\n",
        TRACEPARENT + "-" + "x" * 130_000,
        TRACEPARENT[:-1],
        TRACEPARENT.replace("4", "\u00ff"),
    ],
)
async def test_what_is_no_traceparent_goes_nowhere(offered: str | None) -> None:
    assert await traceparent_of_a_request_with(offered) is None
