"""rematch: match a job with all candidates, or a candidate with all open jobs, again."""

from typing import Literal
from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class RematchV1(Command, frozen=True, kw_only=True):
    """The gateway has seen that the actor may. ``run_id`` is the run's where none of the same waits already.
    Without ``force`` nothing is computed that cannot have changed."""

    command_id: UUID
    actor: Actor
    run_id: UUID
    about: Literal["job", "candidate"]
    about_id: UUID
    force: bool = False

    @property
    def subject(self) -> str:
        return str(self.about_id)
