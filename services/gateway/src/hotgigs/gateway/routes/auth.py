"""/api/auth: register, login, refresh, logout, me, API keys."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from asyncpg import Record
from litestar import Controller, delete, get, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_401_UNAUTHORIZED,
    HTTP_403_FORBIDDEN,
    HTTP_409_CONFLICT,
)
from msgspec import Meta, Struct
from uuid_utils.compat import uuid7

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.gateway.accounts import store
from hotgigs.gateway.accounts.authentication import API_KEY_PREFIX
from hotgigs.gateway.accounts.passwords import hash_password, is_password
from hotgigs.gateway.accounts.principal import Principal, Role
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.idempotency.fencing import require_lease
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.patterns import MAIL_ADDRESS
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.resources import Resources

Email = Annotated[str, Meta(max_length=254, pattern=MAIL_ADDRESS, description="A mail address")]
NewPassword = Annotated[str, Meta(min_length=8, max_length=256)]


class Registration(Struct, kw_only=True):
    email: Email
    password: NewPassword
    role: Literal["candidate", "recruiter"] = "candidate"
    full_name: Annotated[str, Meta(max_length=200)] | None = None


class Login(Struct, kw_only=True):
    email: Annotated[str, Meta(max_length=254)]
    password: Annotated[str, Meta(max_length=256)]


class RefreshToken(Struct, kw_only=True):
    refresh_token: Annotated[str, Meta(max_length=256)]


class User(Struct, kw_only=True):
    user_id: UUID
    email: str
    full_name: str | None
    role: Role
    status: Literal["active", "pending", "suspended"]
    created_at: datetime


class TokenPair(Struct, kw_only=True):
    access_token: str
    refresh_token: str
    expires_in: int
    """Seconds until the access token ends."""
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a kind, not a secret


class NewApiKey(Struct, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]


class ApiKey(Struct, kw_only=True):
    api_key_id: UUID
    name: str
    created_at: datetime
    key: str | None = None
    """Shown once, when the key is made."""


class Message(Struct, kw_only=True):
    message: str


class AuthRoutes(Controller):
    path = "/api/auth"
    tags = ("Accounts",)

    @post("/register", exclude_from_auth=True, security=[{}], responses=answers(409))
    async def register(self, request: GatewayRequest, data: JSONBody[Registration]) -> User:
        """Registers a candidate or a recruiter. Admins are not registered but appointed."""
        resources = request.resources
        email = data.email.strip().lower()
        waits = data.role == "recruiter" and resources.settings.recruiter_approval
        password_hash = await hash_password(data.password)
        async with resources.units_of_work.begin() as uow:
            user_id = uuid7()
            is_added = await store.add_user(
                uow.connection,
                user_id=user_id,
                email=email,
                password_hash=password_hash,
                full_name=data.full_name,
                role=data.role,
                status="pending" if waits else "active",
            )
            user = await store.user_by_id(uow.connection, user_id)
        if not is_added or user is None:
            raise Problem(status_code=HTTP_409_CONFLICT, detail="There is an account with this mail address.")
        return user_of(user)

    @post("/login", status_code=HTTP_200_OK, exclude_from_auth=True, security=[{}], responses=answers(403))
    async def login(self, request: GatewayRequest, data: JSONBody[Login]) -> TokenPair:
        """A pair of tokens for a mail address and a password."""
        resources = request.resources
        async with resources.pool.acquire() as connection:
            user = await store.user_by_email(connection, data.email.strip().lower())
        if not await is_password(user["password_hash"] if user else None, data.password) or user is None:
            raise Problem(
                status_code=HTTP_401_UNAUTHORIZED, detail="The mail address or the password is wrong."
            )
        if user["status"] != "active":
            raise Problem(status_code=HTTP_403_FORBIDDEN, detail=_NOT_ACTIVE[user["status"]])
        session_id = uuid7()
        async with resources.units_of_work.begin() as uow:
            await store.add_session(uow.connection, session_id, user["user_id"])
            return await _token_pair(uow, resources, user, session_id)

    @post("/refresh", status_code=HTTP_200_OK, exclude_from_auth=True, security=[{}], responses=answers())
    async def refresh(self, request: GatewayRequest, data: JSONBody[RefreshToken]) -> TokenPair:
        """A new pair for a refresh token, which is good for one use.

        A token that comes a second time has been stolen or copied: its session ends.
        """
        resources = request.resources
        digest = _digest(data.refresh_token)
        async with resources.units_of_work.begin() as uow:
            row = await store.lock_refresh_token(uow.connection, digest)
            user = None if row is None else await store.active_session(uow.connection, row["session_id"])
            if row is not None and user is not None and not row["has_expired"]:
                if row["used_at"] is None:
                    await store.use_refresh_token(uow.connection, digest)
                    return await _token_pair(uow, resources, user, row["session_id"])
                await store.revoke_session(uow.connection, row["session_id"])
        raise Problem(
            status_code=HTTP_401_UNAUTHORIZED, detail="The refresh token is not valid; log in again."
        )

    @post("/logout", status_code=HTTP_200_OK, responses=answers())
    async def logout(self, request: GatewayRequest) -> Message:
        """Ends the session of the token that is presented, everywhere and at once."""
        principal, resources = request.principal, request.resources
        if principal.session_id is not None:
            async with resources.units_of_work.begin() as uow:
                await store.revoke_session(uow.connection, principal.session_id)
        return Message(message="Logged out")

    @get("/me", responses=answers(404))
    async def me(self, request: GatewayRequest) -> User:
        """The user whose token is presented."""
        principal, resources = request.principal, request.resources
        async with resources.pool.acquire() as connection:
            user = await store.user_by_id(connection, principal.user_id)
        if user is None:
            raise not_found("account here; it is kept by the issuer of the token")
        return user_of(user)

    @post("/api-keys", responses=answers(404, 409))
    async def add_api_key(self, request: GatewayRequest, data: JSONBody[NewApiKey]) -> ApiKey:
        """A key for a program: a bearer token that stands until it is revoked. It is shown once."""
        principal, resources = request.principal, request.resources
        await _require_account(principal, resources)
        key = API_KEY_PREFIX + secrets.token_urlsafe(32)
        async with resources.units_of_work.begin() as uow:
            await require_lease(request, uow.connection)
            row = await store.add_api_key(
                uow.connection,
                api_key_id=ids_of(request).new(),
                user_id=principal.user_id,
                key_hash=_digest(key),
                name=data.name,
            )
        if row is None:
            raise Problem(status_code=HTTP_409_CONFLICT, detail="This API key has been revoked meanwhile.")
        return ApiKey(api_key_id=row["api_key_id"], name=row["name"], created_at=row["created_at"], key=key)

    @get("/api-keys", responses=answers())
    async def list_api_keys(self, request: GatewayRequest) -> list[ApiKey]:
        """The caller's keys, without what they are."""
        principal, resources = request.principal, request.resources
        async with resources.pool.acquire() as connection:
            rows = await store.list_api_keys(connection, principal.user_id)
        return [
            ApiKey(api_key_id=row["api_key_id"], name=row["name"], created_at=row["created_at"])
            for row in rows
        ]

    @delete("/api-keys/{api_key_id:uuid}", status_code=HTTP_200_OK, responses=answers(404))
    async def revoke_api_key(self, request: GatewayRequest, api_key_id: FromPath[UUID]) -> Message:
        """Ends a key of the caller's, everywhere and at once."""
        principal, resources = request.principal, request.resources
        async with resources.units_of_work.begin() as uow:
            if not await store.revoke_api_key(uow.connection, principal.user_id, api_key_id):
                raise not_found("API key")
        return Message(message="API key revoked")


_NOT_ACTIVE = {
    "pending": "Your account waits for an admin's approval.",
    "suspended": "Your account is suspended; ask an admin.",
}


def user_of(row: Record) -> User:
    return User(**{field: row[field] for field in User.__struct_fields__})


async def _token_pair(uow: UnitOfWork, resources: Resources, user: Record, session_id: UUID) -> TokenPair:
    now = datetime.now(UTC)
    settings = resources.settings
    refresh_token = secrets.token_urlsafe(32)
    await store.add_refresh_token(
        uow.connection,
        _digest(refresh_token),
        session_id,
        now + timedelta(seconds=settings.refresh_token_seconds),
    )
    principal = Principal(user_id=user["user_id"], role=user["role"], session_id=session_id)
    return TokenPair(
        access_token=resources.tokens.issue(principal, now),
        refresh_token=refresh_token,
        expires_in=settings.access_token_seconds,
    )


async def _require_account(principal: Principal, resources: Resources) -> None:
    connection: Connection
    async with resources.pool.acquire() as connection:
        if await store.user_by_id(connection, principal.user_id) is None:
            raise not_found("account here; it is kept by the issuer of the token")


def _digest(token: str) -> bytes:
    """Random tokens need no slow hash."""
    return hashlib.sha256(token.encode()).digest()
