"""The matcher's tables. The newest migration makes exactly these.

What a job is matched with, and the other way round, has two halves: ``*_features`` is what is scored, and
``*_vectors`` and ``*_skills`` are what likely pairs are found by. Only open jobs have them, and only
candidates that are not merged into another.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Sequence,
    Table,
    Text,
    Uuid,
    false,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import UserDefinedType

from hotgigs.chassis.tables import changed_in, changed_in_index, service_metadata, settled_commands

DIMENSIONS = 384


class HalfVector(UserDefinedType[object]):
    """pgvector's ``halfvec``: half-precision floats."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return f"halfvec({DIMENSIONS})"


metadata = service_metadata("matcher")

settled_commands(metadata)

# Grows over all pairs; that of one pair is taken while its job is locked.
match_versions = Sequence("match_versions", metadata=metadata)


def _job_id(*, is_key: bool = False) -> Column[object]:
    return Column("job_id", Uuid, ForeignKey("matcher.jobs.job_id", ondelete="CASCADE"), primary_key=is_key)


jobs = Table(
    "jobs",
    metadata,
    Column("job_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner_user_id", Uuid, nullable=False),
    Column("database_id", Uuid, nullable=False),
    # JobPosting.
    Column("posting", JSONB, nullable=False),
    Column("status", Text, nullable=False),
    Column("matches_since", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    # When it was matched last: as of when, on what day, and by which scorer.
    Column("matched_at", DateTime(timezone=True)),
    Column("matched_on", Date),
    Column("matched_by", Text),
    changed_in(),
    changed_in_index("jobs"),
)

candidates = Table(
    "candidates",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("database_id", Uuid, nullable=False),
    # CandidateProfile without contact; null for one that is merged into another.
    Column("profile", JSONB),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("matched_at", DateTime(timezone=True)),
    Column("matched_on", Date),
    Column("matched_by", Text),
    Index("candidates_changed_at", "changed_at"),
)


def _features(subject: str) -> None:
    """The tables of what is known of each ``subject`` for matching."""

    def key() -> Column[object]:
        return _job_id(is_key=True) if subject == "job" else Column("candidate_id", Uuid, primary_key=True)

    Table(
        f"{subject}_features",
        metadata,
        key(),
        # Of what they were made.
        Column("version", Integer, nullable=False),
        Column("made_by", Text, nullable=False),
        Column("packed", LargeBinary, nullable=False),
        # Those of ``*_skills``.
        Column("skills", ARRAY(Text), nullable=False),
        Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Index(f"{subject}_features_made_at", "made_at"),
        Index(f"{subject}_features_made_by", "made_by"),
    )
    Table(
        f"{subject}_vectors",
        metadata,
        key(),
        Column("vector", HalfVector, nullable=False),
        Index(
            f"{subject}_vectors_vector",
            "vector",
            postgresql_using="hnsw",
            postgresql_ops={"vector": "halfvec_cosine_ops"},
        ),
    )
    Table(
        f"{subject}_skills",
        metadata,
        Column("skill", Text, primary_key=True),
        key(),
    )


_features("job")
_features("candidate")

# Which databases show a candidate: the one it was imported into, each recruiter's it is shared with, and the
# pool of those who consent to be found.
memberships = Table(
    "memberships",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("database_id", Uuid, primary_key=True),
    # Of the share, or the consent; 0 for the candidate's own database.
    Column("version", Integer, nullable=False),
    Column("is_revoked", Boolean, nullable=False, server_default=false()),
    Index("memberships_database_id", "database_id", "candidate_id", postgresql_where=text("NOT is_revoked")),
)

submissions = Table(
    "submissions",
    metadata,
    Column("submission_id", Uuid, primary_key=True),
    Column("job_id", Uuid, nullable=False),
    Column("candidate_id", Uuid, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False, server_default=false()),
    Index("submissions_job_id", "job_id"),
    Index("submissions_candidate_id", "candidate_id"),
)

# The pairs that are kept: those of a shortlist, and those that were submitted.
matches = Table(
    "matches",
    metadata,
    _job_id(is_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("job_version", Integer, nullable=False),
    Column("candidate_version", Integer, nullable=False),
    Column("score", Double, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    # The rest of Match, and the scorer.
    Column("found", JSONB, nullable=False),
    Column("scored_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    changed_in(),
    changed_in_index("matches"),
    Index("matches_candidate_id", "candidate_id"),
)

# Pairs that are kept no longer, for as long as somebody may be reading the public state.
removed_matches = Table(
    "removed_matches",
    metadata,
    _job_id(is_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("removed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    changed_in(),
    changed_in_index("removed_matches"),
    Index("removed_matches_candidate_id", "candidate_id"),
    Index("removed_matches_removed_at", "removed_at"),
)

# The best of each job in each database.
shortlists = Table(
    "shortlists",
    metadata,
    _job_id(is_key=True),
    Column("database_id", Uuid, primary_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    Column("score", Double, nullable=False),
    Index("shortlists_candidate_id", "candidate_id"),
)

# Shortlists that were full: one that loses somebody has to be filled up again.
cut_shortlists = Table(
    "cut_shortlists",
    metadata,
    _job_id(is_key=True),
    Column("database_id", Uuid, primary_key=True),
    # No less than the score of anybody who was left out.
    Column("best_left_out", Double, nullable=False),
    Column("noted_at", DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()")),
)

views = Table(
    "views",
    metadata,
    _job_id(is_key=True),
    Column("candidate_id", Uuid, primary_key=True),
    # The viewer's.
    Column("database_id", Uuid, primary_key=True),
    Column("viewed_at", DateTime(timezone=True), nullable=False),
    changed_in(),
    changed_in_index("views"),
    Index("views_candidate_id", "candidate_id"),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("about", Text, nullable=False),
    Column("about_id", Uuid, nullable=False),
    # Null for what nobody waits for, and nothing is told of.
    Column("requested_by", Uuid),
    Column("is_forced", Boolean, nullable=False, server_default=false()),
    Column("status", Text, nullable=False),
    Column("to_compare", Integer),
    Column("compared", Integer, nullable=False, server_default=text("0")),
    Column("kept", Integer, nullable=False, server_default=text("0")),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    changed_in(),
    changed_in_index("runs"),
    # One that waits does for all who ask.
    Index("runs_queued", "about_id", unique=True, postgresql_where=text("status = 'queued'")),
    Index("runs_about_id", "about_id"),
    Index("runs_ended_at", "ended_at"),
)

# Ids of candidates that were erased: messages that come late raise nobody from the dead.
tombstones = Table("tombstones", metadata, Column("candidate_id", Uuid, primary_key=True))

deleted_jobs = Table(
    "deleted_jobs",
    metadata,
    Column("job_id", Uuid, primary_key=True),
    changed_in(),
    changed_in_index("deleted_jobs"),
)
