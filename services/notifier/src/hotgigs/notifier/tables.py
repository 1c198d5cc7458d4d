"""The tables of the notifier. The newest migration makes exactly these."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    false,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotgigs.chassis.tables import changed_in, changed_in_index, service_metadata, settled_commands

metadata = service_metadata("notifier")


def _of_a_webhook() -> ForeignKey:
    return ForeignKey("notifier.webhooks.webhook_id", ondelete="CASCADE")


webhooks = Table(
    "webhooks",
    metadata,
    Column("webhook_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    Column("url", Text, nullable=False),
    Column("events", ARRAY(Text), nullable=False),
    Column("description", Text, nullable=False),
    Column("is_batched", Boolean, nullable=False),
    Column("min_score", Double, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("disabled_by", Text),
    Column("disabled_at", DateTime(timezone=True)),
    Column("old_secrets_until", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    changed_in(),
    changed_in_index("webhooks"),
    Index("webhooks_of_owner", "owner_user_id"),
    Index("webhooks_hearing", "events", postgresql_using="gin", postgresql_where=text("is_active")),
)

# How a webhook answers: apart from what is told of it, since every try writes it.
health = Table(
    "health",
    metadata,
    Column("webhook_id", Uuid, _of_a_webhook(), primary_key=True),
    # Since when nothing was accepted; null while it is well.
    Column("failing_since", DateTime(timezone=True)),
    Column("failed_at", DateTime(timezone=True)),
    # Of its tries, the newer counting for more.
    Column("mean_duration_ms", Double, nullable=False, server_default=text("0")),
)

secrets = Table(
    "secrets",
    metadata,
    Column("webhook_id", Uuid, _of_a_webhook(), primary_key=True),
    # The newest is the webhook's secret; those before sign, too, until they end.
    Column("number", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("until", DateTime(timezone=True)),
)

# So that what is told late of a webhook raises none from the dead.
deleted_webhooks = Table(
    "deleted_webhooks",
    metadata,
    Column("webhook_id", Uuid, primary_key=True),
    changed_in(),
    changed_in_index("deleted_webhooks"),
)

# Accounts that have had a webhook, or that an admin has changed. Version 0: as a command said.
owners = Table(
    "owners",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("is_active", Boolean, nullable=False, server_default=true()),
)

# What happened, until those who are to hear of it are known. Nothing in it is personal data.
events = Table(
    "events",
    metadata,
    # Follows from what happened: what is told again has the id that it had.
    Column("event_id", Uuid, primary_key=True),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    Column("event", Text, nullable=False),
    # Of what it is about.
    Column("version", BigInteger, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("candidate_id", Uuid),
    Column("resume_id", Uuid),
    Column("job_id", Uuid),
    # It can be told when these versions of them, or newer ones, are known here.
    Column("candidate_version", Integer, nullable=False, server_default=text("0")),
    Column("job_version", Integer, nullable=False, server_default=text("0")),
    # What else its data needs: hotgigs.notifier.happened.
    Column("facts", JSONB, nullable=False),
    # Null until it is known who is to hear of it.
    Column("fanned_out_at", DateTime(timezone=True)),
    Index("events_waiting", "number", postgresql_where=text("fanned_out_at IS NULL")),
    Index("events_of_candidate", "candidate_id"),
    Index("events_of_resume", "resume_id"),
    Index("events_of_job", "job_id"),
    Index("events_occurred_at", "occurred_at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    # What receivers know it by; follows from webhook and event, where it is of one event.
    Column("delivery_id", Uuid, primary_key=True),
    Column("webhook_id", Uuid, _of_a_webhook(), nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("event", Text, nullable=False),
    Column("is_test", Boolean, nullable=False, server_default=false()),
    Column("is_batch", Boolean, nullable=False, server_default=false()),
    # A batch that still takes in.
    Column("is_open", Boolean, nullable=False, server_default=false()),
    # pending, delivered, failed, withheld
    Column("status", Text, nullable=False, server_default=text("'pending'")),
    # How often it was tried; and since its schedule began, which redelivering begins anew.
    Column("attempt_count", Integer, nullable=False, server_default=text("0")),
    Column("scheduled_count", Integer, nullable=False, server_default=text("0")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    # Null unless it is pending.
    Column("next_attempt_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    # Whose it is while it is tried: who has not the token any more records nothing.
    Column("lease_token", Uuid),
    Column("lease_until", DateTime(timezone=True)),
    changed_in(),
    changed_in_index("deliveries"),
    Index("deliveries_due", "webhook_id", "next_attempt_at", postgresql_where=text("status = 'pending'")),
    Index("deliveries_in_hand", "webhook_id", postgresql_where=text("lease_token IS NOT NULL")),
    Index("deliveries_of_webhook", "webhook_id", "created_at"),
    Index("deliveries_open", "webhook_id", unique=True, postgresql_where=text("is_open")),
    Index("deliveries_created_at", "created_at"),
)

# What a delivery tells, in order; none for a test.
delivered_events = Table(
    "delivered_events",
    metadata,
    Column(
        "delivery_id",
        Uuid,
        ForeignKey("notifier.deliveries.delivery_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("event_id", Uuid, ForeignKey("notifier.events.event_id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, nullable=False),
    Index("delivered_events_of_event", "event_id"),
)

attempts = Table(
    "attempts",
    metadata,
    Column(
        "delivery_id",
        Uuid,
        ForeignKey("notifier.deliveries.delivery_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("status_code", Integer),
    Column("error", Text),
    # The first of it; whoever answers may say anything, so it goes when what was told is erased.
    Column("answer", Text, nullable=False),
)

# The pairs that a webhook was told of as matches: each once, until it is no match any more.
told_matches = Table(
    "told_matches",
    metadata,
    Column("webhook_id", Uuid, _of_a_webhook(), primary_key=True),
    Column("job_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    # Of the match that it was told of.
    Column("version", BigInteger, nullable=False),
    Index("told_matches_of_pair", "candidate_id", "job_id"),
    Index("told_matches_of_job", "job_id"),
)

settled_commands(metadata)
