"""What the notifier works with beside its transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from msgspec import Struct

from hotgigs.chassis.notifications import Notifications
from hotgigs.chassis.sealing import Sealing
from hotgigs.chassis.service import Runtime
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts import webhook_secret
from hotgigs.notifier import rendering, secrets_store
from hotgigs.notifier.dispatcher import Dispatcher
from hotgigs.notifier.http_sender import http_sender
from hotgigs.notifier.settings import NotifierSettings
from hotgigs.notifier.trying import Messenger


class Resources(Struct, frozen=True, kw_only=True):
    settings: NotifierSettings
    units_of_work: UnitsOfWork
    notifications: Notifications
    sealing: Sealing
    """Of webhooks' secrets."""
    stopping: asyncio.Event
    """Set when the process drains: nothing more is tried."""


@asynccontextmanager
async def open_resources(runtime: Runtime[NotifierSettings]) -> AsyncIterator[Resources]:
    """Raises WeakKey or MissingSecret. For as long as it is open, what is due is delivered."""
    settings = runtime.settings
    sealing = settings.sealing(webhook_secret.LABEL)
    async with http_sender(settings) as sender:
        messenger = Messenger(
            bodies=rendering.bodies,
            signing_keys=partial(secrets_store.signing_keys, sealing=sealing),
            sender=sender,
        )
        dispatcher = Dispatcher(
            runtime.units_of_work,
            runtime.notifications,
            settings,
            messenger,
            stopping=runtime.stopping,
        )
        async with dispatcher.running():
            yield Resources(
                settings=settings,
                units_of_work=runtime.units_of_work,
                notifications=runtime.notifications,
                sealing=sealing,
                stopping=runtime.stopping,
            )
