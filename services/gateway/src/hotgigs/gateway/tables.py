"""The gateway's tables: accounts, which it owns, and read models, which others' events make."""

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotgigs.chassis.tables import service_metadata

metadata = service_metadata("gateway")

_now = func.now()

users = Table(
    "users",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("email", Text, nullable=False, unique=True),  # lower case
    Column("password_hash", Text, nullable=False),
    Column("full_name", Text),
    Column("role", Text, nullable=False),  # candidate, recruiter, admin
    Column("status", Text, nullable=False),  # active, pending, suspended
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_now),
    Index("users_role", "role", "created_at"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session_id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("gateway.users.user_id"), nullable=False, index=True),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_now),
    Column("revoked_at", DateTime(timezone=True)),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),  # SHA-256
    Column("session_id", Uuid, ForeignKey("gateway.sessions.session_id"), nullable=False, index=True),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
    Column("used_at", DateTime(timezone=True)),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("api_key_id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("gateway.users.user_id"), nullable=False, index=True),
    Column("key_hash", LargeBinary, nullable=False, unique=True),  # SHA-256
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_now),
    Column("revoked_at", DateTime(timezone=True)),
)

# What became of requests with an Idempotency-Key. In flight while leased; one without a status and a
# lease was given up, and is continued by the next try.
idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("user_id", Uuid, primary_key=True),  # also an outside issuer's, which has no row in users
    Column("key_hash", LargeBinary, primary_key=True),  # SHA-256
    Column("request_hash", LargeBinary, nullable=False),  # SHA-256
    Column("first_id", Uuid, nullable=False),  # of what the request makes
    Column("attempt_id", Uuid, nullable=False),
    Column("leased_until", DateTime(timezone=True), nullable=False),
    Column("status", SmallInteger),
    Column("answer", LargeBinary),  # sealed
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_now, index=True),
)

# Read model of ingest's resumes. Version 0 is the gateway's own word for a command that is safe in its
# queue while ingest is away; any event replaces it.
resumes = Table(
    "resumes",
    metadata,
    Column("resume_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    Column("database_id", Uuid, nullable=False),
    Column("batch_id", Uuid),
    Column("source", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("file", JSONB),
    Column("status", Text, nullable=False),
    Column("error_message", Text),
    Column("candidate_id", Uuid),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("processing_started_at", DateTime(timezone=True)),
    Column("processing_completed_at", DateTime(timezone=True)),
    Column("data", JSONB),
    Index("resumes_batch", "batch_id", postgresql_where=text("batch_id IS NOT NULL")),
)

# Read model of the parser's progress. It stands apart from `resumes` because it has another owner, and
# may come before the resume itself.
resume_progress = Table(
    "resume_progress",
    metadata,
    Column("resume_id", Uuid, primary_key=True),
    Column("attempt", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("percentage", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
)

batches = Table(
    "batches",
    metadata,
    Column("batch_id", Uuid, primary_key=True),
    Column("owner_user_id", Uuid, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)
