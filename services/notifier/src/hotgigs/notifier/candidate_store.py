"""The queries of candidates, as ingest tells of them. None commits."""

from collections.abc import Iterable

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.notifier import event_store, tombstones

_COLUMNS = (
    "candidate_id",
    "version",
    "database_id",
    "user_id",
    "survivor_id",
    "source",
    "added_at",
    "full_name",
    "email",
    "phone",
    "title",
    "location",
    "years",
    "top_skills",
)
_PUT = f"""
    INSERT INTO candidates AS known ({", ".join(_COLUMNS)})
    SELECT {", ".join(_COLUMNS)} FROM jsonb_populate_recordset(NULL::candidates, $1) ORDER BY candidate_id
    ON CONFLICT (candidate_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
    WHERE known.version < excluded.version
"""  # noqa: S608 - the column names are our own


async def put_candidates(connection: Connection, told: Iterable[CandidateState]) -> None:
    """Keeps the newest version of each that is not gone."""
    newest = {each.candidate_id: each for each in sorted(told, key=lambda each: each.version)}
    for candidate_id in await tombstones.gone(connection, newest):
        del newest[candidate_id]
    await connection.execute(_PUT, [_row(each) for each in newest.values()])
    await event_store.wake_waiting(connection, newest)


def _row(candidate: CandidateState) -> dict[str, object]:
    profile = candidate.profile
    return {
        "candidate_id": candidate.candidate_id,
        "version": candidate.version,
        "database_id": candidate.database_id,
        "user_id": candidate.user_id,
        "survivor_id": candidate.survivor_id,
        "source": candidate.source,
        "added_at": candidate.added_at,
        "full_name": profile.full_name,
        "email": profile.email,
        "phone": profile.phone,
        "title": profile.title,
        "location": profile.location,
        "years": profile.total_experience_years,
        "top_skills": profile.top_skills,
    }
