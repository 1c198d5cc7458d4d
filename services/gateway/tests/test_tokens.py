from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from e2e.outside_issuer import OutsideIssuer, outside_issuer

from hotgigs.chassis.secret_settings import MissingSecret
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.accounts.tokens import InvalidToken, KeysUnavailable, Tokens
from hotgigs.gateway.settings import GatewaySettings

SECRET = "s" * 40


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(GatewaySettings(jwt_secret=SECRET))


def seconds_from_now(seconds: int) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)


def signed(**changes: Any) -> str:
    claims = {
        "iss": "hotgigs",
        "aud": "hotgigs-api",
        "sub": str(uuid4()),
        "role": "candidate",
        "iat": seconds_from_now(0),
        "exp": seconds_from_now(60),
    } | changes
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, SECRET, algorithm="HS256")


@pytest.mark.parametrize("role", ["candidate", "recruiter", "admin"])
async def test_a_token_that_was_issued_tells_who_it_is_for_and_when_it_ends(
    tokens: Tokens, role: Any
) -> None:
    principal = Principal(user_id=uuid4(), role=role, session_id=uuid4())
    now = seconds_from_now(0)
    assert await tokens.verify(tokens.issue(principal, now)) == (principal, now + timedelta(seconds=900))


async def test_a_token_ends_when_its_time_and_a_clock_s_difference_are_over(tokens: Tokens) -> None:
    principal = Principal(user_id=uuid4(), role="candidate", session_id=uuid4())
    await tokens.verify(tokens.issue(principal, seconds_from_now(-900)))
    with pytest.raises(InvalidToken, match="expired"):
        await tokens.verify(tokens.issue(principal, seconds_from_now(-930)))


@pytest.mark.parametrize("claim", ["exp", "iat", "iss", "aud", "sub", "role"])
async def test_a_token_without_a_claim_that_is_required_is_not_valid(tokens: Tokens, claim: str) -> None:
    await tokens.verify(signed())
    with pytest.raises(InvalidToken, match="not valid"):
        await tokens.verify(signed(**{claim: None}))


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "another"},
        {"aud": "another"},
        {"role": "owner"},
        {"role": None},
        {"sid": "x"},
        {"sub": "auth0|17"},
        {"exp": 10**30},
    ],
)
async def test_a_token_with_a_wrong_claim_is_not_valid(tokens: Tokens, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidToken, match="not valid"):
        await tokens.verify(signed(**changes))


async def test_what_an_outside_issuer_would_call_itself_means_nothing_where_there_is_none(
    tokens: Tokens,
) -> None:
    with pytest.raises(InvalidToken, match="not valid"):
        await tokens.verify(signed(iss="https://issuer.example"))


async def test_keys_that_cannot_be_read_are_not_the_token_s_fault() -> None:
    issuer = "https://issuer.example"
    away = GatewaySettings(
        jwt_secret=SECRET, jwt_jwks_url="http://127.0.0.1:1/jwks.json", jwt_outside_issuer=issuer
    )
    with pytest.raises(KeysUnavailable):
        await Tokens(away).verify(jwt.encode({"iss": issuer}, SECRET, headers={"kid": "1"}))


@pytest.fixture(scope="module")
def issuer() -> Iterator[OutsideIssuer]:
    with outside_issuer() as issuer:
        yield issuer


@pytest.fixture
def open_tokens(issuer: OutsideIssuer) -> Tokens:
    """Those of the outside issuer are accepted too."""
    return Tokens(
        GatewaySettings(jwt_secret=SECRET, jwt_jwks_url=issuer.jwks_url, jwt_outside_issuer=issuer.name)
    )


async def test_an_outside_subject_stands_for_one_and_the_same_user(
    open_tokens: Tokens, issuer: OutsideIssuer
) -> None:
    first, _ = await open_tokens.verify(issuer.token(sub="auth0|17"))
    again, _ = await open_tokens.verify(issuer.token(sub="auth0|17"))
    other, _ = await open_tokens.verify(issuer.token(sub="auth0|18"))
    assert isinstance(first.user_id, UUID)
    assert first == again != other


async def test_an_outside_subject_never_stands_for_a_user_of_ours(
    open_tokens: Tokens, issuer: OutsideIssuer
) -> None:
    ours = str(uuid4())
    own, _ = await open_tokens.verify(signed(sub=ours))
    outside, _ = await open_tokens.verify(issuer.token(sub=ours))
    again, _ = await open_tokens.verify(issuer.token(sub=ours))
    assert str(own.user_id) == ours
    assert outside.user_id == again.user_id != own.user_id


def test_without_a_secret_a_gateway_that_shares_its_database_does_not_start() -> None:
    with pytest.raises(MissingSecret, match="HOTGIGS_JWT_SECRET"):
        Tokens(GatewaySettings(database_url="postgresql://db.example/hotgigs"))


def test_an_embedded_gateway_keeps_the_secret_that_it_made(tmp_path: Any) -> None:
    settings = GatewaySettings(data_dir=tmp_path)
    secret = settings.signing_secret()
    assert len(secret) >= 32
    assert GatewaySettings(data_dir=tmp_path).signing_secret() == secret
    assert (tmp_path / "jwt-secret").stat().st_mode & 0o777 == 0o600
