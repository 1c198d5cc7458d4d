"""The parser's tables. The newest migration makes exactly these."""

from sqlalchemy import Column, DateTime, Integer, Table, Text, Uuid

from hotgigs.chassis.tables import service_metadata

metadata = service_metadata("parser")

# What became of every parse. What was understood of the resume is not kept here but with its owner.
parse_jobs = Table(
    "parse_jobs",
    metadata,
    Column("resume_id", Uuid, primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("outcome", Text, nullable=False),  # parsed, refused, out_of_time, out_of_memory, died, failed
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=False),
)

# Resumes that were erased: what is still heard of them is not taken in.
tombstones = Table("tombstones", metadata, Column("resume_id", Uuid, primary_key=True))
