"""Commands with an outcome: published with confirms, answered when their effect can be read here."""

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_202_ACCEPTED,
    HTTP_403_FORBIDDEN,
    HTTP_404_NOT_FOUND,
    HTTP_409_CONFLICT,
)
from msgspec import Struct
from prometheus_client import Counter

from hotgigs.chassis import database
from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.notifications import SWEEP_S, Notifications, Wakeup
from hotgigs.chassis.tracing import UNTRACED, Tracer, enveloped
from hotgigs.contracts.gateway.add_note import AddNoteV1
from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.gateway.change_consent import ChangeConsentV1
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.gateway.change_job import ChangeJobV1
from hotgigs.contracts.gateway.change_tags import ChangeTagsV1
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.gateway.erase_candidate import EraseCandidateV1
from hotgigs.contracts.gateway.erase_resume import EraseResumeV1
from hotgigs.contracts.gateway.find_similar import FindSimilarV1
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.gateway.preview_matches import PreviewMatchesV1
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.rematch import RematchV1
from hotgigs.contracts.gateway.remove_note import RemoveNoteV1
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.gateway.unshare_candidate import UnshareCandidateV1
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.gateway.withdraw_submission import WithdrawSubmissionV1
from hotgigs.contracts.message import Command
from hotgigs.contracts.registry import type_of
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.errors import Problem
from hotgigs.gateway.matching.answers import take_answer
from hotgigs.gateway.outcomes import store as outcomes
from hotgigs.gateway.wakeups import command_key

T = TypeVar("T")

_commands = Counter(
    "hotgigs_commands_total",
    "Commands that a request waited for: settled, rejected, or still pending when it was answered",
    ["command", "outcome"],
)

SettledCommand = (
    AddNoteV1
    | AddWebhookV1
    | ChangeConsentV1
    | ChangeDriveSyncV1
    | ChangeJobV1
    | ChangeTagsV1
    | ChangeWebhookV1
    | DeleteDriveSyncV1
    | DeleteJobV1
    | DeleteWebhookV1
    | EditCandidateV1
    | EraseCandidateV1
    | EraseResumeV1
    | MergeCandidatesV1
    | PostJobV1
    | RecoverDeliveriesV1
    | RedeliverV1
    | RematchV1
    | RemoveNoteV1
    | RetryResumeV1
    | RotateWebhookSecretV1
    | SendTestEventV1
    | SetUpDriveSyncV1
    | ShareCandidatesV1
    | SubmitCandidateV1
    | TriggerDriveSyncV1
    | UndoMergeV1
    | UnshareCandidateV1
    | ViewMatchV1
    | WithdrawSubmissionV1
)
"""Those whose owner says what came of them."""

Question = FindSimilarV1 | PreviewMatchesV1
"""Those that change nothing, and whose owner answers them."""

_REFUSED = {
    "not_found": HTTP_404_NOT_FOUND,
    "forbidden": HTTP_403_FORBIDDEN,
    "conflict": HTTP_409_CONFLICT,
}


class Outcome(Struct, frozen=True, kw_only=True):
    """Of a command that was not rejected. A pending one is safe in its owner's queue, and may be yet."""

    is_pending: bool
    result: dict[str, Any] = {}
    """What else its events say of its effect; empty while it is pending."""

    @property
    def status_code(self) -> int:
        """Of the answer, where nothing was made that has an address of its own."""
        return HTTP_202_ACCEPTED if self.is_pending else HTTP_200_OK


class Commands:
    def __init__(
        self,
        bus: Bus,
        pool: Pool,
        notifications: Notifications,
        *,
        wait_s: float,
        tracer: Tracer = UNTRACED,
    ) -> None:
        self._bus = bus
        self._pool = pool
        self._notifications = notifications
        self._wait_s = wait_s
        self._tracer = tracer

    async def ensure_available(self) -> None:
        """Raises BusUnavailable: to be asked before work that a command would have to crown."""
        await self._bus.ping()

    async def send(
        self, command: Command, *, watch: str, is_applied: Callable[[Connection], Awaitable[bool]]
    ) -> bool:
        """Publishes ``command`` and waits, within bounds, for this gateway's read model to have its
        effect; False where it does not yet, and the command is safe in its owner's queue.

        Raises PublishFailed where the command is not on the bus.
        """
        with self._notifications.watch(watch) as wakeup:
            await self._publish(command)
            return bool(await self._looked_for(is_applied, wakeup))

    async def carry_out(self, command: SettledCommand, *, is_continued: bool = False) -> Outcome:
        """Publishes ``command`` and waits, within bounds, for its owner's word and for this gateway's read
        models to show all of its effect.

        ``is_continued``: an earlier try may have sent it, and its owner may have decided already.
        Raises Problem 403, 404 or 409 where its owner rejects it, PublishFailed where it is not on the bus.
        """
        command_id: UUID = command.command_id

        async def settled(connection: Connection) -> outcomes.Outcome | None:
            return await outcomes.outcome(connection, command_id)

        with self._notifications.watch(command_key(command_id)) as wakeup:
            known = await self._look(settled) if is_continued else None
            if known is None:
                await self._publish(command)
                known = await self._looked_for(settled, wakeup)
        name = type_of(type(command)).name
        if known is None:
            _commands.labels(name, "pending").inc()
            return Outcome(is_pending=True)
        if known.rejection is not None:
            _commands.labels(name, "rejected").inc()
            raise _refusal(known.rejection)
        _commands.labels(name, "settled").inc()
        return Outcome(is_pending=False, result=known.result)

    async def ask(self, question: Question, *, wait_s: float) -> Any:
        """Publishes a ``question`` and waits, within bounds, for its owner's answer, of which nothing is left
        here then; None where none came in time.

        Raises Problem 403, 404 or 409 where its owner rejects it, PublishFailed where it is not on the bus.
        """
        command_id: UUID = question.command_id

        async def answered(connection: Connection) -> Rejection | Any:
            answer = await take_answer(connection, command_id)
            if answer is not None:
                return answer
            settled = await outcomes.outcome(connection, command_id)
            return settled and settled.rejection

        with self._notifications.watch(command_key(command_id)) as wakeup:
            await self._publish(question)
            answer = await self._looked_for(answered, wakeup, wait_s=wait_s)
        if isinstance(answer, Rejection):
            raise _refusal(answer)
        return answer

    async def shown(
        self,
        *,
        watch: str,
        is_applied: Callable[[Connection], Awaitable[bool]],
        wait_s: float | None = None,
    ) -> bool:
        """Waits, within bounds, for this gateway's read model to have what was carried out."""
        with self._notifications.watch(watch) as wakeup:
            is_shown = await self._look(is_applied)
            return bool(is_shown or await self._looked_for(is_applied, wakeup, wait_s=wait_s))

    async def _publish(self, command: Command) -> None:
        envelope, sending = enveloped(command, source="gateway", tracer=self._tracer)
        with sending:
            await self._bus.publish([envelope])

    async def _looked_for(
        self, look: Callable[[Connection], Awaitable[T]], wakeup: Wakeup, *, wait_s: float | None = None
    ) -> T | None:
        """What ``look`` finds in time."""
        deadline = time.monotonic() + (self._wait_s if wait_s is None else wait_s)
        while (left := deadline - time.monotonic()) > 0:
            await wakeup.wait(min(left, SWEEP_S))
            if found := await self._look(look):
                return found
        return None

    async def _look(self, look: Callable[[Connection], Awaitable[T]]) -> T | None:
        # The command stands, whatever becomes of this gateway's database.
        with suppress(*database.CONNECTION_LOST):
            async with self._pool.acquire() as connection:
                return await look(connection)
        return None


def _refusal(rejection: Rejection) -> Problem:
    return Problem(status_code=_REFUSED[rejection.code], detail=rejection.detail)
