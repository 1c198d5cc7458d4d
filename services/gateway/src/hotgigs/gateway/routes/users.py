"""/api/admin/users: what admins do with accounts."""

from typing import Annotated, Literal
from uuid import UUID

from asyncpg import Record
from litestar import Controller, get, patch
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_403_FORBIDDEN
from msgspec import Struct

from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.gateway.accounts import audit, store
from hotgigs.gateway.accounts.principal import Role
from hotgigs.gateway.drive.pausing import pause_syncs
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.guards import require_admin
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.auth import User, user_of


class UserChange(Struct, kw_only=True):
    role: Role | None = None
    status: Literal["active", "suspended"] | None = None


class UserRoutes(Controller):
    path = "/api/admin/users"
    tags = ("Admin",)
    guards = (require_admin,)

    @get(responses=answers(403))
    async def list_users(
        self,
        request: GatewayRequest,
        role: FromQuery[Role | None] = None,
        status: FromQuery[Literal["active", "pending", "suspended"] | None] = None,
        skip: Annotated[int, QueryParameter(ge=0, le=1_000_000)] = 0,
        limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
    ) -> list[User]:
        """The accounts, newest first."""
        resources = request.resources
        async with resources.pool.acquire() as connection:
            rows = await store.list_users(connection, role=role, status=status, skip=skip, limit=limit)
        return [user_of(row) for row in rows]

    @patch("/{user_id:uuid}", responses=answers(403, 404))
    async def change_user(
        self, request: GatewayRequest, user_id: FromPath[UUID], data: JSONBody[UserChange]
    ) -> User:
        """Sets a role; suspends, lets in again, or approves. It takes effect at once. The folders that the
        user keeps in sync are paused where the user may keep none any more; webhooks are not called while
        their owner's account is suspended."""
        principal, resources = request.principal, request.resources
        if user_id == principal.user_id:
            raise Problem(status_code=HTTP_403_FORBIDDEN, detail="Admins cannot change their own account.")
        async with resources.units_of_work.begin() as uow:
            before = await store.lock_user(uow.connection, user_id)
            if before is None:
                raise not_found("user")
            row = await store.update_user(uow.connection, user_id, role=data.role, status=data.status)
            if row is None:
                raise not_found("user")
            if fields := audit.changed_fields(before, row):
                await audit.add_user_change(
                    uow.connection, actor=principal.actor, user_id=user_id, fields=fields
                )
                await pause_syncs(before, row, uow)
                uow.publish(_told(row))
        return user_of(row)


def _told(row: Record) -> UserChangedV1:
    return UserChangedV1(
        user_id=row["user_id"], version=row["version"], role=row["role"], is_active=row["status"] == "active"
    )
