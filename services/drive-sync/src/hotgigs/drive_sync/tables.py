"""The tables of drive-sync. The newest migration makes exactly these."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotgigs.chassis.tables import changed_in, changed_in_index, service_metadata, settled_commands

metadata = service_metadata("drive_sync")


def _of_a_sync() -> ForeignKey:
    return ForeignKey("drive_sync.syncs.sync_id", ondelete="CASCADE")


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


syncs = Table(
    "syncs",
    metadata,
    Column("sync_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    Column("database_id", Uuid, nullable=False),
    Column("provider", Text, nullable=False),
    Column("folder_id", Text, nullable=False),
    Column("folder_name", Text, nullable=False),
    Column("frequency", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    # A DriveGrant, sealed; null where none is needed, and once it has ended.
    Column("sealed_grant", LargeBinary),
    # Grows with every grant that the owner gives; renewed tokens are the same grant.
    Column("grant_version", Integer, nullable=False, server_default=text("1")),
    # From which the source is asked for changes; null before the first sweep is complete, and where a sweep
    # is due again.
    Column("cursor", Text),
    Column("last_sync_at", DateTime(timezone=True)),
    Column("next_sync_at", DateTime(timezone=True)),
    _count("total_files_synced"),
    _count("total_files_processed"),
    _count("total_files_failed"),
    Column("last_error", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    changed_in(),
    changed_in_index("syncs"),
    UniqueConstraint("database_id", "provider", "folder_id", name="syncs_folder"),
    Index("syncs_due", "next_sync_at", postgresql_where=text("next_sync_at IS NOT NULL")),
)

# So that what is told late of a sync raises none from the dead.
deleted_syncs = Table(
    "deleted_syncs",
    metadata,
    Column("sync_id", Uuid, primary_key=True),
    changed_in(),
    changed_in_index("deleted_syncs"),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Uuid, primary_key=True),
    Column("sync_id", Uuid, _of_a_sync(), nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("kind", Text),
    Column("status", Text, nullable=False),
    _count("files_found"),
    _count("files_unchanged"),
    _count("files_synced"),
    _count("files_processed"),
    _count("files_failed"),
    _count("files_not_fetched"),
    # Counts by reason.
    Column("passed_over", JSONB, nullable=False, server_default=text("'{}'")),
    Column("error_message", Text),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    # Asked for again while it was running: before it ends it looks once more.
    Column("is_asked_again", Boolean, nullable=False, server_default=false()),
    # Whose it is while it runs: a process writes only under the token that it took the run with. Null while
    # nobody has it.
    Column("lease_token", Uuid),
    Column("lease_until", DateTime(timezone=True)),
    # How often it was taken over from a process that was gone, since it last got any further.
    _count("takeovers"),
    # The version that was told last.
    _count("told_version"),
    # Of the listing, where it stands: what a process that takes the run over goes on from.
    Column("is_listed", Boolean, nullable=False, server_default=false()),
    Column("page", Text),
    Column("next_cursor", Text),
    changed_in(),
    changed_in_index("runs"),
    Index("runs_of_sync", "sync_id", "requested_at"),
    # One at a time, and none that waits behind it.
    Index("runs_under_way", "sync_id", unique=True, postgresql_where=text("status IN ('queued', 'running')")),
    # The quota of an owner is kept by the process that has their run.
    Index("runs_of_owner", "owner_user_id", unique=True, postgresql_where=text("status = 'running'")),
)

# The folders that a sync is about: its own and those in it.
folders = Table(
    "folders",
    metadata,
    Column("sync_id", Uuid, _of_a_sync(), primary_key=True),
    Column("folder_id", Text, primary_key=True),
    # Null for the sync's own.
    Column("parent_id", Text),
    # Where listing it stands; null page and not listed: not begun.
    Column("page", Text),
    Column("is_listed", Boolean, nullable=False, server_default=false()),
    Index("folders_unlisted", "sync_id", "folder_id", postgresql_where=text("NOT is_listed")),
)

# The ledger: each file of a sync, as it was seen last and as it was submitted last.
files = Table(
    "files",
    metadata,
    Column("sync_id", Uuid, _of_a_sync(), primary_key=True),
    Column("file_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    # pending: to be fetched; submitted: the revision is a resume; passed_over; gone.
    Column("state", Text, nullable=False),
    Column("reason", Text),
    # The SourceFile to fetch while it is pending.
    Column("entry", JSONB),
    Column("revision", Text),
    # Of what was submitted last.
    Column("submitted_revision", Text),
    Column("submitted_digest", Text),
    Column("resume_id", Uuid),
    # The run that has counted it last.
    Column("seen_in", Uuid),
    # The run that tried to fetch it in vain: it is left to the next.
    Column("not_fetched_in", Uuid),
    Index("files_pending", "sync_id", "file_id", postgresql_where=text("state = 'pending'")),
    Index("files_by_resume", "resume_id", postgresql_where=text("resume_id IS NOT NULL")),
)

# By what each file is in the folder: the file itself, or a shortcut to it. One that has no place has left.
places = Table(
    "places",
    metadata,
    Column("sync_id", Uuid, primary_key=True),
    Column("item_id", Text, primary_key=True),
    # Of the folder that it is in.
    Column("parent_id", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    ForeignKeyConstraint(
        ["sync_id", "file_id"],
        ["drive_sync.files.sync_id", "drive_sync.files.file_id"],
        name="places_file",
        ondelete="CASCADE",
        deferrable=True,
        initially="DEFERRED",
    ),
    Index("places_of_file", "sync_id", "file_id"),
    Index("places_in_folder", "sync_id", "parent_id"),
)

# What became of each file version that was submitted.
imports = Table(
    "imports",
    metadata,
    Column("resume_id", Uuid, primary_key=True),
    Column("sync_id", Uuid, _of_a_sync(), nullable=False),
    Column("file_id", Text, nullable=False),
    # Which may have been forgotten.
    Column("run_id", Uuid, nullable=False),
    # Null until it is known; processed, failed.
    Column("outcome", Text),
    # The resume's version that told it.
    Column("outcome_version", Integer, nullable=False, server_default=text("0")),
    Index("imports_of_file", "sync_id", "file_id"),
    Index("imports_unread", "sync_id", "resume_id", postgresql_where=text("outcome IS NULL")),
)

# Digests of the files that resumes came of, by which they are told when their sync has been deleted.
origins = Table(
    "origins",
    metadata,
    Column("resume_id", Uuid, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)

run_errors = Table(
    "run_errors",
    metadata,
    Column("run_id", Uuid, ForeignKey("drive_sync.runs.run_id", ondelete="CASCADE"), primary_key=True),
    Column("file_id", Text, primary_key=True),
    # Null where the file is a resume.
    Column("file_name", Text),
    Column("resume_id", Uuid, index=True),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

# Digests of files whose resumes were erased: they are not taken in again, whoever syncs them.
erased_files = Table("erased_files", metadata, Column("digest", LargeBinary, primary_key=True))

settled_commands(metadata)
