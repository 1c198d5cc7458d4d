"""Settings of services that sign, or seal what others must not read on the way."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from pydantic import Field, SecretStr

from hotgigs.chassis.sealing import KEY_CHARACTERS, Sealing, keys_of
from hotgigs.chassis.settings import Settings


class MissingSecret(Exception):
    """HOTGIGS_JWT_SECRET must be set where the system does not run embedded; embedded, the file that keeps a
    secret is damaged."""


class SecretSettings(Settings):
    jwt_secret: SecretStr | None = Field(default=None, min_length=32)
    """Signs and verifies tokens (HS256). Embedded, one is made and kept in the data folder."""
    encryption_key: SecretStr | None = None
    """Seals what is kept and must not be read: comma-separated keys, the newest first, each of at least 32
    characters. Without it embedded makes one and keeps it in the data folder; else `jwt_secret` does."""

    def signing_secret(self) -> str:
        """Raises MissingSecret."""
        if self.jwt_secret is not None:
            return self.jwt_secret.get_secret_value()
        if not self.is_embedded:
            raise MissingSecret("set HOTGIGS_JWT_SECRET to at least 32 random characters")
        return _kept_secret(self.data_dir / "jwt-secret")

    def sealing(self, label: str) -> Sealing:
        """The same for all services with the same settings. Raises WeakKey or MissingSecret."""
        if self.encryption_key is not None:
            return Sealing(keys_of(self.encryption_key.get_secret_value()), label=label)
        if self.is_embedded:
            return Sealing([_kept_secret(self.data_dir / "encryption-key")], label=label)
        return Sealing([self.signing_secret()], label=f"{label} by the JWT secret")


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
