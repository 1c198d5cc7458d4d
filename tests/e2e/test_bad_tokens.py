"""Tokens that are not accepted, and those of an outside issuer that are."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from e2e.api import Api
from e2e.outside_issuer import OutsideIssuer, claims
from e2e.refusals import assert_refused

LONG_AGO, LATER = datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC) + timedelta(hours=1)
ME = "/api/auth/me"


@pytest.fixture
def own_token(settings: dict[str, str]) -> Callable[..., str]:
    """Makes a token as the system itself signs it, but for ``changes``."""

    def make(**changes: Any) -> str:
        all_claims = claims(**({"iss": "hotgigs"} | changes))
        return jwt.encode(all_claims, settings["HOTGIGS_JWT_SECRET"], algorithm="HS256")

    return make


def with_token(api: Api, token: str) -> dict[str, str]:
    api.secrets.add(token)
    return {"Authorization": f"Bearer {token}"}


def by_hand(header: dict[str, Any], payload: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """What a library refuses to make."""

    def encoded(part: bytes) -> bytes:
        return base64.urlsafe_b64encode(part).rstrip(b"=")

    times = {name: int(payload[name].timestamp()) for name in ("iat", "exp")}
    signed = encoded(json.dumps(header).encode()) + b"." + encoded(json.dumps(payload | times).encode())
    return (signed + b"." + encoded(sign(signed))).decode()


def test_a_sound_token_is_accepted_and_so_what_is_refused_is_refused_for_its_fault(
    nobody: Api, own_token: Callable[..., str]
) -> None:
    token = own_token()
    answer = nobody.http.get(f"/api/resumes/{uuid4()}/status", headers=with_token(nobody, token))
    assert_refused(answer, 404, "no such resume")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"exp": LONG_AGO, "iat": LONG_AGO}, "expired", id="expired"),
        pytest.param({"nbf": LATER}, "not valid", id="not valid yet"),
        pytest.param({"iat": LATER}, "not valid", id="issued in the future"),
        pytest.param({"aud": "another-api"}, "not valid", id="for another audience"),
        pytest.param({"iss": "somebody"}, "not valid", id="of another issuer"),
        pytest.param({"role": "owner"}, "not valid", id="of no known role"),
        pytest.param({"role": ["admin"]}, "not valid", id="of a role that is a list"),
        pytest.param({"sid": "not a session"}, "not valid", id="of a session that is no id"),
        pytest.param({"sid": str(uuid4())}, "log in again", id="of a session that never was"),
        pytest.param({"sub": 7}, "not valid", id="for a subject that is a number"),
        pytest.param({"exp": "tomorrow"}, "not valid", id="with an end that is no time"),
        pytest.param({"exp": 10**30}, "not valid", id="with an end beyond all time"),
        *[
            pytest.param({name: None}, "not valid", id=f"without {name}")
            for name in ("exp", "iat", "iss", "aud", "sub", "role")
        ],
    ],
)
def test_a_token_with_a_bad_claim_is_refused(
    nobody: Api, own_token: Callable[..., str], changes: dict[str, Any], words: str
) -> None:
    token = own_token(**changes)
    assert_refused(nobody.http.get(ME, headers=with_token(nobody, token)), 401, words)


def _unsigned(algorithm: str) -> str:
    payload = claims(iss="hotgigs", role="admin")
    return by_hand({"alg": algorithm, "typ": "JWT"}, payload, lambda _: b"")


FORGED = {
    "alg none": lambda _: _unsigned("none"),
    "alg NONE": lambda _: _unsigned("NONE"),
    "HS256 without a signature": lambda _: _unsigned("HS256"),
    "another key": lambda _: jwt.encode(claims(iss="hotgigs", role="admin"), "k" * 64, algorithm="HS256"),
    "another algorithm": lambda issuer: issuer.token(iss="hotgigs", role="admin"),
    "the outside issuer's public key as our secret": lambda issuer: by_hand(
        {"alg": "HS256", "typ": "JWT", "kid": "key-1"},
        claims(iss=issuer.name, role="admin"),
        lambda signed: hmac.new(issuer.public_key_pem, signed, hashlib.sha256).digest(),
    ),
    "a key that the outside issuer does not have": lambda issuer: issuer.token(key_id="key-2"),
    "an outside token that has expired": lambda issuer: issuer.token(exp=LONG_AGO, iat=LONG_AGO),
    "an outside token for another audience": lambda issuer: issuer.token(aud="another-api"),
    "an outside token without a role": lambda issuer: issuer.token(role=None),
    "garbage": lambda _: "garbage",
    "three parts of garbage": lambda _: "a.b.c",
    "a token that is no text": lambda _: "\u00ff\u00fe.\u00e4.\u00f6",
    "an API key that is made up": lambda _: "hg_" + "x" * 43,
    "a very long token": lambda _: "x" * 20_000,
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_token_is_refused(
    nobody: Api, issuer: OutsideIssuer, forge: Callable[[OutsideIssuer], str]
) -> None:
    token = forge(issuer)
    headers = {"Authorization": b"Bearer " + token.encode("latin-1")}
    assert_refused(nobody.http.get("/api/admin/users", headers=headers), 401)


def test_a_token_whose_role_was_changed_is_refused(recruiter: Api) -> None:
    header, payload, signature = recruiter.http.headers["Authorization"].removeprefix("Bearer ").split(".")
    changed = json.loads(base64.urlsafe_b64decode(payload + "==")) | {"role": "admin"}
    forged = base64.urlsafe_b64encode(json.dumps(changed).encode()).rstrip(b"=").decode()
    headers = with_token(recruiter, f"{header}.{forged}.{signature}")
    assert_refused(recruiter.http.get("/api/admin/users", headers=headers), 401, "not valid")


@pytest.mark.parametrize("header", ["", "Bearer", "Basic YWRhOmFkYQ==", "Token abc", "bearer\tabc"])
def test_without_a_bearer_token_nobody_gets_in(nobody: Api, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    assert_refused(nobody.http.get(ME, headers=headers), 401, "Log in")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/resumes/upload"),
        ("POST", "/api/resumes/bulk-upload"),
        ("GET", f"/api/resumes/{uuid4()}/status"),
        ("GET", f"/api/resumes/{uuid4()}/events"),
        ("GET", f"/api/resumes/{uuid4()}/data"),
        ("GET", f"/api/resumes/{uuid4()}/download"),
        ("GET", f"/api/resumes/batches/{uuid4()}"),
        ("GET", "/api/auth/me"),
        ("POST", "/api/auth/logout"),
        ("GET", "/api/auth/api-keys"),
        ("POST", "/api/auth/api-keys"),
        ("DELETE", f"/api/auth/api-keys/{uuid4()}"),
        ("GET", "/api/admin/users"),
        ("PATCH", f"/api/admin/users/{uuid4()}"),
    ],
)
def test_every_address_but_the_doors_wants_a_token(nobody: Api, method: str, path: str) -> None:
    assert_refused(nobody.http.request(method, path), 401, "Log in")


def test_an_outside_issuer_s_user_imports_resumes(nobody: Api, issuer: OutsideIssuer) -> None:
    subject = f"auth0|{uuid4().hex}"
    nobody.http.headers.update(with_token(nobody, issuer.token(sub=subject)))
    resume_id = nobody.upload(("cv.rtf", rb"{\rtf1\ansi Ada Example\par Engineer\par}"))
    assert nobody.until_ended(resume_id)["status"] == "completed"

    again = with_token(nobody, issuer.token(sub=subject))
    assert nobody.http.get(f"/api/resumes/{resume_id}/status", headers=again).status_code == 200
    stranger = with_token(nobody, issuer.token(sub=f"auth0|{uuid4().hex}"))
    assert_refused(nobody.http.get(f"/api/resumes/{resume_id}/status", headers=stranger), 404)


def test_an_outside_issuer_s_subject_is_none_of_our_users(
    nobody: Api, recruiter: Api, issuer: OutsideIssuer
) -> None:
    resume_id = recruiter.upload(("cv.rtf", rb"{\rtf1\ansi Ada Example\par Engineer\par}"))
    namesake = with_token(nobody, issuer.token(sub=recruiter.user_id))
    assert_refused(nobody.http.get(f"/api/resumes/{resume_id}/status", headers=namesake), 404)
    assert_refused(nobody.http.get(ME, headers=namesake), 404, "no such account here")
    recruiter.until_ended(resume_id)


def test_an_outside_issuer_s_session_is_its_own_affair(nobody: Api, issuer: OutsideIssuer) -> None:
    """Many issuers name their session in ``sid``, as we do ours."""
    headers = with_token(nobody, issuer.token(sid=str(uuid4())))
    assert_refused(nobody.http.get(f"/api/resumes/{uuid4()}/status", headers=headers), 404)


def test_an_outside_issuer_s_user_has_no_account_here(nobody: Api, issuer: OutsideIssuer) -> None:
    headers = with_token(nobody, issuer.token())
    assert_refused(nobody.http.get(ME, headers=headers), 404, "no such account here")
    keys = nobody.http.post("/api/auth/api-keys", json={"name": "ci"}, headers=headers)
    assert_refused(keys, 404, "no such account here")
