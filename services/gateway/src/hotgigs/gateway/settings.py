"""The gateway's settings, from ``HOTGIGS_*`` beside the shared ones."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from pydantic import Field, SecretStr

from hotgigs.chassis.sealing import KEY_CHARACTERS, Sealing, keys_of
from hotgigs.chassis.settings import Settings

MIB = 1024 * 1024


class MissingSecret(Exception):
    """HOTGIGS_JWT_SECRET must be set where the gateway does not run embedded; embedded, the file that keeps a
    secret is damaged."""


class GatewaySettings(Settings):
    jwt_secret: SecretStr | None = Field(default=None, min_length=32)
    """Signs and verifies tokens (HS256). Embedded, one is made and kept in the data folder."""
    jwt_issuer: str = "hotgigs"
    jwt_audience: str = "hotgigs-api"
    jwt_jwks_url: str | None = None
    """The keys of an outside issuer, whose tokens for the same audience are accepted too."""
    jwt_outside_issuer: str | None = None
    """That issuer's name, the ``iss`` of its tokens."""
    encryption_key: SecretStr | None = None
    """Seals what is kept and must not be read: comma-separated keys, the newest first, each of at least 32
    characters. Without it embedded makes one and keeps it in the data folder; else `jwt_secret` does."""
    access_token_seconds: int = Field(default=900, ge=1)
    refresh_token_seconds: int = Field(default=30 * 24 * 3600, ge=1)

    admin_email: str | None = None
    admin_password: SecretStr | None = Field(default=None, min_length=8)
    recruiter_approval: bool = False
    """Recruiters who register wait until an admin lets them in."""

    upload_max_bytes: int = Field(default=10 * MIB, ge=1)
    batch_max_files: int = Field(default=100, ge=1)
    batch_max_bytes: int = Field(default=200 * MIB, ge=1)
    outcome_wait_seconds: float = Field(default=2.0, ge=0)
    """How long a command's answer waits for its effect before it says 202."""

    preview_wait_seconds: float = Field(default=10.0, ge=0)
    """How long a preview, or a search for similar candidates, may take; 503 beyond."""

    idempotency_lease_seconds: float = Field(default=30.0, gt=0)
    """How long after its gateway was killed a request counts as in flight."""
    idempotency_spool_max_bytes: int = Field(default=1024 * MIB, ge=1)
    """Of the disk, for the bodies of all requests with an Idempotency-Key that one gateway has at once."""

    rate_limits: bool = True
    """on or off; the numbers below are requests a minute."""
    rate_limit_uploads: int = Field(default=10, ge=1)
    rate_limit_bulk_uploads: int = Field(default=2, ge=1)
    rate_limit_others: int = Field(default=100, ge=1)
    """Of a user, whatever else is asked for."""
    rate_limit_accounts: int = Field(default=60, ge=1)
    """From an address: register, log in and refresh together."""
    rate_limit_anonymous: int = Field(default=100, ge=1)
    """From an address, without a token that is accepted."""
    rate_limit_store_seconds: float = Field(default=0.25, gt=0)
    """How long a request waits for the gateways' common count before it is counted here alone."""

    cors_origins: str = ""
    """Comma-separated origins of web pages that may call the API."""

    def signing_secret(self) -> str:
        """Raises MissingSecret."""
        if self.jwt_secret is not None:
            return self.jwt_secret.get_secret_value()
        if not self.is_embedded:
            raise MissingSecret("set HOTGIGS_JWT_SECRET to at least 32 random characters")
        return _kept_secret(self.data_dir / "jwt-secret")

    def sealing(self) -> Sealing:
        """Raises WeakKey or MissingSecret."""
        if self.encryption_key is not None:
            return Sealing(keys_of(self.encryption_key.get_secret_value()), label="hotgigs sealing")
        if self.is_embedded:
            return Sealing([_kept_secret(self.data_dir / "encryption-key")], label="hotgigs sealing")
        return Sealing([self.signing_secret()], label="hotgigs sealing by the JWT secret")


def _kept_secret(path: Path) -> str:
    """Made where there is none. Raises MissingSecret."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _keep(path, secrets.token_urlsafe(48))
    secret = path.read_text()
    if len(secret) < KEY_CHARACTERS:
        raise MissingSecret(f"{path.name} was cut off; restore the file, or remove it for a new one")
    return secret


def _keep(path: Path, secret: str) -> None:
    """The file is whole as soon as it has its name, and the first that is given the name stands."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as new:
        new.write(secret)
        new.flush()
        os.fsync(new.fileno())
        with suppress(FileExistsError):
            os.link(new.name, path)
