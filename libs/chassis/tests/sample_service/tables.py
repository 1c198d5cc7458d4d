"""The tables of a small service that exists for the chassis's tests."""

from sqlalchemy import BigInteger, Column, Identity, Integer, Table, Text

from hotgigs.chassis.tables import service_metadata

metadata = service_metadata("sample")

# One row an effect: a doubled effect shows as two rows.
effects = Table(
    "effects",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("note", Text),
)
