"""erase_resume: erase a resume, and its candidate if it has no other."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class EraseResumeV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    resume_id: UUID

    @property
    def subject(self) -> str:
        return str(self.resume_id)
