"""/api/matching: what a job would match before it is posted, and who is like whom. Nothing of it is kept."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_503_SERVICE_UNAVAILABLE
from msgspec import Meta, Struct

from hotgigs.contracts.gateway.find_similar import FindSimilarV1
from hotgigs.contracts.gateway.preview_matches import PreviewMatchesV1
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.contracts.matcher.similar_found import SimilarFoundV1
from hotgigs.gateway.changes.acting import candidate_to_read
from hotgigs.gateway.changes.plain_text import SomeText
from hotgigs.gateway.conditional import PRIVATE
from hotgigs.gateway.errors import RETRY_AFTER_S, Problem, answers
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.idempotency.keys import CHANGES_NOTHING
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.jobs.posting import GivenPosting
from hotgigs.gateway.matching import lists
from hotgigs.gateway.matching.shown import PreviewedMatch, previewed_match
from hotgigs.gateway.matching.visible import sight_of_own
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.jobs import given_posting

SimilarLimit = Annotated[int, QueryParameter(ge=1, le=100, description="How many to list at most")]


class PreviewedJob(GivenPosting, kw_only=True, forbid_unknown_fields=True):
    """A job that is not posted; how many matches to list at most, and which score they have at least."""

    description: SomeText
    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    min_score: Annotated[float, Meta(ge=0, le=100)] = 0.0


class Preview(Struct, kw_only=True):
    """`total_candidates` were compared. `required_skills` and `preferred_skills` are those that the job is
    understood to ask for."""

    total_candidates: int
    required_skills: tuple[str, ...]
    preferred_skills: tuple[str, ...]
    matches: list[PreviewedMatch]


class SimilarCandidate(Struct, kw_only=True):
    """`similarity` is 0 to 100."""

    candidate_id: UUID
    full_name: str | None
    title: str | None
    location: str | None
    similarity: float
    shared_skills: tuple[str, ...]


class SimilarCandidates(Struct, kw_only=True):
    candidate_id: UUID
    similar: list[SimilarCandidate]


class PreviewRoutes(Controller):
    path = "/api/matching"
    tags = ("Matching",)
    guards = (require_recruiter_or_admin,)

    @post("/preview", status_code=HTTP_200_OK, responses=answers(403), opt={CHANGES_NOTHING: True})
    async def preview(self, request: GatewayRequest, data: JSONBody[PreviewedJob]) -> Response[Preview]:
        """What a job would match among the caller's candidates, without posting it: an admin's are all.

        Nothing of it is kept; an Idempotency-Key makes no difference. 503 while no matches can be made.
        """
        principal, resources = request.principal, request.resources
        command = PreviewMatchesV1(
            command_id=ids_of(request).new(),
            actor=principal.actor,
            posting=given_posting(data),
            min_score=data.min_score,
            limit=data.limit,
        )
        found = await resources.commands.ask(command, wait_s=resources.settings.preview_wait_seconds)
        if found is None:
            raise _away()
        answer = msgspec.convert(found, MatchesPreviewedV1)
        ids = [match.candidate_id for match in answer.matches]
        async with resources.pool.acquire() as connection:
            rows = await lists.shown_candidates(connection, sight_of_own(principal), ids)
        today = datetime.now(UTC).date()
        posting = command.posting
        preview = Preview(
            total_candidates=answer.compared,
            required_skills=answer.required,
            preferred_skills=answer.preferred,
            matches=[
                previewed_match(match, posting, rows[match.candidate_id], today=today)
                for match in answer.matches
                if match.candidate_id in rows
            ],
        )
        return Response(preview, headers=PRIVATE)

    @get("/candidates/{candidate_id:uuid}/similar", responses=answers(403, 404))
    async def similar(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], limit: SimilarLimit = 20
    ) -> Response[SimilarCandidates]:
        """Who of the caller's candidates is like one of them, the most similar first. 503 while nobody can
        be compared."""
        principal, resources = request.principal, request.resources
        seen = await candidate_to_read(request, candidate_id)
        command = FindSimilarV1(
            command_id=ids_of(request).new(),
            actor=principal.actor,
            candidate_id=seen.candidate_id,
            limit=limit,
        )
        found = await resources.commands.ask(command, wait_s=resources.settings.preview_wait_seconds)
        if found is None:
            raise _away()
        answer = msgspec.convert(found, SimilarFoundV1)
        ids = [each.candidate_id for each in answer.candidates]
        async with resources.pool.acquire() as connection:
            rows = await lists.shown_candidates(connection, sight_of_own(principal), ids)
        similar = [
            SimilarCandidate(
                candidate_id=each.candidate_id,
                full_name=row["full_name"],
                title=row["title"],
                location=row["location"],
                similarity=each.similarity,
                shared_skills=each.shared_skills,
            )
            for each in answer.candidates
            if (row := rows.get(each.candidate_id)) is not None and each.candidate_id != seen.candidate_id
        ]
        return Response(SimilarCandidates(candidate_id=seen.candidate_id, similar=similar), headers=PRIVATE)


def _away() -> Problem:
    return Problem(
        status_code=HTTP_503_SERVICE_UNAVAILABLE,
        detail="Matching is busy or restarting. Nothing was kept; try again shortly.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )
