"""Every route, asked by everybody: see the table."""

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from e2e.api import Secrets
from e2e.authorisation.asking import ask
from e2e.authorisation.cast import Settings, the_cast
from e2e.authorisation.routes import routes
from e2e.authorisation.scene import Scene
from e2e.authorisation.table import ASKERS, expected
from e2e.deployment import Deployment
from e2e.refusals import assert_refused
from support.stand_in_drive import StandInDrive

EXPECTED = expected()
_OWN_TO_EACH_ANSWER = {"date", "x-correlation-id", "x-ratelimit-remaining", "x-ratelimit-reset"}


@pytest.fixture(scope="module")
def scene(
    embedded: Deployment, settings: Settings, secrets: Secrets, google: StandInDrive
) -> Iterator[Scene]:
    with the_cast(embedded, settings, secrets) as cast:
        yield Scene(cast, google)


def test_the_table_has_every_route_and_no_other() -> None:
    assert set(EXPECTED) == routes()


@pytest.fixture(scope="module")
def _nothing_refused_has_an_effect(scene: Scene) -> Iterator[None]:
    before = scene.looked_at()
    yield
    assert scene.looked_at() == before


@pytest.mark.usefixtures("_nothing_refused_has_an_effect")
@pytest.mark.parametrize("route", EXPECTED)
def test_everybody_is_answered_as_the_table_says(scene: Scene, route: str) -> None:
    answered = {}
    for asker, status in EXPECTED[route].items():
        answer = ask(scene, route, asker, is_granted=status < 400)
        is_late = answer.status_code == 202 and status < 300  # safe, on a busy machine
        answered[asker] = status if is_late else answer.status_code
        if answer.status_code >= 400 and "/api/" in route:
            assert_refused(answer, answer.status_code)
    assert answered == EXPECTED[route]


@pytest.mark.parametrize(
    "route", [route for route, row in EXPECTED.items() if 404 in row.values() and "_id}" in route]
)
def test_what_is_not_for_somebody_is_answered_as_what_is_not_there(scene: Scene, route: str) -> None:
    names = re.findall(r"{(\w+_id)}", route)
    for asker in ASKERS:
        if EXPECTED[route][asker] == 404:
            there = ask(scene, route, asker, is_granted=False)
            for unknown in ({name: str(uuid4()) for name in names}, {names[0]: str(uuid4())}):
                not_there = ask(scene, route, asker, is_granted=False, **unknown)
                assert _seen(there) == _seen(not_there), asker


def _seen(answer: httpx.Response) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """All of an answer that does not differ from one time to the next."""
    headers = [
        (name, value)
        for name, value in answer.headers.raw
        if name.decode().lower() not in _OWN_TO_EACH_ANSWER
    ]
    return answer.status_code, headers, answer.content
