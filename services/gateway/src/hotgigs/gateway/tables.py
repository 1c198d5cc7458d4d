"""The gateway's tables: accounts, which it owns, and read models, which others' events make."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    DateTime,
    Float,
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
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from hotgigs.chassis.tables import service_metadata

metadata = service_metadata("gateway")

_now = func.now()
_INCLUDED = ["find_key", "source", "years"]

users = Table(
    "users",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("email", Text, nullable=False, unique=True),  # lower case
    Column("password_hash", Text, nullable=False),
    Column("full_name", Text),
    Column("role", Text, nullable=False),  # candidate, recruiter, admin
    Column("status", Text, nullable=False),  # active, pending, suspended
    Column("version", Integer, nullable=False, server_default=text("0")),  # grows when an admin changes it
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
    Column("first_id", Uuid, nullable=False, index=True),  # of what the request makes
    Column("about_id", Uuid, index=True),  # of what the request's address names
    Column("choice", LargeBinary),  # sealed: what its tries must not choose anew
    Column("attempt_id", Uuid, nullable=False),
    Column("leased_until", DateTime(timezone=True), nullable=False),
    Column("status", SmallInteger),
    Column("answer", LargeBinary),  # sealed
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_now, index=True),
)

# How much of a minute's requests is taken, by all gateways together. Unlogged: a crash forgets a minute.
rate_windows = Table(
    "rate_windows",
    metadata,
    Column("key", Text, primary_key=True),  # a kind, and a keyed hash of a user's id or a client's address
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("used", Integer, nullable=False),  # what was refused included
    prefixes=["UNLOGGED"],
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
    Index("resumes_candidate", "candidate_id", postgresql_where=text("candidate_id IS NOT NULL")),
    Index("resumes_file", "database_id", text("(file->>'sha256')")),
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

# Read model of ingest's candidates: all of each, whoever may see it. What somebody may see is in `entries`.
candidates = Table(
    "candidates",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("database_id", Uuid, nullable=False, index=True),
    Column("user_id", Uuid),
    Column("source", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("survivor_id", Uuid, nullable=False, index=True),
    Column("merged_ids", ARRAY(Uuid), nullable=False),
    Column("resume_ids", ARRAY(Uuid), nullable=False),
    Column("profile", JSONB, nullable=False),
    Column("edited", ARRAY(Text), nullable=False),
    # By which the same person is suspected elsewhere: folded, and the phone's digits.
    Column("email_key", Text, index=True),
    Column("phone_key", Text, index=True),
    Column("name_key", Text, nullable=False),
)

# Read model of the shares that ingest granted. A revoked one stays, as its version.
access = Table(
    "access",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("recruiter_id", Uuid, primary_key=True),
    Column("database_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_revoked", Boolean, nullable=False),
    Column("can_view_contact_info", Boolean, nullable=False),
    Column("can_download_resume", Boolean, nullable=False),
    Column("can_submit_to_jobs", Boolean, nullable=False),
    Column("share_reason", Text),
    Column("share_notes", Text),
    Column("granted_by", Uuid),
    Column("granted_at", DateTime(timezone=True)),
)

# What each database shows of each candidate: its own, and those shared with its recruiter. A row holds only
# what the recruiter may see, so that nothing else can be listed, searched for or sorted by.
entries = Table(
    "entries",
    metadata,
    Column("database_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    Column("is_own", Boolean, nullable=False),
    Column("can_view_contact_info", Boolean, nullable=False),
    Column("can_download_resume", Boolean, nullable=False),
    Column("can_submit_to_jobs", Boolean, nullable=False),
    Column("user_id", Uuid),
    Column("source", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("full_name", Text),
    Column("name_key", Text, nullable=False),  # folded, to sort by
    Column("email", Text),
    Column("title", Text),
    Column("location", Text),
    Column("years", Float, nullable=False),
    Column("top_skills", ARRAY(Text), nullable=False),
    Column("tags", ARRAY(Text), nullable=False),
    Column("find_key", Text, nullable=False),  # name and mail, folded: what `search` looks through
    Column("search", TSVECTOR, nullable=False),  # words of the profile, and lexemes for exact terms
    Column("profile", JSONB),  # only where it is not the candidate's own: with the contact hidden
    Index("entries_search", "search", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
    # What is searched and narrowed by within a database is in the index, which is read a page at a time.
    Index("entries_added", "database_id", "added_at", "candidate_id", postgresql_include=_INCLUDED),
    Index("entries_named", "database_id", "name_key", "candidate_id"),
    Index("entries_years", "database_id", "years", "candidate_id"),
    Index("entries_of", "candidate_id"),
    Index(
        "entries_all_added",
        "added_at",
        "candidate_id",
        postgresql_include=_INCLUDED,
        postgresql_where=text("is_own"),
    ),
    Index("entries_all_named", "name_key", "candidate_id", postgresql_where=text("is_own")),
    Index("entries_all_years", "years", "candidate_id", postgresql_where=text("is_own")),
)

notes = Table(
    "notes",
    metadata,
    Column("note_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, nullable=False, index=True),
    Column("database_id", Uuid, nullable=False),
    Column("author_user_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("is_private", Boolean, nullable=False),
    Column("is_important", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

# A removed tag stays, as its version.
tags = Table(
    "tags",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("tagging_database_id", Uuid, primary_key=True),
    Column("tag", Text, primary_key=True),
    Column("database_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_removed", Boolean, nullable=False),
)

# The read model of what was done with candidates, and the gateway's own record of what admins do with users.
activities = Table(
    "activities",
    metadata,
    Column("activity_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid),
    Column("database_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("actor_user_id", Uuid),
    Column("actor_role", Text),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("resume_id", Uuid),
    Column("note_id", Uuid),
    Column("is_private", Boolean, nullable=False),
    Column("recruiter_id", Uuid),
    Column("job_id", Uuid),
    Column("other_candidate_id", Uuid),
    Column("fields", ARRAY(Text), nullable=False),
    Column("tags", ARRAY(Text), nullable=False),
    Column("user_id", Uuid),  # whom an admin changed; null in what ingest tells
    Index("activities_candidate", "candidate_id", "at", "activity_id"),
    Index("activities_admins", "at", "activity_id", postgresql_where=text("actor_role = 'admin'")),
)

# When the users of a database last looked at a candidate.
views = Table(
    "views",
    metadata,
    Column("database_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    Column("last_viewed_at", DateTime(timezone=True), nullable=False),
    Index("views_candidate", "candidate_id"),
)

# Ids of candidates, resumes, jobs, webhooks and more that are gone: whatever is still told of them is not
# taken in.
tombstones = Table("tombstones", metadata, Column("id", Uuid, primary_key=True))

erasures = Table(
    "erasures",
    metadata,
    Column("erasure_id", Uuid, primary_key=True),
    Column("database_id", Uuid, nullable=False),
    Column("candidate_ids", ARRAY(Uuid), nullable=False),
    Column("resume_ids", ARRAY(Uuid), nullable=False),
    Column("actor_user_id", Uuid, nullable=False),
    Column("actor_role", Text, nullable=False),
    Column("erased_at", DateTime(timezone=True), nullable=False),
)

erasure_confirmations = Table(
    "erasure_confirmations",
    metadata,
    Column("erasure_id", Uuid, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)

# What has come of commands: a row for each event of a command's effect that was applied here, and one,
# named 'settled', for the owner's word how many there are. Forgotten after a while.
command_outcomes = Table(
    "command_outcomes",
    metadata,
    Column("command_id", Uuid, primary_key=True),
    Column("event", Text, primary_key=True),
    Column("events", Integer),
    Column("rejection", JSONB),
    Column("result", JSONB),
    Column("at", DateTime(timezone=True), nullable=False, server_default=_now, index=True),
)
