"""change_consent: a person lets themselves be found by jobs' owners, or no more."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class ChangeConsentV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    candidate_id: UUID
    can_be_found: bool

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
