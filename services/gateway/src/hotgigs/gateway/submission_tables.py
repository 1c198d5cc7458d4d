"""The gateway's read models of who was submitted to jobs, and of who lets jobs' owners find them."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Table, Text, Uuid

from hotgigs.gateway.tables import metadata

submissions = Table(
    "submissions",
    metadata,
    Column("submission_id", Uuid, primary_key=True),
    Column("job_id", Uuid, nullable=False),
    Column("job_owner_id", Uuid, nullable=False),
    Column("candidate_id", Uuid, nullable=False, index=True),
    Column("database_id", Uuid, nullable=False),
    Column("submitted_by", Uuid, nullable=False),
    Column("note", Text, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    Index("submissions_of_job", "job_id", "submitted_at", "submission_id"),
)

# Of persons who said something; the others are not to be found.
consents = Table(
    "consents",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("database_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("can_be_found", Boolean, nullable=False),
)
