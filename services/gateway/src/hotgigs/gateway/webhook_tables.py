"""The gateway's read models of what the notifier tells: webhooks, and their deliveries."""

from sqlalchemy import ARRAY, Boolean, Column, DateTime, Double, Index, Integer, Table, Text, Uuid, false
from sqlalchemy.dialects.postgresql import JSONB

from hotgigs.gateway.tables import metadata

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
    Column("disabled_by", Text),  # owner, gone, failing, owner_inactive
    Column("disabled_at", DateTime(timezone=True)),
    Column("old_secrets_until", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Index("webhooks_owned", "owner_user_id", "created_at", "webhook_id"),
)

# A delivery may be told of before its webhook.
webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("delivery_id", Uuid, primary_key=True),
    Column("webhook_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("event", Text, nullable=False),
    Column("is_test", Boolean, nullable=False),
    Column("event_ids", ARRAY(Uuid), nullable=False),
    Column("candidate_ids", ARRAY(Uuid), nullable=False),
    Column("resume_ids", ARRAY(Uuid), nullable=False),
    Column("status", Text, nullable=False),  # pending, delivered, failed, withheld
    Column("attempt_count", Integer, nullable=False),
    Column("attempts", JSONB, nullable=False),  # the newest first
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("next_attempt_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Index("webhook_deliveries_of_webhook", "webhook_id", "created_at", "delivery_id"),
    Index("webhook_deliveries_by_status", "webhook_id", "status", "created_at", "delivery_id"),
    Index("webhook_deliveries_ended_at", "ended_at"),
    # What erasing finds them by.
    Index("webhook_deliveries_of_candidates", "candidate_ids", postgresql_using="gin"),
    Index("webhook_deliveries_of_resumes", "resume_ids", postgresql_using="gin"),
)

# The gateway's own: that the owner of a webhook is told that it was disabled.
webhook_notices = Table(
    "webhook_notices",
    metadata,
    Column("webhook_id", Uuid, primary_key=True),
    Column("disabled_at", DateTime(timezone=True), primary_key=True),
    # Until then it is being sent; afterwards it may be sent once more, unless it is settled.
    Column("claimed_until", DateTime(timezone=True), nullable=False),
    Column("is_settled", Boolean, nullable=False, server_default=false()),
)
