"""The tables of the embedded bus."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
)

metadata = MetaData(schema="bus")

queues = Table(
    "queues",
    metadata,
    Column("name", Text, primary_key=True),
    Column("routing_key", Text, nullable=False, index=True),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("queue", Text, ForeignKey("bus.queues.name"), nullable=False),
    Column("message_id", Uuid, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("envelope", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("times_delivered", Integer, nullable=False, server_default="0"),
    Column("visible_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("lease", Uuid, index=True),
    Column("leased_until", DateTime(timezone=True)),
    Column("died_at", DateTime(timezone=True)),
    Column("reason", Text),
)

Index(
    "deliveries_alive", deliveries.c.queue, deliveries.c.id, postgresql_where=deliveries.c.died_at.is_(None)
)
