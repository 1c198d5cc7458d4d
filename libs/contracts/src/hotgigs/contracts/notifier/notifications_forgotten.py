"""notifications_forgotten: the notifier has nothing left of what was to be erased."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event


class NotificationsForgottenV1(Event, frozen=True, kw_only=True):
    erasure_id: UUID
    at: datetime

    @property
    def subject(self) -> str:
        return str(self.erasure_id)
