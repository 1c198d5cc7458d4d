"""command_settled: a command was carried out, or refused."""

from uuid import UUID

from hotgigs.contracts.message import Event
from hotgigs.contracts.rejection import Rejection


class CommandSettledV1(Event, frozen=True, kw_only=True):
    """``events`` is how many events with the command's id tell of its effect: who has applied so many of
    them shows all of it."""

    command_id: UUID
    events: int = 0
    rejection: Rejection | None = None

    @property
    def subject(self) -> str:
        return str(self.command_id)
