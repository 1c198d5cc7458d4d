"""One try to deliver: what goes out, and what came of it."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.webhook_state import AttemptError


class Outgoing(Struct, frozen=True, kw_only=True):
    """``keys`` are what it is signed with, the webhook's newest first. Its ``repr`` shows nothing of it."""

    delivery_id: UUID
    url: str
    body: bytes
    keys: tuple[bytes, ...]

    def __repr__(self) -> str:
        return "Outgoing(...)"


class Answered(Struct, frozen=True, kw_only=True):
    """``error`` is None where it was accepted: answered with 2xx, to the headers' end, in time."""

    started_at: datetime
    duration_ms: int
    status_code: int | None = None
    error: AttemptError | None = None
    answer: str = ""
    """The first 1 KiB of the body, as text."""
    retry_after_s: float | None = None


class Sender(Protocol):
    async def send(self, outgoing: Outgoing) -> Answered:
        """Never raises for what the other side does, and takes no longer than the timeout."""
        ...
