"""What somebody sends to set a webhook up, to change it, or to have deliveries made: the shapes of the
bodies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.contracts.webhook_url import MOST_CHARACTERS
from hotgigs.gateway.changes.plain_text import LongLine
from hotgigs.gateway.patterns import SEEN_LINE

Url = Annotated[str, Meta(max_length=MOST_CHARACTERS, pattern=SEEN_LINE)]
Events = Annotated[list[WebhookEvent], Meta(min_length=1, max_length=20)]
Score = Annotated[float, Meta(ge=0, le=100)]
Moment = Annotated[datetime, Meta(tz=True)]


class NewWebhook(Struct, kw_only=True, forbid_unknown_fields=True):
    """`url` is called with `https://`, at a public address. With `batch`, up to 100 matches come in one
    delivery, at most 5 seconds after the first of them; `min_score` (0 to 100) is the least of a match that
    is told. Both are about `match.created` alone."""

    url: Url
    events: Events
    description: LongLine = ""
    batch: bool = False
    min_score: Score = 0.0
    is_active: bool = True


class ChangedWebhook(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out, or null, stays as it is."""

    url: Url | None = None
    events: Events | None = None
    description: LongLine | None = None
    batch: bool | None = None
    min_score: Score | None = None
    is_active: bool | None = None

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, name) is None for name in self.__struct_fields__)


class GivenTest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Without an `event`, the first that the webhook is for. One that it is not for can be tested, too."""

    event: WebhookEvent | None = None


class GivenPeriod(Struct, kw_only=True, forbid_unknown_fields=True):
    """Of when deliveries were made: at `since` or later, and before `until` where there is one; RFC 3339,
    with a time zone."""

    since: Moment
    until: Moment | None = None


def without_repeats(events: Sequence[WebhookEvent]) -> tuple[WebhookEvent, ...]:
    """In their order."""
    return tuple(dict.fromkeys(events))
