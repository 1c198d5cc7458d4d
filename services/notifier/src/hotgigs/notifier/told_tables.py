"""What others told the notifier, as far as events are told by it, and those found who are to hear of them."""

from sqlalchemy import ARRAY, Boolean, Column, DateTime, Double, Index, Integer, Table, Text, Uuid, func

from hotgigs.notifier.tables import metadata

candidates = Table(
    "candidates",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("database_id", Uuid, nullable=False),
    Column("user_id", Uuid),
    Column("survivor_id", Uuid, nullable=False),
    Column("source", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("full_name", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("title", Text),
    Column("location", Text),
    Column("years", Double, nullable=False),
    Column("top_skills", ARRAY(Text), nullable=False),
    Index("candidates_of_survivor", "survivor_id"),
)

# What resumes say of their candidate's contact, by which it is hidden in other words.
resume_contacts = Table(
    "resume_contacts",
    metadata,
    Column("resume_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("candidate_id", Uuid),
    Column("full_name", Text),
    Column("email", Text),
    Column("phone", Text),
    Index("resume_contacts_of_candidate", "candidate_id"),
)

access = Table(
    "access",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("recruiter_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("is_revoked", Boolean, nullable=False),
    Column("can_view_contact_info", Boolean, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("can_be_found", Boolean, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("job_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    Column("database_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("company_name", Text),
    Column("is_open", Boolean, nullable=False),
)

# Ids of what is erased or deleted: nothing of it is taken in.
tombstones = Table(
    "tombstones",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("buried_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
