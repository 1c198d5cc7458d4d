"""/api/webhooks: what webhooks were told, what came of it, and telling it again."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_400_BAD_REQUEST
from msgspec import Struct

from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.contracts.webhook_state import DeliveryStatus
from hotgigs.gateway.conditional import NOT_MODIFIED, PRIVATE, answer_if_changed
from hotgigs.gateway.errors import Problem, answers
from hotgigs.gateway.idempotency import store as idempotency
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.listing.moments import in_utc, moment_of
from hotgigs.gateway.listing.pages import PAGE_HEADERS, Limit, Skip, page_headers
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted
from hotgigs.gateway.wakeups import delivery_key
from hotgigs.gateway.webhooks import expecting, store
from hotgigs.gateway.webhooks.acting import own_delivery, own_webhook
from hotgigs.gateway.webhooks.given import GivenPeriod, GivenTest
from hotgigs.gateway.webhooks.shown import ShownDelivery, shown_delivery

StatusFilter = Annotated[DeliveryStatus | None, QueryParameter(description="Those of this status")]
EventFilter = Annotated[WebhookEvent | None, QueryParameter(description="Those that tell of this event")]
Since = Annotated[
    str | None,
    QueryParameter(
        schema_extra={"format": "date-time"},
        description="When they were made, at the earliest (RFC 3339; without a zone in UTC; of a date alone"
        " its begin)",
    ),
]


class DeliveriesRecovered(Struct, kw_only=True):
    """`recovered` counts the deliveries that are made again; null where that is not known yet."""

    message: str
    recovered: int | None


class WebhookDeliveryRoutes(Controller):
    path = "/api/webhooks/{webhook_id:uuid}"
    tags = ("Webhooks",)

    @post("/test", status_code=HTTP_200_OK, responses=answers(404, 409) | accepted(ShownDelivery))
    async def send_test_event(
        self, request: GatewayRequest, webhook_id: FromPath[UUID], data: JSONBody[GivenTest | None] = None
    ) -> Response[ShownDelivery]:
        """Delivers the example of an event, signed as any other, and waits some seconds for what the receiver
        says to the first try. Where that takes longer, or is no success, the delivery is `pending`: it is
        tried again as any other, and can be read on. A receiver knows a test by the ids of the example, such
        as `data.event_id`, which are those of `event-types`. 409 while the webhook is switched off."""
        webhook = await own_webhook(request, webhook_id)
        ids, commands = ids_of(request), request.resources.commands
        delivery_id = ids.new()
        command = SendTestEventV1(
            command_id=ids.new(),
            actor=request.principal.actor,
            webhook_id=webhook_id,
            delivery_id=delivery_id,
            event=(data and data.event) or webhook.events[0],
        )
        outcome = await commands.carry_out(command, is_continued=ids.is_continued)
        if not outcome.is_pending:
            await commands.shown(
                watch=delivery_key(delivery_id),
                is_applied=lambda connection: store.is_tried(connection, delivery_id),
                wait_s=request.resources.settings.webhook_test_wait_seconds,
            )
        async with request.resources.pool.acquire() as connection:
            delivery = await store.delivery(connection, webhook_id, delivery_id)
        answer = shown_delivery(delivery or expecting.tested(command, datetime.now(UTC)))
        return Response(answer, status_code=outcome.status_code, headers=PRIVATE)

    @get("/deliveries", responses=answers(404), response_headers=PAGE_HEADERS)
    async def list_deliveries(
        self,
        request: GatewayRequest,
        webhook_id: FromPath[UUID],
        *,
        status: StatusFilter = None,
        event: EventFilter = None,
        since: Since = None,
        skip: Skip = 0,
        limit: Limit = 50,
    ) -> Response[list[ShownDelivery]]:
        """What a webhook of the caller's was told, the newest first: every try, what the receiver answered,
        and when the next is due. A delivery is kept for 30 days after its end.

        X-Total-Count says how many there are, counted to 10,000. Link has the addresses of the next and the
        previous page.
        """
        narrowed = store.Narrowed(status=status, event=event, since=moment_of("since", since))
        await own_webhook(request, webhook_id)
        async with request.resources.pool.acquire() as connection:
            deliveries, total = await store.page_of_deliveries(
                connection, webhook_id, narrowed, skip=skip, limit=limit
            )
        headers = page_headers(
            request.url.path,
            request.query_params.multi_items(),
            skip=skip,
            limit=limit,
            total=total,
            counted=store.COUNTED,
        )
        return Response([shown_delivery(each) for each in deliveries], headers=headers)

    @get("/deliveries/{delivery_id:uuid}", responses=answers(404) | NOT_MODIFIED)
    async def delivery(
        self, request: GatewayRequest, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
    ) -> Response[ShownDelivery]:
        """A delivery, with its tries."""
        return answer_if_changed(
            request, shown_delivery(await own_delivery(request, webhook_id, delivery_id))
        )

    @post(
        "/deliveries/{delivery_id:uuid}/redeliver",
        status_code=HTTP_200_OK,
        responses=answers(404, 409) | accepted(ShownDelivery),
    )
    async def redeliver(
        self, request: GatewayRequest, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
    ) -> Response[ShownDelivery]:
        """Makes a delivery again, whatever became of it: with the same id, and with what its owner may see
        now. Answers it as it is when it is about to be tried. 409 while the webhook is switched off."""
        ids = ids_of(request)
        before = await own_delivery(request, webhook_id, delivery_id)
        command_id = ids.new()
        async with request.resources.pool.acquire() as connection:
            # What a receiver answered to tries before may be of whom the delivery tells.
            await idempotency.name_subject(connection, command_id, delivery_id)
        command = RedeliverV1(
            command_id=command_id,
            actor=request.principal.actor,
            webhook_id=webhook_id,
            delivery_id=delivery_id,
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        if outcome.is_pending:
            delivery = expecting.redelivered(before, datetime.now(UTC))
        else:
            delivery = await own_delivery(request, webhook_id, delivery_id)
        return Response(shown_delivery(delivery), status_code=outcome.status_code, headers=PRIVATE)

    @post("/recover", status_code=HTTP_200_OK, responses=answers(404, 409) | accepted(DeliveriesRecovered))
    async def recover(
        self, request: GatewayRequest, webhook_id: FromPath[UUID], data: JSONBody[GivenPeriod]
    ) -> Response[DeliveriesRecovered]:
        """Makes all deliveries again that were made in a period, and have failed; of tests, too. What is
        withheld stays so. 409 while the webhook is switched off, and for more than 10,000 at once."""
        since = in_utc("since", data.since)
        until = None if data.until is None else in_utc("until", data.until)
        if until is not None and until <= since:
            raise Problem(status_code=HTTP_400_BAD_REQUEST, detail="until is not after since.")
        ids = ids_of(request)
        await own_webhook(request, webhook_id)
        command = RecoverDeliveriesV1(
            command_id=ids.new(),
            actor=request.principal.actor,
            webhook_id=webhook_id,
            since=since,
            until=until,
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        answer = DeliveriesRecovered(
            message="Deliveries recovered successfully",
            recovered=None if outcome.is_pending else sum(outcome.result.values()),
        )
        return Response(answer, status_code=outcome.status_code, headers=PRIVATE)
