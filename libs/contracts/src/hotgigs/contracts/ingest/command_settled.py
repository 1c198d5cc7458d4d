"""command_settled: a command was carried out, or refused."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.message import Event


class Rejection(Struct, frozen=True, kw_only=True):
    """Nothing was changed. ``detail`` is for who asked."""

    code: Literal["not_found", "forbidden", "conflict"]
    detail: str


class CommandSettledV1(Event, frozen=True, kw_only=True):
    """``events`` is how many events with the command's id tell of its effect: who has applied so many of
    them shows all of it."""

    command_id: UUID
    events: int = 0
    rejection: Rejection | None = None

    @property
    def subject(self) -> str:
        return str(self.command_id)
