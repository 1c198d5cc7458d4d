"""The gateway's read models of what the matcher tells: jobs, and who matches them."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotgigs.gateway.tables import metadata

_NOT_REMOVED = text("removed_at IS NULL")

jobs = Table(
    "jobs",
    metadata,
    Column("job_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    Column("database_id", Uuid, nullable=False),
    Column("posting", JSONB, nullable=False),
    Column("status", Text, nullable=False),  # open, closed
    Column("matches_since", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    # What narrows a list is in its index.
    Index("jobs_created", "created_at", "job_id", postgresql_include=["status", "owner_user_id"]),
    Index("jobs_owned", "owner_user_id", "created_at", "job_id", postgresql_include=["status"]),
    Index("jobs_open", "job_id", postgresql_where=text("status = 'open'")),
)

# A removed match stays for a while, as its version: nothing else of it does.
matches = Table(
    "matches",
    metadata,
    Column("job_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("match_id", Uuid, nullable=False, unique=True),
    Column("job_version", Integer),
    Column("candidate_version", Integer),
    Column("score", Float),
    Column("skill_score", Float),
    Column("experience_score", Float),
    Column("education_score", Float),
    Column("location_score", Float),
    Column("evidence", JSONB),
    Column("created_at", DateTime(timezone=True)),
    Column("removed_at", DateTime(timezone=True)),
    # Lists are counted and put in order by the index alone.
    Index(
        "matches_of_job",
        "job_id",
        "candidate_id",
        postgresql_include=["score"],
        postgresql_where=_NOT_REMOVED,
    ),
    Index(
        "matches_of_candidate",
        "candidate_id",
        "job_id",
        postgresql_include=["score"],
        postgresql_where=_NOT_REMOVED,
    ),
    Index("matches_removed", "removed_at", postgresql_where=text("removed_at IS NOT NULL")),
)

# When the users of a database first looked at a match.
match_views = Table(
    "match_views",
    metadata,
    Column("job_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    Column("database_id", Uuid, primary_key=True),
    Column("viewed_at", DateTime(timezone=True), nullable=False),
    Index("match_views_candidate", "candidate_id"),
)

matching_runs = Table(
    "matching_runs",
    metadata,
    Column("run_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("about", Text, nullable=False),  # job, candidate
    Column("about_id", Uuid, nullable=False, index=True),
    Column("requested_by", Uuid),
    Column("status", Text, nullable=False),  # queued, running, completed, failed
    Column("to_compare", Integer),
    Column("compared", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
)

# What the matcher answered to a question of which nothing is kept: until whoever waits for it has read it.
matching_answers = Table(
    "matching_answers",
    metadata,
    Column("command_id", Uuid, primary_key=True),
    Column("candidate_ids", ARRAY(Uuid), nullable=False),
    Column("answer", JSONB, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now(), index=True),
)
