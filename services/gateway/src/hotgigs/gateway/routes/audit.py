"""/api/admin/audit: what admins did."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get
from litestar.params import QueryParameter
from msgspec import Struct

from hotgigs.gateway.accounts import audit
from hotgigs.gateway.conditional import PRIVATE
from hotgigs.gateway.errors import answers
from hotgigs.gateway.guards import require_admin
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.candidate import total_headers


class AdminAct(Struct, kw_only=True):
    """What was done by whom, and with whom: null where it does not apply. ``fields`` says what was set of
    a user, such as ``status=suspended``, and what was edited of a candidate."""

    activity_id: UUID
    at: datetime
    kind: str
    actor_user_id: UUID
    candidate_id: UUID | None
    resume_id: UUID | None
    note_id: UUID | None
    recruiter_id: UUID | None
    other_candidate_id: UUID | None
    user_id: UUID | None
    fields: list[str]
    tags: list[str]


class AuditRoutes(Controller):
    path = "/api/admin/audit"
    tags = ("Admin",)
    guards = (require_admin,)

    @get(responses=answers(403))
    async def list_acts(
        self,
        request: GatewayRequest,
        skip: Annotated[int, QueryParameter(ge=0, le=1_000_000)] = 0,
        limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
    ) -> Response[list[AdminAct]]:
        """What admins did with users and candidates, the newest first.

        X-Total-Count says how many acts there are, counted to 10,000.
        """
        reader_id = request.principal.user_id
        async with request.resources.pool.acquire() as connection:
            rows = await audit.acts_of_admins(connection, reader_id=reader_id, skip=skip, limit=limit)
            total = await audit.count_acts(connection, reader_id=reader_id)
        headers = PRIVATE | total_headers(total, counted=audit.COUNTED)
        return Response([AdminAct(**row) for row in rows], headers=headers)
