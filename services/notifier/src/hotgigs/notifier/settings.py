"""The settings of the notifier, from ``HOTGIGS_*`` beside the shared ones."""

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import NoDecode

from hotgigs.chassis.secret_settings import SecretSettings

HOUR_S = 3600.0


class NotifierSettings(SecretSettings):
    webhook_allow_private: bool = False
    """For a developer's machine: webhooks may be on it and in its networks, and without TLS."""
    webhook_allow_http: bool = False
    """Public addresses without TLS."""
    webhook_retry_schedule: Annotated[tuple[float, ...], NoDecode] = (
        5.0,
        300.0,
        1800.0,
        2 * HOUR_S,
        5 * HOUR_S,
        10 * HOUR_S,
        14 * HOUR_S,
        20 * HOUR_S,
        24 * HOUR_S,
    )
    """Seconds after each failed try until the next, comma-separated; after the last a delivery has failed."""
    webhook_timeout: float = Field(default=15.0, gt=0)
    """Seconds that a try may take, from resolving the address to the answer's end."""
    webhook_disable_after_seconds: float = Field(default=5 * 24 * HOUR_S, gt=0)
    """For how long nothing that a webhook is told may be accepted before it is disabled."""
    webhook_secret_overlap_seconds: float = Field(default=24 * HOUR_S, ge=0)
    """For how long the secret before is signed with, too."""
    webhook_most_per_owner: int = Field(default=20, ge=1)
    webhook_tries_at_once: int = Field(default=200, ge=2)
    """Of one process; half of them at most for webhooks that are slow or failing."""
    webhook_tries_at_once_each: int = Field(default=4, ge=1)
    """Of one webhook, in all processes together; 1 while it is failing."""
    webhook_batch_seconds: float = Field(default=5.0, gt=0)
    """How long the first match of a batch waits for others."""

    @field_validator("webhook_retry_schedule", mode="before")
    @classmethod
    def _is_listed(cls, value: object) -> object:
        """Raises ValueError."""
        if not isinstance(value, str):
            return value
        schedule = tuple(float(each) for each in value.split(",") if each.strip())
        if not schedule or not all(0 <= each <= 30 * 24 * HOUR_S for each in schedule):
            raise ValueError("seconds with a comma between them, one at least, each at most 30 days")
        return schedule
