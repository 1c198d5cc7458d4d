"""Ingest's tables. The newest migration makes exactly these."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hotgigs.chassis.tables import changed_in, changed_in_index, service_metadata, settled_commands

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
    Column("version", Integer, nullable=False),
    Column("database_id", Uuid, nullable=False, index=True),
    # The person's account, where the person uploaded the resume.
    Column("user_id", Uuid),
    Column("source", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("merged_into", Uuid, ForeignKey("ingest.candidates.candidate_id"), index=True),
    # ProfileEdits.
    Column("edits", JSONB, nullable=False, server_default=text("'{}'")),
    changed_in(),
    changed_in_index("candidates"),
)

# What a person is recognised by, in forms that compare: of each resume, and of each edited profile.
identities = Table(
    "identities",
    metadata,
    # The resume's id; the candidate's own for an edited profile.
    Column("of_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, ForeignKey("ingest.candidates.candidate_id"), nullable=False, index=True),
    Column("database_id", Uuid, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("name_words", ARRAY(Text), nullable=False),
    Index("identities_email", "database_id", "email"),
    Index("identities_phone", "database_id", "phone"),
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
    # The version before of the same file, which need not be there: it may come later, or be erased.
    Column("replaces_resume_id", Uuid),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("processing_started_at", DateTime(timezone=True)),
    Column("processing_completed_at", DateTime(timezone=True)),
    Column("data", JSONB),
    changed_in(),
    changed_in_index("resumes"),
    Index("resumes_replacing", "replaces_resume_id", postgresql_where=text("replaces_resume_id IS NOT NULL")),
)

notes = Table(
    "notes",
    metadata,
    Column("note_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, ForeignKey("ingest.candidates.candidate_id"), nullable=False, index=True),
    Column("database_id", Uuid, nullable=False),
    Column("author_user_id", Uuid, nullable=False),
    # Empty once it is removed.
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("is_private", Boolean, nullable=False),
    Column("is_important", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("removed_at", DateTime(timezone=True)),
    changed_in(),
    changed_in_index("notes"),
)

tags = Table(
    "tags",
    metadata,
    Column("candidate_id", Uuid, ForeignKey("ingest.candidates.candidate_id"), primary_key=True),
    # Whose tags they are.
    Column("tagging_database_id", Uuid, primary_key=True),
    Column("tag", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("is_removed", Boolean, nullable=False),
    changed_in(),
    changed_in_index("tags"),
)

# What an admin shared. What comes of it, and of submissions, is in `grants`.
shares = Table(
    "shares",
    metadata,
    Column("candidate_id", Uuid, ForeignKey("ingest.candidates.candidate_id"), primary_key=True),
    Column("recruiter_id", Uuid, primary_key=True),
    Column("can_view_contact_info", Boolean, nullable=False),
    Column("can_download_resume", Boolean, nullable=False),
    Column("can_submit_to_jobs", Boolean, nullable=False),
    Column("share_reason", Text),
    Column("share_notes", Text),
    Column("granted_by", Uuid, nullable=False),
    Column("granted_at", DateTime(timezone=True), nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("submission_id", Uuid, primary_key=True),
    Column("job_id", Uuid, nullable=False, index=True),
    Column("job_owner_id", Uuid, nullable=False),
    # The owner's, who sees the candidate there: a recruiter's own, or the master database, where admins see
    # all anyway.
    Column("job_database_id", Uuid, nullable=False),
    Column("candidate_id", Uuid, ForeignKey("ingest.candidates.candidate_id"), nullable=False, index=True),
    Column("database_id", Uuid, nullable=False),
    Column("submitted_by", Uuid, nullable=False),
    Column("submitter_role", Text, nullable=False),
    # Empty once it is withdrawn.
    Column("note", Text, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_at", DateTime(timezone=True)),
    changed_in(),
    changed_in_index("submissions"),
    Index(
        "submissions_once",
        "job_id",
        "candidate_id",
        "submitted_by",
        unique=True,
        postgresql_where=text("withdrawn_at IS NULL"),
    ),
)

# To which nobody is submitted any more, however late the command comes.
deleted_jobs = Table("deleted_jobs", metadata, Column("job_id", Uuid, primary_key=True))

# What recruiters may do with candidates of others, as it was told last: what shares and submissions come to.
grants = Table(
    "grants",
    metadata,
    Column("candidate_id", Uuid, ForeignKey("ingest.candidates.candidate_id"), primary_key=True),
    Column("recruiter_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    # What was taken back keeps its row, and so its version.
    Column("is_revoked", Boolean, nullable=False),
    Column("can_view_contact_info", Boolean, nullable=False),
    Column("can_download_resume", Boolean, nullable=False),
    Column("can_submit_to_jobs", Boolean, nullable=False),
    Column("share_reason", Text),
    Column("share_notes", Text),
    Column("granted_by", Uuid, nullable=False),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    changed_in(),
    changed_in_index("grants"),
)

# Whether a person lets the owners of jobs find them; nobody does before they say so.
consents = Table(
    "consents",
    metadata,
    Column("candidate_id", Uuid, ForeignKey("ingest.candidates.candidate_id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("can_be_found", Boolean, nullable=False),
    changed_in(),
    changed_in_index("consents"),
)

# Without a foreign key: that a candidate was erased is told after it is gone.
activities = Table(
    "activities",
    metadata,
    Column("activity_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, nullable=False, index=True),
    Column("database_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    # Null for what the system did by itself.
    Column("actor_user_id", Uuid),
    Column("actor_role", Text),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("resume_id", Uuid),
    Column("note_id", Uuid),
    Column("is_private", Boolean, nullable=False, server_default=false()),
    Column("recruiter_id", Uuid),
    Column("job_id", Uuid),
    Column("other_candidate_id", Uuid),
    Column("fields", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("tags", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    changed_in(),
    changed_in_index("activities"),
)

settled_commands(metadata)

erasures = Table(
    "erasures",
    metadata,
    Column("erasure_id", Uuid, primary_key=True),
    Column("database_id", Uuid, nullable=False),
    Column("candidate_ids", ARRAY(Uuid), nullable=False),
    Column("resume_ids", ARRAY(Uuid), nullable=False),
    Column("related_ids", ARRAY(Uuid), nullable=False),
    Column("actor_user_id", Uuid, nullable=False),
    Column("actor_role", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    # What else is to be erased, outside of any transaction: files, and the dead letters about batches that
    # have resumes of others too. And when it was.
    Column("blob_keys", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("thinned_batch_ids", ARRAY(Uuid), nullable=False, server_default=text("'{}'")),
    Column("files_erased_at", DateTime(timezone=True)),
    changed_in(),
    changed_in_index("erasures"),
)

# Ids of candidates and resumes that were erased: messages that come late raise nobody from the dead.
tombstones = Table(
    "tombstones",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("erasure_id", Uuid, ForeignKey("ingest.erasures.erasure_id"), nullable=False, index=True),
)
