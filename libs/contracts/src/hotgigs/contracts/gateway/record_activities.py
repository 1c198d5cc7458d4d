"""record_activities: reads of candidates that are to be in their activity logs; best effort."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class Read(Struct, frozen=True, kw_only=True):
    activity_id: UUID
    candidate_id: UUID
    kind: Literal["viewed", "downloaded", "exported"]
    actor: Actor
    at: datetime
    resume_id: UUID | None = None


class RecordActivitiesV1(Command, frozen=True, kw_only=True):
    """``batch_id`` names this collection alone."""

    batch_id: UUID
    reads: tuple[Read, ...]

    @property
    def subject(self) -> str:
        return str(self.batch_id)
