"""Whether every pair that is to be kept is kept once, everywhere, asked of the databases."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

import httpx
from failure.system import System

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.matcher.scoring.scorer import score_candidates

TITLES = ("Storekeeper", "Warehouse Storekeeper")
LENGTH = 40
"""Of shortlists, in these tests: shorter than the list of those who are good enough."""
FLOOR = 30.0

_KEPT = "SELECT job_id, candidate_id, score FROM matcher.matches"
_SHOWN = "SELECT job_id, candidate_id, score FROM gateway.matches WHERE removed_at IS NULL"


def post_jobs(url: str, token: str) -> list[UUID]:
    """One of each title."""
    answers = [
        httpx.post(
            f"{url}/api/jobs",
            json={
                "title": title,
                "description": f"We look for a {title} in Leeds.",
                "location": "Leeds, UK",
                "required_skills": ["Python", "SQL"],
            },
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
        )
        for title in TITLES
    ]
    assert {answer.status_code for answer in answers} <= {201, 202}, [answer.text for answer in answers]
    return [UUID(answer.json()["job_id"]) for answer in answers]


def check_matches(system: System, job_ids: Sequence[UUID]) -> int:
    """How many are kept: of each job and database the best, as they are when all are scored at once, and the
    gateway shows the same."""
    expected = _expected(system)
    kept = _scores(system, _KEPT)
    assert {job_id for job_id, _ in expected} <= set(job_ids)
    assert kept == expected
    assert _scores(system, _SHOWN) == expected
    return len(kept)


def _expected(system: System) -> dict[tuple[UUID, UUID], float]:
    candidates = system.query("matcher", "SELECT candidate_id, packed FROM matcher.candidate_features")
    known = system.query("matcher", "SELECT candidate_id FROM ingest.candidates")
    assert {row["candidate_id"] for row in candidates} == {row["candidate_id"] for row in known}
    databases = _databases(system)
    expected: dict[tuple[UUID, UUID], float] = {}
    for job in system.query("matcher", "SELECT job_id, packed FROM matcher.job_features"):
        totals = score_candidates(
            job["packed"],
            [row["packed"] for row in candidates],
            weights=MatchWeights(),
            today=datetime.now(UTC).date(),
        ).totals
        by_database: dict[UUID, list[tuple[float, UUID]]] = defaultdict(list)
        for row, total in zip(candidates, totals.tolist(), strict=True):
            if total >= FLOOR:
                for database_id in databases[row["candidate_id"]]:
                    by_database[database_id].append((-total, row["candidate_id"]))
        for those in by_database.values():
            expected |= {(job["job_id"], id_): -total for total, id_ in sorted(those)[:LENGTH]}
    return expected


def _databases(system: System) -> Mapping[UUID, list[UUID]]:
    rows = system.query(
        "matcher", "SELECT candidate_id, database_id FROM matcher.memberships WHERE NOT is_revoked"
    )
    databases: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        databases[row["candidate_id"]].append(row["database_id"])
    return databases


def _scores(system: System, statement: str) -> dict[tuple[UUID, UUID], float]:
    return {(row["job_id"], row["candidate_id"]): row["score"] for row in system.query("matcher", statement)}
