from collections.abc import Callable

import httpx
import pytest

from hotgigs.chassis.health import with_health


async def own_app(scope: object, receive: object, send: Callable[..., object]) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def client(states: dict[str, str], app: object = None) -> httpx.AsyncClient:
    async def checks() -> dict[str, str]:
        return states

    transport = httpx.ASGITransport(with_health(app, checks))
    return httpx.AsyncClient(transport=transport, base_url="http://service")


@pytest.mark.parametrize("app", [None, own_app])
async def test_a_service_is_ready_when_everything_it_depends_on_is(app: object) -> None:
    async with client({"sample": "ok", "bus": "ok"}, app) as http:
        answer = await http.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": {"sample": "ok", "bus": "ok"}}


async def test_a_service_that_lacks_something_says_what_and_stays_alive() -> None:
    async with client({"sample": "ok", "bus": "unavailable"}) as http:
        ready, live = await http.get("/health/ready"), await http.get("/health/live")
    assert ready.status_code == 503
    assert ready.json()["checks"]["bus"] == "unavailable"
    assert live.status_code == 200


async def test_metrics_are_served() -> None:
    async with client({}) as http:
        answer = await http.get("/metrics")
    assert answer.status_code == 200
    assert "process_" in answer.text


async def test_every_other_path_is_the_services_own() -> None:
    async with client({}, own_app) as with_app, client({}) as without:
        assert (await with_app.get("/anything")).status_code == 418
        assert (await with_app.post("/health/live")).status_code == 418
        nothing = await without.get("/anything")
    assert nothing.status_code == 404
    assert nothing.json() == {"detail": "Not found"}
