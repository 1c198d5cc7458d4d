"""The tables that every service has besides its own, in its own schema."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
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
