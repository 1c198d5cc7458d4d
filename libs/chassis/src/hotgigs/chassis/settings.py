"""Settings that all services share, from the environment variables ``HOTGIGS_*``."""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Without ``database_url`` the embedded PostgreSQL under ``data_dir`` is used; without
    ``amqp_url`` the embedded bus, which lives in that same database."""

    model_config = SettingsConfigDict(env_prefix="HOTGIGS_", extra="ignore", frozen=True)

    database_url: str | None = None
    amqp_url: str | None = None
    amqp_namespace: str = Field(default="hotgigs", pattern=r"^[A-Za-z0-9_-]+$")
    """What the names of exchanges and queues begin with, on a broker that several systems share."""
    blob_url: str | None = None
    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    trusted_proxies: str = ""
    """Comma-separated addresses and networks (10.0.0.0/8) whose X-Forwarded-For and -Proto tell who the
    client is; from anybody else they are a claim."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "console", "json"] = "auto"
    drain_seconds: float = Field(default=20.0, ge=0)
    """How long work in hand may go on after SIGTERM before it is given back to the bus."""
    database_pool_size: int = Field(default=8, ge=2)

    otlp_endpoint: str | None = Field(default=None, pattern=r"^https?://")
    """Where an OpenTelemetry collector takes OTLP over HTTP, such as ``http://collector:4318``; without
    it no spans are made."""
    trace_sample_ratio: float = Field(default=1.0, ge=0, le=1)
    """Of traces that begin here; one that a caller began is recorded if the caller does."""

    @field_validator("trusted_proxies")
    @classmethod
    def _is_of_networks(cls, value: str) -> str:
        """Raises ValueError."""
        for one in _listed(value):
            ip_network(one)
        return value

    @property
    def proxies(self) -> list[str]:
        return _listed(self.trusted_proxies)

    @property
    def is_embedded(self) -> bool:
        return self.database_url is None

    def blob_store_url(self) -> str:
        return self.blob_url or f"file://{(self.data_dir / 'blobs').resolve()}"

    def database_url_of(self, schema: str, default: str) -> str:
        """``HOTGIGS_<SCHEMA>_DATABASE_URL`` where a service has a database of its own."""
        return os.environ.get(f"HOTGIGS_{schema.upper()}_DATABASE_URL", default)


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]
