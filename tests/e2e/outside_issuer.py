"""An issuer of tokens that is not ours: its keys are read from its JWKS address."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

AUDIENCE = "hotgigs-api"
KEY_ID = "key-1"


def claims(**changes: Any) -> dict[str, Any]:
    """All that a token needs, with ``changes``; what is changed to None is missing."""
    now = datetime.now(UTC)
    all_claims = {
        "aud": AUDIENCE,
        "sub": str(uuid4()),
        "role": "recruiter",
        "iat": now,
        "exp": now + timedelta(minutes=5),
    } | changes
    return {name: value for name, value in all_claims.items() if value is not None}


class OutsideIssuer:
    """Open with `outside_issuer`."""

    def __init__(self, port: int, key: rsa.RSAPrivateKey) -> None:
        self.name = "https://issuer.example"
        self.jwks_url = f"http://127.0.0.1:{port}/jwks.json"
        self._key = key

    def token(self, *, key_id: str = KEY_ID, **changes: Any) -> str:
        return jwt.encode(
            claims(**({"iss": self.name} | changes)), self._key, algorithm="RS256", headers={"kid": key_id}
        )

    @property
    def public_key_pem(self) -> bytes:
        return self._key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


@contextmanager
def outside_issuer() -> Iterator[OutsideIssuer]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    jwk = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}
    body = json.dumps({"keys": [jwk]}).encode()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Not in the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield OutsideIssuer(server.server_address[1], key)
    finally:
        server.shutdown()
        server.server_close()
