"""Which answers of Google let files be read, and for long."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.gateway.drive_connections.consent import SCOPE
from hotgigs.gateway.drive_connections.granted import grant_of
from hotgigs.gateway.drive_connections.refused import ConsentRefused

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ANSWER: dict[str, Any] = {
    "access_token": "ya29.access",
    "refresh_token": "1//refresh",
    "expires_in": 3599,
    "scope": SCOPE,
    "token_type": "Bearer",
}
JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in ANSWER.items() if key != name}


def reason_for(answer: dict[str, Any]) -> str:
    with pytest.raises(ConsentRefused) as refused:
        grant_of(answer, NOW)
    return refused.value.reason


def test_it_has_both_tokens_and_the_end_of_the_first() -> None:
    assert grant_of(ANSWER, NOW) == DriveGrant(
        access_token="ya29.access", refresh_token="1//refresh", expires_at=NOW + timedelta(seconds=3599)
    )


@pytest.mark.parametrize(
    "scope", [f"openid {SCOPE} email", "https://www.googleapis.com/auth/drive"], ids=["among others", "wider"]
)
def test_more_than_was_asked_for_will_do(scope: str) -> None:
    assert grant_of(ANSWER | {"scope": scope}, NOW).access_token == "ya29.access"


def test_a_scope_that_is_not_told_is_what_was_asked_for() -> None:
    assert grant_of(without("scope"), NOW).access_token == "ya29.access"


def test_an_end_that_is_not_told_is_not_known() -> None:
    assert grant_of(without("expires_in"), NOW).expires_at is None


@pytest.mark.parametrize("scope", ["", "openid email", SCOPE + ".metadata", f"{SCOPE},openid"])
def test_a_scope_that_reads_no_files_will_not_do(scope: str) -> None:
    assert reason_for(ANSWER | {"scope": scope}) == "access_not_ticked"


def test_access_that_ends_within_the_hour_will_not_do() -> None:
    assert reason_for(without("refresh_token")) == "no_lasting_access"


@pytest.mark.parametrize("expires_in", [0, -1, 10**12, 2.5, "3599"])
def test_a_lifetime_that_cannot_be_is_no_answer(expires_in: object) -> None:
    assert reason_for(ANSWER | {"expires_in": expires_in}) == "unavailable"


@given(st.dictionaries(st.sampled_from([*ANSWER]), JSON))
def test_any_answer_is_a_grant_or_refused(answer: dict[str, Any]) -> None:
    try:
        grant = grant_of(answer, NOW)
    except ConsentRefused:
        return
    assert grant.access_token
    assert grant.refresh_token
