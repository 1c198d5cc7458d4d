"""/api/resumes/candidates/{candidate_id}/tags: adding and removing tags."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_400_BAD_REQUEST
from msgspec import Meta, Struct

from hotgigs.contracts.gateway.change_tags import ChangeTagsV1
from hotgigs.gateway.changes import store
from hotgigs.gateway.changes.acting import candidate_to_read
from hotgigs.gateway.changes.tag_names import NoTag, tag_of, tags_of
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted
from hotgigs.gateway.visibility import Seen


class NewTags(Struct, kw_only=True):
    tags: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=500)]], Meta(min_length=1, max_length=50)
    ]


class Tagged(Struct, kw_only=True):
    """``tags`` are all that the candidate has in the caller's database."""

    message: str
    tags: list[str]


class TagRoutes(Controller):
    path = "/api/resumes/candidates/{candidate_id:uuid}/tags"
    tags = ("Candidates",)
    guards = (require_recruiter_or_admin,)

    @post(status_code=HTTP_200_OK, responses=answers(403, 404) | accepted(Tagged))
    async def add_tags(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], data: JSONBody[NewTags]
    ) -> Response[Tagged]:
        """Adds tags, in lower case, to a candidate in the caller's own database; others see others'."""
        try:
            added = tags_of(data.tags)
        except NoTag as err:
            raise Problem(status_code=HTTP_400_BAD_REQUEST, detail=str(err)) from err
        return await _change(request, candidate_id, "Tags added successfully", add=added)

    @delete("/{tag:path}", status_code=HTTP_200_OK, responses=answers(403, 404) | accepted(Tagged))
    async def remove_tag(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], tag: FromPath[str]
    ) -> Response[Tagged]:
        """Removes a tag from a candidate in the caller's own database."""
        try:
            removed = tag_of(tag.removeprefix("/"))
        except NoTag as err:
            raise not_found("tag") from err
        return await _change(request, candidate_id, "Tag removed successfully", remove=(removed,))


async def _change(
    request: GatewayRequest,
    candidate_id: UUID,
    message: str,
    *,
    add: tuple[str, ...] = (),
    remove: tuple[str, ...] = (),
) -> Response[Tagged]:
    """Raises Problem 404 for a tag to remove that is not there."""
    resources, ids = request.resources, ids_of(request)
    seen = await candidate_to_read(request, candidate_id)
    if not set(remove) <= set(await _tags(request, seen)):
        raise not_found("tag")
    command = ChangeTagsV1(
        command_id=ids.new(),
        actor=request.principal.actor,
        candidate_id=seen.candidate_id,
        add=add,
        remove=remove,
    )
    outcome = await resources.commands.carry_out(command, is_continued=ids.is_continued)
    tags = await _tags(request, seen)
    if outcome.is_pending:
        tags = sorted({*tags, *add} - set(remove))
    return Response(Tagged(message=message, tags=tags), status_code=outcome.status_code)


async def _tags(request: GatewayRequest, seen: Seen) -> list[str]:
    async with request.resources.pool.acquire() as connection:
        return await store.tags(connection, seen.candidate_id, database_id=seen.shown_database_id)
