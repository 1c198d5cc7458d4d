"""What the gateway's HTTP handlers work with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct
from obstore.store import ObjectStore

from hotgigs.chassis.database import Pool
from hotgigs.chassis.notifications import Notifications
from hotgigs.chassis.sealing import Sealing
from hotgigs.chassis.service import Runtime
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.chassis.workers import worker_pool
from hotgigs.contracts import drive_grant, webhook_secret
from hotgigs.gateway.accounts.authentication import Authentication
from hotgigs.gateway.accounts.first_admin import ensure_first_admin
from hotgigs.gateway.accounts.tokens import Tokens
from hotgigs.gateway.activity_recorder import ActivityRecorder
from hotgigs.gateway.commands import Commands
from hotgigs.gateway.drive_connections.connecting import Connecting
from hotgigs.gateway.idempotency.attempts import Attempts
from hotgigs.gateway.mail import Mail, mail_of
from hotgigs.gateway.settings import MIB, GatewaySettings
from hotgigs.gateway.uploads import pdf_check
from hotgigs.gateway.uploads.intake import Intake


class Resources(Struct, frozen=True, kw_only=True):
    settings: GatewaySettings
    pool: Pool
    units_of_work: UnitsOfWork
    notifications: Notifications
    stopping: asyncio.Event
    blobs: ObjectStore
    tokens: Tokens
    authentication: Authentication
    commands: Commands
    recorder: ActivityRecorder
    intake: Intake
    attempts: Attempts
    drive_connecting: Connecting
    drive_sealing: Sealing
    """Of what users grant to read their Drives with: drive-sync opens it."""
    mail: Mail | None = None
    webhook_sealing: Sealing
    """Of what webhooks are signed with: the notifier opens it."""


@asynccontextmanager
async def open_resources(runtime: Runtime[GatewaySettings]) -> AsyncIterator[Resources]:
    settings = runtime.settings
    tokens = Tokens(settings)
    authentication = Authentication(tokens, runtime.pool, runtime.notifications)
    await ensure_first_admin(settings, runtime.units_of_work)
    recorder = ActivityRecorder(runtime.bus, tracer=runtime.tracer)
    async with (
        worker_pool(pdf_check.JOB, size=1, memory_limit_bytes=256 * MIB) as password_check,
        recorder.sending(),
    ):
        forgetting = asyncio.create_task(authentication.forget_on_revocation())
        try:
            yield Resources(
                settings=settings,
                pool=runtime.pool,
                units_of_work=runtime.units_of_work,
                notifications=runtime.notifications,
                stopping=runtime.stopping,
                blobs=runtime.blobs,
                tokens=tokens,
                authentication=authentication,
                commands=Commands(
                    runtime.bus,
                    runtime.pool,
                    runtime.notifications,
                    wait_s=settings.outcome_wait_seconds,
                    tracer=runtime.tracer,
                ),
                recorder=recorder,
                intake=Intake(runtime.blobs, password_check, max_file_bytes=settings.upload_max_bytes),
                attempts=Attempts(
                    runtime.units_of_work,
                    settings.sealing("hotgigs sealing"),
                    lease_s=settings.idempotency_lease_seconds,
                ),
                drive_connecting=Connecting(settings, runtime.units_of_work),
                drive_sealing=settings.sealing(drive_grant.LABEL),
                mail=mail_of(settings),
                webhook_sealing=settings.sealing(webhook_secret.LABEL),
            )
        finally:
            forgetting.cancel()
