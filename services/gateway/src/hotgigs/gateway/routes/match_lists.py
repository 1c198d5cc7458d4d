"""Pages of matches as answers, and their parameters."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter
from msgspec import Struct

from hotgigs.contracts.gateway.rematch import RematchV1
from hotgigs.gateway.conditional import PRIVATE
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.listing.pages import page_headers
from hotgigs.gateway.matching.lists import Narrowed, Page
from hotgigs.gateway.matching.shown import ShownMatch, shown_match
from hotgigs.gateway.request import GatewayRequest

MinScore = Annotated[float, QueryParameter(ge=0, le=100, description="Which score they have at least")]


class CandidateMatches(Struct, kw_only=True):
    """`total_matches` and `top_match_score` are of all with `min_score` or more; the score is 0 without
    any."""

    candidate_id: UUID
    candidate_name: str | None
    total_matches: int
    top_match_score: float
    matches: list[ShownMatch]


class JobMatches(Struct, kw_only=True):
    """`total_matches` and `top_match_score` are of all that the caller sees with `min_score` or more; the
    score is 0 without any."""

    job_id: UUID
    job_title: str
    total_matches: int
    top_match_score: float
    matches: list[ShownMatch]


class Rematch(Struct, kw_only=True):
    """Without `force` nothing is computed again that cannot have changed."""

    force: bool = False


class RematchTriggered(Struct, kw_only=True):
    """`estimated_matches` counts the pairs that are to be looked at, as far as the caller may see them. How
    far it is: /api/matching/tasks/{task_id}."""

    message: str
    task_id: UUID
    estimated_matches: int


def shown_matches(page: Page) -> list[ShownMatch]:
    today = datetime.now(UTC).date()
    return [shown_match(row, today=today) for row in page.rows]


def headers_of(request: GatewayRequest, page: Page, narrowed: Narrowed) -> dict[str, str]:
    return page_headers(
        request.url.path,
        request.query_params.multi_items(),
        skip=narrowed.skip,
        limit=narrowed.limit,
        total=page.total,
    )


async def matched_again(
    request: GatewayRequest,
    about: Literal["job", "candidate"],
    about_id: UUID,
    *,
    force: bool,
    estimated: int,
) -> Response[RematchTriggered]:
    """The run's id is that of one of the same that is under way already, if there is one."""
    ids = ids_of(request)
    command_id = ids.new()
    command = RematchV1(
        command_id=command_id,
        actor=request.principal.actor,
        run_id=command_id,
        about=about,
        about_id=about_id,
        force=force,
    )
    outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
    answer = RematchTriggered(
        message="Re-matching triggered successfully",
        task_id=UUID(outcome.result.get("run_id", str(command_id))),
        estimated_matches=estimated,
    )
    return Response(answer, status_code=outcome.status_code, headers=PRIVATE)
