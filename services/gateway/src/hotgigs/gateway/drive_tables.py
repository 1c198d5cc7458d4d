"""The gateway's read models of what drive-sync tells: the folders that are kept in sync, and their runs."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hotgigs.gateway.tables import metadata

drive_syncs = Table(
    "drive_syncs",
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
    Column("last_sync_at", DateTime(timezone=True)),
    Column("next_sync_at", DateTime(timezone=True)),
    Column("total_files_synced", Integer, nullable=False),
    Column("total_files_processed", Integer, nullable=False),
    Column("total_files_failed", Integer, nullable=False),
    Column("last_error", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Index("drive_syncs_owned", "owner_user_id", "created_at", "sync_id"),
)

# A run may be told of before its sync.
drive_runs = Table(
    "drive_runs",
    metadata,
    Column("run_id", Uuid, primary_key=True),
    Column("sync_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("trigger", Text, nullable=False),  # schedule, manual
    Column("kind", Text),  # full, changes
    Column("status", Text, nullable=False),  # queued, running, completed, failed, cancelled
    Column("files_found", Integer, nullable=False),
    Column("files_unchanged", Integer, nullable=False),
    Column("files_synced", Integer, nullable=False),
    Column("files_processed", Integer, nullable=False),
    Column("files_failed", Integer, nullable=False),
    Column("files_not_fetched", Integer, nullable=False),
    Column("passed_over", JSONB, nullable=False),  # counts by reason
    Column("errors", JSONB, nullable=False),  # without those of resumes that are erased
    Column("error_count", Integer, nullable=False),
    Column("error_message", Text),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Index("drive_runs_of_sync", "sync_id", "requested_at", "run_id"),
    # What erasing a resume finds its errors by.
    Index(
        "drive_runs_errors",
        "errors",
        postgresql_using="gin",
        postgresql_ops={"errors": "jsonb_path_ops"},
    ),
)
