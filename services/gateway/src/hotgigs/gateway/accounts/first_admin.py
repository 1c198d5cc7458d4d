"""The first admin comes from the environment, since nobody registers as one."""

import structlog
from uuid_utils.compat import uuid7

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.accounts import store
from hotgigs.gateway.accounts.passwords import hash_password
from hotgigs.gateway.settings import GatewaySettings

log = structlog.get_logger(__name__)


async def ensure_first_admin(settings: GatewaySettings, units_of_work: UnitsOfWork) -> None:
    """Adds the admin where the address is not registered yet; an account that is there stays as it is."""
    if settings.admin_email is None or settings.admin_password is None:
        return
    email = settings.admin_email.strip().lower()
    async with units_of_work.begin() as uow:
        if await store.user_by_email(uow.connection, email) is not None:
            return
        is_added = await store.add_user(
            uow.connection,
            user_id=uuid7(),
            email=email,
            password_hash=await hash_password(settings.admin_password.get_secret_value()),
            full_name=None,
            role="admin",
            status="active",
        )
    if is_added:
        log.info("first_admin_added")
