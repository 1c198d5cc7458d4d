"""The tables that every service has besides its own, in its own schema."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

CHANGED_SINCE = (
    "changed_in >= $1 AND ($1 = 0 OR changed_in < pg_snapshot_xmax(pg_current_snapshot())::text::bigint)"
)
"""The SQL condition for rows that transaction $1 or a later one changed last. Rows that were dumped from
another cluster and restored may name transactions that are still to come: they are old."""


def changed_in() -> Column[int]:
    """For the tables that an owner's public state is read from: the transaction that changed the row last.

    A trigger on the table keeps it, so that no statement can forget it; the migration that adds the column
    makes that too (ingest_0002).
    """
    return Column(
        "changed_in",
        BigInteger,
        nullable=False,
        server_default=text("pg_current_xact_id()::text::bigint"),
    )


def changed_in_index(table: str) -> Index:
    """A block-range index: small, and quickly made on a large table."""
    return Index(f"{table}_changed_in", "changed_in", postgresql_using="brin")


def settled_commands(metadata: MetaData) -> Table:
    """For a service that settles commands (`hotgigs.chassis.settling`)."""
    return Table(
        "settled_commands",
        metadata,
        Column("command_id", Uuid, primary_key=True),
        Column("events", Integer, nullable=False, server_default=text("0")),
        # Null for a command that was carried out.
        Column("rejection", JSONB),
        Column("settled_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Index("settled_commands_settled_at", "settled_at"),
    )


def service_metadata(schema: str) -> MetaData:
    """The metadata of a service's tables, with its inbox and outbox already in it."""
    metadata = MetaData(schema=schema)
    Table(
        "inbox",
        metadata,
        Column("queue", Text, primary_key=True),
        Column("message_id", Uuid, primary_key=True),
        Column("handled_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Index("inbox_handled_at", "handled_at"),
    )
    Table(
        "outbox",
        metadata,
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        # What erasing a person's messages finds them by.
        Column("subject", Text, nullable=False),
        Column("envelope", LargeBinary, nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Column("publish_after", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Index("outbox_subject", "subject"),
    )
    return metadata
