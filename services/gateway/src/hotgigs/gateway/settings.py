"""The gateway's settings, from ``HOTGIGS_*`` beside the shared ones."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pydantic import Field, SecretStr

from hotgigs.chassis.settings import Settings

MIB = 1024 * 1024


class MissingSecret(Exception):
    """HOTGIGS_JWT_SECRET must be set where the gateway does not run embedded."""


class GatewaySettings(Settings):
    jwt_secret: SecretStr | None = Field(default=None, min_length=32)
    """Signs and verifies tokens (HS256). Embedded, one is made and kept in the data folder."""
    jwt_issuer: str = "hotgigs"
    jwt_audience: str = "hotgigs-api"
    jwt_jwks_url: str | None = None
    """The keys of an outside issuer, whose tokens for the same audience are accepted too."""
    jwt_outside_issuer: str | None = None
    """That issuer's name, the ``iss`` of its tokens."""
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

    cors_origins: str = ""
    """Comma-separated origins of web pages that may call the API."""

    def signing_secret(self) -> str:
        """Raises MissingSecret."""
        if self.jwt_secret is not None:
            return self.jwt_secret.get_secret_value()
        if not self.is_embedded:
            raise MissingSecret("set HOTGIGS_JWT_SECRET to at least 32 random characters")
        return _kept_secret(self.data_dir / "jwt-secret")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode=0o600)
        with os.fdopen(file, "w") as new:
            new.write(secrets.token_urlsafe(48))
    return path.read_text()
