"""/api/resumes/candidates/{candidate_id}/notes: adding and removing notes."""

from uuid import UUID

from litestar import Controller, Response, delete, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_202_ACCEPTED, HTTP_403_FORBIDDEN
from msgspec import Struct

from hotgigs.contracts.gateway.add_note import AddNoteV1
from hotgigs.contracts.gateway.remove_note import RemoveNoteV1
from hotgigs.gateway.changes import store
from hotgigs.gateway.changes.acting import candidate_to_read
from hotgigs.gateway.changes.plain_text import Line, SomeText
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted


class NewNote(Struct, kw_only=True):
    """A private note is its author's alone; others are read by everybody who may see the candidate."""

    title: Line = ""
    content: SomeText
    is_private: bool = False
    is_important: bool = False


class NoteAdded(Struct, kw_only=True):
    message: str
    note_id: UUID


class NoteRemoved(Struct, kw_only=True):
    message: str


class NoteRoutes(Controller):
    path = "/api/resumes/candidates/{candidate_id:uuid}/notes"
    tags = ("Candidates",)
    guards = (require_recruiter_or_admin,)

    @post(status_code=HTTP_201_CREATED, responses=answers(403, 404) | accepted(NoteAdded))
    async def add_note(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], data: JSONBody[NewNote]
    ) -> Response[NoteAdded]:
        """Adds a note to a candidate of the caller's database, or one that is shared with the caller."""
        seen = await candidate_to_read(request, candidate_id)
        ids = ids_of(request)
        command = AddNoteV1(
            command_id=ids.new(),
            actor=request.principal.actor,
            candidate_id=seen.candidate_id,
            title=data.title.strip(),
            content=data.content.strip(),
            is_private=data.is_private,
            is_important=data.is_important,
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        return Response(
            NoteAdded(message="Note added successfully", note_id=command.command_id),
            status_code=HTTP_202_ACCEPTED if outcome.is_pending else HTTP_201_CREATED,
        )

    @delete("/{note_id:uuid}", status_code=HTTP_200_OK, responses=answers(403, 404) | accepted(NoteRemoved))
    async def remove_note(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], note_id: FromPath[UUID]
    ) -> Response[NoteRemoved]:
        """Removes a note: its author, or, if it is not private, whose the candidate is."""
        principal, resources = request.principal, request.resources
        seen = await candidate_to_read(request, candidate_id)
        async with resources.pool.acquire() as connection:
            author = await store.note_author(
                connection, note_id, candidate_id=seen.candidate_id, reader_id=principal.user_id
            )
        if author is None:
            raise not_found("note")
        if author != principal.user_id and not seen.is_owner:
            raise Problem(status_code=HTTP_403_FORBIDDEN, detail="This note is somebody else's.")
        command = RemoveNoteV1(
            command_id=ids_of(request).new(),
            actor=principal.actor,
            candidate_id=seen.candidate_id,
            note_id=note_id,
        )
        outcome = await resources.commands.carry_out(command)
        return Response(NoteRemoved(message="Note removed successfully"), status_code=outcome.status_code)
