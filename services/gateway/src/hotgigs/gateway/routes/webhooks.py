"""/api/webhooks: addresses that are called when something happens."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_201_CREATED,
    HTTP_202_ACCEPTED,
    HTTP_400_BAD_REQUEST,
)
from msgspec import Struct

from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.webhook_url import refusal
from hotgigs.gateway.conditional import NOT_MODIFIED, PRIVATE, answer_if_changed
from hotgigs.gateway.errors import Problem, answers
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.listing.pages import PAGE_HEADERS, Limit, Skip, page_headers
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted
from hotgigs.gateway.webhooks import expecting, store
from hotgigs.gateway.webhooks.acting import own_webhook
from hotgigs.gateway.webhooks.event_types import WebhookEventType, event_types
from hotgigs.gateway.webhooks.given import ChangedWebhook, NewWebhook, without_repeats
from hotgigs.gateway.webhooks.new_secret import new_secret
from hotgigs.gateway.webhooks.shown import ShownWebhook, WebhookWithSecret, shown_webhook, with_secret


class WebhookDeleted(Struct, kw_only=True):
    message: str


class WebhookRoutes(Controller):
    path = "/api/webhooks"
    tags = ("Webhooks",)

    @get("/event-types", responses=answers())
    async def list_event_types(self) -> Sequence[WebhookEventType]:
        """What webhooks can be told: each event with the schema of its data, and an example. With `batch`,
        the data of `match.created` is `{"items": [...]}`, each of this schema."""
        return event_types()

    @post(status_code=HTTP_201_CREATED, responses=answers(403, 409) | accepted(WebhookWithSecret))
    async def add_webhook(
        self, request: GatewayRequest, data: JSONBody[NewWebhook]
    ) -> Response[WebhookWithSecret]:
        """Calls an address from now on when something happens that the caller may see.

        The answer has the `secret` that deliveries are signed with (Standard Webhooks 1.0), which is not
        shown again. 409 where the caller has as many webhooks as there may be.
        """
        _require_possible(request, data.url)
        ids = ids_of(request)
        webhook_id = ids.new()
        secret = await new_secret(request, webhook_id)
        command = AddWebhookV1(
            command_id=ids.new(),
            actor=request.principal.actor,
            webhook_id=webhook_id,
            url=data.url,
            events=without_repeats(data.events),
            description=data.description.strip(),
            is_batched=data.batch,
            min_score=data.min_score,
            is_active=data.is_active,
            sealed_secret=secret.sealed,
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        async with request.resources.pool.acquire() as connection:
            webhook = await store.webhook(connection, webhook_id)
        now = datetime.now(UTC)
        answer = with_secret(shown_webhook(webhook or expecting.added(command, now), now), secret.shown)
        status_code = HTTP_202_ACCEPTED if outcome.is_pending else HTTP_201_CREATED
        return Response(answer, status_code=status_code, headers=PRIVATE)

    @get(responses=answers(), response_headers=PAGE_HEADERS)
    async def list_webhooks(
        self, request: GatewayRequest, skip: Skip = 0, limit: Limit = 100
    ) -> Response[list[ShownWebhook]]:
        """The caller's webhooks, the newest first.

        X-Total-Count says how many there are. Link has the addresses of the next and the previous page.
        """
        async with request.resources.pool.acquire() as connection:
            webhooks, total = await store.page_of_webhooks(
                connection, request.principal.user_id, skip=skip, limit=limit
            )
        headers = page_headers(
            request.url.path, request.query_params.multi_items(), skip=skip, limit=limit, total=total
        )
        now = datetime.now(UTC)
        return Response([shown_webhook(webhook, now) for webhook in webhooks], headers=headers)

    @get("/{webhook_id:uuid}", responses=answers(404) | NOT_MODIFIED)
    async def webhook(self, request: GatewayRequest, webhook_id: FromPath[UUID]) -> Response[ShownWebhook]:
        """A webhook of the caller's."""
        webhook = await own_webhook(request, webhook_id)
        return answer_if_changed(request, shown_webhook(webhook, datetime.now(UTC)))

    @put(
        "/{webhook_id:uuid}",
        status_code=HTTP_200_OK,
        responses=answers(403, 404, 409) | accepted(ShownWebhook),
    )
    async def change_webhook(
        self, request: GatewayRequest, webhook_id: FromPath[UUID], data: JSONBody[ChangedWebhook]
    ) -> Response[ShownWebhook]:
        """Changes where a webhook is, or what it is told; switches it off or on (`is_active`).

        What waits for a webhook that is switched off has failed. One that is switched on is told what happens
        from then on, and what has failed can be recovered; what happened while it was off is not told.
        Answers the webhook as it is then; with 202, as it will be.
        """
        before = await own_webhook(request, webhook_id)
        if data.is_empty:
            raise _bad_request(f"Send at least one of {', '.join(ChangedWebhook.__struct_fields__)}.")
        if data.url is not None:
            _require_possible(request, data.url)
        command = ChangeWebhookV1(
            command_id=ids_of(request).new(),
            actor=request.principal.actor,
            webhook_id=webhook_id,
            url=data.url,
            events=None if data.events is None else without_repeats(data.events),
            description=None if data.description is None else data.description.strip(),
            is_batched=data.batch,
            min_score=data.min_score,
            is_active=data.is_active,
        )
        outcome = await request.resources.commands.carry_out(command)
        now = datetime.now(UTC)
        if outcome.is_pending:
            webhook = expecting.changed(before, command, now)
        else:
            webhook = await own_webhook(request, webhook_id)
        return Response(shown_webhook(webhook, now), status_code=outcome.status_code, headers=PRIVATE)

    @delete(
        "/{webhook_id:uuid}",
        status_code=HTTP_200_OK,
        responses=answers(404) | accepted(WebhookDeleted),
    )
    async def delete_webhook(
        self, request: GatewayRequest, webhook_id: FromPath[UUID]
    ) -> Response[WebhookDeleted]:
        """Calls an address no longer, and forgets its secret and its deliveries."""
        await own_webhook(request, webhook_id)
        command = DeleteWebhookV1(
            command_id=ids_of(request).new(), actor=request.principal.actor, webhook_id=webhook_id
        )
        outcome = await request.resources.commands.carry_out(command)
        answer = WebhookDeleted(message="Webhook deleted successfully")
        return Response(answer, status_code=outcome.status_code)

    @post(
        "/{webhook_id:uuid}/rotate-secret",
        status_code=HTTP_200_OK,
        responses=answers(404, 409) | accepted(WebhookWithSecret),
    )
    async def rotate_secret(
        self, request: GatewayRequest, webhook_id: FromPath[UUID]
    ) -> Response[WebhookWithSecret]:
        """Signs with another secret, which is in the answer and is not shown again. For a day deliveries are
        signed with the secret before, too, so that receivers can change over; with the last three before,
        where it is rotated often."""
        ids = ids_of(request)
        before = await own_webhook(request, webhook_id)
        command_id = ids.new()
        secret = await new_secret(request, webhook_id)
        command = RotateWebhookSecretV1(
            command_id=command_id,
            actor=request.principal.actor,
            webhook_id=webhook_id,
            sealed_secret=secret.sealed,
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        webhook = before if outcome.is_pending else await own_webhook(request, webhook_id)
        answer = with_secret(shown_webhook(webhook, datetime.now(UTC)), secret.shown)
        return Response(answer, status_code=outcome.status_code, headers=PRIVATE)


def _require_possible(request: GatewayRequest, url: str) -> None:
    """Raises Problem 400."""
    settings = request.resources.settings
    why = refusal(url, allow_http=settings.webhook_allow_http, allow_private=settings.webhook_allow_private)
    if why is not None:
        raise _bad_request(f"url: {why}")


def _bad_request(detail: str) -> Problem:
    return Problem(status_code=HTTP_400_BAD_REQUEST, detail=detail)
