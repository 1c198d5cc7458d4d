"""Ingest's tables. The newest migration makes exactly these."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hotgigs.chassis.tables import changed_in, changed_in_index, service_metadata

metadata = service_metadata("ingest")

batches = Table(
    "batches",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("owner_user_id", Uuid, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    changed_in(),
    changed_in_index("batches"),
)

candidates = Table(
    "candidates",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("database_id", Uuid, nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    # What a second resume of the same person is recognised by, as the newest resume has it.
    Column("email", Text),
    Column("phone", Text),
    Column("full_name", Text),
    Column("leading_resume_id", Uuid, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Index("candidates_email", "database_id", "owner_user_id", "email"),
    Index("candidates_phone", "database_id", "owner_user_id", "phone"),
)

resumes = Table(
    "resumes",
    metadata,
    Column("resume_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    Column("database_id", Uuid, nullable=False),
    Column("batch_id", Uuid, ForeignKey("ingest.batches.batch_id"), index=True),
    Column("source", Text, nullable=False),
    Column("filename", Text, nullable=False),
    # The file's columns are null for a file that was refused.
    Column("blob_key", Text, unique=True),
    Column("media_type", Text),
    Column("size_bytes", BigInteger),
    Column("sha256", Text),
    Column("status", Text, nullable=False),
    Column("error_message", Text),
    Column("candidate_id", Uuid, ForeignKey("ingest.candidates.candidate_id"), index=True),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("processing_started_at", DateTime(timezone=True)),
    Column("processing_completed_at", DateTime(timezone=True)),
    Column("data", JSONB),
    changed_in(),
    changed_in_index("resumes"),
)
