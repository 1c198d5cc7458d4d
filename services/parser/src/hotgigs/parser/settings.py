"""The parser's settings, from ``HOTGIGS_PARSER_*`` beside the shared ones."""

import os
import re
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from hotgigs.chassis.settings import Settings


class ParserSettings(Settings):
    model_config = SettingsConfigDict(hide_input_in_errors=True)

    parser_workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    """Worker processes, and documents parsed at once."""
    parser_time_limit_s: float = Field(default=30.0, gt=0)
    """For one document."""
    parser_memory_limit_mib: int = Field(default=1024, ge=64)
    """For one worker."""

    parser_refiner_url: str | None = Field(default=None, pattern=r"^https?://[^\s?#@]+$")
    """Base URL of an OpenAI-compatible API, such as ``https://models.example/v1``. Without it no text
    of a resume leaves this machine (docs/adr/0012)."""
    parser_refiner_model: str = ""
    parser_refiner_api_key: SecretStr | None = None
    parser_refiner_time_limit_s: float = Field(default=20.0, gt=0)
    """For one document, a second try included, and within ``parser_time_limit_s``."""
    parser_refiner_max_characters: int = Field(default=40_000, ge=1, le=100_000)
    """Of a document's text, about ten dense pages: one that has more is not sent."""
    parser_refiner_requests: int = Field(default=4, ge=1)
    """Documents that wait for the model at once, besides those that workers parse."""

    @field_validator("parser_refiner_api_key")
    @classmethod
    def _key_fits_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not re.fullmatch("[!-~]+", key.get_secret_value()):
            raise ValueError("a key is of ASCII letters, figures and marks")
        return key

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.parser_refiner_url and not self.parser_refiner_model:
            raise ValueError("HOTGIGS_PARSER_REFINER_URL needs HOTGIGS_PARSER_REFINER_MODEL")
        return self
